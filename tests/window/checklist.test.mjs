// The main job in the real window: sign in, find the tasks, edit one, come back to it.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bare, dashboard, opened } from '../support/desktop.mjs'
import { scratch } from '../support/process.mjs'
import { collectRows, taskNumbers } from '../support/tasks.mjs'
import { until } from '../support/wait.mjs'

/** Chooses in a select as a person does: the page hears of it. */
const choose = (window, id, value) =>
  window.run(
    (id, value) => {
      const select = document.querySelector(`[data-testid="${id}"]`)
      select.value = value
      select.dispatchEvent(new Event('input', { bubbles: true }))
      select.dispatchEvent(new Event('change', { bubbles: true }))
    },
    id,
    value,
  )

const NOTE = 'Ghi bởi kiểm thử cửa sổ'

test('sign in, find the 90 tasks, edit one, restart, and find the edit', async () => {
  const dataDir = scratch('window')
  let app = await dashboard({ dataDir })
  try {
    await app.signIn()
    await app.click('nav-tasks')
    await app.see('task-row-1')
    // Whether the scrollbar takes room or lies over the rows differs from engine to engine.
    const [titles, cells] = await app.run(() =>
      ['[aria-label="Các cột"]', '[data-testid="task-row-1"]'].map((line) =>
        [...document.querySelector(line).children].map((cell) => Math.round(cell.getBoundingClientRect().left)),
      ),
    )
    assert.deepEqual(titles, cells, 'each title stands above its column')
    const rows = (await app.call('tasks')).rows
    const headings = rows.filter((r) => r.heading).map((r) => r.no)
    const shown = (await app.run(collectRows)).filter((no) => !headings.includes(no))
    assert.deepEqual(shown.sort(), taskNumbers)

    const task = rows.find((r) => r.editable && r.status === 'in_progress')
    await app.type('search', task.no)
    await app.click(`task-row-${task.no}`)
    await app.see('task-panel')
    await app.run(() => document.activeElement?.blur())
    await app.chord('e')
    await app.see('edit-status')
    await choose(app, 'edit-status', 'not_started')
    await app.type('edit-note', NOTE)
    await app.click('edit-save')
    await app.see('toast')
    await until('the edit', async () => (await app.call('task', { no: task.no })).row.status === 'not_started')

    await app.terminate()
    app = await dashboard({ dataDir })
    // The kept session is resumed where there is a keyring; elsewhere one signs in again.
    await until(
      'the way in',
      async () => {
        await app.run(() => document.querySelector('[data-testid=sign-in]:enabled')?.click())
        return await app.has('phase-active')
      },
      { within: 40_000 },
    )
    await app.click('nav-tasks')
    await app.type('search', task.no)
    await app.click(`task-row-${task.no}`)
    await app.see('task-panel')
    await until('the note in the panel', async () => (await app.text('task-panel')).includes(NOTE))
    assert.equal((await app.call('task', { no: task.no })).row.status, 'not_started')
    assert.equal((await app.call('journal_verify')).ok, true)
  } finally {
    await app.close()
  }
})

test('with the gateway unplugged the window shows stale or failing, never fresh', async () => {
  const app = await dashboard()
  try {
    await app.signIn()
    const sandbox = await app.sandbox()
    const state = () => app.attribute('source-gateway', 'data-state')
    await until('a fresh gateway', async () => (await state()) === 'fresh', { within: 40_000 })
    await sandbox.fault('/gateway/*', { kind: 'reset_mid_body' })
    await app.call('poll_now', { source: null }).catch(() => {})
    await sandbox.advance(3_600_000)
    await until('stale or failing', async () => ['stale', 'failing'].includes(await state()))
  } finally {
    await app.close()
  }
})

test('what no capability grants is refused, and injected scripts do not run', async () => {
  const app = await dashboard()
  try {
    await until('the page', () => app.run(() => document.readyState === 'complete'))
    const refused = await app.run(() =>
      window.__TAURI_INTERNALS__.invoke('plugin:window|title').then(
        () => 'allowed',
        (problem) => String(problem),
      ),
    )
    assert.match(refused, /not allowed/)
    const unknown = await app.run(() =>
      window.__TAURI_INTERNALS__.invoke('no_such_command', { args: {} }).then(
        () => 'allowed',
        (problem) => (typeof problem === 'string' ? problem : JSON.stringify(problem)),
      ),
    )
    assert.notEqual(unknown, 'allowed')
    await app.run(() => {
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
    })
    assert.equal(await app.run(() => window.injected ?? null), null)
    assert.equal(await app.run(() => typeof window.__TAURI__), 'undefined')
  } finally {
    await app.close()
  }
})

test('SIGTERM ends the program with 0, keeps the window’s place and frees the folder', async () => {
  const dataDir = scratch('window')
  const first = bare(dataDir)
  await opened(dataDir)
  assert.deepEqual(await first.stop('SIGTERM'), { code: 0, signal: null }, first.errors())
  assert.ok(existsSync(join(dataDir, 'window.json')))
  const again = bare(dataDir)
  await until('the folder to be free', () => again.child.exitCode === null && existsSync(join(dataDir, 'window.sock')))
  assert.deepEqual(await again.stop('SIGINT'), { code: 0, signal: null }, again.errors())
})

test('a second start brings the first window forward and ends', async () => {
  const dataDir = scratch('window')
  const first = bare(dataDir)
  try {
    await opened(dataDir)
    const second = bare(dataDir)
    assert.deepEqual(await second.ended, { code: 0, signal: null }, second.errors())
    assert.equal(first.child.exitCode, null, 'the first one is still there')
  } finally {
    await first.stop()
  }
})

test('without a display the program says so and ends', async () => {
  const app = bare(scratch('window'), { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } })
  assert.equal((await app.ended).code, 2)
  assert.match(app.errors(), /no display/)
})
