// Indicators are of months, quarters and years. Pure.
import { readPeriod } from '../period'

/** The period to ask for; empty is the newest one. */
export function periodFor(id: string): string {
  const kind = readPeriod(id)?.kind
  return kind === 'month' || kind === 'quarter' || kind === 'year' ? id : ''
}
