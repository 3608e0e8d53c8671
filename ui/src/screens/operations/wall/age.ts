// How old what the wall shows is, and when it must say so. Pure.
import type { WatchView } from '../../../backend/generated/types'

/** After this without an answer of the program itself, ms of real time. */
export const UNANSWERED = 45_000

/** What to say loudly; `null` while everything is fresh. `unanswered`: ms since the program last answered. */
export function oldNews(view: WatchView, unanswered: number): string | null {
  if (unanswered > UNANSWERED) return `Chương trình không trả lời từ ${Math.floor(unanswered / 1000)} giây: số liệu trên màn hình đã cũ`
  const old = view.sources.filter((s) => (s.id === 'gateway_apis' || s.id === 'gateway_flows') && s.state !== 'fresh')
  if (old.length === 0) return null
  return `Số liệu không còn mới · ${old.map((s) => `${s.title}: ${s.text}`).join(' · ')}`
}
