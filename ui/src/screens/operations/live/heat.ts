// Classes of the heat map: how far a cell is from what its bar asks for. Pure.
import type { WatchHeatView } from '../../../backend/generated/types'

/** A class, best first; `quiet` and `gap` are no measures. */
export type HeatClass = 'good' | 'near' | 'low' | 'bad' | 'quiet' | 'gap'

/** Fewer calls than this are drawn, but as fainter than they look: chance alone may explain them. */
export const FEW = 5

/** The class of a cell: success by how much of the allowed failures it uses, durations by how often the allowed one. */
export function classOf(metric: WatchHeatView['metric'], bar: number, calls: number | null, value: number | null): HeatClass {
  if (calls === null) return 'gap'
  if (calls === 0 || value === null) return 'quiet'
  if (metric === 'success') {
    if (value >= bar) return 'good'
    const used = (1 - value) / Math.max(1 - bar, 0.001)
    return used <= 2.5 || calls < FEW ? 'near' : used <= 10 ? 'low' : 'bad'
  }
  const ms = value === 0 ? Infinity : value
  return ms <= bar ? 'good' : calls < FEW || ms <= 2 * bar ? 'near' : ms <= 4 * bar ? 'low' : 'bad'
}

/** All cells of a class as one path: thousands of elements would be slow. */
export function paths(view: WatchHeatView, width: number, height: number): Record<HeatClass, string> {
  const found: Record<HeatClass, string> = { good: '', near: '', low: '', bad: '', quiet: '', gap: '' }
  const [w, h] = [width / view.columns.length, height / view.rows.length]
  const round = (n: number) => Math.round(n * 100) / 100
  view.rows.forEach((row, r) => {
    for (let from = 0; from < view.columns.length; ) {
      const at = (c: number) => classOf(view.metric, row.bar, row.calls[c] ?? null, row.values[c] ?? null)
      const kind = at(from)
      let to = from + 1
      while (to < view.columns.length && at(to) === kind) to += 1
      found[kind] += `M${round(from * w)} ${round(r * h)}H${round(to * w)}V${round((r + 1) * h - 0.6)}H${round(from * w)}Z`
      from = to
    }
  })
  return found
}
