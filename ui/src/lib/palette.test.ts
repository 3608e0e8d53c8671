import { expect, test } from 'vitest'
import { findCommands, firstOfEach } from './palette'

const commands = ['Tổng quan', 'Nhiệm vụ', 'Cài đặt', 'Nguồn dữ liệu', 'Hỏi ngay các nguồn', '17. API Đồng bộ thông tin thanh toán'].map(
  (title) => ({ title, hint: '', also: title === 'Cài đặt' ? 'settings' : '' }),
)
const titles = (query: string, limit?: number) => findCommands(commands, query, limit).map((c) => c.title)

test('typing without marks finds a command', () => {
  expect(titles('cai dat')).toEqual(['Cài đặt'])
  expect(titles('thanh toan 17')).toEqual(['17. API Đồng bộ thông tin thanh toán'])
})

test('a title that begins with the query comes before one that only has it', () => {
  expect(titles('nguồn')).toEqual(['Nguồn dữ liệu', 'Hỏi ngay các nguồn'])
})

test('other names count, and nothing typed lists all in order up to the limit', () => {
  expect(titles('settings')).toEqual(['Cài đặt'])
  expect(titles('', 2)).toEqual(['Tổng quan', 'Nhiệm vụ'])
  expect(titles('không có gì như vậy')).toEqual([])
})

test('an act that is offered twice is there once, as it was offered first', () => {
  expect(firstOfEach([{ id: 'a', n: 1 }, { id: 'b', n: 2 }, { id: 'a', n: 3 }])).toEqual([{ id: 'a', n: 1 }, { id: 'b', n: 2 }])
})
