import { describe, expect, it } from 'vitest'
import type { TaskRow } from '../backend/generated/types'
import { nextSort, sortRows } from './sort'

const row = (no: string, more: Partial<TaskRow> = {}) =>
  ({ no, title: no, heading: false, leadUnits: [], status: 'not_started', ...more }) as unknown as TaskRow
const order = (rows: TaskRow[]) => rows.map((r) => r.no)

describe('the order of the list', () => {
  const rows = [row('1', { due: '2026-04-20' }), row('2', { due: null }), row('3', { due: '2026-03-13' }), row('81', { heading: true })]
  it('is the decision’s without a choice', () => expect(order(sortRows(rows, null))).toEqual(['1', '2', '3', '81']))
  it('leaves what has no value at the end, up or down, and headings out', () => {
    expect(order(sortRows(rows, { by: 'due', down: false }))).toEqual(['3', '1', '2'])
    expect(order(sortRows(rows, { by: 'due', down: true }))).toEqual(['1', '3', '2'])
  })
  it('sorts numbers as numbers and Vietnamese letters in their own order', () => {
    expect(order(sortRows([row('10'), row('9'), row('78a'), row('78')], { by: 'no', down: false }))).toEqual(['9', '10', '78', '78a'])
    const titled = [row('1', { title: 'Đường' }), row('2', { title: 'Dân' }), row('3', { title: 'Em' })]
    expect(order(sortRows(titled, { by: 'title', down: false }))).toEqual(['2', '1', '3'])
  })
  it('goes up, down and back', () => {
    const up = nextSort(null, 'due')
    const down = nextSort(up, 'due')
    expect([up, down, nextSort(down, 'due')]).toEqual([{ by: 'due', down: false }, { by: 'due', down: true }, null])
  })
})
