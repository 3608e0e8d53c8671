import { expect, test } from 'vitest'
import { periodAs, periodId, periodTitle, readPeriod, stepPeriod } from './period'

const period = (id: string) => readPeriod(id) ?? expect.fail(`${id} is a period`)
const step = (id: string, by: 1 | -1) => periodId(stepPeriod(period(id), by))

test('a period is read as the program writes it, and written back the same', () => {
  for (const [id, from, to] of [
    ['2026-05-14', '2026-05-14', '2026-05-14'],
    ['2026-05', '2026-05-01', '2026-05-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-01-01..2026-05-15', '2026-01-01', '2026-05-15'],
  ] as const) {
    expect(period(id)).toMatchObject({ from, to })
    expect(periodId(period(id))).toBe(id)
  }
})

test('what is no period is none', () => {
  for (const wrong of ['', '2026-13', '2026-00', '2026-Q5', '2026-02-30', '2026-05-15..2026-05-01', '2026-05-01..', '..', 'tháng 5', '2026-05-01..2026-05-02..2026-05-03'])
    expect(readPeriod(wrong), wrong).toBeNull()
})

test('the stepper goes to the neighbour, over ends of years too, and free days by their own length', () => {
  expect(step('2026-01', -1)).toBe('2025-12')
  expect(step('2025-12', 1)).toBe('2026-01')
  expect(step('2026-Q1', -1)).toBe('2025-Q4')
  expect(step('2026', 1)).toBe('2027')
  expect(step('2026-03-01', -1)).toBe('2026-02-28')
  expect(step('2026-05-01..2026-05-15', -1)).toBe('2026-04-16..2026-04-30')
  for (const id of ['2026-05-14', '2026-05', '2026-Q2', '2026', '2026-01-01..2026-05-15']) expect(periodId(stepPeriod(stepPeriod(period(id), 1), -1))).toBe(id)
})

test('another kind is the one that holds the last day', () => {
  const days = period('2026-01-01..2026-05-15')
  expect((['day', 'month', 'quarter', 'year', 'range'] as const).map((kind) => periodId(periodAs(kind, days)))).toEqual(['2026-05-15', '2026-05', '2026-Q2', '2026', '2026-01-01..2026-05-15'])
})

test('titles are as people write them', () => {
  expect(['2026-05-14', '2026-05', '2026-Q2', '2026', '2026-01-01..2026-05-15', '2025-12-01..2026-01-15'].map((id) => periodTitle(period(id)))).toEqual([
    'Ngày 14/05/2026', 'Tháng 5/2026', 'Quý 2/2026', 'Năm 2026', '01/01–15/05/2026', '01/12/2025–15/01/2026',
  ])
})
