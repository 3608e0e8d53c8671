import { expect, test } from 'vitest'
import { narrowed, noFilter, readPlace, writePlace, type Place } from './place'

const full: Place = {
  period: '2026-Q2',
  filter: { systems: ['tinh', 'bo.byt'], unitGroup: 'commune', units: ['', 'H21.17'], fields: ['G09-LV05, a&b'], procedures: ['1.116910'], channels: ['online'] },
  basis: 'reports',
  asOf: 1_778_853_600_000,
  by: ['unit', 'field'],
  sort: 'pending_overdue',
  down: true,
  compare: true,
  table: true,
  opened: { figure: 'received', cell: [{ by: 'unit', code: 'H21.17' }], list: true, basis: 'records' },
  findings: true,
  faulty: { rule: '', cell: [{ by: 'system', code: 'bo' }] },
  record: 0,
}

test('the address keeps everything, the code of what is not told too', () => {
  expect(readPlace(new URLSearchParams(writePlace(full).toString()))).toEqual(full)
})

test('what is as usual leaves nothing in the address', () => {
  const usual = readPlace(new URLSearchParams())
  expect(usual).toMatchObject({ period: '', basis: null, asOf: null, by: ['unit'], compare: false, opened: null, faulty: null, record: null })
  expect(writePlace(usual).toString()).toBe('')
})

test('an address somebody typed wrongly is read as far as it can be', () => {
  expect(readPlace(new URLSearchParams('period=2026-13&basis=guess&by=moon,field,field&sort=x&group=all&asof=now&fig=x&at=unit:a&record=-1'))).toEqual({ ...readPlace(new URLSearchParams()), by: ['field'] })
})

test('no choice does not narrow; the empty code does', () => {
  expect(narrowed(noFilter())).toBe(false)
  expect(narrowed({ ...noFilter(), units: [''] })).toBe(true)
  expect(narrowed({ ...noFilter(), unitGroup: 'agency' })).toBe(true)
})
