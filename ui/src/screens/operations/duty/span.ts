// Which part of the roster is on screen, and where a moment stands in it.
import { clock, isoDay, isoToVn } from '../../../lib/dates'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const OFFSET = 7 * HOUR

export type Zoom = 'night' | 'week'
export const zooms: readonly (readonly [Zoom, string])[] = [['night', 'Đêm'], ['week', 'Tuần']]

export interface Span {
  from: number
  to: number
}

/** Midnight of an ISO day in the province. */
export const midnight = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) - OFFSET
/** An ISO day moved by days. */
export const moved = (iso: string, days: number): string => isoDay(midnight(iso) + days * DAY)

/** The day whose night it is: before 09:00 still the one before. */
export const nightOf = (now: number): string => isoDay(now - 9 * HOUR)

/** From 17:00 to 09:00 of the next day, or seven days from midnight. */
export function spanOf(zoom: Zoom, day: string): Span {
  const start = midnight(day)
  return zoom === 'night' ? { from: start + 17 * HOUR, to: start + 33 * HOUR } : { from: start, to: start + 7 * DAY }
}

/** Where a moment stands, percent of the span; within it. */
export const place = (span: Span, at: number): number => (Math.min(Math.max(at, span.from), span.to) - span.from) / (span.to - span.from) * 100

export interface Tick {
  at: number
  text: string
  strong: boolean
}

/** Every second hour of a night, every day of a week. */
export function ticks(zoom: Zoom, span: Span): Tick[] {
  const step = zoom === 'night' ? 2 * HOUR : DAY
  const first = zoom === 'night' ? span.from + HOUR : span.from
  const all: Tick[] = []
  for (let at = first; at < span.to; at += step) {
    const midnight = (at + OFFSET) % DAY === 0
    const days = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']
    const iso = isoDay(at)
    const day = `${days[new Date(`${iso}T00:00:00Z`).getUTCDay()]} ${isoToVn(iso).slice(0, 5)}`
    // A night begins a new day in its middle: there the mark names the day.
    all.push({ at, text: zoom === 'night' && !midnight ? clock(at) : day, strong: midnight })
  }
  return all
}

/** `19:00–07:00`, with days where they differ from `day`. */
export const hours = (from: number, to: number): string => `${clock(from)}–${clock(to)}`
