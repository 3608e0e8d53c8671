// Moments people go back to. The province's day is UTC+7 whatever the machine's zone is.
import { isoDay, momentOf } from './dates'

const DAY = 86_400_000

export interface Preset {
  id: 'report' | 'today' | 'week'
  title: string
  at: number
}

/** The moments people ask for most, from `now`. */
export function presets(now: number): Preset[] {
  const at = (day: number, time: string) => momentOf(isoDay(day), time) ?? day
  return [
    { id: 'report', title: '15:00 hôm qua', at: at(now - DAY, '15:00') },
    { id: 'today', title: 'Đầu ngày hôm nay', at: at(now, '00:00') },
    { id: 'week', title: '7 ngày trước', at: now - 7 * DAY },
  ]
}
