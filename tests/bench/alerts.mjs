// From a fault to its alert: the dashboard against Prometheus, blackbox_exporter and Alertmanager (Debian packages) on the same page
// at the same interval, with nothing waited for: `for: 0s`, `group_wait: 0s`, and the rule of the portal, which waits for nothing either.
//
// Each run starts both anew, so that the phases of their schedules differ from run to run. The dashboard's alert counts when the page
// is told of it, the other one when the receiver of Alertmanager is.
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { median, report } from '../support/bench.mjs'
import { freePort, scratch, start } from '../support/process.mjs'
import { devserver } from '../support/devserver.mjs'
import { until } from '../support/wait.mjs'

const RUNS = 7
/** The training profile probes every minute of its clock; twelve times as fast that is every five seconds. */
const SPEED = 12
const INTERVAL = 60 / SPEED
const bin = process.env.PVHCC_TEST_WATCHERS

/** Receives what Alertmanager says. */
async function receiver() {
  let told = () => {}
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => (body += text))
    request.on('end', () => {
      response.end()
      if (JSON.parse(body).status === 'firing') told(performance.now())
    })
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return { port: server.address().port, next: () => new Promise((done) => (told = done)), close: () => server.close() }
}

/** Prometheus, blackbox_exporter and Alertmanager that look at `page`. */
async function rivals(page, webhook) {
  const folder = scratch('bench-alerts')
  const [blackbox, manager, prometheus] = [await freePort(), await freePort(), await freePort()]
  const file = (name, text) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const modules = file('blackbox.yml', 'modules:\n  page:\n    prober: http\n    timeout: 4s\n    http: { fail_if_body_not_matches_regexp: ["Cổng Dịch vụ công quốc gia"] }\n')
  const route = file(
    'alertmanager.yml',
    `route: { receiver: here, group_wait: 0s, group_interval: 1s, group_by: [alertname] }\nreceivers:\n  - name: here\n    webhook_configs: [{ url: "http://127.0.0.1:${webhook}/", send_resolved: false }]\n`,
  )
  const rules = file('rules.yml', 'groups:\n  - name: page\n    rules:\n      - alert: PortalDown\n        expr: probe_success == 0\n        for: 0s\n')
  const config = file(
    'prometheus.yml',
    `global: { scrape_interval: ${INTERVAL}s, evaluation_interval: ${INTERVAL}s }
rule_files: ["${rules}"]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${manager}"] }] }] }
scrape_configs:
  - job_name: page
    metrics_path: /probe
    params: { module: [page] }
    static_configs: [{ targets: ["${page}"] }]
    relabel_configs:
      - { source_labels: [__address__], target_label: __param_target }
      - { target_label: __address__, replacement: "127.0.0.1:${blackbox}" }
`,
  )
  const running = [
    start(join(bin, 'prometheus-blackbox-exporter'), [`--config.file=${modules}`, `--web.listen-address=127.0.0.1:${blackbox}`]),
    // Debian's build reads its templates from one place, where here nothing is installed.
    start('bwrap', [
      '--dev-bind', '/', '/', '--tmpfs', '/usr/share', '--die-with-parent',
      '--ro-bind', join(bin, '../share/prometheus'), '/usr/share/prometheus',
      join(bin, 'prometheus-alertmanager'),
      `--config.file=${route}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${manager}`,
      '--cluster.listen-address=',
    ]),
    start(join(bin, 'prometheus'), [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${prometheus}`,
    ]),
  ]
  const good = async () => {
    const answer = await fetch(`http://127.0.0.1:${prometheus}/api/v1/query?query=probe_success`).catch(() => null)
    return answer?.ok && (await answer.json()).data.result[0]?.value[1] === '1'
  }
  await until('Prometheus sees the page', good, { within: 60_000 })
  return { stop: () => Promise.all(running.map((one) => one.stop())) }
}

/** Waits for the window to be told of an alert of the portal. */
async function alerts(url) {
  const stop = new AbortController()
  const answer = await fetch(`${url}/events`, { signal: stop.signal })
  let told = () => {}
  const read = async () => {
    let rest = ''
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const line of lines.filter((line) => line.startsWith('data:'))) {
        if (JSON.parse(line.slice(5)).kind === 'alert_raised') told(performance.now())
      }
    }
  }
  read().catch(() => {})
  return { next: () => new Promise((done) => (told = done)), close: () => stop.abort() }
}

async function run(webhook) {
  const server = await devserver({ args: ['--sandbox-clock', '2026-05-29T14:00:00+07:00', '--sandbox-speed', String(SPEED)] })
  await server.call('window_shown')
  const world = server.sandbox
  const other = await rivals(`${server.urls.pages}/portal`, webhook.port)
  const ours = await alerts(server.url)
  await until('the dashboard has probed the page', async () => (await world.log()).filter((r) => r.path === '/pages/portal').length > 2, { within: 60_000 })
  // Somewhere in the interval.
  await new Promise((done) => setTimeout(done, Math.random() * INTERVAL * 1000))
  const [here, there] = [ours.next(), webhook.next()]
  const began = performance.now()
  await world.fault('/pages/portal', { kind: 'status', code: 503 })
  const times = await Promise.all([here, there])
  ours.close()
  await Promise.all([other.stop(), server.stop()])
  return times.map((time) => (time - began) / 1000)
}

const webhook = await receiver()
const runs = []
for (let n = 0; n < RUNS; n++) runs.push(await run(webhook))
webhook.close()
const [ours, theirs] = [0, 1].map((which) => median(runs.map((times) => times[which])))
console.log(`fault → alert: ${ours.toFixed(2)} s, Prometheus ${theirs.toFixed(2)} s, every ${INTERVAL} s`)
report('fault_to_alert_vs_prometheus', ours / theirs, 0.5)
