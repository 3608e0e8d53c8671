import { expect, test } from 'vitest'
import { clockAndDate } from './dates'
import { presets } from './moments'

test('the moments are of the province whatever the zone of the machine', () => {
  const now = Date.parse('2026-05-29T14:08:00+07:00')
  expect(presets(now).map((p) => clockAndDate(p.at))).toEqual(['15:00 · 28/05/2026', '00:00 · 29/05/2026', '14:08 · 22/05/2026'])
  // Just after midnight there, "yesterday" is that day's yesterday.
  expect(clockAndDate(presets(Date.parse('2026-05-29T00:05:00+07:00'))[0]!.at)).toBe('15:00 · 28/05/2026')
})
