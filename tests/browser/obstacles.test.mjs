// The register of obstacles and the parties in Chromium, by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys, focused, focusedOn, tabTo, type

before(async () => {
  server = await devserver({ follow: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'staff')
  web = await openPage(`${server.url}/#/tasks`)
  keys = keyboardOf(web)
  ;({ focused, focusedOn, tabTo, fill: type } = keys)
  await web.$('tasks-list').waitFor({ timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const register = async () => (await server.call('obstacles')).rows
const titled = async (title) => (await register()).find((r) => r.title === title)
/** Chooses in a native list by typing the beginning of the entry: letters of the keyboard, which alone find entries there. */
async function choose(id, text) {
  await tabTo(id)
  await keys.type(text)
}

test('the arrows lead from part to part of the tasks screen', async () => {
  await tabTo('tasks-list')
  for (const part of ['plan', 'obstacles']) {
    await keys.press('ArrowRight')
    await until(part, async () => (await web.$(`tasks-${part}`).getAttribute('aria-selected')) === 'true')
    await until('the focus follows', async () => (await focused()).startsWith('tasks-'))
  }
  await web.$('obstacle-list').waitFor()
  const view = await server.call('obstacles')
  assert.equal(await web.$('obstacles-headline').textContent(), view.headline)
  // The count of the tab comes with the frame, not with the list.
  await until('the tab counts them', async () => (await web.page.getByRole('tab', { name: `Vướng mắc ${view.overdue} quá hạn trả lời` }).count()) === 1)
})

test('an obstacle is raised, answered, settled and taken back without a mouse', async () => {
  await keys.press('n')
  await focusedOn('obstacle-title')
  await keys.press('Enter')
  await until('what is missing is said', () => web.page.getByText('Hãy chọn bên phải trả lời.').isVisible())
  await type('obstacle-title', 'Chưa có lịch trực đêm chuyển đổi')
  await choose('obstacle-form-party', 'Mobifone')
  await choose('obstacle-form-group', 'An')
  await type('obstacle-due', '30/05/2026')
  await type('obstacle-detail', 'Cần số điện thoại trực')
  await type('obstacle-tasks', '88')
  await keys.press('Enter')
  await tabTo('edit-save')
  await keys.press('Enter')
  await web.$('obstacle-panel').waitFor()
  const raised = await titled('Chưa có lịch trực đêm chuyển đổi')
  assert.deepEqual([raised.party, raised.group, raised.answerDue, raised.tasks.map((t) => t.no)], ['mobifone', 'security', '2026-05-30', ['88']])

  await tabTo('obstacle-answer')
  await keys.press('Enter')
  await focusedOn('obstacle-text')
  await keys.type('Có lịch từ 20 giờ')
  await tabTo('edit-save')
  await keys.press('Enter')
  await until('the answer', async () => (await titled(raised.title)).stage === 'answered')

  await tabTo('obstacle-resolve')
  await keys.press('Enter')
  await focusedOn('obstacle-text')
  await keys.type('Đã nhận lịch')
  await tabTo('edit-save')
  await keys.press('Enter')
  await until('out of the way', async () => (await titled(raised.title)).stage === 'resolved')
  await keys.press('Control+z')
  await until('taken back', async () => (await titled(raised.title)).stage === 'answered')
  await until('and shown so', async () => (await web.$('obstacle-panel').textContent()).includes('Hoàn tác'))
})

test('what was being typed is offered again after the page was closed', async () => {
  await tabTo('obstacle-resolve')
  await keys.press('Enter')
  await focusedOn('obstacle-text')
  await keys.type('Gõ dở chừng')
  await until('the draft', async () => (await server.call('drafts')).drafts.some((d) => d.text === 'Gõ dở chừng'))
  await web.page.reload()
  await web.$('obstacle-panel').waitFor()
  await tabTo('obstacle-resolve')
  await keys.press('Enter')
  await web.page.getByText('Gõ dở chừng').waitFor()
  await tabTo('Bỏ')
  await keys.press('Enter')
  await until('dropped', async () => (await server.call('drafts')).drafts.every((d) => d.text !== 'Gõ dở chừng'))
  await keys.press('Escape')
  await keys.press('Escape')
  await web.$('responses').waitFor()
})

test('the list is filtered and walked by keys, and Enter and Esc open and close', async () => {
  await keys.press('/')
  await focusedOn('obstacle-search')
  await keys.type('vneid moi truong that')
  await until('one row', async () => (await web.page.getByRole('option').filter({ hasText: 'khóa VNeID' }).count()) === 1)
  await keys.press('Enter')
  await focusedOn('obstacle-list')
  await keys.press('Enter')
  await web.$('obstacle-panel').waitFor()
  assert.match(await web.$('obstacle-panel').textContent(), /Quá hạn trả lời/)
  await keys.press('Escape')
  await until('closed', async () => (await web.$('obstacle-panel').count()) === 0)
  await keys.press('/')
  await keys.press('Control+A')
  await keys.press('Backspace')
  await choose('obstacle-show', 'Qu')
  const late = (await register()).filter((r) => r.overdue)
  await until('the overdue ones', async () => (await web.$('obstacle-list').getByRole('option').count()) === late.length)
  await keys.press('Home')
  await until('those not settled again', async () => (await web.$('obstacle-list').getByRole('option').count()) > late.length)
})

test('a task is set to blocked with its obstacle in one act from its own form', async () => {
  const { rows } = await server.call('tasks')
  assert.notEqual(rows.find((r) => r.no === '19').status, 'blocked')
  await keys.palette('19. API Duyet yeu cau hoan tien')
  await web.$('edit').waitFor()
  await keys.press('e')
  await focusedOn('edit-status')
  await keys.type('V')
  await type('edit-note', 'Cổng chưa có môi trường hoàn tiền')
  await tabTo('block-none')
  await keys.press('ArrowDown')
  await choose('block-party', 'C12')
  await choose('block-group', 'K')
  await tabTo('edit-save')
  await keys.press('Enter')
  await until('blocked', async () => (await server.call('tasks')).rows.find((r) => r.no === '19').status === 'blocked')
  const raised = await titled('Cổng chưa có môi trường hoàn tiền')
  assert.deepEqual([raised.party, raised.group, raised.tasks.map((t) => t.no)], ['c12', 'signing', ['19']])
  await until('the panel shows it', async () => (await web.$('task-obstacles').textContent()).includes(raised.title))
  await keys.press('Control+z')
  await until('both taken back', async () => (await titled(raised.title)) === undefined)
  assert.equal((await server.call('tasks')).rows.find((r) => r.no === '19').status, 'in_progress')
})

test('a focal point is added and erased by keys', async () => {
  await tabTo('tasks-list', { key: 'Shift+Tab' })
  await keys.press('ArrowLeft')
  await web.$('party').waitFor()
  const { parties } = await server.call('parties')
  await tabTo(`party-${parties[0].id}`)
  for (const { id } of parties) {
    if (id === 'vnpt') break
    await keys.press('ArrowDown')
  }
  await focusedOn('party-vnpt')
  await tabTo('contact-add-technical')
  await keys.press('Enter')
  await focusedOn('contact-name')
  await keys.type('Cán bộ đầu mối 01')
  await type('contact-phone', '—')
  await tabTo('contact-save')
  await keys.press('Enter')
  const contacts = async () => (await server.call('parties')).parties.find((p) => p.id === 'vnpt').contacts
  await until('kept', async () => (await contacts()).length === 1)
  assert.equal((await contacts())[0].field, 'technical')
  await tabTo('Xóa')
  await keys.press('Enter')
  await tabTo('contact-erase')
  await keys.press('Enter')
  await until('erased', async () => (await contacts()).length === 0)
  assert.deepEqual(web.problems, [])
})
