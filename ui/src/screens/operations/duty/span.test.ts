import { describe, expect, it } from 'vitest'
import { midnight, moved, nightOf, place, spanOf, ticks } from './span'

const at = (hour: number, day = '2026-05-29') => midnight(day) + hour * 3_600_000

describe('the roster on screen', () => {
  it('knows which night it is until the next morning is well begun', () => {
    expect(nightOf(at(22))).toBe('2026-05-29')
    expect(nightOf(at(32))).toBe('2026-05-29')
    expect(nightOf(at(33))).toBe('2026-05-30')
    expect(nightOf(at(14))).toBe('2026-05-29')
  })
  it('spans a night of sixteen hours and a week of seven days, over the end of a month', () => {
    expect(spanOf('night', '2026-05-29')).toEqual({ from: at(17), to: at(9, '2026-05-30') })
    expect(spanOf('week', '2026-05-29').to).toBe(at(0, '2026-06-05'))
    expect(moved('2026-05-31', 1)).toBe('2026-06-01')
    expect(moved('2026-06-01', -1)).toBe('2026-05-31')
  })
  it('puts a moment in its place and what lies outside at the edge', () => {
    const night = spanOf('night', '2026-05-29')
    expect(place(night, at(25))).toBe(50)
    expect(place(night, at(0))).toBe(0)
    expect(place(night, at(48))).toBe(100)
  })
  it('marks midnight', () => {
    const marks = ticks('night', spanOf('night', '2026-05-29'))
    expect(marks.map((t) => t.text)).toEqual(['18:00', '20:00', '22:00', 'T7 30/05', '02:00', '04:00', '06:00', '08:00'])
    expect(marks.filter((t) => t.strong)).toHaveLength(1)
    expect(ticks('week', spanOf('week', '2026-05-29'))[0]?.text).toBe('T6 29/05')
  })
})
