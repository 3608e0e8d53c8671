import { describe, expect, it } from 'vitest'
import type { FallbackRow } from '../../../backend/generated/types'
import { applyFilters, money, nextReceipt, readFilters, writeFilters } from './words'

const row = (id: string, stage: FallbackRow['stage'], overdue = false): FallbackRow => ({
  id, kind: 'paper', unit: { id: 'u', short: 'U', name: 'U' }, receipt: id, at: 0, procedure: null, dossier: null, amount: null, incident: null, remark: null,
  stage, overdue, found: null, fee: null, feeDiffers: false, timing: '', said: '', editable: true, search: id, lastEvent: '',
})

describe('the register of fallback', () => {
  const rows = [row('a', 'taken', true), row('b', 'taken'), row('c', 'reentered'), row('d', 'paired'), row('e', 'voided')]
  const found = (query: string) => applyFilters(rows, readFilters(new URLSearchParams(query))).map((r) => r.id)
  it('shows what is left to do unless asked otherwise', () => {
    expect(found('')).toEqual(['a', 'b', 'c'])
    expect(found('show=overdue')).toEqual(['a'])
    expect(found('show=taken')).toEqual(['a', 'b'])
    expect(found('show=all')).toHaveLength(5)
    expect(writeFilters(readFilters(new URLSearchParams('show=x&kind=y')))).toEqual({})
  })
  it('offers the next receipt and keeps its zeros', () => {
    expect(nextReceipt('BL-00099')).toBe('BL-00100')
    expect(nextReceipt('GN-0009/TN')).toBe('GN-0010/TN')
    expect(nextReceipt('tay')).toBe('')
  })
  it('reads whole amounts alone', () => {
    expect(money('1.250.000')).toBe(1_250_000)
    expect(money('50000 đ')).toBe(50_000)
    expect(money('')).toBeNull()
    expect(money('50,5')).toBeUndefined()
    expect(money('1.25')).toBeUndefined()
  })
})
