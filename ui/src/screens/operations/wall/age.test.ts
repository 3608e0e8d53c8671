import { expect, test } from 'vitest'
import type { WatchView } from '../../../backend/generated/types'
import { oldNews, UNANSWERED } from './age'

const view = (apis: string, portal = 'fresh') =>
  ({ sources: [{ id: 'gateway_apis', title: 'Số đo API', state: apis, text: 'cũ 6 phút' }, { id: 'portal_statistics', title: 'Cổng', state: portal, text: '' }] }) as unknown as WatchView

test('old measures and a program that does not answer are told; what the watch does not rest on is not', () => {
  expect(oldNews(view('fresh'), 0)).toBe(null)
  expect(oldNews(view('fresh', 'stale'), UNANSWERED)).toBe(null)
  expect(oldNews(view('stale'), 0)).toContain('Số đo API: cũ 6 phút')
  expect(oldNews(view('fresh'), 60_000)).toContain('60 giây')
})
