// A file of dossiers on its way in, by keyboard alone: what was guessed is shown and put right, nothing is kept before it is
// confirmed, the same file again changes nothing, and it can be taken out again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys

const imports = async () => (await server.call('dossier_imports')).imports
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const heads = 'Mã hồ sơ;Chủ hồ sơ;Số CCCD;Đơn vị;Lĩnh vực;Kênh nộp;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái;Lạ'
const row = (no, unit, received, status) => `H21.17-26051${no}-0000${no};Nguyễn Văn A;064099000${no}11;${unit};Du lịch;Trực tuyến;${received};20/05/2026 17:00;${status};x`
const csv = [
  'DANH SÁCH HỒ SƠ', 'Tính đến 15/05/2026', heads,
  row(1, 'Sở Văn hóa, Thể thao và Du lịch', '11/05/2026 08:00', 'Đang xử lý'),
  row(2, 'Sở Văn hóa, Thể thao và Du lịch', '31/02/2026 08:00', 'Đang xử lý'),
  row(3, 'Phòng không ai biết', '13/05/2026 08:00', 'Đang xử lý'),
  'Tổng cộng;;;;;;;;;',
].join('\r\n')

/** Goes through the choices of the field that has the focus, as the arrows do. */
async function pick(field, value) {
  await keys.focusedOn(field)
  await keys.press('Home')
  await until(`${value} in ${field}`, async () => {
    if ((await web.$(field).inputValue()) === value) return true
    await keys.press('ArrowDown')
  })
}

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

test('a file is looked at with everything that was guessed, personal columns named, and nothing is kept', async () => {
  await keys.palette('nhap tep')
  await keys.choose('dossier-file', file('iGate tháng 5.csv', csv))
  await web.$('import-look').waitFor()
  const form = await web.$('import-form').innerText()
  assert.match(form, /CSV/)
  assert.equal(await web.$('import-delimiter').inputValue(), ';')
  assert.equal(await web.$('import-header').inputValue(), '3')
  for (const column of ['B', 'C']) {
    assert.equal(await web.$(`column-${column}`).getAttribute('data-fate'), 'personal', column)
    assert.match(await web.$(`column-${column}`).innerText(), /Bỏ trước khi ghi/)
  }
  assert.ok(!(await web.page.locator('main').innerText()).includes('Nguyễn'), 'no value of a personal column is shown')
  assert.equal(await web.$('target-A').inputValue(), 'code')
  assert.equal(await web.$('look-rejects').innerText(), 'Không nhận (chưa xét)', 'whose the file is, is not said yet: no row was judged')
  assert.deepEqual(await imports(), [])
})

test('the system is said, and what is not taken is named with its place and reason', async () => {
  await keys.tabTo('import-system')
  await pick('import-system', 'tinh')
  await until('read again', async () => (await web.$('import-problem').count()) === 0 && (await web.$('import-take').isEnabled()))
  await keys.tabTo('look-columns')
  await keys.press('ArrowRight', 'ArrowRight')
  await keys.focusedOn('look-rejects')
  await web.$('rejects-row').first().waitFor()
  assert.match(await web.$('rejects').innerText(), /5[\s\S]*G/)
})

test('a text nobody knows is given its meaning, and its rows are read', async () => {
  await keys.press('ArrowRight')
  await keys.focusedOn('look-unknown')
  await keys.tabTo('means-Phòng không ai biết')
  await pick('means-Phòng không ai biết', 'H21.17')
  await until('one row less that is not taken', async () => (await web.$('look-rejects').innerText()) === 'Không nhận (1)')
})

test('it is kept when it is confirmed, the same file again changes nothing, and it is taken out again', async () => {
  await keys.activate('import-take')
  await web.$('import-row').waitFor()
  const [taken] = await imports()
  assert.ok(taken.accepted > 0)
  assert.equal(taken.rejected, 1)
  await keys.focusedOn('dossier-file')

  await keys.choose('dossier-file', file('iGate tháng 5.csv', csv))
  await web.$('import-problem').waitFor()
  assert.match(await web.$('import-problem').innerText(), /hệ thống/, 'whose the file is, is asked each time')
  await keys.tabTo('import-system')
  await pick('import-system', 'tinh')
  await until('nothing new in it', async () => /Không có dòng nào mới/.test(await web.$('import-text').innerText()))
  await keys.activate('import-take')
  await web.$('import-taken').waitFor()
  assert.equal((await imports()).length, 1)
  await keys.focusedOn('dossier-file')

  await keys.activate('import-undo')
  assert.equal(await web.$('import-undo').innerText(), 'Chắc chắn hoàn tác?')
  await keys.press('Enter')
  await until('undone', async () => (await imports())[0].undoneAt !== null)
  await until('said', async () => (await web.$('import-row').innerText()).includes('Đã hoàn tác'))
})

test('a file dropped on another screen is looked at where files are imported', async () => {
  await web.page.evaluate(() => { location.hash = '#/overview' })
  await web.$('screen-overview').waitFor({ state: 'attached' })
  await web.page.evaluate((csv) => {
    const data = new DataTransfer()
    data.items.add(new File([csv], 'Hồ sơ thả vào.csv', { type: 'text/csv' }))
    const place = document.querySelector('[data-testid=screen-overview]')
    for (const type of ['dragover', 'drop']) place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  }, csv)
  await web.$('import-look').waitFor()
  assert.match(await web.$('import-form').innerText(), /Hồ sơ thả vào\.csv/)
  await keys.activate('import-forget')
  await web.$('dossier-file').waitFor({ state: 'attached' })
})

test('a file that is no table is refused with the reason, and another can be chosen', async () => {
  await keys.choose('dossier-file', { name: 'ảnh.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4]) })
  await web.$('import-error').waitFor()
  assert.ok((await web.$('import-error').innerText()).length > 20)
  await keys.activate('import-forget')
  await web.$('dossier-file').waitFor({ state: 'attached' })
})
