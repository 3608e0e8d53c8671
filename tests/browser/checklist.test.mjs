// The checklist in Chromium against the commands over HTTP, by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { collectRows, taskNumbers } from '../support/tasks.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await keys.signIn()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const rows = async () => (await server.call('tasks')).rows
const row = async (no) => (await rows()).find((r) => r.no === no)

test('the checklist shows the 90 tasks of the decision', async () => {
  await keys.activate('nav-tasks')
  await web.$('screen-tasks').waitFor()
  await web.$('task-row-1').waitFor()
  const shown = await web.page.evaluate(collectRows)
  const headings = (await rows()).filter((r) => r.heading).map((r) => r.no)
  assert.deepEqual(headings.sort(), ['81', '85'])
  assert.deepEqual(shown.filter((no) => !headings.includes(no)).sort(), taskNumbers)
})

test('a search without diacritics finds «Khởi tạo hồ sơ»', async () => {
  await keys.press('/')
  await keys.type('khoi tao ho so')
  const expected = (await rows())
    .filter((r) => !r.heading && /khởi tạo hồ sơ/i.test(`${r.group} ${r.title}`.normalize('NFC')))
    .map((r) => r.no)
  assert.notEqual(expected.length, 0, 'the decision has such tasks')
  await until('fewer rows', async () => (await web.page.evaluate(collectRows)).length < taskNumbers.length)
  const shown = await web.page.evaluate(collectRows)
  for (const no of expected) assert.ok(shown.includes(no), `${no} is among ${shown}`)
  await keys.press('Escape')
})

test('an edit by keyboard is kept, and Ctrl+Z takes it back', async () => {
  const task = (await rows()).find((r) => !r.heading && r.editable && r.status === 'in_progress')
  assert.ok(task, 'the training profile has a task under way')
  await keys.fill('search', task.no)
  await until('fewer rows', async () => (await web.page.evaluate(collectRows)).length < taskNumbers.length)
  await keys.press('Enter')
  for (let i = 0; i < 40 && (await web.page.locator('[role=row].current').getAttribute('data-testid')) !== `task-row-${task.no}`; i += 1) await keys.press('ArrowDown')
  await keys.press('Enter')
  await web.$('task-panel').waitFor()
  await keys.press('e')
  await keys.focusedOn('edit-status')
  await keys.type('C')
  await keys.activate('edit-save')
  await until('the edit', async () => (await row(task.no)).status === 'not_started')

  await keys.press('Control+z')
  await until('the undo', async () => (await row(task.no)).status === 'in_progress')
  const { history } = await server.call('task', { no: task.no })
  assert.ok(history.some((h) => h.undone), 'both acts stay in the history')
  await keys.press('Escape')
})

test('beside an open task on a small window, what is claimed stands with what shows it', async () => {
  await web.page.setViewportSize({ width: 1093, height: 540 })
  await web.page.goto(`${server.url}/#/tasks?task=17`)
  await web.$('task-panel').waitFor()
  await web.$('sort-status').waitFor()
  await web.$('sort-proof').waitFor()
  await web.page.setViewportSize({ width: 1366, height: 689 })
  await keys.press('Escape')
})

test('the counts of the list begin with what is overdue, and are told whole', async () => {
  await web.page.goto(`${server.url}/#/tasks`)
  await until('the counts', async () => /^\d+ quá hạn · \d+\/90 báo xong · \d+ có minh chứng$/.test(await web.$('tasks-counts').innerText()))
  assert.equal(await web.$('tasks-counts').getAttribute('title'), await web.$('tasks-counts').innerText())
  const seen = await web.$('tasks-counts').evaluate((e) => e.scrollWidth <= e.clientWidth)
  assert.ok(seen, 'nothing of them is clipped')
})

test('the palette opens by Ctrl+K and leads to a screen', async () => {
  await keys.palette('cai dat')
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
