import { expect, test } from 'vitest'
import { runs } from './spark'

test('a gap splits the line and no point moves', () => {
  expect(runs([1, 0.9, null, null, 0.8])).toEqual([
    [{ at: 0, value: 1 }, { at: 1, value: 0.9 }],
    [{ at: 4, value: 0.8 }],
  ])
  expect(runs([null, null])).toEqual([])
})
