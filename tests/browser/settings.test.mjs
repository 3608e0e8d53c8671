// What the administrator sets, by keyboard alone: the bar of a flow, with its reason, and back to what is shipped.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

before(async () => {
  server = await devserver({ user: 'admin' })
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await keys.signIn()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const bar = async (target) => (await server.call('bars')).rows.find((r) => r.target === target)

test('the bar of a flow is set with a reason, holds beside the others, and is given back', async () => {
  await keys.activate('nav-settings')
  await keys.tabTo('settings-sources')
  await keys.press('ArrowRight', 'ArrowRight')
  await web.$('bars').waitFor()
  await keys.activate('bar-own')
  await keys.tabTo('bar-target')
  const target = await web.$('bar-target').inputValue()
  assert.match(target, /^flow:/, 'whole flows come first')
  assert.equal(await bar(target), undefined)
  await keys.fill('bar-success', '97,5'.replace(',', '.'))
  await keys.tabTo('bar-reason')
  assert.ok(await web.$('bar-save').isDisabled(), 'a bar is not moved without a reason')
  await keys.type('Biên bản họp kỹ thuật ngày 28/05')
  await keys.activate('bar-save')
  await until('the bar', async () => (await bar(target)) !== undefined)
  const kept = await bar(target)
  assert.deepEqual([kept.bar.successPercent, kept.reason], [97.5, 'Biên bản họp kỹ thuật ngày 28/05'])
  await web.$(`bar-${target}`).waitFor()
  assert.match(await web.$(`bar-${target}`).innerText(), /97,5%[\s\S]*Biên bản họp kỹ thuật/)

  await keys.activate(`bar-reset-${target}`, { key: 'Shift+Tab' })
  await keys.tabTo('bar-reason')
  await keys.type('Hết thời gian theo dõi')
  await keys.press('Enter')
  await until('the shipped bar', async () => ((await bar(target))?.since ?? null) === null)
})

test('a bar that nothing can reach is refused at its field, and changes nothing', async () => {
  const before = await server.call('bars')
  await keys.activate('bar-own')
  await keys.fill('bar-size', '5')
  await keys.fill('bar-min', '50')
  await keys.tabTo('bar-reason')
  await keys.type('thử')
  await keys.press('Enter')
  await web.page.locator('form .problem').first().waitFor()
  await keys.press('Escape')
  assert.deepEqual((await server.call('bars')).rows, before.rows)
})
