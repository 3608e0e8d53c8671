// Start and memory of the real window against an empty Tauri window, and memory against Chromium with the same page.
//
// The dashboard runs on the official profile against a sandbox in a process of its own, which is not counted. Its journal
// is the training history, taken over by a backup. Each start is the second one of a day: the checklist was the last
// screen, so it opens with the last data, and both programs stand in the system's cache of files, from which some machines
// take within seconds what nobody uses.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { median, report } from '../support/bench.mjs'
import { executable, flags } from '../support/chromium.mjs'
import { binary, dashboard } from '../support/desktop.mjs'
import { devserver } from '../support/devserver.mjs'
import { scratch, start, tree } from '../support/process.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'
import { openWindow } from '../support/webdriver.mjs'

const RUNS = 7
/** How long a window is left alone before its memory is measured, ms. */
const REST = 10_000
// The picture of the last time counts as the last data; the list itself is told beside it.
const PAINTED = 'checklist-painted'
const LIVE = 'checklist-live'
const { PVHCC_TEST_EMPTY: empty, PVHCC_TEST_CLI: cli } = process.env
const env = {
  // As users have it; nothing here takes a screenshot.
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  // What the web view keeps begins empty and touches nobody's own.
  XDG_DATA_HOME: scratch('bench-webview'),
  PVHCC_GATEWAY_TOKEN: 'sandbox',
  PVHCC_PORTAL_PASSWORD: 'sandbox',
}

/** When a process began, in ms since the epoch, to a hundredth of a second. */
function began(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  return Date.now() - (uptime * 1000 - ticks * 10)
}

/** As after an earlier start of the day. */
const cached = (program) => void readFileSync(program)

/** Proportional set size of a process and everything below it, MiB. */
function memory(pid) {
  let kib = 0
  for (const process of tree(pid)) {
    const rollup = readFileSync(`/proc/${process.pid}/smaps_rollup`, 'utf8')
    kib += Number(/^Pss:\s+(\d+)/m.exec(rollup)[1])
  }
  return kib / 1024
}

/** The same once the window is at rest, as it stands open all day: some seconds after it shows what it has to show. */
async function atRest(pid) {
  await new Promise((resolve) => setTimeout(resolve, REST))
  return memory(pid)
}

/** From the start of the process to the paint that the page marked, ms. */
async function startOf(window, pid, mark = PAINTED) {
  const painted = await until('the paint', () =>
    window.run((mark) => {
      const entry = performance.getEntriesByName(mark)[0]
      return entry ? performance.timeOrigin + entry.startTime : null
    }, mark),
  )
  return painted - began(pid)
}

/** A profile that is not the training one: the sources of `sandbox`, the journal of `backup`. */
function officialProfile({ issuer, gateway, portal }, backup) {
  const dataDir = scratch('bench')
  writeFileSync(
    join(dataDir, 'config.toml'),
    `[vneid]\nissuer = "${issuer}"\nclient_id = "pvhcc-dashboard"\n[gateway]\nbase_url = "${gateway}"\n[portal]\nbase_url = "${portal}"\n` +
      `dstcode = "VN:GOV:SANDBOX"\nprovider_url = "${portal}"\nusername = "sandbox"\nunit_code = "H21"\n`,
  )
  execFileSync(cli, ['--data-dir', dataDir, 'restore', backup], { env: { ...process.env, ...env } })
  return dataDir
}

// The page for Chromium, and the history that the other profile takes over: somebody worked here before.
const seed = scratch('bench-seed')
const server = await devserver({ dataDir: seed, follow: false, records: true })
const { authorizeUrl } = await server.call('sign_in_start')
await signInAt(authorizeUrl ?? (await until('the address', async () => (await server.call('session')).authorizeUrl)))
await until('the sign-in', async () => (await server.call('session')).phase === 'active')
const backups = scratch('bench-backup')
const said = execFileSync(cli, ['--training', '--data-dir', seed, 'backup', '--to', backups], { encoding: 'utf8' })
const backup = join(backups, /[^/\s]+\.db/.exec(said)[0])

const sandbox = start(cli, ['sandbox', '--clock', new Date().toISOString(), '--folder', scratch('bench-sandbox')])
const dataDir = officialProfile(JSON.parse(await sandbox.line()), backup)
const open = () => dashboard({ profile: 'official', dataDir, env })
const fresh = (app) =>
  until('fresh data', async () => (await app.attribute('source-gateway', 'data-state')) === 'fresh', { within: 40_000 })

const prime = await open()
await prime.click('read-only')
await fresh(prime)
// The first walk over the dossier records is behind every later start, here and in the page for Chromium.
const walked = (door) =>
  until(
    'all dossier records',
    async () => (await door.call('sources')).sources.find((s) => s.id === 'gateway_dossiers').state === 'fresh',
    { within: 300_000 },
  )
await walked(prime)
await walked(server)
await prime.click('nav-tasks')
await prime.see('task-row-1')
await until('the picture for the next start', () => prime.run(() => Object.keys(localStorage).some((k) => k.startsWith('pvhcc.picture'))))
await prime.terminate()

const ours = { start: [], live: [], memory: [] }
const bare = { start: [], memory: [] }
for (let run = 0; run < RUNS; run++) {
  cached(empty)
  const window = await openWindow(empty, [], env)
  const pid = tree(window.driver.child.pid).find((p) => p.command[0] === empty).pid
  bare.start.push(await startOf(window, pid))
  bare.memory.push(await atRest(pid))
  await window.close()

  cached(binary())
  const app = await open()
  ours.start.push(await startOf(app, app.pid()))
  ours.live.push(await startOf(app, app.pid(), LIVE))
  // Every source is asked again at a start, and the page shows what it said.
  await fresh(app)
  ours.memory.push(await atRest(app.pid()))
  await app.terminate()
}
await sandbox.stop('SIGINT')

const chrome = []
const profiles = scratch('chromium')
for (let run = 0; run < RUNS; run++) {
  const profile = join(profiles, String(run))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: false,
    viewport: null,
    args: [...flags, `--app=${server.url}`, '--window-size=1366,768'],
  })
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.getByTestId('nav-tasks').click()
  await page.getByTestId('task-row-1').waitFor()
  // Its own child; everything else of Chromium is below it.
  const main = tree(process.pid).find((p) => p.parent === process.pid && p.command[0].includes('chromium'))
  chrome.push(await atRest(main.pid))
  await context.close()
}
await server.stop()

// Now and then an empty window waits half a second for its first frame; such a start would only make ours look better.
const prompt = bare.start.filter((start) => start < 1.8 * Math.min(...bare.start))

const ms = (list) => `${median(list).toFixed(0)} ms`
const mib = (list) => `${median(list).toFixed(0)} MiB`
console.log(
  `medians: start ${ms(ours.start)} (the list itself ${ms(ours.live)}), empty ${ms(prompt)}; ` +
    `memory ${mib(ours.memory)}, empty ${mib(bare.memory)}, Chromium ${mib(chrome)}`,
)
report('start_to_checklist_vs_empty_window', median(ours.start) / median(prompt), 1.25)
report('memory_vs_empty_window', median(ours.memory) / median(bare.memory), 1.5)
report('memory_vs_chromium_app', median(ours.memory) / median(chrome), 0.8)
process.exit()
