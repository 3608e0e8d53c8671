// The replay in Chromium: the whole of Trực vận hành shows one moment; slider, keys, play, the log, the way back; nothing can be
// done in the past.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const MINUTE = 60_000
let server, web, keys

before(async () => {
  server = await devserver({ follow: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'duty')
  await until('the measures', async () => (await server.call('watch')).good > 0)
  await server.call('incident_open', { title: 'Chạy thử phát lại', severity: 's3', detected: null, text: 'để xem lại', touched: { flows: ['sso'], apis: [], tasks: [], units: [] } })
  const { duties, units, position } = await server.call('readiness')
  const ready = duties.map((duty) => ({ duty: duty.id, state: 'ready', remark: null }))
  await server.call('readiness_report', { units: [units.find((unit) => unit.missing > 0).id], duties: ready, asOf: '2026-05-29', learned: 'letter', seen: position })
  const { units: keepers } = await server.call('fallback')
  await server.call('fallback_take', { words: { kind: 'paper', unit: keepers[0].id, receipt: 'PL-01', at: null, procedure: null, dossier: null, amount: null, incident: null, remark: null } })
  web = await openPage(`${server.url}/#/operations`)
  keys = keyboardOf(web)
  await web.$('watch-wall').waitFor({ timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

/** The log that the page plays. */
const played = async () => {
  const [from, to] = await web.$('replay-slider').evaluate((e) => [Number(e.min), Number(e.max)])
  return server.call('replay_log', { from, to })
}
const at = async () => Number(await web.$('replay').getAttribute('data-at'))

test('R enters the past, which is said; before anything was observed nothing is shown as good', async () => {
  await web.page.locator('body').click({ position: { x: 600, y: 5 } })
  await keys.press('r')
  await web.$('replay').waitFor()
  assert.ok((await web.$('replay-banner').textContent()).includes('Đang xem quá khứ'))
  await keys.press('Home')
  const log = await played()
  const first = log.first
  assert.ok(first !== null)
  await web.$('replay-slider').focus()
  await keys.press('Home')
  await until('the start', async () => Math.abs((await at()) - log.from) < MINUTE)
  if (log.from < first) assert.ok((await web.$('replay-banner').textContent()).includes('Chưa có dữ liệu'))
  await until('an empty wall', async () => (await web.$('watch-good').textContent()).startsWith('0'))
})

test('the slider goes by minutes, tens and to the ends; the views follow', async () => {
  await web.$('replay-slider').focus()
  await keys.press('End')
  const end = await at()
  await keys.press('ArrowLeft')
  assert.equal(await at(), end - MINUTE)
  await keys.press('PageDown')
  assert.equal(await at(), end - 11 * MINUTE)
  await keys.press('PageUp', 'ArrowRight')
  assert.equal(await at(), end)
  const covered = await web.$('replay-slider').evaluate((slider) => {
    const ring = slider.getBoundingClientRect()
    return [...document.querySelectorAll('[data-testid="replay"] .names span')].filter((name) => name.getBoundingClientRect().bottom > ring.top - 3).map((name) => name.textContent)
  })
  assert.deepEqual(covered, [], 'no name of a lane lies under the ring of the slider')
  const view = await server.call('watch', { asOf: end })
  await until('the measures of that moment', async () => (await web.$('watch-headline').textContent()).includes(view.headline))
})

test('the frame shows the moment too: its clock, its sources, who was on duty', async () => {
  await web.$('frame-past').waitFor()
  const then = await server.call('frame_at', { asOf: await at() })
  const shown = () => web.page.locator('header .sources').innerText()
  for (const source of then.sources) await until(source.title, async () => (await shown()).includes(source.text))
  assert.ok(!(await shown()).includes('VNeID'), 'who is signed in is of now')
  const clock = new Date((await at()) + 7 * 60 * MINUTE).toISOString().slice(11, 16)
  assert.ok((await web.page.locator('header time').innerText()).startsWith(clock))
})

test('it plays and stops, at the speed that is chosen, and goes from event to event', async () => {
  await web.$('replay-slider').focus()
  await keys.press('Home')
  const start = await at()
  await web.$('replay-speed').selectOption('300')
  await web.page.locator('body').click({ position: { x: 600, y: 5 } })
  await keys.press(' ')
  await until('playing', async () => (await at()) > start + 2 * MINUTE)
  await keys.press(' ')
  await until('a stop', async () => (await web.$('replay').getAttribute('data-playing')) === 'false')
  const { lines } = await played()
  const here = await at()
  const next = lines.find((l) => l.at > here)
  await keys.press('.')
  await until('the next event', async () => (await at()) === next.at)
  await keys.press(',')
  const before = lines.findLast((l) => l.at < next.at)
  if (before) await until('the one before', async () => (await at()) === before.at)
  await web.$('replay-slider').focus()
  const from = await at()
  await keys.press('.')
  const onward = lines.find((l) => l.at > from)
  await until('onward with the slider in the focus', async () => (await at()) === onward.at)
  await keys.press(',')
  await until('and back', async () => (await at()) < onward.at)
  const listed = await web.$('replay-log').isVisible()
  await keys.press('l')
  await web.$('replay-log').waitFor({ state: listed ? 'detached' : 'visible' })
  await keys.press('l')
  await web.$('replay-log').waitFor({ state: listed ? 'visible' : 'detached' })
})

test('the log is searched, and a line leads to its moment; what came later is not there before', async () => {
  if (!(await web.$('replay-log').isVisible())) await keys.press('l')
  await web.$('replay-log').waitFor()
  await web.$('replay-search').fill('chay thu phat lai')
  const row = web.page.locator('[data-testid="replay-lines-row"]').first()
  await row.waitFor()
  await row.click()
  const { lines } = await played()
  const line = lines.find((l) => l.kind === 'incident')
  await until('its moment', async () => (await at()) === line.at)
  await web.$('operations-incidents').click()
  await until('the incident', async () => (await web.page.locator('[data-testid="incidents-headline"]').textContent()).includes('1'))
  await web.$('replay-slider').focus()
  await keys.press('ArrowLeft')
  const before = await server.call('incidents', { asOf: await at() })
  assert.equal(before.rows.length, 0)
  await until('no incident yet', async () => (await web.$('incidents-headline').textContent()) === before.headline)
})

test('nothing can be done in the past, and the way back leads to now', async () => {
  assert.equal(await web.page.locator('[data-testid="incident-new"]').count(), 0)
  await web.page.locator('body').click({ position: { x: 600, y: 5 } })
  await keys.press('i')
  assert.equal(await web.page.getByText('Ghi sự cố', { exact: true }).count(), 0)
  for (const [tab, part] of [['readiness', 'readiness'], ['registers', 'fallback']]) {
    await web.$(`operations-${tab}`).click()
    const then = await server.call(part, { asOf: await at() })
    await until(`${part} as it was`, async () => (await web.$(`${tab}-headline`).textContent()).trim() === then.headline)
    assert.notEqual(then.headline, (await server.call(part, {})).headline)
    assert.equal(await web.page.locator(`[data-testid="${tab}-files"]`).count(), 0)
  }
  await web.$('operations-live').click()
  await web.page.locator('body').click({ position: { x: 600, y: 5 } })
  await keys.press('Escape')
  await web.$('replay').waitFor({ state: 'detached' })
  await until('now', async () => !(await web.$('watch-headline').textContent()).startsWith('Lúc'))
  await web.$('operations-incidents').click()
  await web.$('incident-new').waitFor()
})
