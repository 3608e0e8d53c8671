import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast } from '../lib/contrast'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const tokens = (selector: string): Record<string, string> => {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}
const themes = { light: tokens(':root'), dark: tokens(":root[data-theme='dark']") }

const panels = ['panel', 'bg']
const texts = ['ink', 'ink2', 'ink3', 'accent', 'ok', 'warn', 'bad', 'unk', 'teal']
const textPairs: [string, string][] = [
  ...texts.flatMap((text) => panels.map((panel): [string, string] => [text, panel])),
  ...['ok', 'warn', 'bad', 'unk', 'accent'].flatMap((tone): [string, string][] => [[tone, `${tone}-soft`], ['ink', `${tone}-soft`], ['ink2', `${tone}-soft`]]),
  ['ink3', 'accent-soft'],
  ['warn', 'accent-soft'],
  ['bad', 'accent-soft'],
  ['unk', 'accent-soft'],
  ['ink', 'line2'],
  ['ink2', 'line2'],
  ['on-primary', 'primary'],
  ['nav-ink', 'nav'],
  ['nav-strong', 'nav'],
  ['nav-strong', 'nav-on'],
  ['nav-ink', 'nav-on'],
  ['on-training', 'training'],
  ['on-official', 'official'],
]
const graphicPairs: [string, string][] = [
  ['edge', 'panel'],
  ['edge', 'bg'],
  ['accent', 'panel'],
  ['accent', 'accent-soft'],
  ['training', 'nav'],
]

for (const [theme, colours] of Object.entries(themes)) {
  const ratio = ([front, back]: [string, string]) => {
    expect(colours[front], `${theme} --${front}`).toBeDefined()
    expect(colours[back], `${theme} --${back}`).toBeDefined()
    return contrast(colours[front]!, colours[back]!)
  }
  test.each(textPairs)(`${theme}: text %s on %s has 4,5:1`, (...pair) => expect(ratio(pair)).toBeGreaterThanOrEqual(4.5))
  test.each(graphicPairs)(`${theme}: graphics %s on %s have 3:1`, (...pair) => expect(ratio(pair)).toBeGreaterThanOrEqual(3))
}

test('both themes define the same tokens', () => {
  expect(Object.keys(themes.dark).sort()).toEqual(Object.keys(themes.light).sort())
})

test('contrast is that of the definition at its ends', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#777777')).toBe(1)
})
