// Several checklists, files out and in, by keyboard alone.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

before(async () => {
  server = await devserver()
  web = await openPage(server.url)
  keys = keyboardOf(web)
  await keys.signIn()
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const rows = async (list = null) => (await server.call('tasks', { list })).rows
const row = async (no) => (await rows(no.includes('/') ? no.split('/')[0] : null)).find((r) => r.no === no)
const titles = () => web.page.getByRole('group', { name: 'Các cột' }).getByRole('button').allInnerTexts()
const panel = () => web.$('task-panel').innerText()
/** Where a message says that a file was saved. */
async function saved(extension) {
  const last = () => web.$('toast').last().innerText()
  await until(`a message about the ${extension}`, async () => (await last()).includes(`.${extension}`))
  return /vào (\S+\.\w+)\.?/.exec(await last())[1]
}

test('the one place to switch leads to another checklist with its own columns, and the palette too', async () => {
  await keys.palette('nhiem vu')
  await web.$('task-row-1').waitFor()
  assert.ok((await titles()).includes('Trục tích hợp'), 'the gateway knows the main list')
  await keys.activate('list-switch')
  await keys.focusedOn('list-qd90')
  await keys.press('ArrowDown')
  await keys.focusedOn('list-da06')
  await keys.press('Enter')
  await web.$('task-row-da06/1').waitFor()
  const shown = await titles()
  for (const title of ['Chỉ tiêu', 'Kết quả thực hiện']) assert.ok(shown.includes(title), `${title} among ${shown}`)
  assert.ok(!shown.includes('Trục tích hợp'), 'the gateway knows nothing of this one')
  await keys.focusedOn('list-switch')

  await keys.palette('danh muc ke hoach tap huan')
  await web.$('task-row-tap_huan/1').waitFor()
  await keys.palette('danh muc de an 06')
  await web.$('task-row-da06/6').waitFor()
})

test('the plan says that it is the main list’s, and the way back leads to the list one came from', async () => {
  await keys.tabTo('tasks-list', { key: 'Shift+Tab' })
  await keys.press('ArrowRight')
  await web.$('plan-other').waitFor()
  assert.match(await web.$('plan-other').innerText(), /kế hoạch của “Danh mục kết nối Cổng DVCQG”[\s\S]*“Đề án 06” không có kế hoạch/)
  await keys.focusedOn('tasks-plan')
  await keys.press('ArrowLeft')
  await web.$('task-row-da06/6').waitFor()
  await keys.palette('danh muc ket noi cong')
  await web.$('task-row-1').waitFor()
  await keys.tabTo('tasks-list')
  await keys.press('ArrowRight')
  await web.page.locator('#plan-1').waitFor()
  assert.equal(await web.$('plan-other').count(), 0)
  await keys.palette('danh muc de an 06')
  await web.$('task-row-da06/6').waitFor()
})

test('words of a column and a figure with its day and source are written, and the document’s words stay', async () => {
  await keys.press('/', 'Enter', 'Home')
  for (let i = 1; i < 6; i += 1) await keys.press('ArrowDown')
  await keys.press('Enter')
  await until('the panel of the migration', async () => (await panel()).startsWith('6.'))
  await until('no figure yet', async () => (await panel()).includes('chưa có số liệu'))
  await keys.press('e')
  await keys.focusedOn('edit-status')
  await keys.tabTo('edit-kind-status', { key: 'Shift+Tab' })
  await keys.press('End')
  await keys.focusedOn('edit-kind-measure')
  await keys.tabTo('edit-measure')
  await keys.type('H')
  const { measures } = await row('da06/6')
  await until('another figure', async () => (await web.$('edit-measure').inputValue()) === measures[1].id)
  await keys.fill('edit-value', '41,5')
  await keys.fill('edit-as-of', '20/05/2026')
  await keys.activate('edit-save')
  await web.page.getByText('nguồn').last().waitFor()
  assert.equal((await row('da06/6')).measures[1].value, null, 'a figure without a source is not taken')
  await keys.fill('edit-source', 'Báo cáo VNPT')
  await keys.press('Enter')
  await until('the figure', async () => (await row('da06/6')).measures[1].value === 41.5)
  await until('the figure in the panel', async () => /41,5[\s\S]*20\/05\/2026[\s\S]*Báo cáo VNPT/.test(await panel()))

  await keys.press('e')
  await keys.focusedOn('edit-status')
  await keys.tabTo('edit-kind-status', { key: 'Shift+Tab' })
  await keys.press('ArrowLeft', 'ArrowLeft')
  await keys.focusedOn('edit-kind-text')
  await keys.tabTo('edit-column')
  await keys.press('ArrowDown')
  const column = await web.$('edit-column').inputValue()
  await keys.fill('edit-text', 'Chuyển nốt 2.000 hồ sơ')
  await keys.activate('edit-save')
  const words = async () => (await row('da06/6')).texts.find((t) => t.column === column)
  await until('the words', async () => (await words()).text === 'Chuyển nốt 2.000 hồ sơ')
  assert.ok((await words()).original.length > 0, 'the document’s words stay beside')
  await until('the words in the panel', async () => (await panel()).includes('Lời của văn bản'))
})

test('done on somebody’s word is claimed, and proved with a link', async () => {
  await keys.press('Escape')
  await web.$('task-panel').waitFor({ state: 'detached' })
  await keys.press('Home', 'e')
  await keys.focusedOn('edit-status')
  await keys.type('H')
  await keys.fill('edit-without', 'Văn bản đang ký')
  await keys.activate('edit-save')
  await until('claimed', async () => (await row('da06/1')).proof.tone === 'claimed')
  await until('claimed in the list', async () => (await web.$('task-row-da06/1').innerText()).includes((await row('da06/1')).proof.text))
  await keys.palette('them minh chung')
  await keys.focusedOn('evidence-kind')
  await keys.press('ArrowDown')
  await keys.fill('evidence-url', 'https://congbao.gialai.gov.vn/qd-1768')
  await keys.activate('edit-save')
  await until('proved', async () => (await row('da06/1')).proof.tone === 'proved')
  await keys.press('Escape')
})

test('the list on screen is saved as a workbook and as CSV, from its menu and from the palette', async () => {
  await keys.activate('files')
  await keys.activate('export-xlsx')
  const workbook = await saved('xlsx')
  assert.equal(readFileSync(workbook).subarray(0, 2).toString(), 'PK')
  await keys.palette('xuat danh muc ra csv')
  const text = readFileSync(await saved('csv'), 'utf8')
  assert.ok(text.includes('Chuyển nốt 2.000 hồ sơ') && text.includes('Báo cáo VNPT'), 'what was typed went out')
  assert.ok(existsSync(workbook))
})

const colleague = (text) => ({ name: 'tiến độ tuần.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test('a colleague’s file is shown with every row not taken, changes nothing before it is confirmed, and is one act', async () => {
  await keys.palette('danh muc ket noi cong')
  await web.$('task-row-1').waitFor()
  const before = await rows()
  const head = async () => (await server.call('tasks')).rows.map((r) => r.lastEvent).join()
  const start = await head()
  await keys.palette('nhap tien do tu tep')
  await keys.focusedOn('import-file')
  await keys.choose('import-file', colleague('TT;Trạng thái;Ngày xong;Ghi chú\n86;đang làm;;đã có khóa\n87;gần xong;;\n999;đang làm;;\n89;đang làm;30/02/2026;\n90;không áp dụng;;Không có luồng này\n'))
  await web.$('import-changes').waitFor()
  const changes = await web.$('import-changes').innerText()
  assert.match(changes, /86[\s\S]*Trạng thái[\s\S]*Đang làm/i)
  const faults = await web.$('import-faults').innerText()
  for (const reason of [/B3\s[\s\S]*gần xong/, /A4\s[\s\S]*không có nhiệm vụ số 999/, /C5\s[\s\S]*không phải một ngày/]) assert.match(faults, reason)
  assert.equal(await head(), start, 'looking writes nothing')
  await keys.press('Escape')
  await web.$('import-dialog').waitFor({ state: 'detached' })
  assert.equal(await head(), start, 'and so does leaving')

  await keys.activate('files')
  await keys.activate('import-open')
  await keys.choose('import-file', colleague('TT;Trạng thái;Ghi chú\n86;đang làm;đã có khóa\n90;không áp dụng;Không có luồng này\n'))
  await web.$('import-changes').waitFor()
  assert.equal(await web.$('import-faults').count(), 0)
  await keys.activate('import-write')
  await until('the import', async () => (await row('86')).note === 'đã có khóa' && (await row('90')).status === 'not_applicable')
  await web.$('import-dialog').waitFor({ state: 'detached' })
  await keys.press('Control+z')
  await until('all taken back at once', async () => {
    const now = await rows()
    return ['86', '90'].every((no) => now.find((r) => r.no === no).status === before.find((r) => r.no === no).status)
  })
})

test('a file that is no table is refused with what to do', async () => {
  await keys.palette('nhap tien do tu tep')
  await keys.choose('import-file', { name: 'thư.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') })
  await web.page.getByRole('alert').filter({ hasText: 'cột TT' }).waitFor()
  await keys.press('Escape')
  await web.$('import-dialog').waitFor({ state: 'detached' })
})

test('an annex of another decision is shown with its oddities, taken in, and given up with a reason', async () => {
  const annex = 'TT,Nội dung,Yêu cầu kết quả,Đơn vị chủ trì,Ngày hoàn thành,Sản phẩm\nI,Chuẩn bị,,,,\n1,Lập tổ công tác,Quyết định,Văn phòng UBND tỉnh,30/05/2026,QĐ\n1,Mua sắm,Hợp đồng,Sở Lạ,ngày mai,\n'
  const lists = async () => (await server.call('lists')).lists
  await keys.palette('nhap danh muc khac')
  await keys.choose('import-file', { name: 'QĐ 12.csv', mimeType: 'text/csv', buffer: Buffer.from(annex) })
  await web.$('import-list-text').waitFor()
  const odd = await web.$('odd').innerText()
  for (const words of ['Sở Lạ', 'ngày mai', 'Số thứ tự 1']) assert.ok(odd.includes(words), `${words} in ${odd}`)
  assert.equal((await lists()).length, 3, 'looking adds nothing')
  await keys.fill('import-list-title', 'Quyết định 12')
  await keys.fill('import-list-document', 'Quyết định số 12/QĐ-UBND')
  await keys.activate('import-list-write')
  await until('a fourth list', async () => (await lists()).length === 4)
  const { id } = (await lists())[3]
  await web.$(`task-row-${id}/1`).waitFor()
  assert.ok((await titles()).includes('Sản phẩm'), 'its own column')

  await keys.activate('list-switch')
  await keys.focusedOn(`list-${id}`)
  await keys.press('ArrowDown', 'Enter')
  await web.$('lists-dialog').waitFor()
  await until('its oddities, which stay to be read', async () => (await web.$('lists-dialog').innerText()).includes('Sở Lạ'))
  await keys.activate(`retire-${id}`)
  await keys.focusedOn('retire-reason')
  await keys.press('Enter')
  await web.page.getByRole('alert').filter({ hasText: 'lý do' }).waitFor()
  await keys.type('Hết hiệu lực')
  await keys.press('Enter')
  await until('three lists again', async () => (await lists()).length === 3)
  await keys.press('Escape')
  await web.$('lists-dialog').waitFor({ state: 'detached' })
  await web.$('task-row-1').waitFor()
})

test('the page complains of nothing', () => {
  assert.deepEqual(web.problems.filter((p) => !/status of (5|4)\d\d/.test(p)), [])
})
