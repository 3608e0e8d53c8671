import { expect, test } from 'vitest'
import { clockAndDate, countdown, daysIn, domainTime, isoDay, momentOf, parseDay, shortDay, span, weekday } from './dates'

const at = Date.parse('2026-05-29T14:08:30+07:00')

test('an instant is written in the province’s time whatever the machine’s zone', () => {
  expect(clockAndDate(at)).toBe('14:08 · 29/05/2026')
  expect(isoDay(Date.parse('2026-05-28T17:00:00Z'))).toBe('2026-05-29')
  expect(isoDay(Date.parse('2026-05-28T16:59:59Z'))).toBe('2026-05-28')
})

test('the countdown rounds up while there is time, so 00:00 never stands before the deadline', () => {
  const deadline = Date.parse('2026-05-29T15:00:00+07:00')
  expect(countdown(deadline, at)).toBe('còn 00:52')
  expect(countdown(deadline, deadline - 1)).toBe('còn 00:01')
  expect(countdown(deadline, deadline)).toBe('đã qua 00:00')
  expect(countdown(deadline, deadline + 5 * 60_000)).toBe('đã qua 00:05')
  expect(countdown(deadline + 2 * 86_400_000, at)).toBe('còn 2 ngày 00:52')
})

test('a day is understood as people type it, and only if it exists', () => {
  expect(parseDay('5/6', at)).toBe('2026-06-05')
  expect(parseDay('05/06/2025', at)).toBe('2025-06-05')
  expect(parseDay('2026-06-05', at)).toBe('2026-06-05')
  for (const wrong of ['31/02/2026', '29/02/2026', '32/1', '1/13', 'hôm nay', '', '5/6/26'])
    expect(parseDay(wrong, at), wrong).toBeNull()
})

test('a moment is a day and a time as people type it, in the province', () => {
  for (const time of ['14:08', '14h08', '14.08']) expect(momentOf('2026-05-29', time), time).toBe(Date.parse('2026-05-29T14:08:00+07:00'))
  expect(momentOf('2026-05-29', '7h')).toBe(Date.parse('2026-05-29T07:00:00+07:00'))
  for (const wrong of ['24:00', '12:60', 'trưa', '', '12:5']) expect(momentOf('2026-05-29', wrong), wrong).toBeUndefined()
  expect(momentOf(null, '12:00')).toBeUndefined()
})

test('a day of another year shows its year', () => {
  expect(shortDay('2026-03-13', at)).toBe('13/03')
  expect(shortDay('2025-03-13', at)).toBe('13/03/2025')
})

test('domain time runs at the speed of its clock and never back', () => {
  expect(domainTime(at, 1000, 2000, 60)).toBe(at + 60_000)
  expect(domainTime(at, 2000, 1000, 60)).toBe(at)
})

test('spans, weekdays and months', () => {
  expect(span(45)).toBe('45 giây')
  expect(span(300)).toBe('5 phút')
  expect(span(5400)).toBe('1 giờ 30 phút')
  expect(weekday('2026-05-29')).toBe(4)
  expect(daysIn(2028, 2)).toBe(29)
})
