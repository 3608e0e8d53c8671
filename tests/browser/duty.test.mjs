// Readiness of the units, the roster of shifts and the registers in Chromium, by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys, fill, tabTo, focusedOn

before(async () => {
  server = await devserver({ follow: false, records: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'staff')
  web = await openPage(`${server.url}/#/operations/readiness`)
  keys = keyboardOf(web)
  ;({ fill, tabTo, focusedOn } = keys)
  await web.$('readiness-grid').waitFor({ timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const go = (address) => web.page.evaluate((to) => (location.hash = to), address)
const unit = async (id) => (await server.call('readiness')).units.find((u) => u.id === id)
const entries = async () => (await server.call('fallback')).rows

test('all 149 units and their five duties are seen at once on the page of a 1366 × 768 screen', async () => {
  const grid = web.$('readiness-grid')
  assert.equal(await grid.getByRole('option').count(), 149)
  const hidden = await grid.evaluate((box) => {
    const seen = box.getBoundingClientRect()
    return [...box.querySelectorAll('[role=option]')].filter((unit) => {
      const at = unit.getBoundingClientRect()
      return at.right > seen.right + 1 || at.bottom > seen.bottom + 1 || unit.querySelectorAll('.mark').length !== 5
    }).length
  })
  assert.equal(hidden, 0)
  assert.equal(await web.$('readiness-headline').locator('b').textContent(), (await server.call('readiness')).headline)
})

test('units are found without marks, chosen and reported of as one act that one undo takes back', async () => {
  await keys.press('/')
  await focusedOn('readiness-search')
  await keys.type('nhon chau')
  await until('one unit', async () => (await web.$('readiness-grid').getByRole('option').count()) === 1)
  await keys.press('Enter')
  await focusedOn('readiness-grid')
  await keys.press('Home', 'Space')
  await keys.press('/')
  await fill('readiness-search', 'thanh tra tinh')
  await until('the other', async () => (await web.$('unit-thanh_tra').count()) === 1)
  await keys.press('Enter')
  await keys.press('Home', 'Space')
  await keys.activate('readiness-bulk')
  await web.$('readiness-form').waitFor()
  await keys.activate('readiness-all-ready')
  await keys.activate('edit-save')
  await until('both are ready', async () => (await unit('21607')).missing === 0 && (await unit('thanh_tra')).missing === 0)
  await keys.press('Control+z')
  await until('neither is', async () => (await unit('21607')).unreported === 5 && (await unit('thanh_tra')).unreported === 5)
})

test('a unit opens with who said what, and a duty that does not apply asks why', async () => {
  await go('#/operations/readiness?id=so_yt')
  await web.$('readiness-panel').waitFor()
  await until('its duties', async () => (await web.$('duty-state-fees').textContent()).startsWith('Đang thực hiện'))
  await keys.activate('readiness-report')
  await tabTo('report-fees-ready')
  await keys.press('ArrowDown', 'ArrowDown', 'ArrowDown')
  await keys.activate('edit-save')
  await until('the reason is asked for', () => web.page.getByText('không áp dụng thì phải ghi lý do').isVisible())
  await fill('report-remark-fees', 'không thu trực tuyến')
  await keys.activate('edit-save')
  await until('kept', async () => (await unit('so_yt')).cells.find((c) => c.duty === 'fees').state === 'not_applicable')
  await until('and shown', async () => (await web.$('duty-state-fees').textContent()).startsWith('Không áp dụng'))
})

test('the missing backup of the first night is seen, filled from its gap, and a person who is on elsewhere is refused', async () => {
  await go('#/operations/duty?day=2026-05-29')
  await web.$('gap-backup-accounts').waitFor()
  assert.match(await web.$('duty-headline').textContent(), /12 giờ thiếu dự phòng/)
  const out = await web.$('gap-backup-accounts').evaluate((gap) => {
    const [band, line] = [gap.getBoundingClientRect(), getComputedStyle(gap)]
    const bars = [...gap.parentElement.querySelectorAll('.shift')].map((shift) => shift.getBoundingClientRect())
    const painted = { left: band.left + parseFloat(line.borderLeftWidth), right: band.right - parseFloat(line.borderRightWidth) }
    return !bars.some((bar) => painted.left >= bar.left + 0.5 && painted.right <= bar.right - 0.5)
  })
  assert.equal(out, false, 'the band stands inside the bar of its shift')
  await keys.activate('gap-backup-accounts')
  await keys.activate('shift-change')
  await tabTo('shift-backup')
  await web.$('shift-backup').selectOption('vnpt-2')
  await keys.activate('edit-save')
  await until('the clash is told', () => web.page.getByText('Kỹ thuật 02 đã ở ca khác').isVisible())
  await web.$('shift-backup').selectOption('pc06-2')
  await keys.activate('edit-save')
  await until('nothing lacks', async () => (await web.$('gap-backup-accounts').count()) === 0)
  assert.match(await web.$('duty-headline').textContent(), /đủ người trực/)
})

test('entries are typed one after the other, and a citizen’s number is refused where it stands', async () => {
  await go('#/operations/registers')
  await web.$('fallback-grid').waitFor()
  await keys.press('n')
  await focusedOn('entry-receipt')
  await fill('entry-unit', 'quy nhon dong')
  await fill('entry-receipt', '052099001234')
  await keys.press('Enter')
  await until('refused', () => web.page.getByText('giống số định danh cá nhân').first().isVisible())
  assert.equal((await entries()).some((r) => r.unit.id === '21601'), false)
  await fill('entry-receipt', 'GN-0098')
  await keys.press('Enter')
  await until('the first', async () => (await entries()).some((r) => r.receipt === 'GN-0098'))
  await until('the number after it is offered', async () => (await web.$('entry-receipt').inputValue()) === 'GN-0099')
  await focusedOn('entry-receipt')
  await keys.press('Enter')
  await until('the second', async () => (await entries()).some((r) => r.receipt === 'GN-0099' && r.unit.id === '21601'))
  await keys.press('Escape')
  await until('the line is gone', async () => (await web.$('entry-form').count()) === 0)
})

test('an entry is re-entered and told whether its dossier is known; a balance that does not close asks why', async () => {
  const row = (await entries()).find((r) => r.receipt === 'GN-0098')
  await go(`#/operations/registers?id=${row.id}`)
  await web.$('entry-panel').waitFor()
  await keys.activate('entry-reenter')
  await fill('reenter-dossier', 'H21.184-260529-0098')
  await keys.press('Enter')
  await until('re-entered', async () => (await entries()).find((r) => r.id === row.id).stage === 'reentered')
  await until('not found is said', async () => (await web.$('entry-panel').textContent()).includes('chưa thấy trong bản ghi'))

  await go('#/operations/registers?view=in_flight&id=bo.btp')
  await web.$('in-flight-panel').waitFor()
  await keys.activate('count-after')
  await fill('count-old', '0')
  await fill('count-new', '1.270')
  await fill('count-done', '3')
  await fill('count-lost', '0')
  await until('the difference while typing', async () => (await web.$('count-told').textContent()).includes('thiếu 1'))
  await fill('count-source', 'Màn hình thống kê')
  await keys.activate('edit-save')
  await web.$('count-explain').waitFor()
  await keys.activate('count-explain')
  await fill('explain-text', 'Một hồ sơ rút trong đêm')
  await keys.activate('edit-save')
  await until('explained', async () => (await server.call('in_flight')).rows.find((r) => r.system === 'bo.btp').state === 'explained')
  // What was refused on purpose is told on the console too.
  assert.deepEqual(web.problems.filter((p) => !p.startsWith('Failed to load resource')), [])
})
