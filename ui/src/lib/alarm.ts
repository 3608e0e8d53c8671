// What an alert sounds like: short tones, more and higher the louder it is.

/** One tone: when it begins and how long it lasts, seconds; its pitch, Hz. */
export interface Tone {
  at: number
  length: number
  pitch: number
}

/** The tones of a level from 1 (seen) to 4 (call). */
export function tones(level: number): Tone[] {
  const loud = Math.min(4, Math.max(1, Math.round(level)))
  if (loud === 1) return [{ at: 0, length: 0.12, pitch: 523 }]
  const pair = [523, 659, 784].slice(0, loud === 2 ? 2 : 3)
  const times = loud === 4 ? 3 : 1
  return Array.from({ length: times }, (_, n) => pair.map((pitch, i) => ({ at: n * 0.7 + i * 0.18, length: 0.15, pitch }))).flat()
}
