import { expect, test } from 'vitest'
import { ticks } from './ticks'

const at = (text: string) => Date.parse(`2026-05-${text}:00+07:00`)

test('marks stand at whole steps of the province, and midnight tells the day', () => {
  const marks = ticks(at('29T18:10'), at('30T03:00'))
  expect(marks.map((m) => m.text)).toEqual(['19:00', '20:00', '21:00', '22:00', '23:00', '30/05', '01:00', '02:00'])
  expect(ticks(at('01T00:00'), at('31T00:00')).length).toBeLessThanOrEqual(9)
})
