// Days and months one after the other, and the weeks of a calendar. ISO days; pure.
import { daysIn, isoOf, weekday } from '../../lib/dates'

const DAY = 86_400_000

export const shiftDay = (iso: string, by: number): string => new Date(Date.parse(`${iso}T00:00:00Z`) + by * DAY).toISOString().slice(0, 10)

/** First day of the month `by` months on. */
export function shiftMonth(iso: string, by: number): string {
  const months = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + by
  return isoOf(Math.floor(months / 12), (months % 12) + 1, 1)
}

/** Days of the month of `iso`. */
export function daysOf(iso: string): string[] {
  const [year, month] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))]
  return Array.from({ length: daysIn(year, month) }, (_, i) => isoOf(year, month, i + 1))
}

/** Column of the first day in a week that begins on Monday, 1…7. */
export const firstColumn = (iso: string): number => weekday(isoOf(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), 1)) + 1

/** Where a key leads from a day of the calendar; `null` when it is no such key. */
export function moved(iso: string, key: string): string | null {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key]
  if (days !== undefined) return shiftDay(iso, days)
  if (key === 'Home') return shiftDay(iso, -weekday(iso))
  if (key === 'End') return shiftDay(iso, 6 - weekday(iso))
  if (key !== 'PageUp' && key !== 'PageDown') return null
  // The same day of the other month, or its last.
  const month = shiftMonth(iso, key === 'PageUp' ? -1 : 1)
  const all = daysOf(month)
  return all[Math.min(Number(iso.slice(8)), all.length) - 1] ?? month
}
