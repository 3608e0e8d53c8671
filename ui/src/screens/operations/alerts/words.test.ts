import { expect, test } from 'vitest'
import type { AlertRow } from '../../../backend/generated/types'
import { applyFilters, readFilters, writeFilters } from './words'

const row = (id: string, more: Partial<AlertRow>) => ({ id, state: 'firing', severity: 's1', search: 'truc tich hop', ...more }) as AlertRow

test('a mute hides nothing; what somebody took is no longer among what nobody took', () => {
  const view = {
    firing: [row('a', {}), row('b', { state: 'muted', severity: 's3' }), row('c', { state: 'acknowledged', search: 'cong dvcqg' })],
    past: [row('d', { state: 'over' })],
  }
  const shown = (query: string) => applyFilters(view, readFilters(new URLSearchParams(query))).map((r) => r.id)
  expect(shown('')).toEqual(['a', 'b', 'c'])
  expect(shown('show=open')).toEqual(['a', 'b'])
  expect(shown('show=past')).toEqual(['d'])
  expect(shown('level=s3')).toEqual(['b'])
  expect(shown('q=Cổng')).toEqual(['c'])
})

test('what is the default is left out of the address, and what is not known is no filter', () => {
  expect(writeFilters(readFilters(new URLSearchParams('show=nothing&level=s9')))).toEqual({})
  expect(writeFilters(readFilters(new URLSearchParams('show=past&level=s2&q=sso')))).toEqual({ show: 'past', level: 's2', q: 'sso' })
})
