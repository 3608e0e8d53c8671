import { expect, test } from 'vitest'
import type { ImportMapping, LookView } from '../../../backend/generated/types'
import { codesOf, fix, fixables, mean, missing, orderOf, readAs, texts } from './mapping'

const mapping: ImportMapping = { sheets: [], columns: [{ column: 'A', target: 'code' }, { column: 'B', target: 'unit' }, { column: 'C', target: null }], fixed: [{ target: 'from', value: '01/05/2026' }], values: [] }
const target = (id: string, required: boolean, fixable: boolean) => ({ id, title: id, required, fixable })
const view = {
  mapping,
  columns: [{ target: 'code' }, { target: 'unit' }, { target: null }],
  targets: [target('code', true, false), target('unit', false, true), target('from', true, true), target('status', true, false)],
} as unknown as LookView

test('a column is read as one thing, and one thing is read from one column', () => {
  const next = readAs(mapping, 'C', 'unit')
  expect(next.columns.map((c) => c.target)).toEqual(['code', null, 'unit'])
  expect(readAs(next, 'C', null).columns.map((c) => c.target)).toEqual(['code', null, null])
  expect(readAs(mapping, 'D', 'status').columns.at(-1)).toEqual({ column: 'D', target: 'status' })
  expect(orderOf(mapping, 'A', 'month_first').columns[0]).toEqual({ column: 'A', target: 'code', order: 'month_first' })
})

test('a value for the file and the meaning of a text are set, replaced and taken away', () => {
  expect(fix(mapping, 'from', '02/05/2026').fixed).toEqual([{ target: 'from', value: '02/05/2026' }])
  expect(fix(mapping, 'from', ' ').fixed).toEqual([])
  const once = mean(mapping, 'unit', 'Sở lạ', 'H21.17')
  expect(mean(once, 'unit', 'Sở lạ', 'H21.18').values).toEqual([{ target: 'unit', text: 'Sở lạ', means: 'H21.18' }])
  expect(mean(once, 'unit', 'Sở lạ', '').values).toEqual([])
})

test('what no column tells can be given for the file, and what must be told and is not is named', () => {
  expect(fixables(view).map((t) => t.id)).toEqual(['from'])
  expect(missing(view).map((t) => t.id)).toEqual(['status'])
})

test('a text that was given a meaning stays in its place; one whose meaning was taken back is unknown again', () => {
  const [a, b] = [{ target: 'unit', text: 'Sở lạ', rows: 3, rejects: true }, { target: 'unit', text: 'Xã lạ', rows: 1, rejects: true }]
  const after = (unknown: unknown[], values: unknown[]) => ({ unknown, mapping: { ...mapping, values } }) as unknown as LookView
  expect(texts([], after([a, b], []))).toEqual([a, b])
  expect(texts([a, b], after([b], [{ target: 'unit', text: 'Sở lạ', means: 'H21.17' }]))).toEqual([{ ...a, rejects: false }, b])
  expect(texts([{ ...a, rejects: false }, b], after([b, a], []))).toEqual([a, b])
  expect(texts([a], after([], []))).toEqual([])
})

test('statuses and channels have the codes of the portal', () => {
  expect(codesOf('status', null)[9]).toEqual({ code: '10', name: 'Đã trả kết quả' })
  expect(codesOf('channel', null).map((c) => c.code)).toEqual(['1', '2', '3'])
  expect(codesOf('code', null)).toEqual([])
})
