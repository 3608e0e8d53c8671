import { describe, expect, it } from 'vitest'
import type { RunbookCondition } from '../../../backend/generated/types'
import { firstCondition, isWorking, measuring, metricsOf, nodesOf, reading, sourceOf, whole, working, type Choices } from './conditions'

const choices: Choices = {
  nodes: [
    { id: 'queue', name: 'Hàng đợi', metrics: [{ id: 'waiting', name: 'Số bản ghi chờ', unit: 'bản ghi' }, { id: 'age', name: 'Tuổi số liệu', unit: 'giây' }] },
    { id: 'flow:sso', name: 'Luồng SSO', metrics: [{ id: 'up', name: 'Tình trạng', unit: '' }, { id: 'age', name: 'Tuổi số liệu', unit: 'giây' }] },
  ],
  figures: [{ id: 'apis_failed', name: 'Số API dưới mức' }],
}
const waiting: RunbookCondition = { node: 'queue', metric: 'waiting', figure: null, is: '<=', value: 500, minutes: 20 }

describe('machine conditions', () => {
  it('a new one asks that something works', () => {
    expect(firstCondition(choices)).toEqual({ node: 'flow:sso', metric: 'up', figure: null, is: '>=', value: 1, minutes: 0 })
  })

  it('reading something else keeps what still has a meaning', () => {
    expect(reading({ ...waiting, metric: 'age' }, 'node:flow:sso', choices)).toEqual({ ...waiting, node: 'flow:sso', metric: 'age' })
    expect(reading(waiting, 'figure:apis_failed', choices)).toEqual({ ...waiting, node: null, metric: null, figure: 'apis_failed' })
    expect(sourceOf(reading(waiting, 'node:flow:sso', choices))).toBe('node:flow:sso')
  })

  it('what works or not has no number of its own', () => {
    const up = measuring(waiting, 'up')
    expect([up.is, up.value, isWorking(up)]).toEqual(['>=', 1, true])
    const down = working(up, false)
    expect([isWorking(down), isWorking(reading(down, 'node:flow:sso', choices))]).toEqual([false, false])
    expect(measuring(waiting, 'age')).toEqual({ ...waiting, metric: 'age' })
  })

  it('a field that was emptied is no number', () => {
    expect([whole(waiting), whole({ ...waiting, value: null }), whole({ ...waiting, minutes: null }), whole({ ...waiting, minutes: 1.5 })]).toEqual([true, false, false, false])
  })

  it('what the text names stays to be chosen, though nothing measures it', () => {
    const gone: RunbookCondition = { ...waiting, node: 'probe:cu', metric: 'p95' }
    expect(nodesOf(gone, choices).map((n) => n.id)).toEqual(['queue', 'flow:sso', 'probe:cu'])
    expect(metricsOf(gone, choices).map((m) => m.id)).toEqual(['p95'])
    expect(metricsOf(waiting, choices)).toHaveLength(2)
  })
})
