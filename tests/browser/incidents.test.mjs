// The register of incidents in Chromium, by keyboard alone where a person would: reported with I, taken, bounded, over, closed;
// two people at once; hand-over and bulletin.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

let server, web, keys, tabTo, fill

before(async () => {
  server = await devserver({ user: 'duty', follow: false })
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, 'duty')
  web = await openPage(`${server.url}/#/operations`)
  keys = keyboardOf(web)
  ;({ tabTo, fill } = keys)
  await web.$('nav-operations').waitFor({ timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const register = async () => (await server.call('incidents')).rows
const titled = async (title) => (await register()).find((r) => r.title === title)
const TITLE = 'Đồng bộ hồ sơ trả lỗi 503'

test('I opens the form anywhere on the screen, what is missing is said, and what is typed is a draft until it is kept', async () => {
  await until('the form', async () => {
    await keys.press('i')
    return web.$('incident-form').isVisible()
  })
  await keys.focusedOn('incident-title')
  await keys.press('Enter')
  await until('what is missing is said', () => web.page.getByText('Hãy chọn mức.').isVisible())
  await fill('incident-title', TITLE)
  await fill('incident-text', 'Gọi API trả 503')
  await until('the draft', async () => (await server.call('drafts')).drafts.some((d) => d.field === 'text' && d.text === 'Gọi API trả 503'))
  await web.page.reload()
  await web.$('incident-form').waitFor()
  await until('the drafts are offered', async () => (await web.page.getByRole('button', { name: 'Dùng lại' }).count()) === 2)
  await tabTo('Dùng lại')
  await keys.press('Enter')
  await tabTo('Dùng lại')
  await keys.press('Enter')
  await until('the words are back', async () => (await web.$('incident-text').inputValue()) === 'Gọi API trả 503')
  await web.$('incident-severity-s2').focus()
  await keys.press('Space')
  await fill('incident-flows', 'hồ sơ')
  await keys.press('Enter')
  await tabTo('edit-save')
  await keys.press('Enter')
  await web.$('incident-panel').waitFor()
  const row = await until('the incident', () => titled(TITLE))
  assert.deepEqual([row.severity, row.touched.flows, row.stage], ['s2', ['dossier_sync'], 'detected'])
  await until('the draft is gone', async () => !(await server.call('drafts')).drafts.some((d) => d.entity === 'incident:new'))
  assert.match(await web.$('nav-incidents').textContent(), /^1/)
  assert.match(await web.$('incident-clocks').textContent(), /Tiếp nhận\s*còn (29|30) phút/)
})

test('the duty crew take it, bound it, end it and close it; each act stands in the timeline', async () => {
  await tabTo('incident-ack')
  await keys.press('Enter')
  await until('taken', async () => (await titled(TITLE)).mine)
  for (const [kind, fields] of [
    ['mitigate', { 'incident-act-text': 'Nhận hồ sơ giấy' }],
    ['note', { 'incident-act-text': 'VNPT khởi động lại' }],
    ['resolve', { 'incident-act-text': 'Tăng số kết nối', 'incident-act-more': 'Hết kết nối' }],
  ]) {
    await web.$(`incident-do-${kind}`).waitFor()
    await tabTo(`incident-do-${kind}`)
    await keys.press('Enter')
    await web.$(`incident-${kind}`).waitFor()
    for (const [field, text] of Object.entries(fields)) await fill(field, text)
    await tabTo('edit-save')
    await keys.press('Enter')
    await web.$(`incident-${kind}`).waitFor({ state: 'detached' })
  }
  await until('over', async () => (await titled(TITLE)).stage === 'resolved')
  await until('the list goes on to what is open', () => web.page.getByText('Không có sự cố đang mở.').first().isVisible())
  await web.$('incident-do-close').waitFor()
  await tabTo('incident-do-close')
  await keys.press('Enter')
  assert.equal(await web.$('incident-act-text').inputValue(), 'Hết kết nối', 'the cause that was said is there')
  await tabTo('edit-save')
  await keys.press('Enter')
  await until('closed', async () => (await titled(TITLE)).stage === 'closed')
  await until('the whole story', async () => {
    const text = await web.$('incident-timeline').textContent()
    return ['Phát hiện sự cố', 'Tiếp nhận', 'Nhận hồ sơ giấy', 'VNPT khởi động lại', 'Tăng số kết nối', 'Đóng sự cố'].every((t) => text.includes(t))
  })
  await keys.press('Escape')
  await web.$('incident-figures').waitFor()
})

test('whoever acts on what another had changed meanwhile is told who was first, and loses no word', async () => {
  const { id } = await server.call('incident_open', { title: 'Hai người cùng làm', severity: 's3' })
  await server.call('incident_ack', { id, basedOn: null })
  await web.page.evaluate((id) => (location.hash = `#/operations/incidents?id=${id}`), id)
  await web.$('incident-do-resolve').waitFor()
  await web.$('incident-do-resolve').press('Enter')
  await web.$('incident-resolve').waitFor()
  await fill('incident-act-text', 'Tôi đã sửa')
  await server.call('incident_mitigate', { id, at: null, workaround: 'Người khác ghi trước', basedOn: null })
  await tabTo('edit-save')
  await keys.press('Enter')
  await until('who was first', () => web.page.getByText(/Trực 02.*đã ghi «Có cách làm tạm»/).isVisible())
  assert.equal(await web.$('incident-act-text').inputValue(), 'Tôi đã sửa')
  assert.equal((await titled('Hai người cùng làm')).stage, 'mitigated')
  await keys.press('Escape')
  await web.$('incident-do-resolve').waitFor()
})

test('hand-over and bulletin tell how things stand', async () => {
  await web.page.evaluate(() => (location.hash = '#/operations/incidents'))
  await web.$('handover-open').waitFor()
  await tabTo('handover-open')
  await keys.press('Enter')
  await until('the open incident', async () => (await web.$('handover').textContent()).includes('S3: Hai người cùng làm'))
  await fill('handover-note', 'Theo dõi hàng đợi')
  await tabTo('handover-write')
  await keys.press('Enter')
  await until('the note', async () => (await web.$('handover-entry').first().textContent()).includes('Theo dõi hàng đợi'))
  assert.equal(await web.$('handover-take').count(), 0, 'nobody hands over to themselves')
  await keys.press('Escape')
  await web.$('handover').waitFor({ state: 'detached' })
  await tabTo('bulletin-open')
  await keys.press('Enter')
  await web.$('bulletin').waitFor()
  await until('the text', async () => (await web.$('bulletin-text').inputValue()).includes('Hai người cùng làm (mức trung bình)'))
  await tabTo('bulletin-docx')
  await keys.press('Enter')
  await until('saved', () => web.page.getByText(/Đã lưu thông báo vào .*\.docx/).isVisible())
  // The refusal above is an answer of its own kind, which the browser notes.
  assert.deepEqual(web.problems.filter((p) => !p.includes('409 (Conflict)')), [])
})
