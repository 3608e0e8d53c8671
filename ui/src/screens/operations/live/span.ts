// Spans of time that the watch looks at: some hours up to now, or from one moment to another. Kept in the address. Pure.

export interface Span {
  /** Hours up to now; `null` for two moments of one's own. */
  hours: number | null
  from: number
  to: number
}

/** What there is to choose: hours and their name. */
export const spans: readonly (readonly [number, string])[] = [[2, '2 giờ qua'], [6, '6 giờ qua'], [24, '24 giờ qua'], [168, '7 ngày qua'], [720, '30 ngày qua']]

const HOUR = 3_600_000

/** The span that an address asks for; `now` is the end of those up to now. */
export function readSpan(query: URLSearchParams, now: number, usual: number): Span {
  const [from, to, hours] = ['from', 'to', 'hours'].map((name) => Number(query.get(name) ?? NaN)) as [number, number, number]
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return { hours: null, from, to }
  const known = spans.some(([h]) => h === hours) ? hours : usual
  return { hours: known, from: now - known * HOUR, to: now }
}

/** The part of an address that asks for a span. */
export const writeSpan = (span: { hours: number } | { from: number; to: number }): Record<string, string> =>
  'hours' in span ? { hours: String(span.hours) } : { from: String(span.from), to: String(span.to) }
