// Runbooks in Chromium: a text put right by its lines, a rehearsal, go and no-go with two persons, the point of no return.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const book = `id = "nho"
title = "Kịch bản nhỏ"
basis = ["Công văn 7007"]
starts = "2026-05-29T16:00:00+07:00"
window_minutes = 120

[[streams]]
id = "viec"
name = "Việc"

[[steps]]
id = "mot"
stream = "viec"
title = "Bước một"
owner = { unit = "vnpt" }
start = 0
minutes = 10
validation = "xong"

[[steps]]
id = "hai"
stream = "viec"
title = "Bước hai"
owner = { unit = "vnpt" }
start = 10
minutes = 10
after = ["mot"]
gates = ["cong"]
no_return = true
validation = "xong"

[[gates]]
id = "cong"
title = "Đi hay dừng"
at = 10
decides = { unit = "vp_ubnd", role = "leader" }
after = ["mot"]

[[gates.criteria]]
id = "y-kien"
text = "Đơn vị đã sẵn sàng"
level = "must"
word = { unit = "tt_pvhcc", role = "duty" }
`
let server, web

const signIn = async (user) => {
  await server.call('sign_out')
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, user)
  await until(`${user} is signed in`, async () => (await server.call('session')).phase === 'active')
}
const the = () => server.call('run', { id: null })

before(async () => {
  server = await devserver({ follow: false })
  await signIn('duty')
  web = await openPage(`${server.url}/#/operations/runbook`)
  await web.$('book-list').waitFor({ timeout: 40_000 })
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('a wrong text is named by its line and kept only once it is right', async () => {
  await web.$('book-new').click()
  await web.$('book-as-text').click()
  await web.$('book-text').fill(book.replace('after = ["mot"]\ngates', 'after = ["khong"]\ngates'))
  await until('the fault is named', async () => /Dòng 27: .*«khong»/.test(await web.$('book-findings').textContent()))
  assert.equal(await web.$('book-save').isDisabled(), true)
  await web.$('book-text').fill(book)
  await until('it is good', async () => /hợp lệ/.test(await web.$('book-verdict').textContent()))
  await web.$('book-save').click()
  await web.$('book-nho').waitFor()
  assert.equal((await server.call('runbook', { id: 'nho' })).text, book, 'as it was written')
})

test('steps are changed, added and taken out by forms, and the rest of the text stays as it was written', async () => {
  const text = async () => {
    await web.$('book-as-text').click()
    const now = await web.$('book-text').inputValue()
    await web.$('book-as-steps').click()
    return now
  }
  await web.$('book-as-steps').click()
  await web.$('book-step-mot').click()
  await web.$('step-minutes').fill('0')
  await web.$('edit-save').click()
  await web.page.getByText('Số phút là số nguyên dương.').waitFor()
  await web.$('step-minutes').fill('10')
  await web.$('step-title').fill('Bước thứ nhất')
  await web.$('edit-save').click()
  await web.$('step-form').waitFor({ state: 'detached' })
  const changed = book.replace('Bước một', 'Bước thứ nhất')
  assert.equal(await text(), changed)
  await web.$('book-step-add').click()
  await web.$('edit-save').click()
  await web.page.getByText('Hãy chọn đơn vị làm bước này.').waitFor()
  await web.$('step-title').fill('Gọi lại đầu mối')
  await web.$('step-owner').selectOption('vnpt')
  await web.$('step-after').fill('2')
  await web.$('step-after').press('Enter')
  await web.$('step-validation').fill('Mọi đầu mối đã trả lời')
  await web.$('edit-save').click()
  await web.$('book-step-goi-lai-dau-moi').waitFor()
  assert.match(await text(), /\[\[steps\]\]\nid = "goi-lai-dau-moi"\nstream = "viec"\n[^[]*start = 20\nminutes = 15\nafter = \["hai"\]\n/)
  await until('it is good', async () => /hợp lệ.* 3 bước/.test(await web.$('book-verdict').textContent()))
  await web.$('book-step-goi-lai-dau-moi').click()
  await web.$('step-drop').click()
  await web.$('book-step-goi-lai-dau-moi').waitFor({ state: 'detached' })
  assert.equal(await text(), changed)
  await web.page.getByRole('button', { name: 'Bỏ thay đổi' }).click()
  await until('as it was kept', async () => (await text()) === book)
})

test('machine conditions, gates, reasons to go back and the head are edited by forms', async () => {
  const text = async (as) => {
    await web.$('book-as-text').click()
    const now = await web.$('book-text').inputValue()
    await web.$(`book-as-${as}`).click()
    return now
  }
  const changed = (before, pairs) => pairs.reduce((now, [from, to]) => now.replace(from, to), before)
  await web.$('book-as-steps').click()
  await web.$('book-step-hai').click()
  await web.$('need-add').click()
  await web.$('need-0').selectOption('node:queue')
  await web.$('need-0-metric').selectOption('waiting')
  await web.$('need-0-is').selectOption('<=')
  await web.$('need-0-value').fill('0')
  await web.$('need-0-minutes').fill('5')
  await web.$('edit-save').click()
  await web.$('step-form').waitFor({ state: 'detached' })
  let expected = changed(book, [['no_return = true\nvalidation = "xong"\n', 'no_return = true\nvalidation = "xong"\nneeds = [{ node = "queue", metric = "waiting", is = "<=", value = 0, minutes = 5 }]\n']])
  assert.equal(await text('gates'), expected)

  // What was typed in a form that was left is offered again, those criteria too that were made in it.
  await web.$('book-gate-cong').getByRole('button').click()
  await web.$('criterion-add').click()
  await web.$('criterion-1-text').fill('Đồng bộ từ 98%')
  await web.page.keyboard.press('Escape')
  await web.$('gate-form').waitFor({ state: 'detached' })
  assert.equal(await text('gates'), expected)
  await web.$('book-gate-cong').getByRole('button').click()
  await web.$('criteria-draft').getByRole('button', { name: 'Dùng lại' }).click()
  assert.equal(await web.$('criterion-1-text').inputValue(), 'Đồng bộ từ 98%')
  await web.$('criterion-1-measure').selectOption('node:flow:dossier_sync')
  await web.$('criterion-1-measure-metric').selectOption('success_rate')
  await web.$('criterion-1-measure-value').fill('980')
  await web.$('edit-save').click()
  await web.page.getByText('tỷ lệ thì từ 0 đến 100%').waitFor()
  await web.$('criterion-1-measure-value').fill('98')
  await web.$('edit-save').click()
  await web.$('gate-form').waitFor({ state: 'detached' })
  const drafts = (await server.call('drafts')).drafts.filter((d) => d.field.startsWith('gate:'))
  assert.deepEqual(drafts, [], 'what was put into the text is no draft any more')
  expected += '\n[[gates.criteria]]\nid = "dong-bo-tu-98"\ntext = "Đồng bộ từ 98%"\nlevel = "must"\nmeasure = { node = "flow:dossier_sync", metric = "success_rate", is = ">=", value = 0.98 }\n'
  assert.equal(await text('gates'), expected)
  await until('it is told', async () => /bắt buộc\s*Đồng bộ từ 98%.*≥ 98%/.test(await web.$('book-gate-cong').textContent()))

  await web.$('book-trigger-add').click()
  await web.$('trigger-text').fill('Cổng mới không trả lời')
  await web.$('trigger-when').selectOption('node:portal')
  await web.$('edit-save').click()
  await web.page.getByText('Cổng mới không trả lời').waitFor()
  expected += '\n[[triggers]]\nid = "cong-moi-khong-tra-loi"\ntext = "Cổng mới không trả lời"\nafter = "hai"\nwhen = { node = "portal", metric = "up", is = "<", value = 1, minutes = 15 }\n'
  assert.equal(await text('head'), expected)

  await web.$('head-title').fill('Kịch bản nhỏ, sửa')
  await web.$('head-stream-add').click()
  await web.$('head-stream-1').fill('Hạ tầng')
  await web.$('head-stream-1').press('Tab')
  expected = changed(expected, [['"Kịch bản nhỏ"', '"Kịch bản nhỏ, sửa"'], ['name = "Việc"\n', 'name = "Việc"\n\n[[streams]]\nid = "ha-tang"\nname = "Hạ tầng"\n']])
  await until('the head is in the text', async () => (await text('head')) === expected)
  await until('it is good', async () => /hợp lệ/.test(await web.$('book-verdict').textContent()))
  await web.page.getByRole('button', { name: 'Bỏ thay đổi' }).click()
  await until('as it was kept', async () => (await text('steps')) === book)
})

test('a rehearsal is opened and shows itself as one', async () => {
  await web.$('book-nho').click()
  await until('it may be run', async () => !(await web.$('book-run').isDisabled()))
  await web.$('book-run').click()
  assert.equal(await web.$('open-rehearsal').isChecked(), true, 'nobody begins the real thing by accident')
  await web.$('edit-save').click()
  await web.$('run-banner').waitFor()
  assert.equal(await web.$('run-banner').getAttribute('data-mode'), 'rehearsal')
  assert.match(await web.$('run-banner').textContent(), /DIỄN TẬP/)
})

test('the first step that can be done is begun and ended by keyboard', async () => {
  await web.$('step-mot').focus()
  await web.page.keyboard.press('Enter')
  await web.$('step-start').focus()
  await web.page.keyboard.press('Enter')
  await web.$('step-end').focus()
  await web.page.keyboard.press('Enter')
  await web.$('end-text').fill('đã kiểm tra')
  await web.$('end-form').getByTestId('edit-save').focus()
  await web.page.keyboard.press('Enter')
  await until('it is done', async () => (await the()).steps[0].stage === 'done')
  await web.$('step-hai').click()
  assert.match(await web.$('step-reasons').textContent(), /Chờ quyết định «Đi hay dừng»/)
})

test('go needs the word of whom the criterion names and the decision of the leader', async () => {
  await web.$('run-view-gates').click()
  assert.match(await web.$('hindrances-cong').textContent(), /chưa có ý kiến/)
  const criterion = async () => (await the()).gates[0].criteria[0]
  await web.$('vote-y-kien-go').focus()
  await web.page.keyboard.press('Enter')
  await web.page.keyboard.press('Enter')
  await until('a yes without words stands by one key more', async () => (await criterion()).shown === 'met')
  assert.equal((await criterion()).votes.at(-1).reason, null)
  await web.$('run-text').waitFor({ state: 'detached' })
  await web.page.keyboard.press('Enter')
  await web.page.keyboard.type('ba ca đã điểm danh')
  await web.page.keyboard.press('Enter')
  await until('a yes may say why', async () => (await criterion()).votes.some((v) => v.vote === 'go' && v.reason === 'ba ca đã điểm danh'))
  await web.$('run-text').waitFor({ state: 'detached' })
  assert.match(await web.$('criterion-cong-y-kien').textContent(), /ba ca đã điểm danh/)
  await web.$('vote-y-kien-no').focus()
  await web.page.keyboard.press('Enter')
  await web.page.keyboard.press('Enter')
  await web.page.getByText('Hãy ghi nội dung.').waitFor()
  assert.equal((await criterion()).shown, 'met', 'a no needs words')
  await web.page.keyboard.press('Escape')
  await web.$('run-text').waitFor({ state: 'detached' })
  assert.equal(await web.$('decide-cong-go').count(), 0, 'the duty crew does not decide')
  await signIn('leader')
  await web.$('decide-cong-go').click()
  await web.$('run-text').fill('đủ điều kiện')
  await web.page.keyboard.press('Tab')
  await web.$('edit-save').click()
  await until('it is decided', async () => (await the()).gates[0].decisions.length === 1)
  assert.match(await web.$('decision-log').textContent(), /Tiếp tục.*Lãnh đạo 03.*đủ điều kiện/s)
})

test('from the point of no return on two persons have said so, and the first stays at the window', async () => {
  await web.$('no-return').click()
  assert.equal(await web.$('no-return-start').isDisabled(), true)
  await web.$('no-return-sure').check()
  await web.$('no-return-start').click()
  await web.$('no-return-waiting').waitFor()
  await signInAt(await web.$('no-return-url').inputValue(), 'leader')
  await web.$('no-return-problem').waitFor()
  assert.match(await web.$('no-return-problem').textContent(), /người khác/)
  assert.equal((await the()).noReturn, null)
  await web.$('no-return-sure').check()
  await web.$('no-return-start').click()
  await web.$('no-return-waiting').waitFor()
  await signInAt(await web.$('no-return-url').inputValue(), 'duty')
  await web.$('no-return-done').waitFor()
  assert.match(await web.$('no-return-done').textContent(), /Lãnh đạo 03.*Trực 02/)
  assert.equal((await server.call('session')).user.role, 'leader')
  await web.page.keyboard.press('Escape')
  await signIn('duty')
  await web.$('run-view-steps').click()
  await web.$('step-hai').click()
  await web.$('step-start').click()
  await until('it goes on', async () => (await the()).steps[1].stage === 'running')
  assert.deepEqual(web.problems.filter((p) => !p.includes('Failed to load resource')), [])
})

test('the head keeps its buttons in the window beside a run with a long name, and arrows have the colour of their lines', async () => {
  const { row } = await server.call('run_open', { runbook: 'cutover-2026-05-29', mode: 'rehearsal', starts: null, rollsBack: null })
  await web.page.goto(`${server.url}/#/operations/runbook?run=${row.id}&view=graph`)
  await until('that run', async () => (await web.$('run-choose').inputValue()) === row.id)
  for (const width of [1366, 1093]) {
    await web.page.setViewportSize({ width, height: 689 })
    for (const id of ['run-choose', 'run-books', 'run-open', 'replay-enter']) {
      const box = await web.$(id).boundingBox()
      assert.ok(box.width > 60 && box.x + box.width <= width, `${id} at ${width}: ${JSON.stringify(box)}`)
    }
  }
  await web.page.setViewportSize({ width: 1366, height: 689 })
  await web.$('run-graph').waitFor()
  const heads = await web.$('run-graph').evaluate((graph) =>
    [...graph.querySelectorAll('.edge')].map((edge) => {
      const head = graph.querySelector(edge.getAttribute('marker-end').slice(4, -1))
      return { same: getComputedStyle(edge).stroke === getComputedStyle(head.firstElementChild).fill, size: head.markerUnits.baseVal === SVGMarkerElement.SVG_MARKERUNITS_USERSPACEONUSE ? head.markerWidth.baseVal.value : Infinity, critical: edge.classList.contains('critical') }
    }),
  )
  assert.ok(heads.some((h) => h.critical) && heads.some((h) => !h.critical))
  assert.deepEqual(heads.filter((h) => !h.same || h.size > 8), [])
})
