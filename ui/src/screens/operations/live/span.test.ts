import { expect, test } from 'vitest'
import { readSpan, writeSpan } from './span'

const NOW = 1_780_000_000_000
const read = (record: Record<string, string>) => readSpan(new URLSearchParams(record), NOW, 6)

test('a span comes back from the address as it went in', () => {
  expect(read(writeSpan({ hours: 24 }))).toEqual({ hours: 24, from: NOW - 86_400_000, to: NOW })
  expect(read(writeSpan({ from: NOW - 5000, to: NOW - 1000 }))).toEqual({ hours: null, from: NOW - 5000, to: NOW - 1000 })
})

test('what makes no sense is the usual span', () => {
  const nonsense: Record<string, string>[] = [{}, { hours: '5' }, { from: '9', to: '3' }, { from: 'a', to: 'b' }]
  for (const record of nonsense) expect(read(record).hours).toBe(6)
})
