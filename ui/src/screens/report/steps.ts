// Where a report stands: its steps with who and when, and the finding that heads the page. Pure.
import type { ReportView } from '../../backend/generated/types'
import { clock, clockAndDate, countdown, isoDay, MINUTE, span } from '../../lib/dates'

export type StepId = 'freeze' | 'write' | 'review' | 'sign' | 'send'
export interface Step {
  id: StepId
  title: string
  /** `done`; `now`: the next to do; `later`: not yet; `back`: it was returned. */
  state: 'done' | 'now' | 'later' | 'back'
  /** Who and when, or what it waits for. */
  text: string
}

/** `14:05`, with the day when it is another than the report's. */
const moment = (at: number, day: string) => (isoDay(at) === day ? clock(at) : clockAndDate(at))
const byAt = (who: string, at: number, day: string) => [who, moment(at, day)].filter(Boolean).join(' · ')

export function steps(view: ReportView): Step[] {
  const { day, reviewed, returned, signed, sent } = view
  const frozen = view.freezes.find((f) => f.id === view.freeze)
  const done: Record<StepId, string | null> = {
    freeze: frozen ? `${byAt(frozen.by, frozen.at, day)}${view.freezes.length > 1 ? ` · lần ${view.freezes.length}` : ''}` : null,
    write: view.wordsWritten && view.wordsAt !== null ? byAt(view.wordsBy ?? '', view.wordsAt, day) : null,
    review: reviewed ? byAt(reviewed.by, reviewed.at, day) : null,
    sign: signed ? `${byAt(signed.by, signed.at, day)}${signed.deputy ? ' · ký thay' : ''} · số ${signed.number}` : null,
    send: sent ? `${byAt(sent.by, sent.at, day)} · ${sent.how}` : null,
  }
  const waits: Record<StepId, string> = {
    freeze: 'Chưa chốt',
    write: frozen ? 'Chưa sửa: dùng câu tự sinh và đề xuất mang sang' : 'Sau khi chốt số liệu',
    review: 'Người khác với người soạn',
    sign: 'Lãnh đạo, hoặc người được giao ký thay',
    send: 'Ghi lúc nào, bằng cách nào, gửi cho ai',
  }
  const order: [StepId, string][] = [['freeze', 'Chốt số liệu'], ['write', 'Soạn lời văn'], ['review', 'Duyệt'], ['sign', 'Ký'], ['send', 'Gửi']]
  const next = order.find(([id]) => done[id] === null && id !== 'write')?.[0]
  return order.map(([id, title]) => {
    if (id === 'review' && returned && !reviewed) return { id, title, state: 'back', text: `Trả lại: ${byAt(returned.by, returned.at, day)} · ${returned.reason}` }
    const text = done[id]
    return { id, title, state: text !== null ? 'done' : id === next ? 'now' : 'later', text: text ?? waits[id] }
  })
}

/** `trước hạn 19 phút`, `trễ 1 giờ 5 phút`, `đúng hạn` within the minute. */
export function against(at: number, deadline: number): string {
  const minutes = Math.floor(Math.abs(deadline - at) / MINUTE)
  if (minutes === 0) return at <= deadline ? 'sát hạn' : 'trễ chưa tới 1 phút'
  const days = Math.floor(minutes / 1440)
  const rest = days > 0 ? [`${days} ngày`, minutes % 1440 > 0 ? span((minutes % 1440) * 60) : ''].filter(Boolean).join(' ') : span(minutes * 60)
  return at < deadline ? `trước hạn ${rest}` : `trễ ${rest}`
}

/** The finding that heads the page. */
export function headline(view: ReportView, now: number): string {
  const { deadline, sent, excused, stageText: stage } = view
  if (deadline === null) return stage
  if (sent) return `Đã gửi lúc ${moment(sent.at, view.day)}, ${against(sent.at, deadline)}${view.asksReason ? '; chưa ghi lý do trễ' : ''}`
  if (excused) return `${stage}; đã ghi lý do không gửi đúng hạn`
  if (view.verdict === 'not_due') return `${stage}; ngày này không phải báo cáo`
  return now < deadline ? `${stage}; ${countdown(deadline, now)} đến hạn ${moment(deadline, view.day)}` : `${stage}; quá hạn ${countdown(deadline, now).replace('đã qua ', '')}`
}

/** How urgent that is. */
export function tone(view: ReportView, now: number): 'plain' | 'ok' | 'warn' | 'bad' {
  const { deadline, sent, excused, verdict } = view
  if (deadline === null || verdict === 'not_due') return 'plain'
  if (sent) return verdict === 'on_time' ? 'ok' : 'warn'
  if (excused) return 'plain'
  return now >= deadline ? 'bad' : deadline - now < 60 * MINUTE ? 'warn' : 'plain'
}
