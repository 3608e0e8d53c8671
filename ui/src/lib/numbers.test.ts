import { expect, test } from 'vitest'
import { decimal } from './numbers'

test('numbers are typed with a comma for decimals and points between thousands', () => {
  for (const [typed, value] of [['68,73', 68.73], ['2.273', 2273], ['1.234.567,5', 1234567.5], [' 100 ', 100], ['0', 0], ['68.7', 68.7]] as const) {
    expect(decimal(typed), typed).toBe(value)
  }
  for (const typed of ['', 'nhiều', '-1', '1,2,3', '1.23.4', '1.2,3', ',5']) expect(decimal(typed), typed).toBeNull()
})
