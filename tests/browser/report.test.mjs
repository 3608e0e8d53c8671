// The daily report by keyboard alone: figures frozen, words written, reviewed by another, signed, sent; the paper beside it; the
// briefing; the reminders of the frame and the calendar of past days.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { keyboardOf } from '../support/keys.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const HOUR = 3_600_000
let server, web, keys, $

/** Another person at the same window. */
async function as(person) {
  if ((await server.call('session')).phase === 'active') await server.call('sign_out')
  const { authorizeUrl } = await server.call('sign_in_start')
  await signInAt(authorizeUrl, person)
  const { user } = await until(`${person} signed in`, async () => {
    const session = await server.call('session')
    return session.phase === 'active' && session
  })
  if (web) await until(`the window of ${user.name}`, async () => (await web.page.locator('header').first().innerText()).includes(user.name))
}
const report = () => server.call('report')
const step = (id) => $(`report-step-${id}`).getAttribute('data-state')
const text = (id) => $(id).innerText()
/** The words of the pages that are drawn. */
const paper = () => web.page.evaluate(() => [...document.querySelectorAll('[data-testid="report-sheet"] .words')].map((words) => words.textContent).join(' ').replace(/\s+/g, ' '))
/** Leafs through the pages until one has these words; from the last page back to the first, as the paper may be made anew meanwhile. */
async function leafTo(words) {
  await keys.tabTo('report-preview')
  await until(`«${words}» in the paper`, async () => {
    if ((await paper()).includes(words)) return true
    const [at, last] = (await text('preview-page')).split(' / ')
    await keys.press(at === last ? 'Home' : 'ArrowRight')
    return false
  })
}
const drawn = () => until('a page of the paper', () => web.page.evaluate(() => document.querySelector('canvas[data-drawn="1"]') !== null))
/** The sandbox's clock stands at this time of the day or of the next one. */
async function at(hour, minute) {
  const { now } = await server.call('frame')
  const day = Math.floor((now + 7 * HOUR) / (24 * HOUR)) * 24 * HOUR - 7 * HOUR
  const to = day + hour * HOUR + minute * 60_000
  await server.sandbox.advance((to > now ? to : to + 24 * HOUR) - now)
}
const back = { key: 'Shift+Tab' }

before(async () => {
  server = await devserver({ follow: false })
  await as('staff')
  web = await openPage(server.url)
  ;({ $ } = web)
  keys = keyboardOf(web)
  await $('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
  await until('fresh task states', async () => (await server.call('sources')).sources.find((s) => s.id === 'gateway_tasks').state === 'fresh')
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('without a freeze there is nothing to see or to sign, and one act makes the paper', async () => {
  await keys.palette('chot so lieu')
  await until('the screen', async () => (await text('report-headline')).startsWith('Chưa chốt số liệu'))
  assert.equal(await step('freeze'), 'now')
  assert.equal(await $('report-do-sign').count(), 0)
  await keys.activate('report-do-freeze')
  await until('the freeze', async () => (await step('freeze')) === 'done')
  await drawn()
  assert.equal(await text('preview-what'), 'Dự thảo')
  const { generatedChanges, words } = await report()
  assert.equal(await $('report-text-changes').inputValue(), words.changes)
  assert.equal(words.changes, generatedChanges)
})

test('what changes after the freeze is not in the paper until the figures are frozen again, for a reason', async () => {
  const claimed = async () => (await server.call('overview')).tiles.find((tile) => tile.id === 'tasks').value
  const before = await claimed()
  const open = (await server.call('tasks')).rows.find((row) => !row.heading && row.status === 'in_progress' && row.editable !== false)
  await server.call('task_set_status', { no: open.no, status: 'done', doneOn: '2026-05-29', withoutEvidence: 'đã kiểm tra tại chỗ', basedOn: open.lastEvent })
  await until('one more task', async () => (await claimed()) !== before)
  await web.page.reload()
  await drawn()
  assert.match(await paper(), new RegExp(`\\b${before}\\b`))
  await keys.activate('report-do-refreeze')
  await keys.focusedOn('report-refreeze')
  await keys.activate('Chốt lại số liệu')
  await until('the reason is asked for', () => web.page.getByText('Hãy ghi lý do chốt lại').isVisible())
  assert.equal((await report()).freezes.length, 1)
  await keys.tabTo('report-refreeze', back)
  await keys.type('Bổ sung nhiệm vụ vừa xong')
  await keys.activate('Chốt lại số liệu')
  await until('two freezes', async () => (await report()).freezes.length === 2)
  const after = await claimed()
  await until('the new figures in the paper', async () => new RegExp(`\\b${after}\\b`).test(await paper()))
  assert.match(await text('report-freezes'), /Bổ sung nhiệm vụ vừa xong/)
})

test('a word typed is offered again after a crash, and saved words stand in the paper', async () => {
  await keys.tabTo('report-text-results')
  await keys.type('Đã bàn giao ca trực đầy đủ.')
  await until('the draft is kept', async () => (await server.call('drafts')).drafts.some((d) => d.field === 'results' && d.text === 'Đã bàn giao ca trực đầy đủ.'))
  await web.page.reload()
  await keys.activate('Dùng lại')
  await until('the words are back', async () => (await $('report-text-results').inputValue()) === 'Đã bàn giao ca trực đầy đủ.')
  assert.equal(await $('report-do-review').isDisabled(), true, 'what is typed and not saved is not reviewed')
  await keys.press('Control+s')
  await until('the words are saved', async () => (await report()).words.results === 'Đã bàn giao ca trực đầy đủ.')
  await until('the draft is dropped', async () => !(await server.call('drafts')).drafts.some((d) => d.field === 'results'))
  await leafTo('Đã bàn giao ca trực đầy đủ.')
})

test('whoever wrote does not review; another gives it back for a reason, then finds it good', async () => {
  const { may } = await report()
  assert.equal(may.review.ok, false)
  await until('why not', async () => (await $('report-do-review').getAttribute('title')) === may.review.why)
  await as('duty')
  await until('the act is open', async () => !(await $('report-do-review').isDisabled()))
  await keys.activate('report-do-review')
  await keys.focusedOn('report-remark')
  await keys.activate('report-do-return')
  await keys.focusedOn('report-return')
  await keys.type('Thiếu đề xuất')
  await keys.activate('Trả lại')
  await until('it came back', async () => (await step('review')) === 'back')
  assert.match(await text('report-step-review'), /Thiếu đề xuất/)
  await as('staff')
  await keys.tabTo('report-text-proposals')
  await keys.type('Đề nghị cấp khóa VNeID môi trường thật.')
  await keys.press('Control+s')
  await until('the words are saved', async () => (await report()).words.proposals.includes('cấp khóa VNeID'))
  await as('duty')
  await until('the act is open', async () => !(await $('report-do-review').isDisabled()))
  await keys.activate('report-do-review')
  await keys.activate('Duyệt báo cáo')
  await until('reviewed', async () => (await report()).stage === 'reviewed')
})

test('the leader signs with a number and a day, and the paper is the signed file from then on', async () => {
  await as('leader')
  await until('the act is open', async () => (await $('report-do-sign').count()) > 0 && !(await $('report-do-sign').isDisabled()))
  await keys.activate('report-do-sign')
  await keys.focusedOn('report-number')
  await keys.press('Enter')
  await until('the number is asked for', () => web.page.getByText('Hãy ghi số văn bản.').isVisible())
  await keys.type('05')
  await keys.fill('report-signed-on', '30/05/2026')
  await keys.press('Enter')
  await until('the day is refused', () => web.page.getByText('Ngày ký không thể sau hôm nay.').isVisible())
  assert.equal((await report()).stage, 'reviewed')
  await keys.fill('report-signed-on', '29/05/2026')
  await keys.press('Enter')
  await until('signed', async () => (await report()).stage === 'signed')
  await until('the signed paper', async () => (await text('preview-what')) === 'Bản đã ký')
  await drawn()
  assert.match(await paper(), /05\/BC-/)
})

test('a copy is attached, the sending recorded, and the files saved', async () => {
  const copy = join(server.dataDir, 'ban-ky.pdf')
  writeFileSync(copy, '%PDF-1.7 scan')
  await keys.choose('report-attach', copy)
  await until('the copy', async () => (await report()).signed.copy === 'ban-ky.pdf')
  await keys.activate('report-do-send')
  await keys.focusedOn('report-how')
  await keys.press('Enter')
  await until('the way is asked for', () => web.page.getByText('Hãy ghi đã gửi bằng cách nào.').isVisible())
  await keys.type('Trục liên thông văn bản')
  await keys.press('Enter')
  await until('sent', async () => (await report()).stage === 'sent')
  await until('the finding', async () => /^Đã gửi lúc .*trước hạn/.test(await text('report-headline')))
  assert.deepEqual(await Promise.all(['freeze', 'write', 'review', 'sign', 'send'].map(step)), Array(5).fill('done'))
  await keys.activate('report-save')
  await keys.activate('report-save-all')
  await until('three files', async () => (await $('toast').last().innerText()).match(/\.(docx|pdf|xlsx)/g)?.length === 3)
})

test('the briefing covers the window and is led by keys', async () => {
  const { pages } = await server.call('report_briefing', { cadence: 'daily', theme: 'light' })
  assert.ok(pages.length > 3)
  await keys.palette('giao ban')
  const page = () => $('briefing-page').getAttribute('data-at')
  const title = () => $('briefing-page').locator('h2').innerText()
  await until('the first page', async () => (await title()) === pages[0].title)
  await keys.press('ArrowRight')
  await until('the second page', async () => (await title()) === pages[1].title)
  await keys.press('End')
  await until('the last page', async () => Number(await page()) === pages.length)
  await keys.press('ArrowRight')
  assert.equal(Number(await page()), pages.length)
  await keys.press('Home')
  await until('the first page', async () => (await page()) === '1')
  // Of a projector as of a small window, figures and chart have the height, and nothing is beyond it.
  for (const [width, height] of [[1920, 1000], [1366, 689]]) {
    await web.page.setViewportSize({ width, height })
    await until(`a page that fills ${width} × ${height}`, () =>
      $('briefing-page').evaluate((stage) => {
        const [room, table, chart] = [stage, stage.querySelector('table'), stage.querySelector('.chart svg')].map((e) => e.getBoundingClientRect())
        const share = (box) => (box.bottom - room.top) / room.height
        return stage.scrollHeight <= stage.clientHeight && share(table) > 0.85 && share(chart) > 0.75
      }),
    )
  }
  await keys.press('Escape')
  await $('briefing').waitFor({ state: 'detached' })
  await $('report-headline').waitFor()
})

test('the next day the frame reminds, louder and louder, until somebody answers', async () => {
  await as('staff')
  await keys.palette('tong quan')
  await at(13, 31)
  await until('the first reminder', async () => (await $('deadline').getAttribute('data-level')) === '1')
  assert.equal(await $('deadline-banner').count(), 0)
  await at(14, 1)
  await until('the banner', async () => (await $('deadline-banner').getAttribute('data-loud')) === 'banner')
  await at(14, 31)
  await until('the louder banner', async () => (await $('deadline-banner').getAttribute('data-loud')) === 'pulse')
  await at(14, 51)
  await $('deadline-dialog').waitFor()
  await keys.press('Escape', 'Escape')
  await $('deadline-dialog').waitFor()
  await keys.activate('deadline-save')
  await until('the reason is asked for', () => web.page.getByText('Hãy ghi lý do, hoặc mở báo cáo.').isVisible())
  await keys.activate('deadline-go', back)
  await $('deadline-dialog').waitFor({ state: 'detached' })
  await until('the report of that day', async () => (await text('report-day')) === '30/05/2026')
})

test('the calendar tells days apart, and a missing one takes its reason', async () => {
  await at(9, 0)
  await until('the notice', async () => (await $('notice-open').count()) === 1)
  await keys.activate('notice-open')
  await until('the report of that day', () => web.page.evaluate(() => location.hash === '#/report?day=2026-05-30'))
  await keys.palette('lich bao cao')
  await until('the missing day', async () => (await $('calendar-2026-05-30').getAttribute('data-verdict')) === 'missing')
  assert.equal(await $('calendar-2026-05-29').getAttribute('data-verdict'), 'on_time')
  assert.match(await text('calendar-2026-05-29'), /Đúng hạn/)
  await keys.tabTo('calendar-2026-05-31')
  await keys.press('ArrowLeft', 'ArrowLeft')
  await keys.focusedOn('calendar-2026-05-29')
  await keys.press('ArrowRight')
  await keys.focusedOn('calendar-2026-05-30')
  await keys.activate('calendar-excuse-save')
  await until('the reason is asked for', () => web.page.getByText('Hãy ghi lý do.').isVisible())
  await keys.tabTo('calendar-excuse', back)
  await keys.type('Mất điện cả buổi chiều')
  await keys.activate('calendar-excuse-save')
  await until('the reason stands', async () => (await text('calendar-reason')) === 'Mất điện cả buổi chiều')
  assert.equal(await $('report-asked').count(), 0)
})

test('nothing went wrong on the page meanwhile', () => {
  assert.deepEqual(web.problems.filter((p) => !p.includes('401')), [])
})
