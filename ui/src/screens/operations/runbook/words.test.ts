import { expect, test } from 'vitest'
import type { RunStep, RunStream } from '../../../backend/generated/types'
import { groupsOf, left, placed, ticks } from './words'

const MINUTE = 60_000
const step = (id: string, more: Partial<RunStep> = {}): RunStep => ({ id, stream: 'work', after: [], stage: 'waiting', startable: false, startableDespite: false, ...more }) as RunStep
const stream = (id: string): RunStream => ({ id, name: id, done: 0, steps: 1, plannedEnd: 0, end: 0, slipText: 'đúng giờ', late: false })

test('time left is told to the second, and what is past by a minus', () => {
  expect(left(2_480_000, 0)).toBe('00:41:20')
  expect(left(0, 65_000)).toBe('−00:01:05')
  expect(left(26 * 3_600_000, 0)).toBe('1 ngày 02:00:00')
})

test('what can be done now stands first and nothing stands twice', () => {
  const steps = [step('a', { stage: 'done' }), step('b', { startable: true }), step('c', { stage: 'running' }), step('d', { stream: 'other', startableDespite: true }), step('e', { stream: 'other' })]
  const groups = groupsOf(steps, [stream('work'), stream('other'), stream('none')])
  expect(groups.map((g) => [g.id, g.steps.map((s) => s.id)])).toEqual([
    ['ready', ['b']],
    ['running', ['c']],
    ['despite', ['d']],
    ['stream-work', ['a']],
    ['stream-other', ['e']],
  ])
})

test('marks of the axis are whole hours of the province and leave each its room', () => {
  const from = Date.parse('2026-05-29T16:10:00+07:00')
  const marks = ticks(from, from + 14 * 60 * MINUTE, 900)
  expect(new Date((marks[0]?.at ?? 0) + 7 * 3_600_000).toISOString().slice(11, 16)).toBe('17:00')
  expect(marks.every((m, i) => i === 0 || m.x - (marks[i - 1]?.x ?? 0) >= 64)).toBe(true)
})

test('a step stands right of all that it waits for, and no two in one place', () => {
  const steps = [step('a'), step('b', { after: ['a'] }), step('c', { after: ['a'] }), step('d', { after: ['b', 'c'], stream: 'other' }), step('e', { after: ['gone'] })]
  const { nodes, columns, rows } = placed(steps)
  const column = (id: string) => nodes.find((n) => n.step.id === id)?.column
  expect(['a', 'b', 'c', 'd', 'e'].map(column)).toEqual([0, 1, 1, 2, 0])
  expect(columns).toBe(3)
  expect(rows).toBe(2)
  expect(new Set(nodes.map((n) => `${n.column}/${n.row}`)).size).toBe(5)
})
