// The overview in Chromium, by keyboard alone: where the figures do not add up, and what a failing source looks like.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { until } from '../support/wait.mjs'

let server, web

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  await web.$('sign-in').focus()
  await web.page.keyboard.press('Enter')
  await web.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
  await until('figures of the portal', async () => (await server.call('overview')).checks.state === 'fresh')
  await web.$('tile-findings').waitFor()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

/** What has the focus: its test id and words, the card it is in, whether it shows, and whether it stands in the window. */
const focused = () =>
  web.page.evaluate(() => {
    const e = document.activeElement
    const box = e.getBoundingClientRect()
    const { outlineStyle, outlineWidth } = getComputedStyle(e)
    return {
      name: e.dataset.testid ?? e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 40),
      card: e.closest('section.card')?.dataset.testid,
      body: e === document.body,
      ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1,
      inside: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    }
  })

test('every tile, chart and line of the overview is reached by Tab and shows its focus', async () => {
  const { tiles, attention } = await server.call('overview')
  await web.page.evaluate(() => document.activeElement?.blur())
  const stops = []
  for (let i = 0; i < 150; i++) {
    await web.page.keyboard.press('Tab')
    const stop = await focused()
    // Behind the last stop the focus leaves the page.
    if (stop.body) break
    assert.ok(stop.ring, `${stop.name} shows its focus`)
    assert.ok(stop.inside, `${stop.name} is in the window when it has the focus`)
    stops.push(stop)
  }
  const names = stops.map((s) => s.name)
  const wanted = [
    ...['overview', 'tasks', 'settings', 'help'].map((s) => `nav-${s}`),
    ...['vneid', 'gateway', 'portal'].map((s) => `source-${s}`),
    ...tiles.map((t) => `tile-${t.id}`),
  ]
  for (const id of wanted) assert.ok(names.includes(id), `${id} is among ${names}`)
  const within = (card) => stops.filter((s) => s.card === card).length
  assert.equal(within('attention'), attention.length, 'each line of «Cần chú ý»')
  for (const chart of ['burn_up', 'sections', 'units', 'dossiers', 'flows']) {
    assert.equal(within(`chart-${chart}`), 2, `${chart}: its table, and its places as one stop that arrows move in`)
  }
})

test('the line «Số liệu lệch» opens both sides, the difference and whom to ask, and Escape leads back to it', async () => {
  const { attention, checks } = await server.call('overview')
  const broken = checks.checks.filter((c) => c.state === 'broken')
  assert.equal(broken.length, 1, 'the training figures have one gap')
  const [gap] = broken
  const number = (text) => Number(text.replaceAll('.', ''))
  const sum = (parts) => parts.reduce((all, part) => all + number(part.value), 0)
  assert.equal(sum(gap.left), number(gap.leftSum))
  assert.equal(sum(gap.right), number(gap.rightSum))
  const difference = Math.abs(sum(gap.left) - sum(gap.right))
  assert.ok(gap.verdict.includes(String(difference)), gap.verdict)

  const line = attention.findIndex((a) => a.badge === 'Số liệu lệch')
  assert.notEqual(line, -1)
  await web.$('attention').locator('li button').nth(line).focus()
  await web.page.keyboard.press('Enter')
  const text = await web.$('checks').textContent()
  for (const part of [...gap.left, ...gap.right]) assert.ok(text.includes(`${part.name} ${part.value}`), `${part.name} in ${text}`)
  assert.ok(text.includes(gap.verdict) && text.includes(gap.ask), text)
  await web.page.keyboard.press('Escape')
  await web.$('checks').waitFor({ state: 'detached' })
  assert.ok((await focused()).card === 'attention', 'the focus is back on the line')
  assert.equal(await web.page.evaluate(() => location.hash), '#/overview')
})

test('names of the narrow charts stand whole at 1366×689', async () => {
  for (const chart of ['sections', 'units', 'flows']) {
    const svg = await until(`the chart ${chart}`, () => web.$(`chart-${chart}`).locator('.drawing svg').textContent())
    assert.ok(!svg.includes('…'), `${chart}: ${svg}`)
  }
})

test('nothing on the overview spills out of its card', async () => {
  const out = await web.page.evaluate(() =>
    [...document.querySelectorAll('.chart')].filter((card) => {
      const drawing = card.querySelector('.drawing')
      return drawing && drawing.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom + 1
    }).map((card) => card.dataset.testid),
  )
  assert.deepEqual(out, [])
})

test('figures of a failing source say so in words, and the head does not claim the present hour', async () => {
  await server.sandbox.fault('/portal/*', { kind: 'status', code: 503 })
  await server.sandbox.advance(3_600_000)
  await server.call('poll_now', {})
  await until('a failing portal', async () => (await web.$('source-portal').getAttribute('data-state')) === 'failing')
  await until('tiles that say so', async () => (await web.$('tile-received').textContent()).includes('lỗi từ'))
  for (const tile of ['received', 'on_time', 'findings']) assert.match(await web.$(`tile-${tile}`).textContent(), /lỗi từ/)
  await until('a chart that says so', async () => (await web.$('chart-dossiers').textContent()).includes('lỗi từ'))
  const head = await web.$('screen-overview').locator('.head').textContent()
  assert.ok(!head.includes('Số liệu đến'), head)
  assert.match(head, /số liệu cũ hơn/)
})
