import { expect, test } from 'vitest'
import type { WatchHeatView } from '../../../backend/generated/types'
import { classOf, paths } from './heat'

test('what was not observed and what was not called are classes of their own, never good', () => {
  expect(classOf('success', 0.98, null, null)).toBe('gap')
  expect(classOf('success', 0.98, 0, null)).toBe('quiet')
  expect(classOf('p95', 2000, null, null)).toBe('gap')
})

test('a cell is as bad as it is far beyond its bar', () => {
  expect([1, 0.98, 0.96, 0.9, 0.5].map((v) => classOf('success', 0.98, 100, v))).toEqual(['good', 'good', 'near', 'low', 'bad'])
  expect([400, 2000, 4000, 8000, 0].map((v) => classOf('p95', 2000, 100, v))).toEqual(['good', 'good', 'near', 'low', 'bad'])
  expect(classOf('success', 0.98, 1, 0)).toBe('near')
})

test('cells of one class beside each other are one shape', () => {
  const view = { columns: [0, 1, 2], metric: 'success', rows: [{ bar: 0.98, calls: [10, 10, null], values: [1, 1, null] }] } as unknown as WatchHeatView
  const drawn = paths(view, 300, 10)
  expect(drawn.good).toBe('M0 0H200V9.4H0Z')
  expect(drawn.gap).toBe('M200 0H300V9.4H200Z')
})
