import { expect, test } from 'vitest'
import type { FiguresView } from '../../backend/generated/types'
import { change, differenceText, explained, shown } from './numbers'
import { countOf, figureColumns } from './words'

const figures = { received: 38_885, doneOnTimeRate: 0.68731, carriedOver: null, pending: 0, missing: [{ figures: ['carried_over', 'total'], reason: 'báo cáo không nêu' }] } as unknown as FiguresView

test('figures are written as the administration writes them, and unknown is no zero', () => {
  expect([shown(figures, 'received'), shown(figures, 'done_on_time_rate'), shown(figures, 'pending'), shown(figures, 'carried_over'), shown(null, 'received')]).toEqual(['38.885', '68,73%', '0', '–', '–'])
  expect(explained(figures, 'total')).toBe('– (báo cáo không nêu)')
  expect(explained(null, 'total')).toBe('– (chưa có số liệu)')
})

test('a change is a share of counts and points of rates, and nothing where it means nothing', () => {
  expect(change('received', 110, 100)).toBe('+10,0%')
  expect(change('received', 90, 100)).toBe('−10,0%')
  expect(change('received', 100, 100)).toBe('0,0%')
  expect(change('done_on_time_rate', 0.986, 0.983)).toBe('+0,30 điểm')
  expect(change('received', 5, 0)).toBeNull()
  expect(change('received', null, 5)).toBeNull()
})

test('a difference is told in dossiers, and in points of rates', () => {
  expect([differenceText('handled', -1_290), differenceText('late_rate', 300)]).toEqual(['chênh 1.290', 'chênh 0,03 điểm'])
})

test('the columns are the 13 figures and the two channels', () => {
  expect(figureColumns.flatMap((c) => [c.id, ...(c.rate ? [c.rate] : [])])).toHaveLength(15)
  expect(figureColumns.map((c) => c.numbers).filter(Boolean).join()).toBe('1,2,3,4,5–6,7–8,9,10–11,12–13')
  expect(countOf('pending_overdue_rate')).toBe('pending_overdue')
  expect(countOf('unplaced')).toBe('unplaced')
})
