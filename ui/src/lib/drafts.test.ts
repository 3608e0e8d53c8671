import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Backend } from '../backend/backend'
import { DRAFT_DELAY, DraftKeeper } from './drafts'

let calls: [string, unknown][]
const backend: Backend = {
  call: async (name, args) => {
    calls.push([name, args])
    return {} as never
  },
  onEvent: () => () => {},
}

beforeEach(() => {
  calls = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('a draft is kept once, one second after the last key', () => {
  const drafts = new DraftKeeper(backend)
  drafts.typed('task:17', 'note', 'ch')
  vi.advanceTimersByTime(DRAFT_DELAY - 1)
  drafts.typed('task:17', 'note', 'chờ')
  vi.advanceTimersByTime(DRAFT_DELAY - 1)
  expect(calls).toEqual([])
  vi.advanceTimersByTime(1)
  expect(calls).toEqual([['draft_put', { entity: 'task:17', field: 'note', text: 'chờ' }]])
})

test('fields wait apart from each other', () => {
  const drafts = new DraftKeeper(backend)
  drafts.typed('task:17', 'note', 'a')
  drafts.typed('task:18', 'note', 'b')
  vi.advanceTimersByTime(DRAFT_DELAY)
  expect(calls).toHaveLength(2)
})

test('saved text is not kept afterwards', async () => {
  const drafts = new DraftKeeper(backend)
  drafts.typed('task:17', 'note', 'xong')
  await drafts.drop('task:17', 'note')
  vi.advanceTimersByTime(DRAFT_DELAY * 2)
  expect(calls.map(([name]) => name)).toEqual(['draft_discard'])
})

test('an emptied field drops its draft, and a closing form keeps what waits', () => {
  const drafts = new DraftKeeper(backend)
  drafts.typed('task:17', 'note', '  ')
  drafts.flush()
  expect(calls).toEqual([['draft_discard', { entity: 'task:17', field: 'note' }]])
})
