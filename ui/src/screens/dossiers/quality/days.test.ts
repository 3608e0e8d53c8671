import { expect, test } from 'vitest'
import { dayGaps } from './days'

const day = (iso: string) => ({ day: iso, records: 10, faulty: 1 })

test('a day that was not noted is a gap, over the end of a month too', () => {
  expect(dayGaps([day('2026-02-27'), day('2026-02-28'), day('2026-03-03')]).map((d) => d?.day ?? null)).toEqual(['2026-02-27', '2026-02-28', null, null, '2026-03-03'])
  expect(dayGaps([])).toEqual([])
})
