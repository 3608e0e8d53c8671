// Claimed and proved, by keyboard alone: the reason asked for, evidence added and revoked, colours, files, filters.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  await until('measures', async () => (await row('11')).proof.tone === 'proved', { within: 30_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

const row = async (no) => (await server.call('tasks')).rows.find((r) => r.no === no)
const task = (no) => server.call('task', { no })
async function open(no, title) {
  await keys.palette(`${no}. ${title}`)
  await web.page.getByRole('complementary', { name: `Nhiệm vụ ${no}` }).waitFor()
  await web.$('proof').waitFor()
}
test('the tile tells claimed from proved, and the row says since when a proof is lost', async () => {
  await web.$('tile-tasks').waitFor()
  await until('the tile', async () => /84[\s\S]*báo xong[\s\S]*78[\s\S]*có minh chứng/.test(await web.$('tile-tasks').innerText()))
  await keys.palette('mat hoac khong dat minh chung')
  const line = web.$('task-row-17')
  await line.waitFor()
  assert.match(await line.innerText(), /Mất từ 13:40/)
  await open('17', 'API Dong bo thong tin thanh toan')
  assert.match(await web.$('proof').innerText(), /dvcqg\.07: thành công 91,\d%[\s\S]*dưới mức 98%/)
})

test('done without evidence asks for the reason', async () => {
  await open('86', 'Kiem thu Luong SSO')
  await keys.press('e')
  await keys.focusedOn('edit-status')
  await keys.type('H')
  await keys.activate('edit-save')
  await web.page.getByText('ghi lý do báo xong khi chưa có minh chứng').waitFor()
  assert.equal((await row('86')).status, 'blocked', 'nothing was written')
  await keys.tabTo('edit-without', { key: 'Shift+Tab' })
  await keys.type('Biên bản gửi sau')
  await keys.activate('edit-save')
  await until('the edit', async () => (await row('86')).status === 'done')
  assert.equal((await row('86')).proof.tone, 'claimed')
})

test('a test run recorded by keyboard proves it, and revoking takes the proof away', async () => {
  await keys.palette('them minh chung')
  await keys.focusedOn('evidence-kind')
  assert.equal(await web.$('evidence-kind').inputValue(), 'test_run', 'a flow test begins with a test run')
  await keys.tabTo('evidence-tried')
  await keys.type('Đăng nhập bằng 5 tài khoản qua Agent Node')
  await keys.activate('edit-save')
  await until('the proof', async () => (await row('86')).proof.tone === 'proved')
  await keys.activate('evidence-revoke')
  await keys.focusedOn('revoke-reason')
  await keys.press('Enter')
  await web.page.getByText('Hãy ghi lý do rút minh chứng.').waitFor()
  await keys.type('Ghi nhầm ngày')
  await keys.press('Enter')
  await until('no proof', async () => (await row('86')).proof.tone === 'claimed')
  const { proof } = await task('86')
  assert.match(proof.evidence[0].revoked, /Ghi nhầm ngày/)
})

test('a file is chosen or dropped, kept with its name and size, and what could be run is refused', async () => {
  await keys.palette('them minh chung')
  await keys.focusedOn('evidence-kind')
  await keys.type('T')
  const buffer = Buffer.from('%PDF-1.7 biên bản')
  await keys.choose('evidence-file', { name: 'Biên bản.exe', mimeType: 'application/pdf', buffer })
  await keys.activate('edit-save')
  await web.page.getByText('thuộc loại chạy được').waitFor()
  await keys.choose('evidence-file', { name: 'Biên bản.pdf', mimeType: 'application/pdf', buffer })
  await keys.activate('edit-save')
  const kept = async () => (await task('86')).proof.evidence.find((e) => e.kind === 'file')
  await until('the file', async () => (await kept()) !== undefined)
  assert.deepEqual([(await kept()).file.name, (await kept()).file.about], ['Biên bản.pdf', `PDF, ${buffer.length} byte`])
  await keys.activate('evidence-save', { key: 'Shift+Tab' })
  await web.page.getByText(/Đã lưu.*Biên bản.*\.pdf/).waitFor()

  // The system's program is handed a copy that nobody can write to.
  const copies = () => readdirSync(server.dataDir, { recursive: true }).filter((path) => path.endsWith('Biên bản.pdf') && !path.includes('exports'))
  assert.deepEqual(copies(), [])
  await keys.activate('evidence-open')
  const [copy] = await until('the copy', () => copies().length === 1 && copies())
  assert.deepEqual(readFileSync(join(server.dataDir, copy)), buffer)
  assert.equal(statSync(join(server.dataDir, copy)).mode & 0o222, 0)

  // Files are looked at by their hash: sound, and then not.
  await keys.activate('evidence-check')
  await until('all sound', async () => (await web.$('toast').allInnerTexts()).some((t) => /nguyên vẹn|như lúc thêm/.test(t)))
  const sha256 = createHash('sha256').update(buffer).digest('hex')
  const blob = readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).find((entry) => entry.isFile() && `${entry.parentPath}/${entry.name}`.replace(/\W/g, '').includes(sha256.slice(2)))
  assert.ok(blob, 'the file is kept by its hash')
  const path = join(blob.parentPath, blob.name)
  chmodSync(path, 0o644)
  writeFileSync(path, '%PDF-1.7 sửa lén')
  await keys.activate('evidence-check')
  await until('the alteration is told', async () => (await web.$('evidence').allInnerTexts()).some((t) => /không còn|thay đổi|khác/.test(t)))
  writeFileSync(path, buffer)
  await keys.activate('evidence-check')

  await keys.palette('1. Cong van C12')
  await web.$('task-row-1').waitFor()
  await web.page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(new File(['công văn'], 'Công văn.txt'))
    const line = document.querySelector('[data-testid="task-row-1"]')
    for (const type of ['dragover', 'drop']) line.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await web.$('evidence-form').waitFor()
  await web.page.getByText('Công văn.txt').waitFor()
  assert.ok(!(await web.page.evaluate(() => location.hash)).includes('/import'), 'it is no import of dossiers')
  await keys.activate('edit-save')
  await until('the dropped file', async () => (await task('1')).proof.evidence.some((e) => e.title === 'Công văn.txt'))
})

test('a remark proves nothing, and the gateway’s measure of now is kept beside it', async () => {
  await open('11', 'API Login')
  const before = (await row('11')).proof.text
  const kinds = async () => (await task('11')).proof.evidence.map((e) => e.kind)
  await keys.palette('them minh chung')
  await keys.focusedOn('evidence-kind')
  await keys.press('End')
  await keys.tabTo('evidence-text')
  await keys.type('Đã gọi thử với VNPT')
  await keys.activate('edit-save')
  await until('the remark', async () => (await kinds()).join() === 'note')
  await keys.focusedOn('evidence-add')
  await keys.press('Enter')
  await keys.focusedOn('evidence-kind')
  await keys.press('End', 'ArrowUp')
  await keys.activate('edit-save')
  await until('the measure', async () => (await kinds()).join() === 'live_check,note')
  assert.equal((await row('11')).proof.text, before, 'the verdict rests on the traffic all the same')
})

test('a colour is set by hand with a reason and an end, and given up', async () => {
  await open('88', 'Kiem thu Luong tiep nhan thong tin')
  await keys.activate('rag-set')
  await keys.focusedOn('rag-choice')
  await keys.tabTo('rag-reason')
  await keys.type('Đã thống nhất lùi một tuần')
  await keys.activate('edit-save')
  await until('the colour', async () => (await row('88')).rag.rag === 'amber')
  assert.equal((await row('88')).rag.computed, 'red', 'the computed one is kept beside it')
  await keys.activate('rag-end')
  await until('the computed colour', async () => (await row('88')).rag.rag === 'red')
})

test('with the gateway silent proofs are dotted, none fails, and the tile counts them apart', async () => {
  const failed = async () => (await server.call('tasks')).rows.filter((r) => r.proof.tone === 'failed').length
  const before = await failed()
  await server.sandbox.fault('/gateway/*', { kind: 'status', code: 503 })
  await server.sandbox.advance(10 * 60_000)
  await until('silence', async () => {
    await server.call('poll_now', {}).catch(() => {})
    return (await row('11')).proof.tone === 'silent'
  }, { within: 60_000, every: 500 })
  assert.ok((await failed()) <= before, 'silence fails nothing')
  await keys.palette('Tổng quan')
  await until('the tile', async () => /không quan sát được/.test(await web.$('tile-tasks').innerText()))
  await server.sandbox.heal()
})

test('the page complains of nothing', () => {
  assert.deepEqual(web.problems.filter((p) => !/status of (5|4)\d\d/.test(p)), [])
})
