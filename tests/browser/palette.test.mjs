// Every act by a few letters without marks: the palette leads to each part, and does each act where it can be done.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

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
const address = () => web.page.evaluate(() => location.hash)
const leads = async (query, hash) => {
  await keys.palette(query)
  await until(`${query} leads to ${hash}`, async () => (await address()).startsWith(hash))
}
const opens = async (query, id) => {
  await keys.palette(query)
  await web.$(id).first().waitFor()
}
const focuses = async (query, id) => {
  await keys.palette(query)
  await keys.focusedOn(id)
}
const toast = (words) => until(words, async () => (await web.$('toast').allInnerTexts()).some((t) => t.includes(words)))
/** What the palette offers for a query. */
async function offered(query) {
  await keys.press('Control+k')
  await web.$('palette').waitFor()
  await keys.type(query)
  const found = await web.page.getByRole('option').allInnerTexts()
  await keys.press('Escape')
  await web.$('palette').waitFor({ state: 'detached' })
  return found.join('\n')
}

before(async () => {
  server = await devserver({ follow: false })
  await signIn('staff')
  // A conflict on 86: the second person had not seen what the first one said.
  const base = (await row('86')).lastEvent
  const set = (status) => server.call('task_set_status', { no: '86', status, note: null, basedOn: base })
  await set('in_progress')
  await signIn('duty')
  await set('not_started')
  await server.call('window_shown')
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await web.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('each part of each screen is found by its name', async () => {
  await leads('ke hoach', '#/tasks/plan')
  await leads('vuong mac', '#/tasks/obstacles')
  await leads('dau moi', '#/tasks/parties')
  await leads('danh muc', '#/tasks')
  await leads('bieu ii', '#/dossiers/form')
  await leads('lich bao cao', '#/report/calendar')
  await leads('lich truc', '#/operations/duty')
  await leads('muc dat cua api', '#/settings/rules')
})

test('the open task is changed in every way', async () => {
  await keys.palette('19. API Duyet yeu cau hoan tien')
  await web.$('edit').waitFor()
  await focuses('cap nhat trang thai', 'edit-status')
  await keys.press('Escape')
  await focuses('ghi chu', 'edit-remark')
  await keys.press('Escape')
  await focuses('doi han', 'edit-due')
  // From one form straight to another.
  await focuses('du kien xong', 'edit-expected')
  await keys.press('Escape')
  await focuses('bao vuong mac', 'edit-status')
  assert.equal(await web.$('edit-status').inputValue(), 'blocked')
  await web.$('block-choice').waitFor()
  await keys.press('Escape')
  await focuses('them minh chung', 'evidence-kind')
  await keys.press('Escape')
  await focuses('muc canh bao bang tay', 'rag-choice')
  await keys.press('Escape')
  await focuses('neu vuong mac cua nhiem vu', 'obstacle-title')
  assert.equal((await address()).includes('task=19'), true)
})

test('without an open task the row of the list is changed, and evidence is added to it', async () => {
  await leads('danh muc', '#/tasks')
  await keys.activate('search')
  await keys.press('Home')
  assert.doesNotMatch(await offered('muc canh bao'), /nhiệm vụ/, 'what needs the panel is left out without it')
  await focuses('them minh chung', 'evidence-kind')
  await keys.press('Escape', 'Escape')
})

test('a conflict is settled', async () => {
  await keys.palette('86. kiem thu luong sso')
  await web.$('conflict').waitFor()
  await keys.palette('giai quyet mau thuan giu dang lam')
  await until('settled', async () => (await row('86')).status === 'in_progress' && (await row('86')).conflicts === 0)
})

test('obstacles are raised, answered, settled and passed on', async () => {
  await focuses('neu vuong mac', 'obstacle-title')
  await leads('tra loi go vuong mac', '#/tasks/obstacles')
  const { rows } = await server.call('obstacles')
  await web.page.goto(`${server.url}/#/tasks/obstacles?id=${rows.find((r) => r.stage === 'raised' && r.editable).id}`)
  await web.$('obstacle-answer').waitFor()
  await focuses('ghi tra loi', 'obstacle-text')
  await keys.press('Escape')
  await focuses('go xong', 'obstacle-text')
  await keys.press('Escape')
  await focuses('chuyen ben khac', 'obstacle-title')
  await keys.press('Escape', 'Escape')
})

test('parties: focal points and duties, from anywhere', async () => {
  await leads('tong quan', '#/overview')
  await focuses('them dau moi', 'contact-name')
  await keys.press('Escape')
  await leads('tong quan', '#/overview')
  await opens('sua trach nhiem', 'duties-form')
  await keys.press('Escape')
})

test('what was asked for and then given up does not come back later', async () => {
  await leads('tong quan', '#/overview')
  await web.page.reload()
  await web.$('screen-overview').waitFor()
  let answer
  await web.page.route('**/api/parties', (route) => (answer = () => route.continue()))
  await keys.palette('them dau moi')
  await until('the question', () => answer !== undefined)
  await keys.press('Escape')
  answer()
  await web.$('party').waitFor()
  assert.equal(await web.$('contact-form').count(), 0)
  await web.page.unroute('**/api/parties')
})

test('views, columns, and the list as a file', async () => {
  await web.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await leads('tong quan', '#/overview')
  await focuses('luu che do xem', 'view-name')
  await keys.type('Của tôi')
  await keys.press('Enter')
  await toast('Đã lưu chế độ xem')
  await focuses('nhan che do xem', 'view-text')
  await keys.press('Escape')
  await keys.palette('gui che do xem')
  await until('the text', () => web.page.evaluate(async () => (await navigator.clipboard.readText()).includes('Của tôi')))
  await focuses('chon cot', 'column-units')
  await keys.press('Escape')
  await keys.palette('xuat danh muc ra csv')
  await toast('.csv')
})

test('a comparison is made and exported', async () => {
  await opens('so sanh tu', 'time-bar')
  await keys.palette('xuat so sanh ra md')
  await toast('.md')
  await keys.palette('ve hien tai')
  await web.$('time-bar').waitFor({ state: 'detached' })
})

test('dossiers: files, form II.06a, the table for the clipboard, periods', async () => {
  await leads('tong quan', '#/overview')
  await keys.palette('xuat bieu 06a')
  await toast('II.06a')
  assert.ok((await address()).startsWith('#/dossiers/form'))
  await leads('ky truoc', '#/dossiers/form?period=')
  await keys.palette('xuat bang so lieu ho so csv')
  await toast('.csv')
  await leads('so lieu ho so de chep', '#/dossiers?table=')
  await web.page.getByRole('region', { name: 'Bảng số liệu' }).waitFor()
  await keys.palette('chep bang so lieu')
  await toast('Đã chép bảng')
})

test('the report is frozen and put on the wall for the briefing', async () => {
  await leads('bao cao hom nay', '#/report')
  await web.$('report-do-freeze').waitFor()
  await keys.palette('chot so lieu')
  await until('frozen', async () => (await server.call('report', { cadence: 'daily' })).freeze !== null)
  await web.$('report-do-refreeze').waitFor()
  await focuses('chot lai', 'report-refreeze')
  await keys.press('Escape')
  await leads('giao ban', '#/report/briefing')
  await keys.press('Escape')
  await until('back', async () => !(await address()).startsWith('#/report/briefing'))
})

test('operations: incidents, hand-over, bulletin, run, wall, replay', async () => {
  await leads('tong quan', '#/overview')
  await leads('ghi su co', '#/operations/incidents?new=')
  await web.page.getByRole('heading', { name: 'Ghi sự cố' }).waitFor()
  await keys.palette('ban giao ca')
  await web.page.getByRole('dialog', { name: /[Bb]àn giao/ }).waitFor()
  await keys.press('Escape')
  await keys.palette('thong bao su co')
  await web.page.getByRole('dialog', { name: /[Tt]hông báo/ }).waitFor()
  await keys.press('Escape')
  await leads('tong quan', '#/overview')
  await keys.palette('mo lan chay')
  await web.page.getByRole('dialog', { name: /lần chạy/ }).waitFor()
  await keys.press('Escape')
  await opens('treo tuong', 'wall')
  await keys.press('Escape')
  await web.$('wall').waitFor({ state: 'detached' })
  await keys.palette('phat lai dem truc')
  await until('the past', async () => (await offered('phat lai')).includes('về hiện tại'))
  await keys.palette('phat lai ve hien tai')
  assert.deepEqual(web.problems.filter((p) => !/status of (5|4)\d\d/.test(p)), [])
})
