import { expect, test } from 'vitest'
import { stylesOf } from './styles'

const rule = (selectorText: string, cssText = `${selectorText} { }`) => ({ selectorText, cssText })
const group = (cssText: string, ...cssRules: object[]) => ({ cssText, cssRules })
const sheet = (...rules: object[]) => ({ cssRules: rules as unknown as CSSRuleList })

/** A page that has the elements named, and takes no selector with nothing in it. */
const page = (...has: string[]) =>
  ({
    querySelector: (selector: string) => {
      if (!/^[^,>\s]/.test(selector) || /[,>]\s*$/.test(selector)) throw new SyntaxError(selector)
      return has.includes(selector) ? {} : null
    },
  }) as unknown as ParentNode

test('rules for what is on the page are kept, others left', () => {
  const kept = stylesOf(page('.row', 'a'), [sheet(rule('.row'), rule('.dialog')), sheet(rule('a'))])
  expect(kept).toBe('.row { }\na { }')
})

test('what holds only now and then is kept with what it holds for', () => {
  const kept = stylesOf(page('.row', 'a'), [sheet(rule('.row:hover'), rule('a::before'), rule('.dialog:nth-child(2n)'), rule(':focus'))])
  expect(kept).toBe('.row:hover { }\na::before { }\n:focus { }')
})

test('a group is kept whole when something in it is needed', () => {
  const narrow = group('@media narrow', rule('.dialog'), rule('.row'))
  const wide = group('@media wide', rule('.dialog'))
  const turning = group('@keyframes turn', { cssText: 'to { }' })
  expect(stylesOf(page('.row'), [sheet(narrow, wide, turning)])).toBe('@media narrow\n@keyframes turn')
})
