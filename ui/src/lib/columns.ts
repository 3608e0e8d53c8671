// The columns of the list beside number and title: which are shown, how wide, and which give way when there is no room.

import type { ListView } from '../backend/generated/types'

export interface Column {
  id: ColumnId
  title: string
  /** Width without a choice, px. */
  width: number
  /** The higher, the longer it stays when the list gets narrow. */
  stays: number
  /** Shown without a choice. */
  usual: boolean
}

/** Words of a list's own column are `text:` and its id. */
export type ColumnId = `text:${string}` | 'measures' | 'units' | 'due' | 'status' | 'proof' | 'gateway' | 'expected' | 'doneOn' | 'note'

export const columns: readonly Column[] = [
  { id: 'units', title: 'Chủ trì', width: 104, stays: 3, usual: true },
  { id: 'due', title: 'Hạn', width: 130, stays: 5, usual: true },
  { id: 'expected', title: 'Dự kiến', width: 84, stays: 1, usual: false },
  { id: 'status', title: 'Trạng thái', width: 132, stays: 6, usual: true },
  { id: 'doneOn', title: 'Ngày xong', width: 84, stays: 0, usual: false },
  { id: 'proof', title: 'Minh chứng', width: 122, stays: 4, usual: true },
  { id: 'gateway', title: 'Trục tích hợp', width: 116, stays: 2, usual: true },
  { id: 'note', title: 'Ghi chú', width: 200, stays: 0, usual: false },
]

/** How long status and proof stay beside the words of another checklist. */
const state: Partial<Record<ColumnId, number>> = { status: 9, proof: 8.7 }

/**
 * The columns of a checklist. One beside the main list has its own words and figures, which stay long, and nothing of the
 * gateway.
 */
export function columnsOf(list: Pick<ListView, 'main' | 'columns' | 'measured'> | undefined): readonly Column[] {
  if (!list || list.main) return columns
  const own: Column[] = list.columns.map((c, i) => ({ id: `text:${c.id}` as const, title: c.title, width: 185, stays: 8 - i / 100, usual: true }))
  if (list.measured) own.unshift({ id: 'measures', title: 'Chỉ tiêu', width: 170, stays: 8.5, usual: true })
  return [...own, ...columns.filter((c) => c.id !== 'gateway').map((c) => ({ ...c, stays: state[c.id] ?? c.stays }))]
}

/** Narrowest and widest a person can make a column, px. */
export const narrowest = 60
export const widest = 480
/** Room for mark and number, and the least that is left for the title. */
export const MARK = 26
export const NUMBER = 40
export const TITLE = 220
export const GAP = 8
/** Padding at the right of a row. */
export const EDGE = 10

/** What a person chose for one checklist: shown columns, and widths other than the usual. */
export interface ColumnChoice {
  shown: ColumnId[]
  widths: Partial<Record<ColumnId, number>>
}

export const usualChoice = (all: readonly Column[] = columns): ColumnChoice => ({ shown: all.filter((c) => c.usual).map((c) => c.id), widths: {} })

/** A column that only some checklists have. */
export const isOwn = (id: string): boolean => id === 'measures' || id.startsWith('text:')

const clamp = (width: number) => Math.min(widest, Math.max(narrowest, Math.round(width)))

const known = (id: unknown): id is ColumnId => typeof id === 'string' && (isOwn(id) || columns.some((c) => c.id === id))

/** Reads a kept choice; what nobody knows any more is left out. A list's own columns are known by their form: see [`fit`]. */
export function readChoice(text: string | undefined, all: readonly Column[] = columns): ColumnChoice {
  try {
    const raw = JSON.parse(text ?? '') as { shown?: unknown; widths?: Record<string, unknown> }
    const shown: ColumnId[] = Array.isArray(raw.shown) ? raw.shown.filter(known) : usualChoice(all).shown
    const widths: ColumnChoice['widths'] = {}
    for (const [id, width] of Object.entries(raw.widths ?? {})) {
      if (known(id) && typeof width === 'number' && Number.isFinite(width)) widths[id] = clamp(width)
    }
    return { shown, widths }
  } catch {
    return usualChoice(all)
  }
}

export const writeChoice = (choice: ColumnChoice): string => JSON.stringify(choice)

/** In the order of the list's columns. */
export function toggleColumn(choice: ColumnChoice, id: ColumnId, all: readonly Column[] = columns): ColumnChoice {
  const shown = choice.shown.includes(id) ? choice.shown.filter((c) => c !== id) : [...choice.shown, id]
  return { ...choice, shown: all.filter((c) => shown.includes(c.id)).map((c) => c.id) }
}

export const resizeColumn = (choice: ColumnChoice, id: ColumnId, width: number): ColumnChoice => ({
  ...choice,
  widths: { ...choice.widths, [id]: clamp(width) },
})

export interface Fitted {
  id: ColumnId
  title: string
  width: number
}

/** What is claimed and what shows it: where both are wanted, neither stands without the other. */
const pair: readonly ColumnId[] = ['status', 'proof']

/** The chosen columns that fit beside a title of at least [`TITLE`], what is left for the title, and the columns left out. */
export function fit(choice: ColumnChoice, room: number, all: readonly Column[] = columns): { columns: Fitted[]; title: number; out: ColumnId[] } {
  const wanted = all.filter((c) => choice.shown.includes(c.id)).map((c) => ({ ...c, width: choice.widths[c.id] ?? c.width }))
  const fixed = MARK + NUMBER + 2 * GAP + EDGE
  const left = (list: readonly { width: number }[]) => room - fixed - list.reduce((sum, c) => sum + c.width + GAP, 0)
  const paired = pair.every((id) => wanted.some((c) => c.id === id))
  const kept = [...wanted]
  while (left(kept) < TITLE) {
    const least = kept.filter((c) => !paired || !pair.includes(c.id)).reduce<(typeof kept)[number] | null>((a, b) => (a && a.stays <= b.stays ? a : b), null)
    if (!least || kept.length === 1) break
    kept.splice(kept.indexOf(least), 1)
  }
  return { columns: kept.map(({ id, title, width }) => ({ id, title, width })), title: Math.max(120, left(kept)), out: wanted.filter((c) => !kept.includes(c)).map((c) => c.id) }
}

/** For `grid-template-columns`. */
export const template = (fitted: readonly Fitted[]): string => `${MARK}px ${NUMBER}px minmax(0, 1fr) ${fitted.map((c) => `${c.width}px`).join(' ')}`
