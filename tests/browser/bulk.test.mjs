// Work in bulk, saved views, templates, columns and the plan in Chromium, by keyboard alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, press, type, tabTo, focusedOn, activate, palette

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  const keys = keyboardOf(web)
  ;({ press, type, tabTo, focusedOn, activate, palette } = keys)
  await keys.signIn()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const rows = async () => (await server.call('tasks')).rows
/** To the list, with the cursor on its first task. */
async function toList() {
  await palette('nhiem vu')
  await web.$('task-row-1').waitFor()
  await activate('search')
}

test('rows chosen with Shift and the arrows are changed as one act, and one Ctrl+Z takes all back', async () => {
  await toList()
  await press('Home', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await web.$('bulk-bar').waitFor()
  assert.match(await web.$('bulk-bar').innerText(), /^3 nhiệm vụ/)
  const before = (await rows()).filter((r) => ['1', '2', '3'].includes(r.no)).map((r) => r.status)

  await press('e')
  await web.$('bulk-dialog').waitFor()
  await tabTo('bulk-status')
  await type('V')
  await tabTo('bulk-note')
  await type('chờ công văn')
  await activate('bulk-look')
  await web.$('bulk-text').waitFor()
  assert.match(await web.$('bulk-text').innerText(), /3 nhiệm vụ/)
  await activate('bulk-write')
  await until('the change', async () => (await rows()).filter((r) => r.note === 'chờ công văn').length === 3)
  await web.$('bulk-dialog').waitFor({ state: 'detached' })
  assert.equal(await web.$('bulk-bar').count(), 0, 'nothing stays chosen')

  await press('Control+z')
  await until('the undo', async () => (await rows()).every((r) => r.note !== 'chờ công văn'))
  assert.deepEqual((await rows()).filter((r) => ['1', '2', '3'].includes(r.no)).map((r) => r.status), before)
})

test('the preview has the room: with every field of a report there, all its lines are seen at once', async () => {
  await press('Home', 'Shift+ArrowDown', 'Shift+ArrowDown', 'e')
  await web.$('bulk-dialog').waitFor()
  await tabTo('bulk-status')
  await type('H')
  await tabTo('bulk-note')
  await type('Đã nhận biên bản')
  await activate('bulk-look')
  await focusedOn('bulk-lines')
  const region = await web.$('bulk-lines').boundingBox()
  for (const no of ['1', '2', '3']) {
    const line = await web.$(`bulk-line-${no}`).boundingBox()
    assert.ok(line.y >= region.y && line.y + line.height <= region.y + region.height, `line ${no} is inside`)
  }
  await activate('bulk-again')
  await focusedOn('bulk-status')
  assert.equal(await web.$('bulk-note').inputValue(), 'Đã nhận biên bản', 'what was typed stays')
  await press('Escape', 'Escape')
})

test('a note, an expected day and a due date are each said of many tasks as one act', async () => {
  const kinds = [
    { kind: 'note', fields: [['bulk-note', 'Đã đôn đốc lần hai']], last: 'bulk-note' },
    { kind: 'expected', fields: [['bulk-expected', '15/06/2026']] },
    { kind: 'due', fields: [['bulk-due', '30/06/2026'], ['bulk-document', 'Công văn 12 ngày 28/05/2026']] },
  ]
  const order = ['status', 'note', 'expected', 'due']
  const two = async () => (await rows()).filter((r) => ['2', '3'].includes(r.no))
  const done = {
    note: async () => (await Promise.all(['2', '3'].map((no) => server.call('task', { no })))).every((t) => t.history.some((h) => !h.undone && `${h.text} ${h.detail}`.includes('Đã đôn đốc lần hai'))),
    expected: async () => (await two()).every((r) => r.expected === '2026-06-15'),
    due: async () => (await two()).every((r) => r.changedDue === '2026-06-30'),
  }
  for (const { kind, fields } of kinds) {
    await activate('search')
    await press('Home', 'ArrowDown', 'Shift+ArrowDown', 'e')
    await web.$('bulk-dialog').waitFor()
    await tabTo('bulk-kind-status')
    for (let i = 0; i < order.indexOf(kind); i += 1) await press('ArrowRight')
    for (const [field, text] of fields) {
      await tabTo(field)
      await press('Control+a')
      await type(text)
    }
    await activate('bulk-look')
    await focusedOn('bulk-lines')
    assert.match(await web.$('bulk-text').innerText(), /2 nhiệm vụ/)
    await activate('bulk-write')
    await until(`the ${kind} of both`, done[kind])
    await web.$('bulk-dialog').waitFor({ state: 'detached' })
    await press('Control+z')
    await until('both taken back', async () => !(await done[kind]()))
  }
})

test('Space chooses one, Ctrl+A all that are shown, Esc lets go', async () => {
  await press('Home', 'Space')
  assert.match(await web.$('bulk-bar').innerText(), /^1 nhiệm vụ/)
  await press('Control+a')
  assert.match(await web.$('bulk-bar').innerText(), /^90 nhiệm vụ/)
  await press('Escape')
  assert.equal(await web.$('bulk-bar').count(), 0)
})

test('a view is saved under a name, and comes back with its filter and columns after a reload', async () => {
  await tabTo('columns')
  await press('ArrowDown')
  await tabTo('column-units', { key: 'ArrowDown' })
  await press('Space', 'Escape')
  await until('the column is gone', async () => (await web.$('sort-units').count()) === 0)
  await press('/')
  await type('thanh toan')
  await activate('views')
  await tabTo('view-name')
  await type('Thanh toán')
  await press('Enter')
  await until('the view is kept', async () => (await server.call('choices')).choices.some((c) => c.key === 'view:Thanh toán'))

  await web.page.goto(`${server.url}/#/tasks`)
  await web.page.reload()
  await web.$('task-row-1').waitFor()
  await palette('che do xem thanh toan')
  await until('the filter is back', async () => (await web.$('search').inputValue()) === 'thanh toan')
  assert.equal(await web.$('sort-units').count(), 0, 'and so are the columns')
})

test('a title sorts by Enter and gets wider by Alt and the arrow', async () => {
  await press('/')
  await web.page.keyboard.press('Control+a')
  await press('Delete')
  await web.$('task-row-1').waitFor()
  await tabTo('sort-due')
  const width = () => web.$('sort-due').evaluate((e) => e.getBoundingClientRect().width)
  const before = await width()
  await press('Alt+ArrowRight')
  await until('a wider column', async () => (await width()) > before)
  await press('Enter')
  const days = async () => {
    const order = await web.page.evaluate(() => [...document.querySelectorAll('[data-testid^="task-row-"]')].map((e) => e.dataset.testid.slice(9)))
    const all = await rows()
    return order.slice(0, 8).map((no) => all.find((r) => r.no === no)).map((r) => r.changedDue ?? r.due)
  }
  await until('the order of the due dates', async () => {
    const shown = await days()
    return shown.length === 8 && shown.every((day, i) => i === 0 || shown[i - 1] <= day)
  })
  await press('Enter', 'Enter')
})

test('a view is sent as text and taken from text, and let go', async () => {
  await palette('che do xem thanh toan')
  await web.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await activate('views')
  await tabTo('view-Thanh toán')
  await press('Tab', 'Enter')
  const text = await until('the text of the view', async () => {
    const copied = await web.page.evaluate(() => navigator.clipboard.readText())
    return copied.startsWith('pvhcc-view 1') && copied
  })
  await tabTo('view-Thanh toán', { key: 'Shift+Tab' })
  await press('Tab', 'Tab', 'Enter')
  await until('the view is let go', async () => (await server.call('choices')).choices.every((c) => c.key !== 'view:Thanh toán'))
  await tabTo('view-text')
  await type('thanh toan')
  await press('Tab', 'Enter')
  await web.page.getByText('Văn bản này không chứa chế độ xem nào').waitFor()
  await tabTo('view-text', { key: 'Shift+Tab' })
  await press('Control+a', 'Control+v', 'Tab', 'Enter')
  await until('the view is back', async () => (await server.call('choices')).choices.some((c) => c.key === 'view:Thanh toán' && c.value === text))
  await press('/')
  await press('Control+a', 'Delete')
  await web.$('task-row-1').waitFor()
})

test('a note is kept as a template and put into another', async () => {
  await toList()
  await press('Home', 'e')
  await focusedOn('edit-status')
  await tabTo('edit-kind-status', { key: 'Shift+Tab' })
  await press('ArrowRight')
  await tabTo('edit-remark')
  await type('Đã gọi đầu mối')
  await activate('template-keep')
  await until('the template', async () => (await server.call('choices')).choices.some((c) => c.key === 'template:Đã gọi đầu mối'))
  await press('Escape', 'Escape')
  await press('ArrowDown', 'e')
  await focusedOn('edit-status')
  await tabTo('edit-kind-status', { key: 'Shift+Tab' })
  await press('ArrowRight')
  await tabTo('templates')
  await press('ArrowDown')
  await tabTo('Đã gọi đầu mối', { key: 'ArrowDown' })
  await press('Enter')
  await until('the words', async () => (await web.$('edit-remark').inputValue()) === 'Đã gọi đầu mối')
  await activate('edit-save')
  const remarks = async () => (await server.call('task', { no: '2' })).history.filter((h) => `${h.text} ${h.detail}`.includes('Đã gọi đầu mối'))
  await until('the note', async () => (await remarks()).length === 1)
  await press('Control+z')
  await until('the undo', async () => (await remarks()).some((h) => h.undone))
  await press('Escape')
})

test('the plan leads along its arrows, tells proved from claimed, and opens a task', async () => {
  await tabTo('tasks-list', { key: 'Shift+Tab' })
  await press('ArrowRight')
  await web.page.locator('#plan-74').waitFor()
  // With nothing chosen: the arrows of what is open, and every lane in sight.
  const { edges, tasks } = await server.call('plan')
  const open = new Set(tasks.filter((t) => !['done', 'not_applicable'].includes(t.status)).map((t) => t.no))
  const arrows = () => web.page.locator('.board svg > path').count()
  await until('the arrows of what is open', async () => (await arrows()) === edges.filter((e) => open.has(e.from) || open.has(e.to)).length)
  await web.page.locator('#plan-90').waitFor()
  const scroller = await web.page.locator('.board').locator('..').boundingBox()
  const last = await web.page.locator('#plan-90').boundingBox()
  assert.ok(last.y + last.height <= scroller.y + scroller.height, 'the sixth lane is seen')
  const chosen = () => web.page.evaluate(() => document.activeElement?.id)
  await until('the focus on the tab', async () => (await web.page.evaluate(() => document.activeElement?.dataset.testid)) === 'tasks-plan')
  await press('Tab', 'Home')
  await until('the first task', async () => (await chosen()) === 'plan-1')
  for (let i = 0; i < 100 && (await chosen()) !== 'plan-74'; i += 1) await press('ArrowDown')
  await press('ArrowLeft')
  await until('what comes first is chosen', async () => (await chosen()) === 'plan-69')
  await press('ArrowRight')
  await until('and back', async () => (await chosen()) === 'plan-74')
  const tones = new Map((await rows()).map((r) => [r.no, r.proof.tone]))
  const looks = await web.page.evaluate(() => [...document.querySelectorAll('[data-no]')].map((e) => [e.dataset.no, e.firstElementChild.dataset.look]))
  for (const tone of ['proved', 'claimed', 'failed']) {
    const wanted = [...tones].filter(([no, t]) => t === tone && looks.some(([n]) => n === no)).map(([no]) => no)
    assert.notEqual(wanted.length, 0)
    assert.deepEqual(looks.filter(([no, look]) => look === tone && wanted.includes(no)).map(([no]) => no).sort(), wanted.sort(), tone)
  }
  await press('Enter')
  await web.$('task-panel').waitFor()
  assert.match(await web.$('task-panel').innerText(), /^74\./)
  assert.deepEqual(web.problems.filter((p) => !/status of (5|4)\d\d/.test(p)), [])
})
