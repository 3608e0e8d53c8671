// The start of the page: the last picture of the checklist stands until the checklist itself does, and says what it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys
const picture = () => web.page.locator('#last-picture')
const kept = () => web.page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('pvhcc.picture')).length)

/** Where everything in the list stands and how it is drawn. What stands above the list may tell how things are now: it begins lower then. */
const look = (list) =>
  list.evaluate((list) => {
    const top = list.getBoundingClientRect().y
    return [...list.querySelectorAll('*')].map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect()
      const { color, backgroundColor, font, display, borderBottom, opacity } = getComputedStyle(part)
      return { drawn: [part.tagName, color, backgroundColor, font, display, borderBottom, opacity].join(' '), box: [x, y - top, width, height] }
    })
  })

/** Holds every answer of the program back; the result lets them go. */
async function holdAnswers() {
  let release
  const held = new Promise((go) => (release = go))
  await web.page.route('**/api/**', async (route) => {
    await held
    await route.continue()
  })
  return async () => {
    release()
    await web.page.unrouteAll({ behavior: 'wait' })
  }
}

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await keys.signIn()
  await keys.activate('nav-tasks')
  await web.$('task-row-1').waitFor()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('while the program opens, the checklist of the last time is there to look at, and no more', async () => {
  await until('a picture', kept)
  const shown = await web.$('task-row-1').innerText()
  const { user } = await server.call('session')
  const release = await holdAnswers()
  await web.page.reload()
  await picture().waitFor()
  const text = await picture().innerText()
  assert.match(text, /Đang mở… Bên dưới là danh mục của lần xem trước, lúc \d\d:\d\d/)
  assert.ok(text.includes(shown.split('\n').at(-1)), 'the rows are those of the last time')
  assert.ok(!text.includes(user.name), 'nobody is named')
  assert.equal(await picture().locator('[data-live] *').count(), 0, 'nothing that tells how things are now')
  assert.equal(await picture().evaluate((e) => e.inert && e.getAttribute('aria-hidden') === 'true'), true)
  for (let i = 0; i < 12; i += 1) {
    await web.page.keyboard.press('Tab')
    assert.equal(await web.page.evaluate(() => document.activeElement?.closest('#last-picture') === null), true, 'no key reaches it')
  }
  await release()
  await picture().waitFor({ state: 'detached' })
  await web.$('task-row-1').waitFor()
})

test('it looks as the checklist did, wherever it had been rolled to', async () => {
  const list = web.page.getByRole('grid')
  await list.evaluate((grid) => grid.scrollTo({ top: 700 }))
  await web.page.mouse.move(0, 0)
  await web.page.evaluate(() => document.activeElement?.blur())
  await web.$('task-row-30').waitFor()
  await web.page.evaluate(() => Object.keys(localStorage).forEach((k) => k.startsWith('pvhcc.picture') && localStorage.removeItem(k)))
  // Taken again when something of the list changes.
  const row = (await server.call('tasks')).rows.find((r) => r.no === '30')
  await server.call('task_set_status', { no: '30', status: 'in_progress', basedOn: row.lastEvent })
  await until('a picture', kept)
  const before = await look(list)
  const release = await holdAnswers()
  await web.page.reload()
  await picture().waitFor()
  const shown = await look(picture().locator('[role=grid]'))
  await release()
  assert.deepEqual(shown.map(({ drawn }) => drawn), before.map(({ drawn }) => drawn))
  // Where a line of text begins is a rounding of the machine's.
  const off = shown.filter(({ box }, i) => box.some((length, k) => Math.abs(length - before[i].box[k]) > 0.1))
  assert.deepEqual(off, [])
  await picture().waitFor({ state: 'detached' })
  await list.evaluate((grid) => grid.scrollTo({ top: 0 }))
  await web.$('task-row-1').waitFor()
})

test('what changed since then is in the list that takes its place', async () => {
  await until('a picture', kept)
  const row = (await server.call('tasks')).rows.find((r) => r.no === '1')
  assert.match(await web.$('task-row-1').innerText(), /báo xong/i)
  await server.call('task_set_status', { no: '1', status: 'in_progress', basedOn: row.lastEvent })
  await web.page.reload()
  await picture().waitFor({ state: 'detached' })
  assert.match(await web.$('task-row-1').innerText(), /đang làm/i)
})

test('a picture of another build is thrown away, and one of a folder is not shown for another', async () => {
  await until('a picture', kept)
  await web.page.goto(`${server.url}/?official-1`)
  await web.$('task-row-1').waitFor()
  assert.equal(await picture().count(), 0)
  await web.page.goto(server.url)
  await web.$('task-row-1').waitFor()
  await until('a picture', kept)
  const release = await holdAnswers()
  await web.page.evaluate(() => {
    const key = Object.keys(localStorage).find((k) => k.startsWith('pvhcc.picture'))
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), build: './assets/old.js' }))
  })
  await web.page.reload()
  await web.page.waitForSelector('[aria-busy=true]')
  assert.deepEqual([await picture().count(), await kept()], [0, 0])
  await release()
  await web.$('task-row-1').waitFor()
})

test('who leaves the checklist or signs out leaves no picture of it', async () => {
  await until('a picture', kept)
  await keys.activate('nav-help')
  await until('none', async () => (await kept()) === 0)
  await keys.activate('nav-tasks')
  await until('a picture', kept)
  await server.call('sign_out')
  await until('none', async () => (await kept()) === 0)
})
