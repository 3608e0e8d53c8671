// What the dossier screen shows, as its address keeps it: period, filters, how it is split and sorted, what is open. Pure.
import type { Basis, DossierFilter, FigureId, SplitBy } from '../../backend/generated/types'
import { readCell, unitGroups, writeCell, type CellKey } from './cell'
import { readPeriod } from './period'
import { figureIds, splits } from './words'

/** What lies open beside the figures. */
export interface Opened {
  figure: FigureId
  /** The cell within the filters. */
  cell: CellKey[]
  /** The list of records is open. */
  list: boolean
  /** What the number that was opened is counted from; `null`: as the figures of its cell are. */
  basis: Basis | null
}

export interface Place {
  /** Empty: the one the program shows first. */
  period: string
  filter: DossierFilter
  basis: Basis | null
  /** As known at this moment, UTC ms; `null`: now. */
  asOf: number | null
  /** How the table is split. */
  by: SplitBy[]
  /** The table's order; `null`: by name. */
  sort: FigureId | null
  down: boolean
  /** The table sets the periods beside one another in the place of all figures of one. */
  compare: boolean
  /** The table stands in the place of the charts where there is no room for both. */
  table: boolean
  opened: Opened | null
  /** The findings lie open. */
  findings: boolean
  /** Records at fault that are listed: of a rule, where empty is any, in a cell within the filters. */
  faulty: { rule: string; cell: CellKey[] } | null
  /** The record that is open, over a list of the figures or of data quality. */
  record: number | null
}

export const noFilter = (): DossierFilter => ({ systems: [], unitGroup: null, units: [], fields: [], procedures: [], channels: [] })
export const usualSplit: readonly SplitBy[] = ['unit']

const lists = { system: 'systems', unit: 'units', field: 'fields', procedure: 'procedures', channel: 'channels' } as const

const number = (text: string | null): number | null => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)

const basisOf = (text: string | null): Basis | null => (text === 'records' || text === 'reports' ? text : null)

/** What the address does not say, or says wrongly, is as usual. */
export function readPlace(query: URLSearchParams): Place {
  const period = query.get('period') ?? ''
  const filter = noFilter()
  for (const [key, list] of Object.entries(lists)) filter[list] = query.getAll(key)
  filter.unitGroup = unitGroups.find((g) => g === query.get('group')) ?? null
  const by = (query.get('by') ?? '').split(',').flatMap((id) => splits.find((s) => s === id) ?? [])
  const figure = figureIds.find((id) => id === query.get('fig'))
  const rule = query.get('rule')
  return {
    period: readPeriod(period) ? period : '',
    filter,
    basis: basisOf(query.get('basis')),
    asOf: number(query.get('asof')),
    by: by.length > 0 ? [...new Set(by)] : [...usualSplit],
    sort: figureIds.find((id) => id === query.get('sort')) ?? null,
    down: query.has('down'),
    compare: query.has('compare'),
    table: query.has('table'),
    opened: figure ? { figure, cell: readCell(query.get('at')), list: query.has('list'), basis: basisOf(query.get('of')) } : null,
    findings: query.has('findings'),
    faulty: rule === null ? null : { rule, cell: readCell(query.get('in')) },
    record: number(query.get('record')),
  }
}

/** What is as usual is left out. */
export function writePlace(place: Place): URLSearchParams {
  const query = new URLSearchParams()
  const put = (key: string, value: string | number | null) => value !== null && value !== '' && query.set(key, String(value))
  const flag = (key: string, on: boolean) => on && query.set(key, '')
  put('period', place.period)
  for (const [key, list] of Object.entries(lists)) for (const code of place.filter[list]) query.append(key, code)
  put('group', place.filter.unitGroup ?? null)
  put('basis', place.basis)
  put('asof', place.asOf)
  if (place.by.join() !== usualSplit.join()) put('by', place.by.join())
  put('sort', place.sort)
  flag('down', place.down)
  flag('compare', place.compare)
  flag('table', place.table)
  if (place.opened) {
    put('fig', place.opened.figure)
    put('at', writeCell(place.opened.cell))
    put('of', place.opened.basis)
    flag('list', place.opened.list)
  }
  flag('findings', place.findings)
  if (place.faulty) {
    query.set('rule', place.faulty.rule)
    put('in', writeCell(place.faulty.cell))
  }
  put('record', place.record)
  return query
}

/** Whether anything is left out of the count. */
export const narrowed = (filter: DossierFilter): boolean =>
  (filter.unitGroup ?? null) !== null || Object.values(lists).some((list) => filter[list].length > 0)
