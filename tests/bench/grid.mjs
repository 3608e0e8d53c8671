// Scrolling a list of 5.000 tasks against 90 rows that just stand in the page: from the scroll to the laid-out frame.
//
// The rows are the real ones of the training profile, repeated; only their number is made up. Both lists scroll the same
// way in the same window, by turns, and every frame is checked to show a row in its middle: an empty list scrolls fast.
import { median, p99, report } from '../support/bench.mjs'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'

const TASKS = 5000
const ROUNDS = 7
const STEPS = 240

/** In the page: scrolls by `step` px `times` times, and returns how long each took until its frame was laid out, ms. */
async function scroll({ selector, step, times }) {
  const list = document.querySelector(selector)
  const box = list.getBoundingClientRect()
  const [x, y] = [box.left + box.width / 3, box.top + box.height / 2]
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const taken = []
  let down = 1
  list.scrollTop = 0
  await frame()
  for (let i = 0; i < times; i++) {
    if (list.scrollTop + list.clientHeight >= list.scrollHeight - 2) down = -1
    else if (list.scrollTop <= 0) down = 1
    await frame()
    const from = performance.now()
    list.scrollTop += down * step
    // The scroll is told, and the rows are made, before the callbacks of the next frame.
    await frame()
    list.getBoundingClientRect()
    taken.push(performance.now() - from)
    if (!document.elementFromPoint(x, y)?.closest('.row, .group')) throw new Error(`nothing in the middle at ${list.scrollTop}`)
  }
  return taken
}

/** In the page: a copy of the list as it stands, without the program behind it. */
function freeze() {
  const list = document.querySelector('[role=grid]')
  const copy = list.cloneNode(true)
  copy.id = 'static-list'
  copy.style.position = 'fixed'
  copy.style.zIndex = '100'
  copy.style.background = 'var(--panel)'
  const box = list.getBoundingClientRect()
  Object.assign(copy.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: '520px', overflowY: 'auto' })
  document.body.append(copy)
  return copy.querySelectorAll('.row').length
}

async function open(server, { many }) {
  const web = await openPage(server.url)
  if (many) {
    await web.page.route('**/api/tasks', async (route) => {
      const view = await server.call('tasks')
      const real = view.rows.filter((row) => !row.heading)
      view.rows = Array.from({ length: TASKS }, (_, i) => ({ ...real[i % real.length], no: String(i + 1) }))
      await route.fulfill({ json: view })
    })
  }
  await web.page.reload()
  await web.$('phase-active').waitFor({ state: 'attached' })
  await web.$('nav-tasks').click()
  await web.$('task-row-1').waitFor()
  return web
}

const server = await devserver()
const first = await openPage(server.url)
await first.$('sign-in').click()
await first.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
await first.browser.close()

const long = await open(server, { many: true })
const short = await open(server, { many: false })
// All 90 rows in the page at once: a window high enough, then the copy cut to the height of the list.
await short.page.setViewportSize({ width: 1366, height: 5000 })
await short.$('task-row-90').waitFor()
const rows = await short.page.evaluate(freeze)
await short.page.setViewportSize({ width: 1366, height: 689 })
if (rows < 90) throw new Error(`only ${rows} rows stand in the page`)

const ratios = []
for (let round = 0; round < ROUNDS; round++) {
  const ours = p99(await long.page.evaluate(scroll, { selector: '[role=grid]', step: 97, times: STEPS }))
  const bare = p99(await short.page.evaluate(scroll, { selector: '#static-list', step: 97, times: STEPS }))
  console.error(`round ${round + 1}: ${TASKS} tasks ${ours.toFixed(1)} ms, ${rows} static rows ${bare.toFixed(1)} ms`)
  ratios.push(ours / bare)
}
report('scroll_5000_vs_90_static', median(ratios), 1.2)
await long.browser.close()
await short.browser.close()
await server.stop()
