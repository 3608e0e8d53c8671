// The checklist in Chromium against the commands over HTTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { collectRows, taskNumbers } from '../support/tasks.mjs'
import { until } from '../support/wait.mjs'

let server, web

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  await web.$('sign-in').click()
  await web.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const rows = async () => (await server.call('tasks')).rows
const row = async (no) => (await rows()).find((r) => r.no === no)

test('the checklist shows the 90 tasks of the decision', async () => {
  await web.$('nav-tasks').click()
  await web.$('screen-tasks').waitFor()
  await web.$('task-row-1').waitFor()
  const shown = await web.page.evaluate(collectRows)
  const headings = (await rows()).filter((r) => r.heading).map((r) => r.no)
  assert.deepEqual(headings.sort(), ['81', '85'])
  assert.deepEqual(shown.filter((no) => !headings.includes(no)).sort(), taskNumbers)
})

test('a search without diacritics finds «Khởi tạo hồ sơ»', async () => {
  await web.$('search').fill('khoi tao ho so')
  const expected = (await rows())
    .filter((r) => !r.heading && /khởi tạo hồ sơ/i.test(`${r.group} ${r.title}`.normalize('NFC')))
    .map((r) => r.no)
  assert.notEqual(expected.length, 0, 'the decision has such tasks')
  await until('fewer rows', async () => (await web.page.evaluate(collectRows)).length < taskNumbers.length)
  const shown = await web.page.evaluate(collectRows)
  for (const no of expected) assert.ok(shown.includes(no), `${no} is among ${shown}`)
  await web.$('search').fill('')
})

test('an edit by keyboard is kept, and Ctrl+Z takes it back', async () => {
  const task = (await rows()).find((r) => !r.heading && r.editable && r.status === 'in_progress')
  assert.ok(task, 'the training profile has a task under way')
  await web.$('search').fill(task.no)
  const line = web.$(`task-row-${task.no}`)
  await line.click()
  await web.$('task-panel').waitFor()
  await web.page.keyboard.press('e')
  const status = web.$('edit-status')
  await status.waitFor()
  await status.selectOption('not_started')
  await web.$('edit-save').click()
  await until('the edit', async () => (await row(task.no)).status === 'not_started')

  await line.click()
  await web.page.keyboard.press('Control+z')
  await until('the undo', async () => (await row(task.no)).status === 'in_progress')
  const { history } = await server.call('task', { no: task.no })
  assert.ok(history.some((h) => h.undone), 'both acts stay in the history')
  await web.$('search').fill('')
})

test('the palette opens by Ctrl+K and leads to a screen', async () => {
  await web.page.keyboard.press('Control+k')
  const palette = web.page.getByRole('dialog')
  await palette.waitFor()
  await web.page.keyboard.type('cai dat')
  await web.page.keyboard.press('Enter')
  await web.$('screen-settings').waitFor()
})

test('with the gateway unplugged its badge is no longer fresh, and is again once it is back', async () => {
  const state = () => web.$('source-gateway').getAttribute('data-state')
  await server.call('poll_now', {})
  await until('a fresh gateway', async () => (await state()) === 'fresh')
  await server.sandbox.fault('/gateway/*', { kind: 'status', code: 503 })
  await server.call('poll_now', {}).catch(() => {})
  await server.sandbox.advance(3_600_000)
  await until('a gateway that is stale or failing', async () => ['stale', 'failing'].includes(await state()))
  await server.sandbox.heal()
  await until('a fresh gateway', async () => {
    await server.call('poll_now', {})
    return (await state()) === 'fresh'
  }, { within: 90_000, every: 1_000 })
})

test('the page runs no script but its own and complains of nothing', async () => {
  await web.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
  })
  assert.equal(await web.page.evaluate(() => window.injected), undefined)
  const others = web.problems.filter((p) => !p.includes('Content Security Policy') && !/status of (5|4)\d\d/.test(p))
  assert.deepEqual(others, [])
})

test('another origin is refused', async () => {
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://elsewhere.example' },
    body: '{}',
  })
  assert.equal(answer.status, 403)
})
