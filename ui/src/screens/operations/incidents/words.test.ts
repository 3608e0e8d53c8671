import { describe, expect, it } from 'vitest'
import type { ClockView, IncidentRow } from '../../../backend/generated/types'
import { applyFilters, face, lasting, readFilters, writeFilters } from './words'

const MINUTE = 60_000
const clock = (change: Partial<ClockView> = {}): ClockView => ({ kind: 'acknowledge', name: '', from: 0, due: 15 * MINUTE, met: null, overdue: false, missed: false, text: '', ...change })
const row = (change: Partial<IncidentRow>) => ({ id: 'a', severity: 's2', stage: 'acknowledged', mine: false, search: 'cong tra loi 503 vnpt', next: clock(), ...change }) as IncidentRow

describe('a clock', () => {
  it('counts down, warns in its last quarter, and is overdue from its very moment on', () => {
    expect(face(clock(), 3 * MINUTE)).toEqual({ tone: 'plain', text: 'còn 12 phút' })
    expect(face(clock(), 12 * MINUTE)).toEqual({ tone: 'warn', text: 'còn 3 phút' })
    expect(face(clock(), 15 * MINUTE)).toEqual({ tone: 'bad', text: 'quá hạn 0 giây' })
    expect(face(clock(), 80 * MINUTE)).toEqual({ tone: 'bad', text: 'quá hạn 1 giờ 5 phút' })
  })
  it('that was met says after how long, and that it was late', () => {
    expect(face(clock({ met: 9 * MINUTE }), 80 * MINUTE)).toEqual({ tone: 'met', text: 'sau 9 phút' })
    expect(face(clock({ met: 20 * MINUTE, missed: true }), 80 * MINUTE)).toEqual({ tone: 'warn', text: 'sau 20 phút, trễ hạn' })
  })
  it('tells spans in two units at most', () => {
    expect([lasting(-1), lasting(59_000), lasting(60 * MINUTE), lasting(47 * 60 * MINUTE), lasting(76 * 60 * MINUTE)]).toEqual(['0 giây', '59 giây', '1 giờ', '47 giờ', '3 ngày 4 giờ'])
  })
})

describe('filters', () => {
  it('come back from the address as they were written, and strangers are no filter', () => {
    const filters = { q: 'cong', severity: 's1', show: 'overdue' } as const
    expect(readFilters(new URLSearchParams(writeFilters(filters)))).toEqual(filters)
    expect(readFilters(new URLSearchParams('severity=s9&show=x'))).toEqual({ q: '', severity: '', show: 'open' })
    expect(writeFilters(readFilters(new URLSearchParams()))).toEqual({})
  })
  it('show what is open, overdue at this moment, and found without marks', () => {
    const rows = [row({ id: 'open' }), row({ id: 'over', stage: 'closed', next: null }), row({ id: 'new', stage: 'detected', severity: 's1' })]
    const ids = (filters: Partial<ReturnType<typeof readFilters>>, now = 0) => applyFilters(rows, { q: '', severity: '', show: 'open', ...filters }, now).map((r) => r.id)
    expect(ids({})).toEqual(['open', 'new'])
    expect(ids({ show: 'all' })).toHaveLength(3)
    expect(ids({ show: 'over' })).toEqual(['over'])
    expect(ids({ show: 'overdue' })).toEqual([])
    expect(ids({ show: 'overdue' }, 15 * MINUTE)).toEqual(['open', 'new'])
    expect(ids({ severity: 's1' })).toEqual(['new'])
    expect(ids({ q: 'Cổng VNPT' })).toEqual(['open', 'new'])
    expect(ids({ q: 'sso' })).toEqual([])
  })
})
