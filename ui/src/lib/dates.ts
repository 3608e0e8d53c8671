// Instants and days as they are written on screen. The province's day is UTC+7 whatever the machine's zone is, so nothing
// here uses the zone of the machine.

const OFFSET = 7 * 3_600_000
export const MINUTE = 60_000
const DAY = 86_400_000

const local = (at: number): Date => new Date(at + OFFSET)
const two = (n: number): string => String(n).padStart(2, '0')

/** `14:08` */
export const clock = (at: number): string => `${two(local(at).getUTCHours())}:${two(local(at).getUTCMinutes())}`
/** `29/05/2026` */
export const date = (at: number): string => isoToVn(isoDay(at))
/** `14:08 · 29/05/2026` */
export const clockAndDate = (at: number): string => `${clock(at)} · ${date(at)}`
/** `2026-05-29`, the province's day of an instant. */
export const isoDay = (at: number): string => local(at).toISOString().slice(0, 10)
/** `29/05/2026` of `2026-05-29`. */
export const isoToVn = (iso: string): string => iso.split('-').reverse().join('/')
/** `29/05`, or `29/05/2025` where the year is not the one of `now`. */
export function shortDay(iso: string, now: number): string {
  const vn = isoToVn(iso)
  return iso.slice(0, 4) === isoDay(now).slice(0, 4) ? vn.slice(0, 5) : vn
}
/** The clock alone of today, else with the day: `22:37`, `08:00 26/05`. */
export const clockNear = (at: number, now: number): string => (isoDay(at) === isoDay(now) ? clock(at) : `${clock(at)} ${shortDay(isoDay(at), now)}`)

/** `5`, `5/6`, `05/06/2026` or ISO as typed, to ISO; the year of `now` when left out. `null`: no such day. */
export function parseDay(typed: string, now: number): string | null {
  const text = typed.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const vn = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(text)
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : vn
      ? [Number(vn[3] ?? isoDay(now).slice(0, 4)), Number(vn[2]), Number(vn[1])]
      : [NaN, NaN, NaN]
  const time = Date.UTC(year, month - 1, day)
  if (Number.isNaN(time)) return null
  const back = new Date(time)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null
  return back.toISOString().slice(0, 10)
}

/** The instant of an ISO day and a time of day as typed (`14:05`, `14h05`, `14`) in the province; `undefined`: no moment. */
export function momentOf(day: string | null, time: string): number | undefined {
  const parts = /^(\d{1,2})(?:[:h.](\d{2})?)?$/.exec(time.trim())
  if (!day || !parts) return undefined
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)]
  return hour > 23 || minute > 59 ? undefined : Date.parse(`${day}T00:00:00Z`) - OFFSET + hour * 3_600_000 + minute * MINUTE
}

/** `còn 00:51`, `còn 2 ngày 03:10`, or `đã qua 00:05`. Minutes are rounded up while there is time left. */
export function countdown(to: number, now: number): string {
  const left = to - now
  const minutes = left > 0 ? Math.ceil(left / MINUTE) : Math.floor(-left / MINUTE)
  const days = Math.floor((minutes * MINUTE) / DAY)
  const rest = minutes - (days * DAY) / MINUTE
  const time = `${two(Math.floor(rest / 60))}:${two(rest % 60)}`
  return `${left > 0 ? 'còn' : 'đã qua'} ${days > 0 ? `${days} ngày ` : ''}${time}`
}

/** `30 giây`, `5 phút`, `1 giờ 30 phút`. */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds} giây`
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.round((seconds % 3600) / 60)
  return [hours > 0 ? `${hours} giờ` : '', minutes > 0 ? `${minutes} phút` : ''].filter(Boolean).join(' ')
}

/** Weekday of an ISO day, Monday 0 … Sunday 6. */
export const weekday = (iso: string): number => (new Date(`${iso}T00:00:00Z`).getUTCDay() + 6) % 7
/** Days of a month, `month` 1…12. */
export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
/** ISO day of its parts, `month` 1…12. */
export const isoOf = (year: number, month: number, day: number): string => `${year}-${two(month)}-${two(day)}`

/**
 * Domain time: the instant an answer gave, plus what has passed since on this machine times the speed of the domain's
 * clock. `since` and `tick` come from a monotonic clock, so a changed wall clock does not move it.
 */
export const domainTime = (given: number, since: number, tick: number, speed: number): number =>
  given + Math.max(0, tick - since) * speed
