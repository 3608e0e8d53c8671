// The first start in the real window: the choice is gone on with in the same window, nobody closes and opens anything.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { binary } from '../support/desktop.mjs'
import { devserver } from '../support/devserver.mjs'
import { browserCommand, scratch, start } from '../support/process.mjs'
import { until } from '../support/wait.mjs'
import { openWindow } from '../support/webdriver.mjs'

const opened = (folder) => until('the open window', () => existsSync(join(folder, 'window.sock')), { within: 60_000 })

test('the training profile opens in place of the first page, in a folder of its own', async () => {
  const home = scratch('home')
  const env = { PVHCC_HOME: home, PVHCC_BROWSER: browserCommand() }
  const window = await openWindow(binary(), [], env)
  try {
    await opened(join(home, 'official'))
    await window.click('setup-training')
    await window.see('sign-in', 40_000)
    await opened(join(home, 'training'))
    assert.ok(!existsSync(join(home, 'official/window.sock')), 'the other folder is left')
    assert.ok(!existsSync(join(home, 'official/sandbox')), 'and untouched')
    await window.click('sign-in')
    await window.see('phase-active', 40_000)

    // The way out leads through the browser and is told in the window.
    await window.run(() => window.__TAURI_INTERNALS__.invoke('sign_out', { args: {} }))
    await window.see('sign-in')
    await until('the end at VNeID', async () => (await window.text('toast')).includes('Đã đăng xuất khỏi VNeID'))

    // The choice is kept: a second start finds this window.
    const second = start(binary(), [], env)
    assert.deepEqual(await second.ended, { code: 0, signal: null }, second.errors())
  } finally {
    await window.close()
  }
})

test('the official profile is tested, saved and opened in place of the first page', async () => {
  const home = scratch('home')
  const sources = await devserver({ follow: false })
  const { issuer, gateway, portal } = sources.urls
  const secrets = { PVHCC_GATEWAY_TOKEN: 'sandbox', PVHCC_PORTAL_PASSWORD: 'sandbox' }
  const window = await openWindow(binary(), ['--official'], { PVHCC_HOME: home, ...secrets })
  try {
    await window.click('setup-official')
    const typed = {
      issuer, clientId: 'pvhcc-dashboard', gateway, portal,
      dstcode: 'VN:GOV:SANDBOX', providerUrl: portal, unitCode: 'H21', username: 'sandbox',
    }
    for (const [key, value] of Object.entries({ ...typed, gateway: 'truc.example' })) await window.type(`setup-${key}`, value)
    await window.click('setup-save')
    await window.see('setup-problem')
    const said = await window.run(() => {
      const [problem, button] = ['setup-problem', 'setup-save'].map((id) => document.querySelector(`[data-testid=${id}]`))
      return {
        text: problem.textContent,
        focused: document.activeElement === problem,
        below: problem.getBoundingClientRect().top - button.getBoundingClientRect().bottom,
      }
    })
    assert.match(said.text, /https:/)
    assert.ok(said.focused && said.below >= 0 && said.below < 40, `beside the button that was pressed: ${JSON.stringify(said)}`)
    await window.run(() => {
      const field = document.querySelector('[data-testid=setup-gateway]')
      field.value = ''
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await window.type('setup-gateway', gateway)
    assert.equal(await window.attribute('setup-PVHCC_GATEWAY_TOKEN', 'disabled'), 'true', 'the environment has it')
    await window.click('setup-test')
    await window.see('setup-tested')
    assert.equal(await window.run(() => document.querySelectorAll('[data-testid=setup-tested] [aria-label="Đạt"]').length), 3)
    if (process.env.PVHCC_SHOTS) await window.screenshot(join(process.env.PVHCC_SHOTS, 'setup.png'))
    await window.click('setup-save')
    await window.see('sign-in', 40_000)
    assert.ok(existsSync(join(home, 'official/config.toml')))
    const sourcesAnswer = () => window.run(() => window.__TAURI_INTERNALS__.invoke('session', { args: {} }))
    assert.equal((await sourcesAnswer()).profile.training, false)
  } finally {
    await window.close()
    await sources.stop()
  }
})
