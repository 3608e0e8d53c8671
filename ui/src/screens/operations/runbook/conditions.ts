// Machine conditions as a form has them. Pure.
import type { Compare, MetricChoice, NodeChoice, RunbookCondition, RunbookPartsView } from '../../../backend/generated/types'

export type Choices = Pick<RunbookPartsView, 'nodes' | 'figures'>

export const compares: readonly (readonly [Compare, string])[] = [['>=', 'từ … trở lên (≥)'], ['<=', 'không quá (≤)'], ['>', 'trên (>)'], ['<', 'dưới (<)']]

/** What a new condition asks: that the first node works. */
export const firstCondition = ({ nodes }: Choices): RunbookCondition => {
  const node = nodes.find((n) => n.metrics.some((m) => m.id === 'up')) ?? nodes[0]
  return { node: node?.id ?? null, metric: node?.metrics.some((m) => m.id === 'up') ? 'up' : (node?.metrics[0]?.id ?? null), figure: null, is: '>=', value: 1, minutes: 0 }
}

/** What is measured of a condition's node. One that the text names and nothing measures any more stays to be chosen. */
export function metricsOf(condition: RunbookCondition, { nodes }: Choices): MetricChoice[] {
  const found = nodes.find((n) => n.id === condition.node)?.metrics ?? []
  return condition.metric === null || found.some((m) => m.id === condition.metric) ? found : [...found, { id: condition.metric, name: condition.metric, unit: '' }]
}

/** Nodes to choose from, and the one that the text names. */
export const nodesOf = (condition: RunbookCondition, { nodes }: Choices): NodeChoice[] =>
  condition.node === null || nodes.some((n) => n.id === condition.node) ? nodes : [...nodes, { id: condition.node, name: condition.node, metrics: [] }]

/** What is read: `node:flow:sso` or `figure:apis_failed`. */
export const sourceOf = (condition: RunbookCondition): string => (condition.figure === null ? `node:${condition.node ?? ''}` : `figure:${condition.figure}`)

/** The condition when it reads something else; the metric stays where the new node has it. */
export function reading(condition: RunbookCondition, source: string, choices: Choices): RunbookCondition {
  const [kind, id] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)]
  if (kind === 'figure') return { ...condition, node: null, metric: null, figure: choices.figures.find((f) => f.id === id)?.id ?? null }
  const metrics = choices.nodes.find((n) => n.id === id)?.metrics ?? []
  const metric = metrics.find((m) => m.id === condition.metric)?.id ?? metrics[0]?.id ?? null
  return measuring({ ...condition, node: id, figure: null }, metric)
}

/** The condition when it measures something else: what is either so or not is not compared with a number. */
export const measuring = (condition: RunbookCondition, metric: RunbookCondition['metric']): RunbookCondition =>
  metric === 'up' && condition.metric !== 'up' ? working({ ...condition, metric }, true) : { ...condition, metric }

/** That a node works, or does not. */
export const working = (condition: RunbookCondition, works: boolean): RunbookCondition => ({ ...condition, is: works ? '>=' : '<', value: 1 })
export const isWorking = ({ is }: RunbookCondition): boolean => is === '>=' || is === '>'

/** Its numbers are numbers: a field that was emptied has none. */
export const whole = ({ value, minutes }: { value: number | null; minutes: number | null }): boolean => Number.isFinite(value) && Number.isInteger(minutes)
export const notWhole = 'Hãy ghi giá trị so sánh và số phút của điều kiện máy đo; 0 phút là ngay lúc đó.'
