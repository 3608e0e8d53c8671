// Time travel, comparison and conflicts, by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const NO = '86'
let server, web, keys

async function signIn(user) {
  if ((await server.call('session')).phase === 'active') await server.call('sign_out')
  await server.call('sign_in_start')
  const waiting = await until('the address of the sign-in page', async () => {
    const session = await server.call('session')
    return session.authorizeUrl && session
  })
  await signInAt(waiting.authorizeUrl, user)
  await until(`${user} signed in`, async () => (await server.call('session')).phase === 'active')
}
const row = async (no) => (await server.call('tasks')).rows.find((r) => r.no === no)
const set = async (status, basedOn) => (await server.call('task_set_status', { no: NO, status, note: null, basedOn })).eventId

const bar = () => web.$('time-bar').innerText()

before(async () => {
  server = await devserver({ follow: false })
  await signIn('staff')
  // A conflict: the second person had not seen what the first one said.
  const base = (await row(NO)).lastEvent
  await server.sandbox.advance(26 * 3_600_000)
  await set('in_progress', base)
  await signIn('duty')
  await set('not_started', base)
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await web.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
  await keys.palette('nhiem vu')
  await web.$('screen-tasks').waitFor()
  await web.$('task-row-1').waitFor()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('the checklist as of yesterday 15:00 is entered, stepped through, read-only, and left', async () => {
  await keys.press('t')
  await keys.activate('moment-report')
  await keys.activate('moment-look')
  await until('the bar', async () => (await bar()).includes('Đang xem tại 15:00 29/05/2026'))
  await keys.tabTo('search')
  await keys.type('86')
  await until('the status of that moment', async () => (await web.$(`task-row-${NO}`).innerText()).includes('Vướng mắc'))
  await keys.press('Enter', 'Enter')
  await web.$('task-panel').waitFor()
  await until('the panel says so', async () => (await web.$('task-panel').innerText()).includes('chỉ xem'))
  await keys.press('e')
  assert.equal(await web.$('edit-status').count(), 0, 'nothing is written into the past')
  await keys.press('[')
  await until('an hour before', async () => (await bar()).includes('14:00 29/05/2026'))
  await keys.press('Shift+}')
  await until('a day on', async () => (await bar()).includes('14:00 30/05/2026'))
  await keys.press('Escape')
  await web.$('task-panel').waitFor({ state: 'detached' })
  await keys.press('Escape')
  await web.$('time-bar').waitFor({ state: 'detached' })
  await keys.tabTo('search')
  await keys.press('Escape')
  await until('the present', async () => (await row(NO)).status === 'not_started' && (await web.$('task-row-1').innerText()).includes('Báo xong'))
})

test('a comparison shows old and new, walks by arrows, opens a task, exports, and ends', async () => {
  await keys.palette('so sanh tu 15:00')
  const compared = web.$(`compared-${NO}`)
  await compared.waitFor()
  assert.match(await compared.locator('del').first().innerText(), /Vướng mắc/)
  assert.match(await compared.locator('ins').first().innerText(), /Chưa bắt đầu/)
  assert.match(await compared.innerText(), /Trực 02/)
  await keys.activate(`compared-${NO}`)
  await until('the changes in the panel', async () => (await web.$('task-panel').innerText()).includes('Thay đổi đang so sánh'))
  await keys.press('Escape')
  await keys.activate('export-csv', { key: 'Shift+Tab' })
  await until('where the file is', async () => (await web.$('toast').last().innerText()).includes('.csv'))
  await keys.tabTo('only-changed', { key: 'Shift+Tab' })
  await keys.press('Space')
  await web.$('compared-1').waitFor({ state: 'attached' })
  await keys.activate('time-leave')
  await web.$('time-bar').waitFor({ state: 'detached' })
})

test('T on another part of the tasks goes to the list and asks there at once', async () => {
  for (const part of ['ke hoach', 'vuong mac', 'dau moi']) {
    await keys.palette(part)
    await until('the part', async () => (await web.page.evaluate(() => location.hash)).startsWith('#/tasks/'))
    await keys.press('t')
    await web.page.getByRole('dialog', { name: 'Xem lại, so sánh' }).waitFor()
    assert.equal(await web.page.evaluate(() => location.hash), '#/tasks')
    await keys.press('Escape')
  }
})

test('two moments that are typed are compared', async () => {
  await keys.palette('danh muc')
  await keys.press('t')
  await keys.fill('moment-from', '28/05/2026')
  await keys.fill('moment-from-time', '15:00')
  await keys.fill('moment-to', '29/05/2026')
  await keys.fill('moment-to-time', '13:50')
  await keys.press('Enter')
  await web.$('compare-list').waitFor()
  const { tasks } = await server.call('tasks_compare', { from: Date.parse('2026-05-28T15:00:00+07:00'), to: Date.parse('2026-05-29T13:50:00+07:00'), list: null })
  await until('the moments in the bar', async () => /15:00 28\/05\/2026[\s\S]*13:50 29\/05\/2026/.test(await bar()))
  await until('each task that changed', async () => (await web.page.locator('[data-testid^="compared-"]').count()) === tasks.length)
  assert.notEqual(tasks.length, 0)
  await keys.activate('time-leave')
  await web.$('time-bar').waitFor({ state: 'detached' })
})

test('the panel, the plan and the register stand at the moment looked at, and what is present says so', async () => {
  const at = Date.parse('2026-05-28T15:00:00+07:00')
  await keys.press('t')
  await keys.fill('moment-from', '28/05/2026')
  await keys.fill('moment-from-time', '15:00')
  await keys.activate('moment-look')
  await until('the bar', async () => (await bar()).includes('15:00 28/05/2026'))
  await keys.palette('17. API Dong bo')
  await web.$('proof').waitFor()
  const then = await server.call('task', { no: '17', at })
  assert.notEqual(then.proof.headline, (await server.call('task', { no: '17' })).proof.headline, 'its proof was lost only on the 29th')
  await until('the proof of that moment', async () => (await web.$('proof').innerText()).includes(then.proof.headline))
  assert.equal(await web.$('evidence-add').count(), 0, 'nothing is added to the past')

  await keys.palette('vuong mac')
  const past = await server.call('obstacles', { asOf: at })
  await until('the register of that moment', async () => (await web.$('obstacles-headline').textContent()) === past.headline)
  assert.notEqual(past.headline, (await server.call('obstacles')).headline)
  assert.ok((await bar()).includes('15:00 28/05/2026'))
  assert.ok(await web.$('obstacle-new').isDisabled())

  await keys.palette('ke hoach')
  const plan = await server.call('plan', { asOf: at })
  await web.page.getByText(plan.headline).waitFor()
  assert.ok((await bar()).includes('15:00 28/05/2026'))
  await keys.palette('dau moi')
  assert.match(await web.$('part-present').innerText(), /Phần này là hiện tại, không phải lúc 15:00 28\/05\/2026/)
  await keys.palette('ve hien tai')
  await web.$('part-present').waitFor({ state: 'detached' })
  await keys.palette('danh muc')
})

test('a conflict is found by its filter, seen side by side, settled, and undone', async () => {
  await keys.palette('cap nhat mau thuan')
  await web.$(`task-row-${NO}`).waitFor()
  await keys.tabTo('search')
  await keys.press('Enter')
  await keys.press('Enter')
  const conflict = web.$('conflict')
  await conflict.waitFor()
  assert.match(await conflict.innerText(), /Đang làm[\s\S]*Chuyên viên 01[\s\S]*Chưa bắt đầu[\s\S]*Trực 02/)
  assert.match(await conflict.innerText(), /Lúc ghi nhìn thấy: vướng mắc/)
  await keys.activate('keep-first')
  await until('the first kept', async () => (await row(NO)).status === 'in_progress' && (await row(NO)).conflicts === 0)
  await conflict.waitFor({ state: 'detached' })
  await keys.press('Control+z')
  await until('the dispute is back', async () => (await row(NO)).status === 'not_started' && (await row(NO)).conflicts === 1)
  await conflict.waitFor()
  assert.deepEqual(web.problems.filter((p) => !/status of (5|4)\d\d/.test(p)), [])
})
