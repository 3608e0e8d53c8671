import { describe, expect, it } from 'vitest'
import type { DeadlineView } from '../backend/generated/types'
import { loudness } from './deadline'

const deadline = (level: number, state: DeadlineView['state'] = 'open'): DeadlineView => ({ day: '2026-05-29', at: 0, title: '', state, level, text: '' })
const at = { mayAnswer: true, answered: null, atReport: false }

describe('how loudly the frame asks', () => {
  it('grows with the reminders', () => {
    expect([0, 1, 2, 3, 4].map((level) => loudness(deadline(level), at))).toEqual(['none', 'mark', 'banner', 'pulse', 'dialog'])
  })

  it('is nothing once the report is sent or excused, whatever was reminded', () => {
    expect(loudness(deadline(4, 'settled'), at)).toBe('none')
  })

  it('asks in a dialog once a day, only those who can answer, and not at the report', () => {
    expect(loudness(deadline(4, 'overdue'), { ...at, answered: '2026-05-29' })).toBe('pulse')
    expect(loudness(deadline(4, 'overdue'), { ...at, answered: '2026-05-28' })).toBe('dialog')
    expect(loudness(deadline(4), { ...at, mayAnswer: false })).toBe('pulse')
    expect(loudness(deadline(4), { ...at, atReport: true })).toBe('mark')
  })
})
