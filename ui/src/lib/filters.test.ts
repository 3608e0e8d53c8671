import { expect, test } from 'vitest'
import type { TaskRow } from '../backend/generated/types'
import { applyFilters, dueOf, filtersOfTarget, groupRows, noFilters, readFilters, writeFilters } from './filters'
import { fold } from './fold'

const task = (no: string, over: Partial<TaskRow> = {}): TaskRow => {
  const row: TaskRow = {
    no, label: no, list: 'qd90', texts: [], measures: [], section: 'III', heading: false, group: 'API', title: `Việc ${no}`, leadUnits: [], due: '2026-03-13', changedDue: null,
    expected: null, status: 'in_progress', doneOn: null, note: null, daysLate: 0, daysLateDecision: 0, overdue: false,
    proof: { tone: 'none', text: '–', detail: '', damaged: false }, rag: { rag: 'green', computed: 'green', text: '', reasons: [], byHand: null },
    dueSoon: false, lateness: '', flow: null, phase: null, stage: null, api: null, predecessors: [], latePredecessors: [],
    gateway: null, editable: true, search: '', conflicts: 0, lastEvent: null, ...over,
  }
  return { ...row, search: row.search || fold(`${row.group} ${row.title}`) }
}
const unit = (id: string) => ({ id, short: id, name: id })
const rows = [
  task('9', { group: 'SSO', status: 'done', leadUnits: [unit('vnpt')] }),
  task('12', { title: 'API Khởi tạo hồ sơ', overdue: true, flow: 'dossier_sync', leadUnits: [unit('vnpt'), unit('tt_cds')] }),
  task('13', { dueSoon: true, status: 'blocked' }),
  task('78a', { section: 'IV.2' }),
  task('81', { heading: true, due: null, section: 'IV.2' }),
]
const nos = (found: TaskRow[]) => found.map((r) => r.no)

test('a search without marks finds text with them, and a number finds its task', () => {
  expect(nos(applyFilters(rows, { ...noFilters(), q: 'khoi tao ho so' }))).toEqual(['12'])
  expect(nos(applyFilters(rows, { ...noFilters(), q: '78A' }))).toEqual(['78a'])
})

test('values of one filter widen, different filters narrow', () => {
  expect(nos(applyFilters(rows, { ...noFilters(), status: ['done', 'blocked'] }))).toEqual(['9', '13'])
  expect(nos(applyFilters(rows, { ...noFilters(), unit: ['vnpt'], due: ['overdue'] }))).toEqual(['12'])
  expect(nos(applyFilters(rows, { ...noFilters(), unit: ['tt_cds', 'none'] }))).toEqual(['12'])
})

test('a heading shows by section but never by state', () => {
  expect(nos(applyFilters(rows, { ...noFilters(), section: ['IV.2'] }))).toEqual(['78a', '81'])
  expect(nos(applyFilters(rows, { ...noFilters(), status: ['in_progress'] }))).toEqual(['12', '78a'])
  expect(dueOf(rows[4]!)).toBeNull()
})

test('what is done is neither in time nor overdue', () => {
  expect(dueOf(rows[0]!)).toBeNull()
  expect(rows.slice(1, 4).map(dueOf)).toEqual(['overdue', 'soon', 'within'])
})

test('filters survive the way through the address, and unknown values are left out', () => {
  const filters = { ...noFilters(), q: 'hồ sơ & thuế', section: ['III', 'IV.1'], due: ['overdue' as const] }
  expect(readFilters(new URLSearchParams(writeFilters(filters).toString()))).toEqual(filters)
  expect(readFilters(new URLSearchParams('status=done,nonsense&due=never')).status).toEqual(['done'])
  expect(writeFilters(noFilters()).toString()).toBe('')
})

test('targets of tiles and charts become filters', () => {
  expect(filtersOfTarget('overdue').due).toEqual(['overdue'])
  expect(filtersOfTarget('blocked').status).toEqual(['blocked'])
  expect(filtersOfTarget('unit:vnpt').unit).toEqual(['vnpt'])
  expect(filtersOfTarget('section:IV.1').section).toEqual(['IV.1'])
  expect(filtersOfTarget(null)).toEqual(noFilters())
})

test('groups follow the decision’s order and do not count headings', () => {
  const groups = groupRows(rows)
  expect(groups.map((g) => [g.section, g.title, g.done, g.total, g.overdue])).toEqual([
    ['III', 'SSO', 1, 1, 0],
    ['III', 'API', 0, 2, 1],
    ['IV.2', 'API', 0, 1, 0],
  ])
})

test('groups that only repeat their task are none, and its neighbours stand together under the section', () => {
  const groups = groupRows([task('1', { group: 'Việc 1' }), task('2', { group: 'Việc 2' }), task('3')])
  expect(groups.map((g) => [g.title, g.rows.map((r) => r.no)])).toEqual([['', ['1', '2']], ['API', ['3']]])
})

test('tasks with edits that disagree are found by their mark, which an address keeps', () => {
  const disputed = [task('1'), task('2', { conflicts: 1 })]
  const filters = readFilters(new URLSearchParams('mark=conflict,nothing'))
  expect(filters.mark).toEqual(['conflict'])
  expect(writeFilters(filters).toString()).toBe('mark=conflict')
  expect(applyFilters(disputed, filters).map((r) => r.no)).toEqual(['2'])
  expect(applyFilters(disputed, filtersOfTarget('conflict')).map((r) => r.no)).toEqual(['2'])
})
