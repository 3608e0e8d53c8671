import { expect, test } from 'vitest'
import { fold, matchesAll, words } from './fold'

test('marks, đ, case and white space do not count', () => {
  expect(fold('  Khởi tạo\t HỒ SƠ  Đồng bộ ')).toBe('khoi tao ho so dong bo')
})

test('composed and decomposed input fold alike', () => {
  expect(fold('Hồ sơ'.normalize('NFD'))).toBe(fold('Hồ sơ'.normalize('NFC')))
})

test('folding twice changes nothing', () => {
  for (const text of ['Vướng mắc', 'İstanbul Đ', 'ƠƯ ơư ẶẬ']) expect(fold(fold(text))).toBe(fold(text))
})

test('every state that UniKey passes through while «ân» is typed finds the same text', () => {
  const text = fold('Nhận hồ sơ')
  for (const typed of ['nha', 'nhâ', 'nhân', 'nhận', 'nhạn']) expect(matchesAll(text, words(typed))).toBe(true)
})

test('all words must occur, in any order', () => {
  expect(matchesAll(fold('API Khởi tạo hồ sơ'), words('hồ tạo'))).toBe(true)
  expect(matchesAll(fold('API Khởi tạo hồ sơ'), words('hồ login'))).toBe(false)
})
