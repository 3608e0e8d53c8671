import { expect, test } from 'vitest'
import { Pages } from './pages.svelte'

/** A list of `count` numbers, ten a page; what was asked is written down. */
function list(count: number) {
  const log: string[] = []
  let broken = false
  const pages = new Pages(async (question: string, offset: number) => {
    log.push(`${question}${offset}`)
    if (broken) throw new Error('no')
    return { view: question, rows: Array.from({ length: Math.min(10, Math.max(0, count - offset)) }, (_, i) => offset + i), count }
  })
  return { pages, log, break: () => (broken = true) }
}

test('pages come one after the other, each once, until all are there', async () => {
  const { pages, log } = list(25)
  await pages.put('a')
  await Promise.all([pages.more(), pages.more()])
  await pages.more()
  await pages.more()
  expect(log).toEqual(['a0', 'a10', 'a20'])
  expect(pages.rows).toEqual(Array.from({ length: 25 }, (_, i) => i))
})

test('another question begins anew, and a page of the one before does not join it', async () => {
  const { pages } = list(25)
  await pages.put('a')
  const late = pages.more()
  await pages.put('b')
  await late
  expect([pages.view, pages.rows.length, pages.current]).toEqual(['b', 10, true])
})

test('a list that turns out shorter than was said ends', async () => {
  const pages = new Pages(async (_: string, offset: number) => ({ view: null, rows: offset === 0 ? [1, 2] : [], count: 5 }))
  await pages.put('a')
  await pages.more()
  expect([pages.count, pages.rows.length]).toEqual([2, 2])
})

test('a refusal of the first page leaves no rows of another question, one of a later page leaves what stands', async () => {
  const first = list(25)
  await first.pages.put('a')
  first.break()
  await first.pages.more()
  expect([first.pages.rows.length, first.pages.error?.code]).toEqual([10, 'internal'])
  await first.pages.put('b')
  expect([first.pages.rows.length, first.pages.current]).toEqual([0, false])
})
