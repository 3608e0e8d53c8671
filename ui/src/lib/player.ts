// Playing a span of time: where it is, how fast, what comes next. Pure: the clock is given.

export interface Stretch {
  from: number
  to: number
}

/** Speeds that are offered. */
export const speeds = [1, 10, 60, 300] as const
/** Greatest speed that can be typed. */
export const FASTEST = 3600

export const bounded = (at: number, { from, to }: Stretch): number => Math.min(Math.max(Math.round(at), from), to)

/** Where it is at `tick` (real time, ms) when it was at `anchor.at` at `anchor.tick`. A clock that goes back moves nothing back. */
export const played = (anchor: { at: number; tick: number }, tick: number, speed: number): number => anchor.at + Math.max(0, tick - anchor.tick) * speed

/** A speed as people type it: `60`, `60×`, `0,5`; `null` for what is none. */
export function speedOf(typed: string): number | null {
  const text = typed.trim().replace(/[×xX]$/, '').trim().replace(',', '.')
  const speed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  return speed > 0 && speed <= FASTEST ? speed : null
}

/** The number of moments, in order, that are not after `at`. */
export function passed(moments: readonly { at: number }[], at: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle]?.at ?? Infinity) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The first moment after `at`; `null` at the end. */
export const following = (moments: readonly { at: number }[], at: number): number | null => moments[passed(moments, at)]?.at ?? null

/** The last moment before `at`; `null` at the begin. */
export const preceding = (moments: readonly { at: number }[], at: number): number | null => moments[passed(moments, at - 1) - 1]?.at ?? null

/** How bad, the worst last. */
const tones = ['none', 'good', 'unknown', 'warn', 'bad']

export interface Mark {
  /** Place, 0 to 1. */
  x: number
  tone: string
  count: number
}

/** Marks on a line of `places` places: one a place, as bad as the worst there. */
export function marksOf(moments: readonly { at: number; tone: string }[], { from, to }: Stretch, places: number): Mark[] {
  const found = new Map<number, Mark>()
  for (const { at, tone } of moments) {
    if (at < from || at > to) continue
    const place = Math.min(places - 1, Math.floor(((at - from) / Math.max(1, to - from)) * places))
    const mark = found.get(place)
    if (mark === undefined) found.set(place, { x: (place + 0.5) / places, tone, count: 1 })
    else {
      mark.count += 1
      if (tones.indexOf(tone) > tones.indexOf(mark.tone)) mark.tone = tone
    }
  }
  return [...found.values()]
}
