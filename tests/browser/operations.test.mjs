// The live watch in Chromium, by keyboard: wall, panel, order, views, and the wall for a TV.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

before(async () => {
  server = await devserver({ follow: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'duty')
  web = await openPage(`${server.url}/#/operations`)
  keys = keyboardOf(web)
  await web.$('watch-wall').waitFor({ timeout: 40_000 })
  await until('the measures', async () => (await server.call('watch')).good > 0)
  await until('the measures on the page', async () => Number.parseInt(await web.$('watch-good').textContent(), 10) > 0)
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const order = () => web.page.locator('[data-testid="watch-wall"] button').evaluateAll((all) => all.map((b) => b.dataset.testid))

test('53 tiles, flows and tiles stand in the window at once, none clipped, and say in words how they stand', async () => {
  const view = await server.call('watch')
  assert.equal((await order()).length, 53)
  const outside = await web.page.evaluate(() => {
    const floor = document.getElementById('main').getBoundingClientRect().bottom
    return [...document.querySelectorAll('[data-testid="watch-wall"] button, [data-testid="watch-matrix"] td')].filter((e) => e.getBoundingClientRect().bottom > floor + 0.5).length
  })
  assert.equal(outside, 0, 'parts below the window')
  const payment = view.apis.find((t) => t.api === 'dvcqg.07')
  const label = await web.$('api-dvcqg.07').getAttribute('aria-label')
  assert.ok(label.includes(payment.title) && label.includes('lỗi'), label)
  assert.equal(await web.$('flow-sso-2-declare').textContent(), 'không có')
  assert.ok((await web.$('watch-headline').textContent()).includes(view.headline))
})

test('trouble comes first on demand; the arrows go over the wall, Enter opens the panel and Esc closes it', async () => {
  const listed = await order()
  assert.equal(listed[0], 'api-dvcqg.01')
  await web.$('watch-sort').selectOption('trouble')
  await until('the order', async () => (await order())[0] === 'api-dvcqg.07')
  await web.$('watch-sort').selectOption('list')
  await until('the list again', async () => (await order())[0] === 'api-dvcqg.01')

  await keys.tabTo('api-dvcqg.01')
  await keys.press('ArrowRight', 'ArrowRight')
  await keys.focusedOn('api-dvcqg.03')
  const columns = await web.$('watch-wall').evaluate((e) => getComputedStyle(e).gridTemplateColumns.split(' ').length)
  await keys.press('Home', 'ArrowDown')
  await keys.focusedOn(listed[columns])
  await keys.press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
  await keys.focusedOn('api-dvcqg.07')
  await keys.press('Enter')
  await web.$('api-panel').waitFor()
  await web.$('api-curve').waitFor()
  const panel = await web.$('api-panel').textContent()
  assert.ok(panel.includes('riêng API này') && panel.includes('Đồng bộ hồ sơ lên Cổng'), panel)
  assert.equal((await order()).length, 53, 'the wall stays beside the panel')
  await keys.press('Escape')
  await web.$('api-panel').waitFor({ state: 'detached' })
  await keys.focusedOn('api-dvcqg.07')
})

test('a fault is told where it lies, and what is old is no longer good', async () => {
  await server.sandbox.fault('/gateway/*', { kind: 'status', code: 503 })
  await server.call('poll_now')
  await until('the gateway is named', async () => (await web.$('watch-headline').textContent()).includes('Trục tích hợp'))
  await server.sandbox.advance(600_000)
  await until('nothing is good', async () => (await web.$('watch-good').textContent()).startsWith('0'))
  assert.equal(await web.page.locator('[data-testid="watch-wall"] [data-tone="good"]').count(), 0)
  await server.sandbox.heal()
  // After failures in a row a source is left alone for a while; then it is asked.
  await until('it is seen again', async () => {
    await server.sandbox.advance(60_000)
    await server.call('poll_now')
    return Number.parseInt(await web.$('watch-good').textContent(), 10) > 0
  }, { within: 60_000, every: 1000 })
})

test('timeline, heat map and peak hours stand beside, each read by keyboard', async () => {
  await web.$('watch-view-timeline').click()
  await web.$('timeline-lanes').waitFor()
  await until('the fault in the changes', async () => (await web.$('timeline-changes').textContent()).includes('Đồng bộ thông tin thanh toán'))
  await web.$('watch-view-heat').click()
  await web.$('heat-map').waitFor()
  await keys.tabTo('heat-map')
  await keys.press('ArrowLeft', 'ArrowDown')
  await until('a cell is read out', async () => /TT 12 .*lượt|TT 12 .*(không có|không quan sát)/.test(await web.$('heat-told').textContent()))
  await keys.press('Enter')
  await web.$('api-panel').waitFor()
  await keys.press('Escape')
  await web.$('api-panel').waitFor({ state: 'detached' })
  await web.$('watch-view-peak').click()
  await web.$('peak-days').waitFor()
  const newest = await web.$('peak-hour').textContent()
  await web.$('peak-back').click()
  await until('the hour before', async () => (await web.$('peak-hour').textContent()) !== newest)
})

test('the wall is dark whatever the theme, turns its pages by keys and by itself, tells old data, and Esc leaves', async () => {
  await web.page.goto(`${server.url}/#/operations/wall`)
  const wall = web.$('wall')
  await wall.waitFor()
  assert.equal(await web.page.evaluate(() => document.documentElement.dataset.theme), 'dark')
  assert.equal(await wall.getAttribute('data-page'), 'alerts')
  await web.$('wall-alerts-head').waitFor()
  await keys.press('ArrowRight', 'ArrowRight')
  assert.equal(await wall.getAttribute('data-page'), 'apis')
  await until('the tiles', async () => (await web.page.locator('[data-testid="wall"] .wall > div').count()) === 53)
  const box = await web.page.evaluate(() => {
    const tiles = [...document.querySelectorAll('[data-testid="wall"] .wall > div')]
    return { count: tiles.length, low: tiles.filter((t) => t.getBoundingClientRect().bottom > innerHeight).length }
  })
  assert.deepEqual(box, { count: 53, low: 0 })
  await keys.press('End')
  await web.$('wall-duty-head').waitFor()
  await keys.press('ArrowLeft')
  await web.$('wall-no-run').waitFor()
  await keys.press('End', 'ArrowRight')
  assert.equal(await wall.getAttribute('data-page'), 'alerts', 'round again')
  await server.sandbox.fault('/gateway/*', { kind: 'hang' })
  await server.sandbox.advance(600_000)
  await web.$('wall-old').waitFor()
  assert.ok((await web.$('wall-old').textContent()).includes('không còn mới'))
  await server.sandbox.heal()
  await keys.press('Escape')
  await web.$('watch-wall').waitFor()
  assert.notEqual(await web.page.evaluate(() => location.hash), '#/operations/wall')
  assert.deepEqual(web.problems, [])
})
