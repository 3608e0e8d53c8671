// Work in bulk, saved views, columns and the plan in Chromium, by keyboard alone but for signing in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
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
const press = (...keys) => keys.reduce((before, key) => before.then(() => web.page.keyboard.press(key)), Promise.resolve())
const type = (text) => web.page.keyboard.type(text)
/** Tab until the focus is on an element with this test id. */
async function tabTo(id) {
  for (let i = 0; i < 60; i++) {
    if (await web.page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null, id)) return
    await press('Tab')
  }
  assert.fail(`${id} is not reached by Tab`)
}
/** To the list, with the cursor on its first task. */
async function toList() {
  await press('Control+k')
  await web.page.getByRole('dialog').waitFor()
  await type('nhiem vu')
  await press('Enter')
  await web.$('task-row-1').waitFor()
  await press('/', 'Enter')
}

test('rows chosen with Shift and the arrows are changed as one act, and one Ctrl+Z takes all back', async () => {
  await toList()
  await press('Home', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await web.$('bulk-bar').waitFor()
  assert.match(await web.$('bulk-bar').innerText(), /^3 nhiệm vụ/)
  const before = (await rows()).filter((r) => ['1', '2', '3'].includes(r.no)).map((r) => r.status)

  await press('e')
  await web.$('bulk-dialog').waitFor()
  await tabTo('bulk-status')
  await type('Vướng')
  await tabTo('bulk-note')
  await type('chờ công văn')
  await press('Tab', 'Tab', 'Tab')
  await tabTo('bulk-look')
  await press('Enter')
  await web.$('bulk-text').waitFor()
  assert.match(await web.$('bulk-text').innerText(), /3 nhiệm vụ/)
  await tabTo('bulk-write')
  await press('Enter')
  await until('the change', async () => (await rows()).filter((r) => r.note === 'chờ công văn').length === 3)
  await web.$('bulk-dialog').waitFor({ state: 'detached' })
  assert.equal(await web.$('bulk-bar').count(), 0, 'nothing stays chosen')

  await press('Control+z')
  await until('the undo', async () => (await rows()).every((r) => r.note !== 'chờ công văn'))
  assert.deepEqual((await rows()).filter((r) => ['1', '2', '3'].includes(r.no)).map((r) => r.status), before)
})

test('Space chooses one, Ctrl+A all that are shown, Esc lets go', async () => {
  await press('Home', 'Space')
  assert.match(await web.$('bulk-bar').innerText(), /^1 nhiệm vụ/)
  await press('Control+a')
  assert.match(await web.$('bulk-bar').innerText(), /^90 nhiệm vụ/)
  await press('Escape')
  assert.equal(await web.$('bulk-bar').count(), 0)
})

test('a view is saved under a name, and comes back with its filter and columns after a reload', async () => {
  await tabTo('columns')
  await press('Enter')
  await tabTo('column-units')
  await press('Space', 'Escape')
  await until('the column is gone', async () => (await web.$('sort-units').count()) === 0)
  await press('/')
  await type('thanh toan')
  await tabTo('views')
  await press('Enter')
  await tabTo('view-name')
  await type('Thanh toán')
  await press('Enter')
  await until('the view is kept', async () => (await server.call('choices')).choices.some((c) => c.key === 'view:Thanh toán'))

  await web.page.goto(`${server.url}/#/tasks`)
  await web.page.reload()
  await web.$('task-row-1').waitFor()
  await press('Control+k')
  await web.page.getByRole('dialog').waitFor()
  await type('che do xem thanh toan')
  await press('Enter')
  await until('the filter is back', async () => (await web.$('search').inputValue()) === 'thanh toan')
  assert.equal(await web.$('sort-units').count(), 0, 'and so are the columns')
})

test('a title sorts by Enter and gets wider by Alt and the arrow', async () => {
  await press('/')
  await web.page.keyboard.press('Control+a')
  await press('Delete')
  await web.$('task-row-1').waitFor()
  await tabTo('sort-due')
  const width = () => web.$('sort-due').evaluate((e) => e.getBoundingClientRect().width)
  const before = await width()
  await press('Alt+ArrowRight')
  await until('a wider column', async () => (await width()) > before)
  await press('Enter')
  const days = async () => {
    const order = await web.page.evaluate(() => [...document.querySelectorAll('[data-testid^="task-row-"]')].map((e) => e.dataset.testid.slice(9)))
    const all = await rows()
    return order.slice(0, 8).map((no) => all.find((r) => r.no === no)).map((r) => r.changedDue ?? r.due)
  }
  await until('the order of the due dates', async () => {
    const shown = await days()
    return shown.length === 8 && shown.every((day, i) => i === 0 || shown[i - 1] <= day)
  })
  await press('Enter', 'Enter')
})

test('the plan leads along its arrows and opens a task', async () => {
  await web.page.goto(`${server.url}/#/tasks/plan`)
  const chip = web.page.locator('#plan-74')
  await chip.waitFor()
  await chip.focus()
  await press('ArrowLeft')
  await until('what comes first is chosen', () => web.page.evaluate(() => document.activeElement?.id === 'plan-69'))
  await press('ArrowRight')
  await until('and back', () => web.page.evaluate(() => document.activeElement?.id === 'plan-74'))
  await press('Enter')
  await web.$('task-panel').waitFor()
  assert.match(await web.$('task-panel').innerText(), /^74\./)
  assert.deepEqual(web.problems, [])
})
