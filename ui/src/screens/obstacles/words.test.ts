import { describe, expect, it } from 'vitest'
import type { ObstacleRow } from '../../backend/generated/types'
import { applyFilters, readFilters, writeFilters, type ObstacleFilters } from './words'

const row = (id: string, more: Partial<ObstacleRow>): ObstacleRow => ({
  id, group: 'access', title: id, detail: '', systems: [], units: [], tasks: [], party: 'vnpt', partyName: 'VNPT', stage: 'raised', raisedAt: 0,
  answerDue: null, overdue: false, dueSoon: false, timing: '', answeredAt: null, answer: null, resolvedAt: null, resolution: null, editable: false, search: id, lastEvent: 'e', ...more,
})
const rows = [
  row('khoa vneid', { party: 'c12', overdue: true }),
  row('tuong lua', { group: 'integration', stage: 'answered' }),
  row('tai khoan', { stage: 'resolved' }),
]
const none: ObstacleFilters = { q: '', group: '', party: '', show: 'open' }
const found = (f: Partial<ObstacleFilters>) => applyFilters(rows, { ...none, ...f }).map((r) => r.id)

describe('filters of the register', () => {
  it('leave out what is out of the way until asked', () => {
    expect(found({})).toEqual(['khoa vneid', 'tuong lua'])
    expect(found({ show: 'all' })).toHaveLength(3)
    expect(found({ show: 'resolved' })).toEqual(['tai khoan'])
  })
  it('combine stage, group, party and words typed with or without marks', () => {
    expect(found({ show: 'overdue' })).toEqual(['khoa vneid'])
    expect(found({ group: 'integration' })).toEqual(['tuong lua'])
    expect(found({ party: 'c12', q: 'khóa' })).toEqual(['khoa vneid'])
    expect(found({ party: 'vnpt', q: 'khóa' })).toEqual([])
  })
  it('come back from the address, and what it does not know is no filter', () => {
    const filters: ObstacleFilters = { q: 'khóa', group: 'signing', party: 'c12', show: 'overdue' }
    const kept = Object.entries(writeFilters(filters)).filter((pair): pair is [string, string] => pair[1] !== null)
    expect(readFilters(new URLSearchParams(kept))).toEqual(filters)
    expect(readFilters(new URLSearchParams('group=nhóm&show=lạ'))).toEqual(none)
  })
})
