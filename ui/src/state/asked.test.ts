import { expect, test } from 'vitest'
import { Asked } from './asked.svelte'

/** A question whose answers are given by hand. */
function questions() {
  const open: { give: (answer: string) => void; fail: (problem: Error) => void }[] = []
  const asked = new Asked((_question: string) => new Promise<string>((give, fail) => open.push({ give, fail })))
  return { asked, open }
}

test('the last good answer stays while the next question is asked, and says that it is of another', async () => {
  const { asked, open } = questions()
  const first = asked.put('may')
  open[0]?.give('May')
  await first
  expect([asked.data, asked.current]).toEqual(['May', true])
  const second = asked.put('june')
  expect([asked.data, asked.current, asked.busy]).toEqual(['May', false, true])
  open[1]?.give('June')
  await second
  expect([asked.data, asked.current, asked.busy]).toEqual(['June', true, false])
})

test('answers that come in another order do not replace a newer one', async () => {
  const { asked, open } = questions()
  const both = [asked.put('may'), asked.put('june')]
  open[1]?.give('June')
  open[0]?.give('May')
  await Promise.all(both)
  expect(asked.data).toBe('June')
})

test('a refusal keeps the last answer, and another question takes the refusal away', async () => {
  const { asked, open } = questions()
  const failing = asked.put('may')
  open[0]?.fail(new Error('no'))
  await failing
  expect(asked.error?.code).toBe('internal')
  void asked.put('june')
  expect(asked.error).toBeNull()
})

test('what is cleared takes no answer that is still on its way', async () => {
  const { asked, open } = questions()
  const late = asked.put('may')
  asked.clear()
  open[0]?.give('May')
  await late
  expect([asked.data, asked.busy]).toEqual([null, false])
})
