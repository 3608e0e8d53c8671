// Times under the slider, between those of its two ends. Pure.
import { clock } from '../../../lib/dates'
import { ticks } from '../live/ticks'

/** Room of one time with what keeps it apart from the next, px. */
const ROOM = 44

/** Whole steps that neither run into the times at the ends nor say one of them again. */
export function axisOf(from: number, to: number, width: number): { at: number; text: string }[] {
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * width
  const ends = [clock(from), clock(to)]
  // A time at an end stands inside of it, the others around their place.
  return ticks(from, to, Math.max(3, Math.floor(width / 90))).filter((t) => x(t.at) > 1.5 * ROOM && x(t.at) < width - 1.5 * ROOM && !ends.includes(t.text))
}
