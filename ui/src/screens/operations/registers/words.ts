// Words and filters of the two registers.
import type { BalanceKind, FallbackKind, FallbackRow, FallbackStage, InFlightRow } from '../../../backend/generated/types'
import { matchesAll, words } from '../../../lib/fold'

export const views: readonly (readonly [View, string])[] = [['fallback', 'Giấy và tiền mặt'], ['in_flight', 'Hồ sơ đang giải quyết']]
export type View = 'fallback' | 'in_flight'

export const balanceText: Record<BalanceKind, string> = {
  uncounted: 'Chưa đếm',
  waiting: 'Chờ đếm tiếp',
  closed: 'Khớp',
  explained: 'Lệch, đã giải trình',
  open: 'Lệch, chưa giải trình',
}
export const balanceTone: Record<BalanceKind, string> = { uncounted: 'unknown', waiting: 'info', closed: 'ok', explained: 'warn', open: 'bad' }

export const kindText: Record<FallbackKind, string> = { paper: 'Hồ sơ giấy', cash: 'Tiền mặt' }
export const stageText: Record<FallbackStage, string> = { taken: 'Chưa nhập lại', reentered: 'Chưa ghép', paired: 'Đã ghép', voided: 'Đã bỏ' }

export const showText = { open: 'Còn phải làm', taken: 'Chưa nhập lại', overdue: 'Quá hạn nhập lại', reentered: 'Chưa ghép', paired: 'Đã ghép', voided: 'Đã bỏ', all: 'Tất cả' } as const
export type Show = keyof typeof showText

export interface Filters {
  q: string
  show: Show
  kind: FallbackKind | ''
}

export function readFilters(query: URLSearchParams): Filters {
  const show = query.get('show') ?? 'open'
  const kind = query.get('kind') ?? ''
  return { q: query.get('q') ?? '', show: show in showText ? (show as Show) : 'open', kind: kind in kindText ? (kind as FallbackKind) : '' }
}

export function writeFilters(f: Filters): Record<string, string> {
  const entries = Object.entries({ q: f.q, show: f.show === 'open' ? '' : f.show, kind: f.kind })
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

export function shows(row: FallbackRow, show: Show): boolean {
  switch (show) {
    case 'open': return row.stage === 'taken' || row.stage === 'reentered'
    case 'overdue': return row.overdue
    case 'all': return true
    default: return row.stage === show
  }
}

export function applyFilters(rows: readonly FallbackRow[], f: Filters): FallbackRow[] {
  const wanted = words(f.q)
  return rows.filter((row) => shows(row, f.show) && (f.kind === '' || row.kind === f.kind) && matchesAll(row.search, wanted))
}

/** `BL-00412` after `BL-00411`: the last run of digits grows by one and keeps its length; a text without digits stays away. */
export function nextReceipt(receipt: string): string {
  const found = /^(.*?)(\d+)(\D*)$/.exec(receipt.trim())
  if (!found) return ''
  const [, before = '', digits = '', after = ''] = found
  return `${before}${String(Number(digits) + 1).padStart(digits.length, '0')}${after}`
}

/** Whole đồng as typed: `50.000`, `50000`, `1 250 000`; `null`: nothing typed; `undefined`: no amount. */
export function money(typed: string): number | null | undefined {
  const text = typed.trim().replace(/\s*(đ|đồng|₫)$/i, '')
  if (text === '') return null
  if (!/^\d{1,3}([. ]\d{3})+$|^\d+$/.test(text)) return undefined
  return Number(text.replace(/[. ]/g, ''))
}

/** A number of dossiers as typed; `null`: nothing or no number. */
export function counted(typed: string): number | null {
  const value = money(typed)
  return value ?? null
}

/** What the numbers typed would make of the balance: after less before; `null` while a side lacks. */
export function difference(before: InFlightRow['before'], after: InFlightRow['after']): number | null {
  return before && after ? after.all - before.all : null
}
