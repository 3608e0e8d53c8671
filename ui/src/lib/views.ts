// Saved views: checklist, filters, order and columns under a name. As text they can be sent to a colleague.
import { readFilters, writeFilters, type Filters } from './filters'
import { columns, isOwn, readChoice, type ColumnChoice } from './columns'
import type { Sort, SortKey } from './sort'

export interface View {
  name: string
  /** Checklist it is of; `null` is the main one. */
  list: string | null
  filters: Filters
  sort: Sort | null
  columns: ColumnChoice
}

/** First line of a view as text; the number rises when old readers would misread a newer one. */
const MARK = 'pvhcc-view 1'
const LONGEST_NAME = 80

const sorts = (by: string): by is SortKey => by === 'no' || by === 'title' || columns.some((c) => c.id === by) || isOwn(by)

/** Three lines that survive e-mail and chat: mark, name, settings. */
export function viewToText(view: View): string {
  const params = writeFilters(view.filters)
  if (view.list !== null) params.set('list', view.list)
  if (view.sort) params.set('sort', `${view.sort.down ? '-' : ''}${view.sort.by}`)
  params.set('columns', JSON.stringify(view.columns))
  return `${MARK}\n${view.name}\n${params.toString()}`
}

/** Reads what [`viewToText`] wrote; `null` for anything else. Spaces around lines do no harm. */
export function viewFromText(text: string): View | null {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean)
  const at = lines.indexOf(MARK)
  const [name, settings] = [lines[at + 1], lines.slice(at + 2).join('')]
  if (at < 0 || name === undefined) return null
  const params = new URLSearchParams(settings)
  const sort = params.get('sort')
  const by = sort?.replace(/^-/, '') ?? ''
  return {
    name: name.normalize('NFC').slice(0, LONGEST_NAME),
    list: params.get('list'),
    filters: readFilters(params),
    sort: sorts(by) ? { by, down: sort?.startsWith('-') ?? false } : null,
    columns: readChoice(params.get('columns') ?? undefined),
  }
}

/** Views that come with the program, for whoever has saved none. */
export function usualViews(unit: string | null): { name: string; filter: string }[] {
  return [
    { name: 'Quá hạn', filter: 'overdue' },
    { name: 'Sắp đến hạn', filter: 'soon' },
    { name: 'Vướng mắc', filter: 'blocked' },
    ...(unit ? [{ name: 'Việc của đơn vị tôi', filter: `unit:${unit}` }] : []),
  ]
}
