// The real dashboard in a real window.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserCommand, root, scratch, start, tree } from './process.mjs'
import { sandboxOf } from './sandbox.mjs'
import { until } from './wait.mjs'
import { openWindow } from './webdriver.mjs'

export const binary = () => process.env.PVHCC_TEST_APP ?? join(root, 'target/debug/pvhcc-desktop')

const environment = (user) => ({ PVHCC_BROWSER: browserCommand(), PVHCC_TEST_USER: user })
const words = (dataDir, profile = 'training') => [`--${profile}`, '--data-dir', dataDir]

/** Opens the dashboard under the driver. */
export async function dashboard({ app = binary(), profile = 'training', dataDir = scratch('window'), user = 'staff', env = {} } = {}) {
  const window = await openWindow(app, words(dataDir, profile), { ...environment(user), ...env })
  await window.timeouts(30_000)
  const pid = () => tree(window.driver.child.pid).find((p) => p.command.includes(dataDir))?.pid
  return {
    ...window,
    dataDir,
    pid,
    sandbox: () => until('the sandbox', () => sandboxOf(dataDir)),
    /** A command through the window's own door. */
    call: (name, args = {}) =>
      window.run(
        (name, args) =>
          window.__TAURI_INTERNALS__.invoke(name, { args }).catch((e) => {
            throw new Error(typeof e === 'string' ? e : JSON.stringify(e))
          }),
        name,
        args,
      ),
    /** Signs in by the button, as a person would. */
    async signIn() {
      await window.click('sign-in')
      await window.see('phase-active', 40_000)
    },
    /** Ends the program as the system does at logout, and waits until it is gone. */
    async terminate() {
      const id = pid()
      process.kill(id, 'SIGTERM')
      await until('the end of the program', () => !existsSync(`/proc/${id}`) || pid() === undefined)
      await window.driver.stop()
    },
  }
}

/** Starts the dashboard without a driver, for what concerns the process. */
export function bare(dataDir, { app = binary(), user = 'staff', env = {} } = {}) {
  return start(app, words(dataDir), { ...environment(user), ...env })
}

/** The window is open and answers a second start. */
export const opened = (dataDir) => until('the open window', () => existsSync(join(dataDir, 'window.sock')), { within: 60_000 })
