import { describe, expect, it } from 'vitest'
import { all, among, extend, nothing, toggle } from './selection'

const shown = ['1', '2', '3', '4', '5']
const of = (s: { chosen: ReadonlySet<string> }) => [...s.chosen].sort()

describe('choosing rows', () => {
  it('one by one, and again to let go', () => {
    const two = toggle(toggle(nothing, '2'), '4')
    expect(of(two)).toEqual(['2', '4'])
    expect(of(toggle(two, '2'))).toEqual(['4'])
  })
  it('a stretch from the last one touched, either way', () => {
    expect(of(extend(toggle(nothing, '4'), '2', shown))).toEqual(['2', '3', '4'])
    expect(of(extend(toggle(toggle(nothing, '1'), '3'), '5', shown))).toEqual(['1', '3', '4', '5'])
    expect(of(extend(nothing, '3', shown))).toEqual(['3'])
  })
  it('all that are shown', () => expect(of(all(shown))).toEqual(shown))
  it('never keeps what a filter hides', () => {
    const some = all(shown)
    expect(of(among(some, ['2', '9']))).toEqual(['2'])
    expect(among(some, shown)).toBe(some)
  })
})
