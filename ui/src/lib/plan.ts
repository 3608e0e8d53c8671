// Ways through the plan: what a task waits for, and what waits for it.
import type { PlanEdge, PlanTask, PlanView, TaskStatus } from '../backend/generated/types'

/** How a task is painted: what is called done by what shows it, anything else by its status. */
export type PlanLook = 'proved' | 'claimed' | 'silent' | 'failed' | Exclude<TaskStatus, 'done'>

export function lookOf({ status, proof }: Pick<PlanTask, 'status' | 'proof'>): PlanLook {
  if (status !== 'done') return status
  return proof.tone === 'proved' || proof.tone === 'silent' || proof.tone === 'failed' ? proof.tone : 'claimed'
}

export interface Ways {
  /** Keys of every task before and after, the task itself not among them. */
  before: Set<string>
  after: Set<string>
  /** The arrows on the way. */
  edges: PlanEdge[]
}

/** Everything that comes before a task and everything that follows it, directly or not. Circles end the walk. */
export function waysOf(no: string, edges: readonly PlanEdge[]): Ways {
  const reach = (next: (e: PlanEdge, at: string) => string | null): Set<string> => {
    const seen = new Set<string>()
    const open = [no]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const edge of edges) {
        const to = next(edge, at)
        if (to !== null && to !== no && !seen.has(to)) {
          seen.add(to)
          open.push(to)
        }
      }
    }
    return seen
  }
  const before = reach((e, at) => (e.to === at ? e.from : null))
  const after = reach((e, at) => (e.from === at ? e.to : null))
  const onWay = (set: Set<string>, key: string) => key === no || set.has(key)
  return {
    before,
    after,
    edges: edges.filter((e) => (onWay(before, e.from) && onWay(before, e.to)) || (onWay(after, e.from) && onWay(after, e.to))),
  }
}

/** With nothing chosen: what open tasks wait for and what waits for them; when all is done, every arrow. */
export function edgesAtRest({ tasks, edges }: Pick<PlanView, 'tasks' | 'edges'>): readonly PlanEdge[] {
  const open = new Set(tasks.filter((t) => t.status !== 'done' && t.status !== 'not_applicable').map((t) => t.no))
  const some = edges.filter((e) => open.has(e.from) || open.has(e.to))
  return some.length > 0 ? some : edges
}

/** The tasks of each cell, lane by lane; every cell is there, also an empty one. */
export function cellsOf(tasks: readonly PlanTask[], lanes: number, columns: number): PlanTask[][][] {
  const cells = Array.from({ length: lanes }, () => Array.from({ length: columns }, (): PlanTask[] => []))
  for (const task of tasks) cells[task.lane]?.[task.column]?.push(task)
  return cells
}

/** How many chips stand side by side in each column: as many as keep its fullest cell within `rows` lines. */
export function widthsOf(cells: readonly (readonly (readonly unknown[])[])[], columns: number, rows = 3): number[] {
  return Array.from({ length: columns }, (_, c) => Math.max(1, ...cells.map((lane) => Math.ceil((lane[c]?.length ?? 0) / rows))))
}

/** A chip with its gap, the gutters of a cell, and the least for the words above it, px. */
const CHIP = 32
const GUTTERS = 18
const WORDS = 74

/** Width of each column, px: flat where the room allows it, so that every lane is seen. */
export function roomFor(cells: readonly (readonly (readonly unknown[])[])[], columns: number, room: number): number[] {
  const pixels = (rows: number) => widthsOf(cells, columns, rows).map((w) => Math.max(WORDS, w * CHIP + GUTTERS))
  const flat = pixels(2)
  return flat.reduce((a, b) => a + b, 0) <= room ? flat : pixels(3)
}

/** Where the keys lead from a task: left to what it waits for, right to what waits for it, up and down in order. */
export function step(key: string, no: string, tasks: readonly PlanTask[], edges: readonly PlanEdge[]): string | null {
  const at = tasks.findIndex((t) => t.no === no)
  switch (key) {
    case 'ArrowLeft': return edges.find((e) => e.to === no)?.from ?? null
    case 'ArrowRight': return edges.find((e) => e.from === no)?.to ?? null
    case 'ArrowUp': return tasks[at - 1]?.no ?? null
    case 'ArrowDown': return tasks[at + 1]?.no ?? null
    case 'Home': return tasks[0]?.no ?? null
    case 'End': return tasks.at(-1)?.no ?? null
    default: return null
  }
}
