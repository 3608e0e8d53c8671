import { expect, test } from 'vitest'
import type { ApiHealth, ApiTile } from '../../../backend/generated/types'
import { ago, bound, sorted, step } from './words'

const tile = (no: string, health: ApiHealth, rate: number | null, calls: number) => ({ no, health, rate, calls }) as ApiTile
const order = (tiles: ApiTile[]) => tiles.map((t) => t.no).join(' ')

test('trouble comes first, the worst of it before the rest, and what is equal stays as listed', () => {
  const tiles = [tile('11', 'good', 1, 5), tile('12', 'quiet', null, 0), tile('13', 'failing', 0.9, 30), tile('14', 'not_observed', null, 0), tile('15', 'failing', 0.2, 4), tile('16', 'slow', 1, 9), tile('17', 'good', 0.99, 50), tile('18', 'unsure', 0.5, 2)]
  expect(order(sorted(tiles, 'trouble'))).toBe('15 13 16 18 14 12 11 17')
  expect(order(sorted(tiles, 'list'))).toBe('11 12 13 14 15 16 17 18')
  expect(order(sorted(tiles, 'calls')).startsWith('17 13 16 11')).toBe(true)
})

test('durations are upper bounds of classes; what is above the last class and what was not called differ', () => {
  expect([bound(400), bound(2000), bound(0), bound(null), bound(null, 0)]).toEqual(['400 ms', '2 s', 'trên 15 s', 'trên 15 s', '–'])
})

test('how long ago is said in one unit, never more than has passed', () => {
  const minutes = (n: number) => ago(0, n * 60_000)
  expect([minutes(0.9), minutes(1), minutes(59.9), minutes(60), minutes(1439), minutes(1440)]).toEqual(['vừa xong', '1 phút', '59 phút', '1 giờ', '23 giờ', '1 ngày'])
})

test('arrows go over the wall and stay inside it', () => {
  expect(step(0, 'ArrowDown', 9, 53)).toBe(9)
  expect(step(50, 'ArrowDown', 9, 53)).toBe(50)
  expect(step(0, 'ArrowLeft', 9, 53)).toBe(0)
  expect(step(3, 'End', 9, 53)).toBe(52)
  expect(step(3, 'a', 9, 53)).toBe(null)
})
