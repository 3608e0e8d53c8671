// Marks of a time axis at whole steps of the province's day. Pure.
import { clock, isoDay } from '../../../lib/dates'

const MINUTE = 60_000
const OFFSET = 7 * 60 * MINUTE
const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400]

/** At most about `most` marks from `from` to `to`; those at midnight carry the day. */
export function ticks(from: number, to: number, most = 9): { at: number; text: string }[] {
  const step = (steps.find((s) => (to - from) / (s * MINUTE) <= most) ?? 43_200) * MINUTE
  const found = []
  for (let at = Math.ceil((from + OFFSET) / step) * step - OFFSET; at < to; at += step) {
    const day = isoDay(at)
    found.push({ at, text: clock(at) === '00:00' ? `${day.slice(8)}/${day.slice(5, 7)}` : clock(at) })
  }
  return found
}
