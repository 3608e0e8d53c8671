// Figures as they are written in the dossier screen. Pure.
import type { FigureId, FiguresView } from '../../backend/generated/types'
import { count } from '../../lib/numbers'
import { isRate, missingOf, valueOf } from './words'

const two = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const one = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** `68,73%` */
export const rate = (share: number): string => `${two.format(share * 100)}%`
/** `66,23` */
export const points = (n: number | null): string => (n === null ? '–' : two.format(n))

/** `338.923`, `68,73%`, `–`. */
export const written = (id: FigureId, value: number | null): string => (value === null ? '–' : isRate(id) ? rate(value) : count(value))
export const shown = (figures: FiguresView | null | undefined, id: FigureId): string => written(id, valueOf(figures, id))
/** A figure with the reason where there is none, for a tooltip. */
export const explained = (figures: FiguresView | null | undefined, id: FigureId, unknown = 'chưa có số liệu'): string => {
  const value = valueOf(figures, id)
  return value === null ? `– (${missingOf(figures, id) ?? unknown})` : written(id, value)
}

/** `chênh 129`, `chênh 0,03 điểm` of a rule on rates, whose differences are millionths. */
export const differenceText = (rule: string, difference: number): string =>
  `chênh ${rule.endsWith('_rate') ? `${two.format(Math.abs(difference) / 10_000)} điểm` : count(Math.abs(difference))}`

/** `+4,2%` of counts, `−0,30 điểm` of rates; `null` where one is not known or grew from nothing. */
export function change(id: FigureId, now: number | null, before: number | null): string | null {
  if (now === null || before === null) return null
  const signed = (n: number, text: (n: number) => string) => `${n > 0 ? '+' : n < 0 ? '−' : ''}${text(Math.abs(n))}`
  if (isRate(id)) return `${signed(now - before, (n) => two.format(n * 100))} điểm`
  if (before === 0) return null
  return `${signed(now / before - 1, (n) => one.format(n * 100))}%`
}
