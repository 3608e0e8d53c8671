import { expect, test } from 'vitest'
import { cellOf, monthOf, narrow, readCell, withPart, writeCell } from './cell'
import { noFilter } from './place'

test('a cell is read as hot spots name it, and written back the same', () => {
  const text = 'unit:H21.17;month:2026-05;system:bo'
  expect(writeCell(readCell(text))).toBe(text)
  expect(readCell('unit:;moon:3;field:a:b')).toEqual([{ by: 'unit', code: '' }, { by: 'field', code: 'a:b' }])
  expect(readCell(null)).toEqual([])
})

test('the filter is narrowed to the cell, and its month is the period', () => {
  const cell = readCell('unit:H21.17;month:2026-05;group:agency')
  expect(narrow({ ...noFilter(), systems: ['tinh'], units: ['H21.18', 'H21.17'] }, cell)).toEqual({ ...noFilter(), systems: ['tinh'], unitGroup: 'agency', units: ['H21.17'] })
  expect(monthOf(cell)).toBe('2026-05')
  expect(monthOf([])).toBeNull()
})

test('a row is a cell within the one it was split from, and a part takes the place of its like', () => {
  expect(writeCell(cellOf([{ by: 'subsystem', code: 'bo.byt' }], readCell('system:bo;unit:H21.19')))).toBe('unit:H21.19;system:bo.byt')
  expect(writeCell(withPart(readCell('unit:a;field:b'), { by: 'unit', code: 'c' }))).toBe('field:b;unit:c')
})
