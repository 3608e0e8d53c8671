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

test('what stands around the gateway: systems, queue, and the fees by unit, ready to be copied', async () => {
  const { around } = await server.call('watch')
  assert.ok((await web.$('tile-around').innerText()).includes(around.queue.waiting.toLocaleString('vi-VN')))
  await web.$('tile-around').getByRole('button').focus()
  await keys.press('Enter')
  await web.$('around-probes').waitFor()
  assert.ok(around.probes.length > 0)
  for (const probe of around.probes) {
    const row = await web.$(`probe-${probe.id}`).innerText()
    assert.ok(row.includes(probe.title) && row.includes(probe.text.split(',')[0]), row)
  }
  const fees = await server.call('watch_fees')
  await until('the fees', async () => (await web.$('around-fees').innerText()).includes(fees.units[0].name))
  const rows = await web.page.locator('[data-testid="around-fees"] tbody tr').count()
  assert.equal(rows, fees.totals.units)
  assert.equal(fees.units.reduce((sum, unit) => sum + unit.dossiers, 0), fees.totals.dossiers)
  assert.equal(fees.text.trim().split('\n').length, rows + 1)
  await web.page.evaluate(() => (location.hash = '#/operations'))
  await web.$('watch-wall').waitFor()
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

test('a cell of the flows is reached by keys and tells what it rests on, for as long as it has the focus', async () => {
  const { flows } = await server.call('watch')
  const id = (flow, cell) => `flow-${flow.flow}-${cell.phase}-${cell.stage}`
  await keys.tabTo(id(flows[0], flows[0].cells[0]))
  await keys.press('ArrowDown', 'ArrowRight')
  const cell = flows[1].cells[1]
  await keys.focusedOn(id(flows[1], cell))
  const told = (await web.$('matrix-told').textContent()).split('\n')
  assert.equal(told[0], cell.detail.split('\n')[0])
  assert.ok(told.some((line) => line.startsWith('Lần thành công gần nhất')), told.join())
  assert.ok((await web.$(id(flows[1], cell)).getAttribute('aria-label')).includes(told[0]))
  assert.match(await web.$(id(flows[1], cell)).innerText(), /vừa xong|phút|giờ/, 'how old it is stands in the cell')
  await keys.press('End')
  const last = flows.at(-1)
  await keys.focusedOn(id(last, last.cells.at(-1)))
  const box = await web.$('matrix-told').boundingBox()
  assert.ok(box.y >= 0 && box.y + box.height <= 689, JSON.stringify(box))
  await keys.press('Tab')
  assert.equal(await web.page.locator('[data-testid="matrix-told"]').count(), 0)
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
  const chosen = () => web.page.evaluate(() => [...document.querySelectorAll('[data-testid="wall"] .dot')].filter((tab) => tab === document.activeElement || tab.hasAttribute('aria-current')).map((tab) => tab.dataset.testid))
  assert.equal(await web.page.evaluate(() => document.activeElement.classList.contains('stage')), true, 'no tab has the focus that nobody gave it')
  await keys.press('ArrowRight')
  assert.equal(await wall.getAttribute('data-page'), 'flows')
  const tones = { failing: 'bad', slow: 'warn', unsure: 'unsure', not_observed: 'unknown', quiet: 'none', good: 'good' }
  const { flows } = await server.call('watch')
  for (const line of flows.filter((f) => f.worst !== null)) {
    const cell = web.$(`wall-apis-${line.flow}`).locator('.cell')
    await until('its share', async () => (await cell.textContent()).trim() === `${line.apisGood}/${line.apis}`)
    assert.deepEqual([await cell.getAttribute('data-tone'), await cell.locator('svg').count()], [tones[line.worst], 1], 'as bad as the worst, by colour and icon')
  }
  const close = await wall.evaluate((e) =>
    [...e.querySelectorAll('tbody tr')].flatMap((row) => {
      const boxes = [...row.querySelectorAll('.cell')].map((cell) => cell.getBoundingClientRect())
      return boxes.slice(1).filter((box, i) => box.left - boxes[i].right < 8)
    }).length,
  )
  assert.equal(close, 0, 'cells that touch')
  await keys.tabTo('wall-flows')
  await keys.press('ArrowRight')
  await keys.focusedOn('wall-apis')
  assert.deepEqual(await chosen(), ['wall-apis'], 'the ring goes with the page')
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

test('the wall asks that the screen stays awake, again when the page comes back, and gives it up when it closes', async () => {
  // Headless there is no screen to keep awake: what the page asks of the browser is written down instead.
  await web.page.addInitScript(() => {
    window.locks = { asked: 0, held: 0 }
    const request = () => {
      const lock = new EventTarget()
      lock.release = async () => {
        window.locks.held -= 1
        lock.dispatchEvent(new Event('release'))
      }
      window.locks.asked += 1
      window.locks.held += 1
      window.lock = lock
      return Promise.resolve(lock)
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  })
  await web.page.reload()
  await web.$('watch-wall').waitFor()
  const locks = () => web.page.evaluate(() => window.locks)
  const awake = (on) => until(`awake: ${on}`, async () => (await web.$('wall').getAttribute('data-awake')) === String(on))
  assert.deepEqual(await locks(), { asked: 0, held: 0 }, 'only the wall')
  await web.$('open-wall').click()
  await awake(true)
  assert.deepEqual(await locks(), { asked: 1, held: 1 })
  // As a browser does with a page that is hidden.
  await web.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    void window.lock.release()
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await awake(false)
  assert.ok((await web.$('wall').textContent()).includes('không giữ được màn hình sáng'))
  assert.deepEqual(await locks(), { asked: 1, held: 0 }, 'a hidden page does not ask')
  await web.page.evaluate(() => {
    delete document.hidden
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await awake(true)
  assert.deepEqual(await locks(), { asked: 2, held: 1 })
  await keys.press('Escape')
  await web.$('watch-wall').waitFor()
  await until('given up', async () => (await locks()).held === 0)
  assert.equal((await locks()).asked, 2)
})
