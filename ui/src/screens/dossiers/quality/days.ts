// Days in a row, with what was not noted as a gap. Pure.
import type { QualityDay } from '../../../backend/generated/types'

const DAY = 86_400_000
const time = (iso: string) => Date.parse(`${iso}T00:00:00Z`)

/** The days as they follow each other; a missing one is `null`. At most two months of gaps are spelled out. */
export function dayGaps(days: readonly QualityDay[]): (QualityDay | null)[] {
  return days.flatMap((day, i) => {
    const before = days[i - 1]
    const missing = before ? Math.round((time(day.day) - time(before.day)) / DAY) - 1 : 0
    return [...Array.from({ length: Math.max(0, Math.min(60, missing)) }, () => null), day]
  })
}
