import { describe, expect, it } from 'vitest'
import type { ReportView } from '../../backend/generated/types'
import { against, headline, steps, tone } from './steps'

const at = (time: string) => Date.parse(`2026-05-29T${time}:00+07:00`)
const deadline = at('15:00')
const none: ReportView = {
  cadence: 'daily', day: '2026-05-29', title: '', stage: 'none', stageText: 'Chưa chốt số liệu', deadline, verdict: 'open', verdictText: '', asksReason: false,
  freezes: [], freeze: null, words: { changes: '', results: '', operation: '', troubles: '', proposals: '' }, wordsWritten: false, wordsBy: null, wordsAt: null,
  generatedChanges: '', before: null, reviewed: null, returned: null, signed: null, earlier: [], sent: null, excused: null, missing: [], caveats: [],
  may: Object.fromEntries(['freeze', 'write', 'review', 'sign', 'attach', 'send', 'excuse'].map((id) => [id, { ok: true, why: '' }])) as ReportView['may'],
  lastEvent: null, notice: null,
}
const freeze = { id: 'f1', at: at('14:05'), by: 'An', reason: null, sha256: '', schemaOk: true, signed: 0 }
const frozen: ReportView = { ...none, stage: 'frozen', stageText: 'Đã chốt số liệu', freezes: [freeze], freeze: 'f1' }
const states = (view: ReportView) => steps(view).map((step) => step.state)

describe('steps of a report', () => {
  it('begin with the freeze, and writing holds up nothing', () => {
    expect(states(none)).toEqual(['now', 'later', 'later', 'later', 'later'])
    expect(states(frozen)).toEqual(['done', 'later', 'now', 'later', 'later'])
    expect(steps(frozen)[0]?.text).toBe('An · 14:05')
  })

  it('say that a report came back, until it is reviewed', () => {
    const returned = { by: 'Bình', at: at('14:20'), reason: 'thiếu đề xuất' }
    expect(steps({ ...frozen, returned })[2]).toMatchObject({ state: 'back', text: 'Trả lại: Bình · 14:20 · thiếu đề xuất' })
    expect(states({ ...frozen, returned, reviewed: { by: 'Bình', at: at('14:30'), remark: '' } })).toEqual(['done', 'later', 'done', 'now', 'later'])
  })

  it('count freezes and name the deputy', () => {
    const again = { ...frozen, freezes: [{ ...freeze, id: 'f2' }, freeze], freeze: 'f2' }
    expect(steps(again)[0]?.text).toBe('An · 14:05 · lần 2')
    const signed = { id: 's', freeze: 'f1', by: 'Chi', at: at('14:40'), number: '05/BC-X', signedOn: '2026-05-29', deputy: true, program: '', files: [], copy: null, sent: null }
    expect(steps({ ...frozen, signed })[3]?.text).toBe('Chi · 14:40 · ký thay · số 05/BC-X')
  })
})

describe('the finding', () => {
  it.each([
    [at('14:41'), 'trước hạn 19 phút'],
    [at('16:05'), 'trễ 1 giờ 5 phút'],
    [deadline, 'sát hạn'],
    [deadline + 30_000, 'trễ chưa tới 1 phút'],
    [at('14:59') + 30_000, 'sát hạn'],
    [deadline + 26 * 3_600_000, 'trễ 1 ngày 2 giờ'],
  ])('says how a moment stands to the deadline', (moment, text) => expect(against(moment, deadline)).toBe(text))

  it('counts down, then says how late it is', () => {
    expect(headline(none, at('14:09'))).toBe('Chưa chốt số liệu; còn 00:51 đến hạn 15:00')
    expect(headline(none, at('15:12'))).toBe('Chưa chốt số liệu; quá hạn 00:12')
    expect([tone(none, at('13:00')), tone(none, at('14:09')), tone(none, at('15:00'))]).toEqual(['plain', 'warn', 'bad'])
  })

  it('of what was sent late asks for the reason', () => {
    const sent = { by: 'An', at: at('15:12'), how: 'x', to: 'y' }
    expect(headline({ ...frozen, sent, verdict: 'late', asksReason: true }, at('16:00'))).toBe('Đã gửi lúc 15:12, trễ 12 phút; chưa ghi lý do trễ')
    expect(tone({ ...frozen, sent, verdict: 'late' }, at('16:00'))).toBe('warn')
  })

  it('of a month has no deadline', () => {
    expect(headline({ ...frozen, deadline: null }, at('15:12'))).toBe('Đã chốt số liệu')
    expect(tone({ ...frozen, deadline: null }, at('15:12'))).toBe('plain')
  })
})
