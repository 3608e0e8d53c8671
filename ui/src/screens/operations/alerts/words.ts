// What the list of alerts shows, and how it is narrowed.
import type { AlertRow, AlertsView, AlertState, Severity } from '../../../backend/generated/types'
import { matchesAll, words } from '../../../lib/fold'

export type Show = 'firing' | 'open' | 'past'
export const shows: readonly (readonly [Show, string])[] = [['firing', 'Đang báo'], ['open', 'Chưa ai nhận'], ['past', 'Đã qua']]
export const severities: readonly Severity[] = ['s1', 's2', 's3', 's4']

export interface AlertFilters {
  show: Show
  severity: Severity | ''
  q: string
}

export function readFilters(query: URLSearchParams): AlertFilters {
  const show = query.get('show')
  const severity = query.get('level')
  return {
    show: shows.find(([id]) => id === show)?.[0] ?? 'firing',
    severity: severities.find((s) => s === severity) ?? '',
    q: query.get('q') ?? '',
  }
}

export function writeFilters(f: AlertFilters): Record<string, string> {
  return {
    ...(f.show === 'firing' ? {} : { show: f.show }),
    ...(f.severity === '' ? {} : { level: f.severity }),
    ...(f.q === '' ? {} : { q: f.q }),
  }
}

/** The rows to show; a mute hides nothing. */
export function applyFilters(view: Pick<AlertsView, 'firing' | 'past'>, f: AlertFilters): AlertRow[] {
  const of = f.show === 'past' ? view.past : view.firing
  const wanted = words(f.q)
  return of.filter((r) => (f.show !== 'open' || r.state === 'firing' || r.state === 'muted') && (f.severity === '' || r.severity === f.severity) && matchesAll(r.search, wanted))
}

/** A few words for the state, with a mark that differs by more than colour. */
export const stateText: Record<AlertState, string> = {
  firing: 'Đang báo',
  muted: 'Tắt tiếng',
  acknowledged: 'Đã nhận',
  folded: 'Đã gộp',
  over: 'Đã hết',
}

/** Ends to offer for a mute, ms from now. */
export const muteSpans: readonly (readonly [number, string])[] = [
  [30 * 60_000, '30 phút'],
  [60 * 60_000, '1 giờ'],
  [4 * 3_600_000, '4 giờ'],
  [8 * 3_600_000, '8 giờ'],
]
