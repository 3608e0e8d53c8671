// The order of the list. Without a choice it is the decision's own, in its groups.
import type { TaskRow } from '../backend/generated/types'
import { statuses } from '../text'
import type { ColumnId } from './columns'

export type SortKey = 'no' | 'title' | ColumnId
export interface Sort {
  by: SortKey
  down: boolean
}

const collator = new Intl.Collator('vi', { numeric: true })
const text = (a: string, b: string) => collator.compare(a, b)
/** Days and figures; what is missing comes last, whichever way. */
const LAST = '￿'

function valueOf(row: TaskRow, by: SortKey): string {
  switch (by) {
    case 'title': return row.title
    case 'units': return row.leadUnits[0]?.short ?? LAST
    case 'due': return row.changedDue ?? row.due ?? LAST
    case 'expected': return row.expected ?? LAST
    case 'status': return String(statuses.indexOf(row.status))
    case 'doneOn': return row.doneOn ?? LAST
    case 'gateway': return row.gateway ? (row.gateway.disagrees ? '0' : '1') : LAST
    case 'note': return row.note ?? LAST
    case 'measures': return row.measures[0]?.share?.toFixed(4) ?? LAST
    case 'no': case 'proof': return row.no
    default: return row.texts.find((t) => `text:${t.column}` === by)?.text || LAST
  }
}

/** Rows in the order asked for; equal ones keep the decision's order, headings have no place among them. */
export function sortRows(rows: readonly TaskRow[], sort: Sort | null): TaskRow[] {
  if (!sort) return [...rows]
  const order = rows.filter((row) => !row.heading).map((row) => ({ row, value: valueOf(row, sort.by) }))
  order.sort((a, b) => {
    if (a.value === LAST || b.value === LAST) return Number(a.value === LAST) - Number(b.value === LAST)
    return sort.down ? text(b.value, a.value) : text(a.value, b.value)
  })
  return order.map(({ row }) => row)
}

/** Up, down, and back to the decision's order. */
export const nextSort = (sort: Sort | null, by: SortKey): Sort | null =>
  sort?.by !== by ? { by, down: false } : sort.down ? null : { by, down: true }
