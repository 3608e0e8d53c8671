// Start and memory of the real window against an empty Tauri window, and memory against Chromium with the same page.
//
// The dashboard runs on the training profile, whose sandbox lives in the same process: it is counted against the
// dashboard, so the true ratios are a little better.
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { median, report } from '../support/bench.mjs'
import { executable, flags } from '../support/chromium.mjs'
import { dashboard } from '../support/desktop.mjs'
import { devserver } from '../support/devserver.mjs'
import { scratch, tree } from '../support/process.mjs'
import { until } from '../support/wait.mjs'
import { openWindow } from '../support/webdriver.mjs'

const RUNS = 7
const MARK = 'checklist-painted'
// As users have it; nothing here takes a screenshot.
const env = { WEBKIT_DISABLE_DMABUF_RENDERER: '1' }
const empty = process.env.PVHCC_TEST_EMPTY

/** When a process began, in ms since the epoch, to a hundredth of a second. */
function began(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  return Date.now() - (uptime * 1000 - ticks * 10)
}

/** Proportional set size of a process and everything below it, MiB. */
function memory(pid) {
  let kib = 0
  for (const process of tree(pid)) {
    const rollup = readFileSync(`/proc/${process.pid}/smaps_rollup`, 'utf8')
    kib += Number(/^Pss:\s+(\d+)/m.exec(rollup)[1])
  }
  return kib / 1024
}

/** From the start of the process to the paint that the page marked, ms; and the memory then, MiB. */
async function measure(window, pid) {
  const painted = await until('the paint', () =>
    window.run((mark) => {
      const entry = performance.getEntriesByName(mark)[0]
      return entry ? performance.timeOrigin + entry.startTime : null
    }, MARK),
  )
  return { start: painted - began(pid), memory: memory(pid) }
}

const dataDir = scratch('bench')
const prime = await dashboard({ dataDir, env })
await prime.signIn()
await until('data', async () => (await prime.attribute('source-gateway', 'data-state')) === 'fresh')
await prime.click('nav-tasks')
await prime.see('task-row-1')
await prime.terminate()

const ours = []
const bare = []
for (let run = 0; run < RUNS; run++) {
  const window = await openWindow(empty, [], env)
  bare.push(await measure(window, tree(window.driver.child.pid).find((p) => p.command[0] === empty).pid))
  await window.close()

  const app = await dashboard({ dataDir, env })
  await app.see('task-row-1')
  ours.push(await measure(app, app.pid()))
  await app.terminate()
}

const server = await devserver({ dataDir: scratch('bench-chromium') })
const chrome = []
for (let run = 0; run < RUNS; run++) {
  const profile = scratch('chromium')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: false,
    viewport: null,
    args: [...flags, `--app=${server.url}`, '--window-size=1366,768'],
  })
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  if (run === 0) {
    await page.getByTestId('sign-in').click()
    await page.getByTestId('phase-active').waitFor({ state: 'attached' })
  }
  await page.getByTestId('nav-tasks').click()
  await page.getByTestId('task-row-1').waitFor()
  const main = tree(process.pid).find((p) => p.command.includes(`--user-data-dir=${profile}`))
  chrome.push(memory(main.pid))
  await context.close()
}
await server.stop()

const of = (list, key) => median(list.map((m) => m[key]))
console.log(
  `start ${of(ours, 'start').toFixed(0)} ms, empty ${of(bare, 'start').toFixed(0)} ms; memory ${of(ours, 'memory').toFixed(0)} MiB, ` +
    `empty ${of(bare, 'memory').toFixed(0)} MiB, Chromium ${median(chrome).toFixed(0)} MiB`,
)
report('start_to_checklist_vs_empty_window', of(ours, 'start') / of(bare, 'start'), 1.25)
report('memory_vs_empty_window', of(ours, 'memory') / of(bare, 'memory'), 1.5)
report('memory_vs_chromium_app', of(ours, 'memory') / median(chrome), 0.8)
process.exit()
