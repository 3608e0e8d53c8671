import { expect, test } from 'vitest'
import { indexAt, offsets, reveal, visible } from './virtual'

const tops = offsets([28, 30, 30, 44, 30])

test('tops add up to the whole height', () => {
  expect([...tops]).toEqual([0, 28, 58, 88, 132, 162])
})

test('the item under a position is found, and positions outside are held inside', () => {
  expect([-10, 0, 27, 28, 131, 132, 999].map((y) => indexAt(tops, y))).toEqual([0, 0, 0, 1, 3, 4, 4])
})

test('every item that touches the view is drawn and 5.000 rows draw only a screenful', () => {
  const many = offsets(Array.from({ length: 5000 }, () => 30))
  for (const scroll of [0, 15, 74_990, 149_400]) {
    const { start, end } = visible(many, scroll, 600)
    expect(start * 30).toBeLessThanOrEqual(scroll)
    expect(end * 30).toBeGreaterThanOrEqual(Math.min(scroll + 600, 150_000))
    expect(end - start).toBeLessThan(40)
  }
})

test('an empty list draws nothing', () => {
  expect(visible(offsets([]), 0, 600)).toEqual({ start: 0, end: 0 })
})

test('revealing moves no more than needed', () => {
  expect(reveal(tops, 2, 0, 100)).toBe(0)
  expect(reveal(tops, 4, 0, 100)).toBe(62)
  expect(reveal(tops, 1, 60, 100, 28)).toBe(0)
})
