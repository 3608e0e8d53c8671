// Periods as the address and the program write them: `2026-05-14`, `2026-05`, `2026-Q2`, `2026`, `2026-01-01..2026-05-15`. Pure.
import { daysIn, isoOf, isoToVn } from '../../lib/dates'

export type PeriodKind = 'day' | 'month' | 'quarter' | 'year' | 'range'

export interface Period {
  kind: PeriodKind
  /** First and last day, ISO; both are of the period. */
  from: string
  to: string
}

export const periodKindText: Record<PeriodKind, string> = { day: 'Ngày', month: 'Tháng', quarter: 'Quý', year: 'Năm', range: 'Từ – đến' }

const DAY = 86_400_000
const time = (iso: string): number => Date.parse(`${iso}T00:00:00Z`)
const isoAt = (at: number): string => new Date(at).toISOString().slice(0, 10)
const isDay = (iso: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(time(iso)) && isoAt(time(iso)) === iso
const yearOf = (iso: string): number => Number(iso.slice(0, 4))
const monthOf = (iso: string): number => Number(iso.slice(5, 7))

/** Months `first..=last` of a year, 1…12. */
const months = (kind: PeriodKind, year: number, first: number, last: number): Period => ({ kind, from: isoOf(year, first, 1), to: isoOf(year, last, daysIn(year, last)) })

/** `null`: no such period. */
export function readPeriod(id: string): Period | null {
  const [from, to, more] = id.split('..')
  if (from === undefined || more !== undefined) return null
  if (to !== undefined) return isDay(from) && isDay(to) && from <= to ? { kind: 'range', from, to } : null
  if (isDay(id)) return { kind: 'day', from: id, to: id }
  const parts = /^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$/.exec(id)
  if (!parts) return null
  const year = Number(parts[1])
  if (parts[2]) return months('month', year, Number(parts[2]), Number(parts[2]))
  if (parts[3]) return months('quarter', year, Number(parts[3]) * 3 - 2, Number(parts[3]) * 3)
  return months('year', year, 1, 12)
}

export function periodId({ kind, from, to }: Period): string {
  switch (kind) {
    case 'day': return from
    case 'month': return from.slice(0, 7)
    case 'quarter': return `${from.slice(0, 4)}-Q${Math.ceil(monthOf(from) / 3)}`
    case 'year': return from.slice(0, 4)
    case 'range': return `${from}..${to}`
  }
}

/** `Tháng 5/2026`, `Quý 2/2026`, `01/01–15/05/2026`. */
export function periodTitle({ kind, from, to }: Period): string {
  switch (kind) {
    case 'day': return `Ngày ${isoToVn(from)}`
    case 'month': return `Tháng ${monthOf(from)}/${yearOf(from)}`
    case 'quarter': return `Quý ${Math.ceil(monthOf(from) / 3)}/${yearOf(from)}`
    case 'year': return `Năm ${yearOf(from)}`
    case 'range': return `${yearOf(from) === yearOf(to) ? isoToVn(from).slice(0, 5) : isoToVn(from)}–${isoToVn(to)}`
  }
}

const ofMonth = (kind: PeriodKind, year: number, month: number, length: number): Period => {
  const first = new Date(Date.UTC(year, month - 1, 1))
  return months(kind, first.getUTCFullYear(), first.getUTCMonth() + 1, first.getUTCMonth() + length)
}

/** The period next to this one: `step` 1 the one after, -1 the one before. Free days go by their own length. */
export function stepPeriod({ kind, from, to }: Period, step: 1 | -1): Period {
  switch (kind) {
    case 'month': return ofMonth(kind, yearOf(from), monthOf(from) + step, 1)
    case 'quarter': return ofMonth(kind, yearOf(from), monthOf(from) + 3 * step, 3)
    case 'year': return ofMonth(kind, yearOf(from) + step, 1, 12)
    case 'day': case 'range': {
      const shift = step * (time(to) - time(from) + DAY)
      return { kind, from: isoAt(time(from) + shift), to: isoAt(time(to) + shift) }
    }
  }
}

/** The period of another kind that holds the last day of this one; as free days it stays what it is. */
export function periodAs(kind: PeriodKind, { from, to }: Period): Period {
  switch (kind) {
    case 'day': return { kind, from: to, to }
    case 'month': return ofMonth(kind, yearOf(to), monthOf(to), 1)
    case 'quarter': return ofMonth(kind, yearOf(to), Math.ceil(monthOf(to) / 3) * 3 - 2, 3)
    case 'year': return ofMonth(kind, yearOf(to), 1, 12)
    case 'range': return { kind, from, to }
  }
}
