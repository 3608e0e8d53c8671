// Words and arrangements of the runbook screen that need no answer of the program.
import type { RunDecision, RunMode, RunStep, RunStepEnd, RunStream, RunVote } from '../../../backend/generated/types'

export const modeText: Record<RunMode, string> = { rehearsal: 'DIỄN TẬP', live: 'THỰC HIỆN' }
export const voteText: Record<RunVote, string> = { go: 'Đạt', no_go: 'Không đạt' }
export const decisionText: Record<RunDecision, string> = { go: 'Tiếp tục', hold: 'Tạm dừng, xem lại', roll_back: 'Quay lui' }
export const endText: Record<RunStepEnd, string> = { done: 'Xong', failed: 'Không đạt', skipped: 'Bỏ qua' }

export const views = [
  ['steps', 'Các bước'],
  ['gantt', 'Sơ đồ thời gian'],
  ['graph', 'Sơ đồ bước'],
  ['gates', 'Cổng quyết định'],
  ['log', 'Nhật ký'],
] as const
export type View = (typeof views)[number][0]

/** `00:41:20`, `1 ngày 02:00:00`; what is past has a minus in front. */
export function left(to: number, now: number): string {
  const seconds = Math.floor(Math.abs(to - now) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const days = Math.floor(seconds / 86_400)
  const clock = `${two(Math.floor((seconds % 86_400) / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return `${to < now ? '−' : ''}${days > 0 ? `${days} ngày ` : ''}${clock}`
}

export interface StepGroup {
  id: string
  title: string
  /** What stands beside the title. */
  about: string
  late: boolean
  steps: RunStep[]
}

/** What can be done now first, then what goes on, then the rest by line of work. */
export function groupsOf(steps: readonly RunStep[], streams: readonly RunStream[]): StepGroup[] {
  const running = steps.filter((s) => s.stage === 'running')
  const ready = steps.filter((s) => s.startable)
  const despite = steps.filter((s) => s.startableDespite)
  const shown = new Set([...running, ...ready, ...despite].map((s) => s.id))
  const groups: StepGroup[] = [
    { id: 'ready', title: 'Làm được ngay', about: '', late: false, steps: ready },
    { id: 'running', title: 'Đang làm', about: '', late: false, steps: running },
    { id: 'despite', title: 'Diễn tập: đi tiếp được khi ghi lý do', about: '', late: false, steps: despite },
    ...streams.map((stream) => ({
      id: `stream-${stream.id}`,
      title: stream.name,
      about: `${stream.done}/${stream.steps} bước · ${stream.slipText}`,
      late: stream.late,
      steps: steps.filter((s) => s.stream === stream.id && !shown.has(s.id)),
    })),
  ]
  return groups.filter((g) => g.steps.length > 0)
}

/** Marks of the time axis: whole steps of a length that leaves `room` px for each. */
export function ticks(from: number, to: number, width: number, room = 64): { at: number; x: number }[] {
  const lengths = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((m) => m * 60_000)
  const length = lengths.find((l) => ((to - from) / l) * room <= width) ?? 1440 * 60_000
  const offset = 7 * 3_600_000
  const marks = []
  for (let at = Math.ceil((from + offset) / length) * length - offset; at <= to; at += length) marks.push({ at, x: ((at - from) / (to - from)) * width })
  return marks
}

export interface Placed {
  step: RunStep
  column: number
  row: number
}

/** Places steps by how many stand before them; in a column near what they wait for, so that few lines cross. */
export function placed(steps: readonly RunStep[]): { nodes: Placed[]; columns: number; rows: number } {
  const byId = new Map(steps.map((s) => [s.id, s]))
  const depth = new Map<string, number>()
  const depthOf = (step: RunStep): number => {
    const known = depth.get(step.id)
    if (known !== undefined) return known
    const before = step.after.flatMap((id) => byId.get(id) ?? [])
    const found = before.length === 0 ? 0 : 1 + Math.max(...before.map(depthOf))
    depth.set(step.id, found)
    return found
  }
  const columns = 1 + Math.max(0, ...steps.map(depthOf))
  const nodes: Placed[] = []
  const rowOf = new Map<string, number>()
  for (let column = 0; column < columns; column += 1) {
    const here = steps.filter((s) => depthOf(s) === column)
    const wished = here.map((step) => {
      const before = step.after.flatMap((id) => rowOf.get(id) ?? [])
      return { step, wish: before.length === 0 ? 0 : before.reduce((a, b) => a + b, 0) / before.length }
    })
    for (const [row, { step }] of wished.toSorted((a, b) => a.wish - b.wish).entries()) {
      rowOf.set(step.id, row)
      nodes.push({ step, column, row })
    }
  }
  return { nodes, columns, rows: 1 + Math.max(0, ...rowOf.values()) }
}
