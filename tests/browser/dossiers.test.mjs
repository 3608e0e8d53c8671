// The dossier figures, by keyboard alone: a number opens in three steps down to the versions of a record, what does not add up
// is said where it shows, and what is on screen goes out as a table.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

const noFilter = { systems: [], unitGroup: null, units: [], fields: [], procedures: [], channels: [] }
const stats = (args = {}) => server.call('dossier_stats', { period: '', by: [], filter: noFilter, descending: false, offset: 0, ...args })
const count = (n) => new Intl.NumberFormat('vi-VN').format(n)
const hash = () => web.page.evaluate(() => decodeURIComponent(location.hash))
const strip = (line, figure) => web.$(`figure-${line}-${figure}`)
/** Where a message says that a file was saved. */
async function saved(extension) {
  const last = () => web.$('toast').last().innerText()
  await until(`a message about the ${extension}`, async () => (await last()).includes(`.${extension}`))
  return /vào (\S+\.\w+)\.?/.exec(await last())[1]
}

before(async () => {
  server = await devserver({ records: true })
  web = await openPage(server.url)
  await web.page.context().grantPermissions(['clipboard-read'])
  keys = keyboardOf(web)
  await keys.signIn()
  await until('reported figures', async () => (await stats()).total.figures.received > 0, { within: 60_000 })
  await until('records of both systems', async () => (await server.call('dossier_choices')).records >= 377_808, { within: 300_000, every: 500 })
  await web.page.reload()
  await web.$('phase-active').waitFor({ state: 'attached' })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('the palette opens the figures of the year so far, with the number of findings beside the screen’s name', async () => {
  await keys.palette('so lieu')
  const view = await stats()
  await until('the figure', async () => (await strip('now', 'received').innerText()).includes(count(view.total.figures.received)))
  assert.equal(await web.$('dossiers-headline').innerText(), view.headline)
  const { findings } = await server.call('dossier_findings', { period: '', asOf: null })
  await until('the number of findings', async () => (await web.$('nav-findings').innerText()).startsWith(String(findings.length)))
})

test('what is not known is no zero, and says why', async () => {
  const { figures } = (await stats()).total
  assert.equal(figures.carriedOver, null, 'the cumulative report tells nothing carried over')
  assert.equal(await strip('now', 'carried_over').innerText(), '–')
  const { reason } = figures.missing.find((m) => m.figures.includes('carried_over'))
  assert.ok((await strip('now', 'carried_over').getAttribute('title')).includes(reason))
})

test('a number that does not add up is marked, and the finding says by how much and whom to ask', async () => {
  assert.match(await strip('now', 'received').getAttribute('title'), /Không khớp: .*129[\s\S]*Hỏi:/)
  await keys.activate('findings-open')
  await web.$('finding').first().waitFor()
  await keys.focusedOn('finding')
  const words = await web.$('findings').innerText()
  for (const part of ['38.885', '26.152', '12.604', 'chênh 129', 'Hỏi:']) assert.ok(words.includes(part), `${part} in ${words}`)
  await keys.press('Enter')
  await until('the cell of the finding', async () => /at=system:bo/.test(await hash()))
  await until('its value', async () => (await web.$('panel-value').innerText()).startsWith('38.885 hồ sơ, theo báo cáo'))
  assert.match(await web.$('dossier-panel').innerText(), /chênh 129 hồ sơ\. Hỏi:/)
  await keys.press('Escape')
  await web.$('dossier-panel').waitFor({ state: 'detached' })
  await keys.focusedOn('findings-open')
})

test('the panel shows the number that was pressed, counted as it was, and says where its groups are counted otherwise', async () => {
  for (const [line, figure] of [['now', 'received'], ['now', 'done'], ['now', 'pending'], ['other', 'done'], ['other', 'pending']]) {
    const pressed = (await strip(line, figure).innerText()).split('\n')[0].trim()
    await strip(line, figure).focus()
    await keys.press('Enter')
    await until(`${pressed} of ${line} ${figure}`, async () => (await web.$('panel-value').innerText()).startsWith(`${pressed} `))
    await web.$('group').first().waitFor()
    const basis = line === 'now' ? 'theo báo cáo' : 'đếm từ hồ sơ'
    assert.ok((await web.$('panel-value').innerText()).includes(basis), await web.$('panel-value').innerText())
    // Reports are not split by unit: the groups come from the records, in so many words.
    await until('where the groups come from', async () => (await web.$('groups-basis').count()) === (line === 'now' ? 1 : 0))
    await keys.press('Escape')
    await web.$('dossier-panel').waitFor({ state: 'detached' })
  }
})

test('table, charts and form say what they are counted from, and mark what does not add up', async () => {
  await keys.press('b')
  await until('the basis of the table', async () => (await web.$('stats-basis').innerText()) === 'Đếm từ hồ sơ')
  await keys.tabTo('stats-columns-figures')
  await keys.press('ArrowRight')
  await until('the columns of other periods', async () => /Kỳ trước[\s\S]*Cùng kỳ/.test(await web.$('stats').innerText()))
  await keys.press('ArrowLeft')
  await keys.press('b')
  await web.$('chart-mark-trend').waitFor()
  assert.match(await web.$('chart-mark-trend').getAttribute('aria-label'), /chênh 129 hồ sơ\. Hỏi:/)
  assert.equal(await web.$('chart-mark-units').count(), 0, 'records do not have that break')
  await until('the basis of each chart', async () => {
    const bases = await web.page.locator('.chart .basis').allTextContents()
    return bases.includes('đếm từ hồ sơ') && bases.includes('theo báo cáo')
  })
  await keys.palette('bieu ii.06a')
  await web.$('form-total-7').waitFor()
  await until('the mark of the sum', async () => /chênh 129 hồ sơ\. Hỏi:/.test(await web.$('form-total-7').getAttribute('title')))
  await keys.palette('so lieu')
  await strip('now', 'received').waitFor()
})

test('a number opens to formula, groups, records and the versions of one in three steps, and Esc leads back the same way', async () => {
  await keys.tabTo('figure-now-received')
  await keys.press('End')
  for (let i = 0; i < 10; i += 1) await keys.press('ArrowRight')
  await keys.focusedOn('figure-now-pending_overdue')
  await keys.press('Enter')
  await keys.focusedOn('group')
  assert.match(await web.$('formula').innerText(), /hẹn/)
  assert.match(await web.$('sources').innerText(), /Số liệu lúc[\s\S]*Lấy lúc[\s\S]*Tính lúc/)
  assert.match(await web.$('bases').innerText(), /Đếm từ hồ sơ[\s\S]*Theo báo cáo/)
  await keys.press('Enter')
  await keys.focusedOn('records')
  await web.$('records-row').first().waitFor()
  const first = await web.$('records-row').first().innerText()
  await keys.press('ArrowDown', 'Enter')
  await web.$('versions').waitFor()
  await keys.focusedOn('record')
  assert.match(await web.$('versions').innerText(), /phiên bản[\s\S]*Trục tích hợp/)
  await keys.press('Escape')
  await keys.focusedOn('records')
  assert.equal(await web.$('records-row').first().innerText(), first, 'the list is as it was')
  await keys.press('Escape')
  await keys.focusedOn('group')
  await keys.press('Escape')
  await web.$('dossier-panel').waitFor({ state: 'detached' })
  await keys.focusedOn('figure-now-pending_overdue')
})

test('the list of a figure is as long as the figure, and its end comes when one goes there', async () => {
  await keys.press('Enter')
  await keys.focusedOn('group')
  await keys.activate('panel-records')
  await keys.focusedOn('records')
  const { count: all } = await server.call('dossier_list', { period: '', filter: noFilter, figure: 'pending_overdue', offset: 0, limit: 1 })
  assert.ok(all > 200, `${all} records are more than a page`)
  await web.$('records-row').first().waitFor()
  assert.equal(Number(await web.$('records').getAttribute('aria-rowcount')), all + 1)
  await until('the last row', async () => {
    await keys.press('End')
    return web.page.evaluate((row) => document.querySelector(`[data-testid=records-row][aria-rowindex="${row}"]`) !== null, all + 1)
  })
  await keys.press('Escape', 'Escape')
  await web.$('dossier-panel').waitFor({ state: 'detached' })
})

test('period and filters stand in the address and outlast a reload', async () => {
  await keys.press('[')
  await until('the period before', async () => (await hash()).includes('period='))
  await keys.press(']')
  await keys.activate('period')
  await keys.tabTo('period-kind-range')
  await keys.press('Home', 'ArrowRight')
  await keys.focusedOn('period-kind-month')
  await until('the month of the last day', async () => (await hash()).includes('period=2026-05'))
  await keys.press('Escape')
  await keys.activate('dossier-system')
  await keys.tabTo('dossier-system-bo')
  await keys.press('Space', 'Escape')
  await until('the ministries', async () => (await hash()).includes('system=bo'))
  const { figures } = (await stats({ period: '2026-05', filter: { ...noFilter, systems: ['bo'] } })).total
  await until('their figure', async () => (await strip('now', 'received').innerText()).includes(count(figures.received)))
  await web.page.reload()
  await until('the same after a reload', async () => (await strip('now', 'received').innerText()).includes(count(figures.received)))
  await keys.activate('dossier-clear')
  await until('no filter', async () => !(await hash()).includes('system='))
})

test('the table is split and sorted as one likes, a cell opens, and the whole goes to the clipboard', async () => {
  await keys.press('b')
  await web.$('stats-row').first().waitFor()
  await keys.activate('stats-by-name-unit', { key: 'Tab' })
  await keys.press('ArrowRight', 'Enter')
  await until('the most received first', async () => /sort=received&down=/.test(await hash()))
  const most = await stats({ period: '2026-05', by: ['unit'], sort: 'received', descending: true, limit: 3 })
  const top = most.rows[0]
  await until('the first row', async () => (await web.$('stats-row').first().innerText()).includes(top.cell[0].name))
  await keys.tabTo('stats')
  await keys.press('Home', 'ArrowRight', 'Enter')
  await until('its cell', async () => (await hash()).includes(`at=unit:${top.cell[0].code}`))
  await until('its value', async () => (await web.$('panel-value').innerText()).startsWith(count(top.figures.received)))
  await keys.press('Escape')
  await keys.focusedOn('stats')
  await keys.press('Control+c')
  const text = await until('the clipboard', () => web.page.evaluate(() => navigator.clipboard.readText()))
  const lines = text.split('\n')
  assert.equal(lines.length, most.rowCount + 1)
  assert.ok(lines[0].startsWith('Đơn vị\tNhận trong kỳ'))
  assert.ok(lines[1].startsWith(`${top.cell[0].name}\t${count(top.figures.received)}`))
})

test('what is on screen is written as a workbook, as CSV and as a picture', async () => {
  await keys.activate('dossiers-export')
  await keys.activate('export-stats-csv')
  const csv = readFileSync(await saved('csv'), 'utf8')
  assert.ok(csv.includes('Đơn vị'), csv.slice(0, 200))
  await keys.activate('dossiers-export')
  await keys.activate('export-stats-xlsx')
  assert.equal(readFileSync(await saved('xlsx')).subarray(0, 2).toString(), 'PK')
  await keys.activate('dossiers-export')
  await keys.activate('export-chart-trend')
  assert.equal(readFileSync(await saved('png')).subarray(1, 4).toString(), 'PNG')
})

test('charts are read and opened by the arrows, and each has its table', async () => {
  await keys.press('b')
  const chart = web.$('chart-trend')
  await chart.locator('[data-spot]').first().waitFor()
  const spot = () => web.page.evaluate(() => document.activeElement?.closest('[data-testid=chart-trend]') !== null && document.activeElement?.dataset.spot)
  for (let i = 0; i < 60 && (await spot()) === false; i += 1) await keys.press('Tab')
  for (let i = 0; i < 6 && (await spot()) === undefined; i += 1) await keys.press('Tab')
  assert.equal(await spot(), '0')
  await keys.press('ArrowRight')
  assert.equal(await spot(), '1')
  await keys.press('ArrowLeft', 'Enter')
  await until('the cell of the place', async () => (await hash()).includes('fig=received&at='))
  await keys.press('Escape')
  await web.$('dossier-panel').waitFor({ state: 'detached' })
})

test('form II.06a has its sum, its checks and the way to the 13 figures, and goes out as a workbook', async () => {
  await keys.palette('bieu ii.06a')
  const view = await server.call('dossier_form', { period: '2026-05', filter: noFilter })
  await web.$('form-total-4').waitFor()
  await until('the sum', async () => (await web.$('form-total-11').innerText()).includes(view.total[8] === null ? '–' : count(view.total[8])))
  const checks = await web.$('form-checks').innerText()
  for (const check of view.checks) assert.ok(checks.includes(check.text) && checks.includes(check.verdict), check.text)
  await keys.activate('form-export')
  assert.equal(readFileSync(await saved('xlsx')).subarray(0, 2).toString(), 'PK')
})

test('indicators have their blocks, what to do first, the ranking and the other rates, and unknown is no zero', async () => {
  await keys.palette('chi so qd 766')
  const view = await server.call('indicators', { period: '', unit: '' })
  await web.$('indicator-blocks').waitFor()
  await until('six blocks', async () => (await web.page.locator('[data-testid^="block-"]').count()) === 6)
  const { code } = view.blocks[0].components[0]
  await keys.activate(`component-${code}`)
  await until('its formula', async () => (await web.$('indicator-components').innerText()).includes(view.blocks[0].components[0].formula))
  await keys.tabTo('indicators-part-moves')
  if (view.moves.length > 0) assert.ok((await web.$('indicator-moves').innerText()).includes(view.moves[0].name))
  await keys.press('End')
  await web.$('indicator-rates').waitFor()
  for (const rate of view.rates.filter((r) => r.value === null)) assert.ok((await web.$('indicator-rates').innerText()).includes(rate.missing), rate.name)
  await keys.press('ArrowLeft', 'ArrowLeft')
  await keys.tabTo('ranking')
  await keys.press('Home', 'Enter')
  await until('the unit', async () => (await hash()).includes('unit='))
  const shown = await server.call('indicators', { period: '', unit: new URLSearchParams((await hash()).split('?')[1]).get('unit') })
  await until('its name', async () => (await web.$('indicator-blocks').innerText()).includes(shown.unitName))
})

test('nothing went wrong on the page meanwhile', () => {
  assert.deepEqual(web.problems.filter((p) => !p.includes('401')), [])
})
