// The live watch: how long until there is a verdict for each of the 53 APIs, how many requests a fault costs, and how the window
// takes a burst of events.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { median, p99, report } from '../support/bench.mjs'
import { openPage } from '../support/chromium.mjs'
import { devserver, signedIn } from '../support/devserver.mjs'
import { scratch, start } from '../support/process.mjs'
import { sandboxAt } from '../support/sandbox.mjs'
import { until } from '../support/wait.mjs'

const RUNS = 5
const APIS = 53
/** A slow network: what the gateway takes to answer, ms. */
const SLOW = 1500
/** The setting for how long an answer may take, s. */
const TIMEOUT = 4
const cli = process.env.PVHCC_TEST_CLI
const env = { PVHCC_GATEWAY_TOKEN: 'sandbox', PVHCC_PORTAL_PASSWORD: 'sandbox' }

/** A fresh official profile with the sources of `sandbox`. */
function profile({ issuer, gateway, portal }) {
  const dataDir = scratch('bench-watch')
  writeFileSync(
    join(dataDir, 'config.toml'),
    `[vneid]\nissuer = "${issuer}"\nclient_id = "pvhcc-dashboard"\n[gateway]\nbase_url = "${gateway}"\ntimeout_seconds = ${TIMEOUT}\n` +
      `[portal]\nbase_url = "${portal}"\ntimeout_seconds = ${TIMEOUT}\ndstcode = "VN:GOV:SANDBOX"\nprovider_url = "${portal}"\n` +
      'username = "sandbox"\nunit_code = "H21"\n',
  )
  return dataDir
}

/** From the start of a fresh program to the last of the first verdicts that `good` takes, one an API; ms. */
async function firstVerdicts(urls, good) {
  const dataDir = profile(urls)
  const began = performance.now()
  const watch = start(cli, ['--data-dir', dataDir, 'watch', '--json', '--no-notifications'], env)
  const said = new Set()
  while (said.size < APIS) {
    const line = JSON.parse(await watch.line())
    if (line.kind === 'api' && good(line.verdict)) said.add(line.api)
  }
  const taken = performance.now() - began
  await watch.stop('SIGINT')
  return taken
}

/** One round trip of the endpoint that is slowest, ms. */
async function slowestRoundTrip(gateway) {
  const now = new Date()
  const query = `from=${encodeURIComponent(new Date(now - 86_400_000).toISOString())}&to=${encodeURIComponent(now.toISOString())}`
  const times = []
  for (const path of ['tasks', 'flows', `apis/measures?${query}`, 'sync', 'fees', 'petitions']) {
    const from = performance.now()
    const answer = await fetch(`${gateway}/v1/${path}`, { headers: { authorization: 'Bearer sandbox' } })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    times.push(performance.now() - from)
  }
  return Math.max(...times)
}

async function verdicts() {
  const sandbox = start(cli, ['sandbox', '--clock', new Date().toISOString(), '--folder', scratch('bench-sandbox')])
  const urls = JSON.parse(await sandbox.line())
  const world = sandboxAt(urls.control)
  const healthy = []
  const hanging = []
  for (let run = 0; run < RUNS; run++) {
    await world.fault('/gateway/*', { kind: 'latency', ms: SLOW })
    const trip = await slowestRoundTrip(urls.gateway)
    healthy.push((await firstVerdicts(urls, (verdict) => verdict !== 'not_observed')) / trip)
    await world.heal()
    for (const hosts of ['/gateway/*', '/portal/*']) await world.fault(hosts, { kind: 'hang' })
    hanging.push((await firstVerdicts(urls, (verdict) => verdict === 'gateway')) / (TIMEOUT * 1000))
    await world.heal()
  }
  await sandbox.stop('SIGINT')
  report('first_verdict_of_53_apis_vs_slowest_round_trip', median(healthy), 1.5)
  report('first_verdict_with_all_hanging_vs_timeout', median(hanging), 1.2)
}

/** Requests that a span of the sandbox's clock costs, by fault. */
async function requests() {
  const SPEED = 60
  const SPAN_MS = 20 * 60_000
  const count = async (faults) => {
    const server = await devserver({ args: ['--sandbox-clock', '2026-05-29T14:00:00+07:00', '--sandbox-speed', String(SPEED)] })
    await signedIn(server)
    const world = server.sandbox
    const now = async () => (await server.call('watch')).at
    const sources = async () => (await server.call('sources')).sources
    await until('every source answered', async () => (await sources()).every((s) => s.state === 'fresh' || s.id === 'gateway_dossiers'), { within: 60_000 })
    for (const pattern of faults ? ['/gateway/*', '/portal/*', '/pages/*'] : []) await world.fault(pattern, faults)
    const before = (await world.log()).length
    const from = await now()
    await until('the span is over', async () => (await now()) - from >= SPAN_MS, { within: 120_000 })
    const asked = (await world.log()).length - before
    await server.stop()
    return asked
  }
  const plan = await count(null)
  let worst = 0
  for (const fault of [{ kind: 'status', code: 503 }, { kind: 'reset_mid_body' }, { kind: 'hang' }]) {
    const asked = await count(fault)
    console.log(`requests in ${SPAN_MS / 60_000} minutes: ${plan} by plan, ${asked} with ${fault.kind}`)
    worst = Math.max(worst, asked / plan)
  }
  report('requests_under_fault_vs_plan', worst, 1.1)
}

/** In the page: how long each frame took while `events` events came in `ms` ms, none for a quiet page. */
async function frames({ events, ms }) {
  const parts = ['watch', 'alerts', 'incidents', 'runs', 'duty', '']
  const one = (n) => (n % 3 === 0 ? { kind: 'sources_changed' } : { kind: 'operations_changed', part: parts[n % parts.length] })
  const taken = []
  const from = performance.now()
  let [told, last] = [0, from]
  for (;;) {
    const now = await new Promise((done) => requestAnimationFrame(done))
    taken.push(now - last)
    last = now
    const passed = performance.now() - from
    if (passed >= ms) return taken
    const due = Math.min(events, Math.ceil((passed / ms) * events))
    for (; told < due; told++) for (const source of window.sources) source.onmessage({ data: JSON.stringify(one(told)) })
  }
}

async function burst() {
  const server = await devserver({ user: 'duty' })
  const web = await openPage(server.url)
  await web.page.addInitScript(() => {
    window.sources = []
    const Real = window.EventSource
    window.EventSource = class extends Real {
      constructor(url) {
        super(url)
        window.sources.push(this)
      }
    }
  })
  await web.page.reload()
  await web.$('sign-in').click()
  await web.$('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
  // One cause, with all that it breaks.
  await server.sandbox.fault('/gateway/*', { kind: 'status', code: 503 })
  await server.sandbox.advance(600_000)
  await server.call('poll_now').catch(() => {})
  await web.page.goto(`${server.url}/#/operations/alerts`)
  await until('the alert', async () => (await server.call('alerts', { from: null, to: null })).firing.length > 0, { within: 60_000 })
  const ratios = []
  for (let run = 0; run < RUNS; run++) {
    const quiet = p99(await web.page.evaluate(frames, { events: 0, ms: 4000 }))
    const loud = p99(await web.page.evaluate(frames, { events: 10_000, ms: 4000 }))
    console.log(`p99 frame: quiet ${quiet.toFixed(1)} ms, 10.000 events in 4 s ${loud.toFixed(1)} ms`)
    ratios.push(loud / quiet)
  }
  const { firing } = await server.call('alerts', { from: null, to: null })
  if (firing.length !== 1) throw new Error(`one cause, ${firing.length} alerts: ${firing.map((a) => a.title).join('; ')}`)
  await web.browser.close()
  await server.stop()
  report('frame_in_burst_of_10000_events_vs_quiet', median(ratios), 2)
}

await verdicts()
await requests()
await burst()
process.exit()
