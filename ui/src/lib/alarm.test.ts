import { expect, test } from 'vitest'
import { tones } from './alarm'

test('a louder alert is longer and higher, and every one is short', () => {
  const end = (level: number) => Math.max(...tones(level).map((t) => t.at + t.length))
  const top = (level: number) => Math.max(...tones(level).map((t) => t.pitch))
  expect([1, 2, 3, 4].map((level) => tones(level).length)).toEqual([1, 2, 3, 9])
  for (const level of [2, 3, 4]) {
    expect(end(level)).toBeGreaterThan(end(level - 1))
    expect(top(level)).toBeGreaterThanOrEqual(top(level - 1))
  }
  expect(end(4)).toBeLessThan(3)
  expect(tones(9)).toEqual(tones(4))
})
