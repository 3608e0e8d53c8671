// Alerts in Chromium, by keyboard: one cause with what it broke, a mute without an end refused, taken, shown in the navigation, and
// passed on into the register of incidents.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const MINUTE = 60_000
let server, web, keys

const firing = async () => (await server.call('alerts')).firing
/** Moves the province's clock on and has the sources asked. */
async function later(minutes) {
  await server.sandbox.advance(minutes * MINUTE)
  await server.call('poll_now')
}

before(async () => {
  server = await devserver({ user: 'duty', follow: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'duty')
  web = await openPage(`${server.url}/#/operations/alerts`)
  keys = keyboardOf(web)
  await web.$('alerts-headline').waitFor({ timeout: 40_000 })
  await until('the measures', async () => (await server.call('watch')).good > 0)
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('nothing wrong is said, and a fault of the gateway stands as one alert in list, navigation and overview', async () => {
  await server.sandbox.fault('/gateway/*', { kind: 'status', code: 503 })
  await later(10)
  const [alert] = await until('the alert', async () => {
    const rows = await firing()
    return rows.some((r) => r.rule === 'gateway_down') && rows
  }, { within: 60_000, every: 500 })
  assert.equal(alert.rule, 'gateway_down')
  await until('the row', async () => (await web.page.locator('[data-testid="alert-list"] [role="option"]').first().textContent()).includes(alert.title))
  await until('the navigation', async () => /^1/.test((await web.$('nav-alerts').textContent()) ?? ''))
  assert.match(await web.$('alerts-headline').textContent(), /1 nguyên nhân đang báo/)
})

test('alerts and incidents counted at once leave the navigation one line a screen, at any width', async () => {
  const heights = () => web.page.locator('nav a').evaluateAll((all) => all.map((a) => [a.getBoundingClientRect().height, a.querySelector('.clip').getClientRects().length, a.querySelector('.clip').scrollWidth > a.querySelector('.clip').clientWidth]))
  const plain = await heights()
  await server.call('incident_open', { title: 'Đếm cùng cảnh báo', severity: 's3', detected: null, text: 'để xem', touched: { flows: ['sso'], apis: [], tasks: [], units: [] } })
  await until('both numbers', async () => /^1/.test((await web.$('nav-incidents').textContent({ timeout: 60_000 })) ?? '') && (await web.page.locator('[data-testid="nav-alerts"]').count()) === 1)
  assert.deepEqual(await heights(), plain)
  await web.page.setViewportSize({ width: 1093, height: 540 })
  assert.deepEqual(await heights(), plain)
  assert.equal(plain.some(([, , cut]) => cut), false, 'no name is cut')
  await web.page.setViewportSize({ width: 1366, height: 689 })
})

test('a mute without an end is refused, one with an end and a reason is kept and hides nothing', async () => {
  await keys.tabTo('alert-list')
  await keys.press('Enter')
  await web.$('alert-panel').waitFor()
  await web.$('alert-guide').waitFor()
  await keys.activate('alert-mute')
  await keys.fill('alert-text', 'đang thay máy chủ')
  await keys.activate('edit-save')
  await until('what is missing is said', () => web.page.getByText('không có tắt tiếng không thời hạn').isVisible())
  assert.equal((await firing())[0].mute, null, 'nothing was kept')
  await keys.tabTo('mute-30-phút', { key: 'Shift+Tab' })
  await keys.press('Enter')
  await keys.activate('edit-save')
  await web.$('alert-mute-state').waitFor()
  const [row] = await firing()
  assert.deepEqual([row.state, row.mute.said.text], ['muted', 'đang thay máy chủ'])
  assert.equal(await web.page.locator('[data-testid="alert-list"] [role="option"]').count(), 1, 'it stays in the list')
})

test('taken with a remark; who comes second is told who was first, and what they typed stays', async () => {
  await keys.activate('alert-ack')
  await keys.fill('alert-text', 'đã gọi TT CĐS')
  const { id } = (await firing())[0]
  await server.call('alert_ack', { id, remark: 'ở máy khác' })
  await keys.activate('edit-save')
  await until('who was first', () => web.page.getByText('đã nhận cảnh báo này').isVisible())
  assert.equal(await web.$('alert-text').inputValue(), 'đã gọi TT CĐS')
  await keys.press('Escape')
  await until('taken', async () => (await web.$('alert-state').textContent()).includes('nhận lúc'))
  assert.equal((await firing())[0].acknowledged.text, 'ở máy khác')
})

test('the rules stand with what they ask; whoever is no admin sets none', async () => {
  await keys.press('Escape')
  await keys.activate('alert-rules-open')
  await web.$('alert-rules').waitFor()
  assert.ok((await web.page.locator('[data-testid="alert-rules"] tbody tr').count()) >= 15)
  assert.equal(await web.$('rule-edit-gateway_down').count(), 0)
  await keys.activate('alert-rules-open')
  await web.$('alert-list').waitFor()
})

test('recovery clears it; it is found among what is over, and an incident begins from it', async () => {
  await server.sandbox.heal()
  // After failures in a row a source is left alone for a while; then it is asked, and it must stay good for three minutes.
  await until('over', async () => {
    await later(1)
    return !(await firing()).some((r) => r.rule === 'gateway_down')
  }, { within: 120_000, every: 1000 })
  await web.$('alert-show-past').click()
  await until('among what is over', async () => (await web.page.locator('[data-testid="alert-list"] [role="option"]').count()) >= 1)
  await keys.tabTo('alert-list')
  await keys.press('Enter')
  await web.$('alert-panel').waitFor()
  await keys.activate('alert-incident')
  await until('the form of an incident', () => web.page.url().includes('/operations/incidents?new='))
})
