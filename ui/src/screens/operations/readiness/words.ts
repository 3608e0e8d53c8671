// Words and filters of the readiness of the units. Not reported is a state of its own, never good.
import type { MemberKind, Readiness, ReadinessCounts, ReadinessRow } from '../../../backend/generated/types'
import { matchesAll, words } from '../../../lib/fold'

export type State = Readiness | 'unreported'

export const stateText: Record<State, string> = {
  ready: 'Đã hoàn thành',
  partly: 'Đang thực hiện',
  not_ready: 'Chưa thực hiện',
  unreported: 'Chưa báo cáo',
  not_applicable: 'Không áp dụng',
}
export const states = Object.keys(stateText) as State[]
/** Those that somebody can report. */
export const reportable = states.filter((s): s is Readiness => s !== 'unreported')

export const kindText: Record<MemberKind, string> = { agency: 'Sở, ban, ngành', ward: 'Phường', commune: 'Xã', party: 'Bên phối hợp' }

export const showText = { all: 'Mọi đơn vị', missing: 'Còn thiếu', silent: 'Chưa báo cáo gì', ready: 'Đã sẵn sàng' } as const
export type Show = keyof typeof showText

export interface Filters {
  q: string
  kind: MemberKind | ''
  show: Show
  /** Only those that miss this duty. */
  duty: string
}

export function readFilters(query: URLSearchParams): Filters {
  const kind = query.get('kind') ?? ''
  const show = query.get('show') ?? 'all'
  return {
    q: query.get('q') ?? '',
    kind: kind in kindText ? (kind as MemberKind) : '',
    show: show in showText ? (show as Show) : 'all',
    duty: query.get('duty') ?? '',
  }
}

export function writeFilters(f: Filters): Record<string, string> {
  const entries = Object.entries({ q: f.q, kind: f.kind, show: f.show === 'all' ? '' : f.show, duty: f.duty })
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

export const stateOf = (row: ReadinessRow, duty: string): State => row.cells.find((c) => c.duty === duty)?.state ?? 'unreported'
export const settled = (state: State): boolean => state === 'ready' || state === 'not_applicable'

/** Those that match, kind by kind. */
export function applyFilters(rows: readonly ReadinessRow[], f: Filters): ReadinessRow[] {
  const wanted = words(f.q)
  const kinds = Object.keys(kindText)
  const found = rows.filter(
    (row) =>
      (f.kind === '' || row.kind === f.kind) &&
      (f.show === 'all' || (f.show === 'ready' ? row.missing === 0 : f.show === 'missing' ? row.missing > 0 : row.unreported === row.cells.length)) &&
      (f.duty === '' || !settled(stateOf(row, f.duty))) &&
      matchesAll(row.search, wanted),
  )
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}

export const missingOf = (c: ReadinessCounts): number => c.partly + c.notReady + c.unreported
export const allOf = (c: ReadinessCounts): number => missingOf(c) + c.ready + c.notApplicable

/** The name below a heading that says its kind already. */
export const bare = (row: ReadinessRow): string => (row.kind === 'agency' ? row.short : row.name.replace(/^(Phường|Xã) /, ''))

export interface Layout {
  /** Lines of a column. */
  rows: number
  /** Height of a line, px. */
  height: number
}

/**
 * How `lines` fill a space from top to bottom, column by column: the tallest lines with which all of them are seen at once;
 * the smallest, and a way sideways, where nothing fits.
 */
export function layout(lines: number, width: number, height: number, least = 140): Layout {
  for (const line of [28, 24, 21, 19, 17]) {
    const rows = Math.max(1, Math.floor(height / line))
    if (Math.ceil(lines / rows) * least <= width) return { rows, height: line }
  }
  return { rows: Math.max(1, Math.floor(height / 17)), height: 17 }
}
