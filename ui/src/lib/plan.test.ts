import { describe, expect, it } from 'vitest'
import type { PlanEdge, PlanTask } from '../backend/generated/types'
import { cellsOf, edgesAtRest, lookOf, roomFor, step, waysOf, widthsOf } from './plan'

const edge = (from: string, to: string): PlanEdge => ({ from, to, slack: null })
const edges = [edge('1', '2'), edge('2', '3'), edge('1', '4'), edge('4', '3'), edge('3', '5'), edge('6', '7')]
const task = (no: string, lane = 0, column = 0) => ({ no, lane, column }) as PlanTask

describe('a task of the plan', () => {
  it('is solid only while what it claims is proved, and looks proved only when it is called done', () => {
    const look = (status: PlanTask['status'], tone: PlanTask['proof']['tone']) => lookOf({ status, proof: { tone, text: '', detail: '', damaged: false } })
    expect(look('done', 'proved')).toBe('proved')
    expect(look('done', 'failed')).toBe('failed')
    expect(look('done', 'silent')).toBe('silent')
    for (const tone of ['none', 'claimed', 'shown'] as const) expect(look('done', tone)).toBe('claimed')
    expect(look('in_progress', 'proved')).toBe('in_progress')
  })
})

describe('ways through the plan', () => {
  it('reach everything before and after, and nothing beside', () => {
    const ways = waysOf('3', edges)
    expect([...ways.before].sort()).toEqual(['1', '2', '4'])
    expect([...ways.after]).toEqual(['5'])
    expect(ways.edges).toHaveLength(5)
  })
  it('take only arrows on the way of the task itself', () => {
    expect(waysOf('2', edges).edges).toEqual([edge('1', '2'), edge('2', '3'), edge('3', '5')])
  })
  it('end in a circle', () => {
    const circle = [edge('a', 'b'), edge('b', 'a')]
    expect([...waysOf('a', circle).before]).toEqual(['b'])
  })
  it('with nothing chosen are those of what is open, and all of them when nothing is', () => {
    const at = (...open: string[]) => edgesAtRest({ edges, tasks: ['1', '2', '3', '4', '5', '6', '7'].map((no) => ({ no, status: open.includes(no) ? 'in_progress' : 'done' }) as PlanTask) })
    expect(at('5')).toEqual([edge('3', '5')])
    expect(at('3', '6')).toEqual([edge('2', '3'), edge('4', '3'), edge('3', '5'), edge('6', '7')])
    expect(at()).toEqual(edges)
  })
})

describe('the cells of the plan', () => {
  it('hold every task once, in its lane and column', () => {
    const cells = cellsOf([task('1'), task('2', 1, 1), task('3', 1, 1)], 2, 2)
    expect(cells.map((lane) => lane.map((c) => c.map((t) => t.no)))).toEqual([[['1'], []], [[], ['2', '3']]])
  })
  it('are wide enough for the fullest', () => {
    const cells = cellsOf(Array.from({ length: 19 }, (_, i) => task(String(i))), 1, 1)
    expect(widthsOf(cells, 1)).toEqual([7])
    expect(widthsOf(cellsOf([], 2, 1), 1)).toEqual([1])
  })
})

describe('the room of the columns', () => {
  const cells = cellsOf(Array.from({ length: 19 }, (_, i) => task(String(i))), 1, 1)
  it('keeps lanes flat where the board is wide, and narrow boards have one line more', () => {
    expect(roomFor(cells, 1, 1000)).toEqual([338])
    expect(roomFor(cells, 1, 300)).toEqual([242])
  })
})

describe('the keys on the plan', () => {
  const tasks = ['1', '2', '3', '4', '5'].map((no) => task(no))
  it('follow the arrows left and right, and the order up and down', () => {
    expect(step('ArrowLeft', '3', tasks, edges)).toBe('2')
    expect(step('ArrowRight', '1', tasks, edges)).toBe('2')
    expect(step('ArrowDown', '3', tasks, edges)).toBe('4')
    expect(step('ArrowUp', '1', tasks, edges)).toBeNull()
    expect(step('ArrowRight', '5', tasks, edges)).toBeNull()
    expect(step('End', '1', tasks, edges)).toBe('5')
  })
})
