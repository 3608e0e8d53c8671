import { describe, expect, test } from 'vitest'
import { bounded, following, marksOf, passed, played, preceding, speedOf } from './player'

const span = { from: 1_000, to: 61_000 }
const moments = [10, 20, 20, 35].map((at) => ({ at, tone: 'none' }))

describe('playing', () => {
  test('goes on as fast as it was told, and never back', () => {
    const anchor = { at: 1_000, tick: 50 }
    expect(played(anchor, 50, 60)).toBe(1_000)
    expect(played(anchor, 1_050, 60)).toBe(61_000)
    expect(played(anchor, 1_050, 0.5)).toBe(1_500)
    expect(played(anchor, 0, 60)).toBe(1_000)
  })
  test('stays in its span', () => {
    expect([0, 1_000, 30_000.4, 99_000].map((at) => bounded(at, span))).toEqual([1_000, 1_000, 30_000, 61_000])
  })
  test('a speed is any number up to an hour a second', () => {
    expect(['1', ' 60× ', '0,5', '2.5x', '3600'].map(speedOf)).toEqual([1, 60, 0.5, 2.5, 3600])
    expect(['', '0', '-1', 'nhanh', '3601', '1e3', '1,2,3'].map(speedOf)).toEqual([null, null, null, null, null, null, null])
  })
})

describe('what happened', () => {
  test('is found before and after a moment; of one moment once', () => {
    expect([5, 10, 19, 20, 40].map((at) => passed(moments, at))).toEqual([0, 1, 1, 3, 4])
    expect([5, 10, 20, 35].map((at) => following(moments, at))).toEqual([10, 20, 35, null])
    expect([10, 11, 20, 35, 99].map((at) => preceding(moments, at))).toEqual([null, 10, 10, 20, 35])
    expect(following([], 5)).toBeNull()
    expect(preceding([], 5)).toBeNull()
  })
  test('is marked where it was, as bad as the worst there', () => {
    const marks = marksOf(
      [
        { at: 1_000, tone: 'good' },
        { at: 1_100, tone: 'bad' },
        { at: 1_200, tone: 'warn' },
        { at: 61_000, tone: 'none' },
        { at: 61_001, tone: 'bad' },
      ],
      span,
      10,
    )
    expect(marks).toEqual([
      { x: 0.05, tone: 'bad', count: 3 },
      { x: 0.95, tone: 'none', count: 1 },
    ])
  })
})
