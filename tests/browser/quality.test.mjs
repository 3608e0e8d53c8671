// Data quality, by keyboard alone: every count opens to its records, and goes out as a file for who mends them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

const all = { system: null, unitGroup: null, unit: null }
const quality = (args = {}) => server.call('dossier_quality', { ...all, ...args })
const count = (n) => new Intl.NumberFormat('vi-VN').format(n)
const hash = () => web.page.evaluate(() => decodeURIComponent(location.hash))
async function saved(extension) {
  const last = () => web.$('toast').last().innerText()
  await until(`a message about the ${extension}`, async () => (await last()).includes(`.${extension}`))
  return /vào (\S+\.\w+)\.?/.exec(await last())[1]
}

before(async () => {
  server = await devserver({ records: true })
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await keys.signIn()
  await until('records of both systems', async () => (await server.call('dossier_choices')).records >= 377_808, { within: 300_000, every: 500 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('the rules say what they found, and what had nothing to look at is not called good', async () => {
  await keys.palette('chat luong du lieu')
  const view = await quality()
  assert.ok(view.faulty > 0)
  await until('the headline', async () => (await web.$('dossiers-headline').innerText()) === view.title)
  for (const rule of view.rules) {
    const row = web.$(`rule-${rule.id}`)
    assert.equal(await row.getAttribute('data-state'), rule.state, rule.name)
    assert.ok((await row.innerText()).includes(rule.state === 'found' ? count(rule.found) : rule.state === 'nothing' ? rule.text : '0'), rule.name)
  }
})

test('a count opens to as many records, and one of them to its versions', async () => {
  const rule = (await quality()).rules.find((r) => r.found > 1)
  await keys.activate(`rule-open-${rule.id}`)
  await keys.focusedOn('faulty')
  await web.$('faulty-row').first().waitFor()
  const list = await server.call('dossier_quality_list', { ...all, rule: rule.id, offset: 0, limit: 2 })
  assert.equal(list.count, rule.found)
  assert.equal(Number(await web.$('faulty').getAttribute('aria-rowcount')), list.count + 1)
  assert.ok((await web.$('faulty-row').first().innerText()).includes(list.rows[0].faults[0]))
  await keys.press('Enter')
  await web.$('versions').waitFor()
  await keys.press('Escape')
  await keys.focusedOn('faulty')
  await keys.activate('quality-list-csv')
  const csv = readFileSync(await saved('csv'), 'utf8')
  assert.ok(csv.includes(list.rows[0].line.code || rule.name), csv.slice(0, 300))
  await keys.tabTo('faulty', { key: 'Shift+Tab' })
  await keys.press('Escape')
  await keys.focusedOn(`rule-open-${rule.id}`)
})

test('units stand with their faults, the most first, and a cell opens the records of that unit and rule', async () => {
  await keys.tabTo('quality-view-rules', { key: 'Shift+Tab' })
  await keys.press('ArrowRight')
  await web.$('quality-units-row').first().waitFor()
  const { units, rules } = await quality()
  const most = [...units].sort((a, b) => b.faulty - a.faulty)[0]
  assert.ok((await web.$('quality-units-row').first().innerText()).includes(count(most.faulty)))
  const found = rules.filter((r) => r.found > 0)
  await keys.tabTo('quality-units')
  await keys.press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter')
  await until('the records of the unit', async () => (await hash()).includes(`rule=${found[0].id}&in=unit:`))
  await keys.press('Escape')
  await keys.focusedOn('quality-units')
})

test('the list for one system goes out as a workbook', async () => {
  await keys.activate('dossier-system', { key: 'Shift+Tab' })
  await keys.tabTo('dossier-system-tinh')
  await keys.press('Space', 'Escape')
  const of = await quality({ system: 'tinh' })
  await until('the system', async () => (await web.$('dossiers-headline').innerText()) === of.title)
  await keys.activate('quality-export')
  await keys.activate('quality-export-xlsx')
  assert.equal(readFileSync(await saved('xlsx')).subarray(0, 2).toString(), 'PK')
})

test('nothing went wrong on the page meanwhile', () => {
  assert.deepEqual(web.problems.filter((p) => !p.includes('401')), [])
})
