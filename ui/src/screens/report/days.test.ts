import { describe, expect, it } from 'vitest'
import { daysOf, firstColumn, moved, shiftDay, shiftMonth } from './days'

describe('days of the calendar', () => {
  it('go over months and years', () => {
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
    expect(shiftDay('2026-12-31', 1)).toBe('2027-01-01')
    expect(shiftMonth('2026-01-15', -1)).toBe('2025-12-01')
    expect(shiftMonth('2026-12-01', 1)).toBe('2027-01-01')
  })

  it('stand in weeks from Monday', () => {
    expect(daysOf('2026-02-10')).toHaveLength(28)
    expect(firstColumn('2026-05-29')).toBe(5)
    expect(firstColumn('2026-06-01')).toBe(1)
  })

  it.each([
    ['2026-05-29', 'ArrowLeft', '2026-05-28'],
    ['2026-05-29', 'ArrowUp', '2026-05-22'],
    ['2026-05-29', 'ArrowDown', '2026-06-05'],
    ['2026-05-29', 'Home', '2026-05-25'],
    ['2026-05-29', 'End', '2026-05-31'],
    ['2026-03-31', 'PageUp', '2026-02-28'],
    ['2026-05-29', 'PageDown', '2026-06-29'],
    ['2026-05-29', 'a', null],
  ])('are walked by keys: %s %s', (from, key, to) => expect(moved(from, key)).toBe(to))
})
