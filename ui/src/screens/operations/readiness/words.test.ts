import { describe, expect, it } from 'vitest'
import type { MemberKind, Readiness, ReadinessRow } from '../../../backend/generated/types'
import { applyFilters, bare, layout, readFilters, writeFilters } from './words'

function row(id: string, kind: MemberKind, name: string, states: (Readiness | null)[]): ReadinessRow {
  const cells = states.map((state, i) => ({ duty: `d${i}`, state, asOf: null, remark: null, said: '' }))
  const missing = states.filter((s) => s !== 'ready' && s !== 'not_applicable').length
  return { id, name, short: name, kind, cells, missing, unreported: states.filter((s) => s === null).length, editable: true, search: name.toLowerCase() }
}
const rows = [
  row('a', 'agency', 'sở a', ['ready', 'ready']),
  row('b', 'ward', 'phường b', [null, null]),
  row('c', 'commune', 'xã c', ['ready', 'partly']),
  row('d', 'commune', 'xã d', ['not_applicable', 'ready']),
]
const found = (query: string) => applyFilters(rows, readFilters(new URLSearchParams(query))).map((r) => r.id)

describe('filters of readiness', () => {
  it('count what nobody reported as missing, never as ready', () => {
    expect(found('show=missing')).toEqual(['b', 'c'])
    expect(found('show=silent')).toEqual(['b'])
    expect(found('show=ready')).toEqual(['a', 'd'])
    expect(found('duty=d1')).toEqual(['b', 'c'])
    expect(found('kind=commune&q=d')).toEqual(['d'])
  })
  it('stand in the address as they were set', () => {
    const filters = readFilters(new URLSearchParams('q=xa&kind=ward&show=silent&duty=d0'))
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters)
    expect(writeFilters(readFilters(new URLSearchParams('kind=x&show=y')))).toEqual({})
  })
})

describe('the grid', () => {
  it('shows 149 units and three headings at once on the page of a 1366 × 768 screen', () => {
    const at = layout(152, 918, 444)
    expect(Math.ceil(152 / at.rows) * 140).toBeLessThanOrEqual(918)
    expect(at.rows * at.height).toBeLessThanOrEqual(444)
  })
  it('takes taller lines where there is room, and the smallest where there is none', () => {
    expect(layout(152, 1480, 880).height).toBe(28)
    expect(layout(152, 300, 200)).toEqual({ rows: 11, height: 17 })
  })
  it('does not say the kind twice', () => {
    expect(bare(row('x', 'ward', 'Phường Quy Nhơn', []))).toBe('Quy Nhơn')
    expect(bare(row('x', 'agency', 'Sở Y tế', []))).toBe('Sở Y tế')
  })
})
