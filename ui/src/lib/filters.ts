// What of the checklist is shown, and how that is written in the address so that "back" works. Knows nothing of the page.
import type { Flow, ProofTone, TaskRow, TaskStatus } from '../backend/generated/types'
import { dues, flows, marks, proofTones, statuses, type Due, type Mark } from '../text'
import { fold, matchesAll, words } from './fold'

export interface Filters {
  q: string
  section: string[]
  unit: string[]
  status: TaskStatus[]
  due: Due[]
  flow: Flow[]
  proof: ProofTone[]
  mark: Mark[]
}

export type Facet = Exclude<keyof Filters, 'q'>
export const facets: readonly Facet[] = ['section', 'unit', 'status', 'proof', 'due', 'flow', 'mark']

export const noFilters = (): Filters => ({ q: '', section: [], unit: [], status: [], due: [], flow: [], proof: [], mark: [] })
export const anyFilter = (f: Filters): boolean => f.q.trim() !== '' || facets.some((facet) => f[facet].length > 0)

const known = <T extends string>(allowed: readonly T[], values: string[]): T[] => allowed.filter((v) => values.includes(v))

/** The filters of an address's query. Values nobody knows are left out, so an old address still opens. */
export function readFilters(params: URLSearchParams): Filters {
  const list = (name: string) => (params.get(name) ?? '').split(',').filter(Boolean)
  return {
    q: params.get('q') ?? '',
    section: list('section'),
    unit: list('unit'),
    status: known(statuses, list('status')),
    due: known(dues, list('due')),
    flow: known(flows, list('flow')),
    proof: known(proofTones, list('proof')),
    mark: known(marks, list('mark')),
  }
}

/** Only what is set, so that addresses stay short. */
export function writeFilters(f: Filters): URLSearchParams {
  const params = new URLSearchParams()
  if (f.q.trim() !== '') params.set('q', f.q)
  for (const facet of facets) if (f[facet].length > 0) params.set(facet, f[facet].join(','))
  return params
}

/** The filter that a tile, chart or line of attention asks for: `overdue`, `blocked`, `unit:vnpt`, `section:III`. */
export function filtersOfTarget(filter: string | null): Filters {
  const wanted = noFilters()
  for (const part of (filter ?? '').split(/[;&]/).filter(Boolean)) {
    const [name = '', value] = part.split(':')
    if (value !== undefined) {
      const params = new URLSearchParams({ [name]: value })
      const read = readFilters(params)
      for (const facet of facets) if (read[facet].length > 0) Object.assign(wanted, { [facet]: read[facet] })
      if (read.q) wanted.q = read.q
    } else {
      wanted.due.push(...known(dues, [name]))
      wanted.status.push(...known(statuses, [name]))
      wanted.mark.push(...known(marks, [name]))
    }
  }
  return wanted
}

/** Where an undone task stands against its due date in force; `null` where that means nothing. */
export function dueOf(row: TaskRow): Due | null {
  if (row.heading || row.status === 'done' || row.status === 'not_applicable') return null
  return row.overdue ? 'overdue' : row.dueSoon ? 'soon' : row.due || row.changedDue ? 'within' : null
}

const has = <T>(chosen: readonly T[], value: T | null): boolean => chosen.length === 0 || (value !== null && chosen.includes(value))

const hasMark = (row: TaskRow, mark: Mark): boolean => ({ conflict: row.conflicts > 0 })[mark]

/** The rows to show. A heading of the decision has no state of its own: it shows only while no state is asked for. */
export function applyFilters(rows: readonly TaskRow[], f: Filters): TaskRow[] {
  const query = words(f.q)
  return rows.filter(
    (row) =>
      has(f.section, row.section) &&
      (f.unit.length === 0 || row.leadUnits.some((u) => f.unit.includes(u.id))) &&
      (f.status.length === 0 || (!row.heading && f.status.includes(row.status))) &&
      has(f.due, dueOf(row)) &&
      has(f.flow, row.flow) &&
      (f.proof.length === 0 || (!row.heading && f.proof.includes(row.proof.tone))) &&
      (f.mark.length === 0 || f.mark.some((mark) => hasMark(row, mark))) &&
      matchesAll(`${fold(row.no)} ${row.search}`, query),
  )
}

export interface Group {
  key: string
  section: string
  title: string
  rows: TaskRow[]
  done: number
  total: number
  overdue: number
}

/** A group that says no more than its task is none. */
export const ownGroup = (row: Pick<TaskRow, 'group' | 'title'>): string => (row.group === row.title ? '' : row.group)

/** Neighbouring rows of the same section and "Nội dung" cell, in the decision's order. Headings are not counted. */
export function groupRows(rows: readonly TaskRow[]): Group[] {
  const groups: Group[] = []
  for (const row of rows) {
    let group = groups.at(-1)
    const title = ownGroup(row)
    if (!group || group.section !== row.section || group.title !== title) {
      group = { key: `${row.section}/${row.no}`, section: row.section, title, rows: [], done: 0, total: 0, overdue: 0 }
      groups.push(group)
    }
    group.rows.push(row)
    if (row.heading) continue
    group.total += 1
    if (row.status === 'done') group.done += 1
    if (row.overdue) group.overdue += 1
  }
  return groups
}
