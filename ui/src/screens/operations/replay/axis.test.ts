import { expect, test } from 'vitest'
import { axisOf } from './axis'

const at = (text: string) => Date.parse(`2026-05-29T${text}+07:00`)
const texts = (from: string, to: string, width: number) => axisOf(at(from), at(to), width).map((t) => t.text)

test('no time is said twice, whatever part of its minute an end is in', () => {
  expect(texts('22:49:10', '22:55:50', 700)).toEqual(['22:50'])
  expect(texts('22:36:00', '22:55:40', 700)).toEqual(['22:40', '22:45', '22:50'])
})

test('a time that would run into one at the ends is left out', () => {
  expect(texts('19:05:00', '23:10:00', 1000)).toEqual(['19:30', '20:00', '20:30', '21:00', '21:30', '22:00', '22:30'])
  expect(texts('19:05:00', '23:10:00', 300)).toEqual(['20:00', '22:00'])
})
