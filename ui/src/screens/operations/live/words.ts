// Tones, order and marks of the watch. Pure.
import type { ApiHealth, ApiTile, FlowStanding } from '../../../backend/generated/types'

/** Tone of a state, for colour and icon alike. */
export type Tone = 'good' | 'warn' | 'bad' | 'unsure' | 'unknown' | 'none'

export const healthTone: Record<ApiHealth, Tone> = { failing: 'bad', slow: 'warn', unsure: 'unsure', not_observed: 'unknown', quiet: 'none', good: 'good' }
export const standingTone: Record<FlowStanding, Tone> = { failing: 'bad', weak: 'warn', not_observed: 'unknown', not_started: 'none', absent: 'none', good: 'good' }

const rank: Record<ApiHealth, number> = { failing: 0, slow: 1, unsure: 2, not_observed: 3, quiet: 4, good: 5 }

/** Orders of the wall. */
export type WallSort = 'list' | 'trouble' | 'calls'
export const wallSorts: readonly (readonly [WallSort, string])[] = [['list', 'Theo danh mục'], ['trouble', 'Theo mức lỗi'], ['calls', 'Theo lượt gọi']]

/** The tiles in an order; those that are equal stay in that of the checklist. */
export function sorted(tiles: readonly ApiTile[], by: WallSort): ApiTile[] {
  const compare: Record<WallSort, (a: ApiTile, b: ApiTile) => number> = {
    list: () => 0,
    // Of those that fail, the worst first.
    trouble: (a, b) => rank[a.health] - rank[b.health] || (rank[a.health] <= rank.unsure ? (a.rate ?? 1) - (b.rate ?? 1) : 0),
    calls: (a, b) => b.calls - a.calls,
  }
  return [...tiles].sort(compare[by])
}

/** Upper bound of a class of durations: `400 ms`, `2 s`; 0 or above the last class is `trên 15 s`, none is `–`. */
export function bound(ms: number | null, calls = 1): string {
  if (calls === 0) return '–'
  if (ms === null || ms === 0) return 'trên 15 s'
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toLocaleString('vi-VN')} s`
}

/** As `bound`, said as what it is: `≤ 400 ms`. */
export const atMost = (ms: number | null, calls: number): string => `${ms === null || ms === 0 || calls === 0 ? '' : '≤ '}${bound(ms, calls)}`

/** How long ago, in one unit, for a place with little room: `vừa xong`, `4 phút`, `3 giờ`, `2 ngày`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'vừa xong'
  return minutes < 60 ? `${minutes} phút` : minutes < 1440 ? `${Math.floor(minutes / 60)} giờ` : `${Math.floor(minutes / 1440)} ngày`
}

/** The tile above or below one in a grid of `columns`, or beside it; stays inside. */
export function step(at: number, key: string, columns: number, count: number): number | null {
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: count - 1 }[key]
  if (to === undefined) return null
  return to < 0 || to >= count ? at : to
}
