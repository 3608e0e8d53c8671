// A small WebDriver client over plain HTTP, for the real window under WebKitWebDriver.
import { writeFileSync } from 'node:fs'
import { freePort, readProcess, start, tree } from './process.mjs'
import { until } from './wait.mjs'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** Starts `binary` with `args` under a driver of its own. */
export async function openWindow(binary, args, env = {}) {
  const port = await freePort()
  const driver = start('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    // Without the DMA-BUF renderer (or without compositing) WebKitGTK 2.50 never answers a request for a screenshot.
    WEBKIT_DISABLE_DMABUF_RENDERER: '0',
    TAURI_WEBVIEW_AUTOMATION: 'true',
    ...env,
  })
  const base = `http://127.0.0.1:${port}`
  const send = async (method, path, body) => {
    const answer = await fetch(base + path, { method, body: body === undefined ? undefined : JSON.stringify(body) })
    const { value } = await answer.json()
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`)
    return value
  }
  try {
    await until('the driver', async () => (await send('GET', '/status')).ready)
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } }
    const { sessionId } = await send('POST', '/session', { capabilities })
    return session(driver, (method, path, body) => send(method, `/session/${sessionId}${path}`, body))
  } catch (problem) {
    await driver.stop('SIGKILL')
    throw new Error(`${problem.message}\n${driver.errors()}`, { cause: problem })
  }
}

function session(driver, send) {
  const css = (id) => `[data-testid="${id}"]`
  const find = async (id) => {
    const found = await send('POST', '/elements', { using: 'css selector', value: css(id) })
    return found[0]?.[ELEMENT]
  }
  const self = {
    driver,
    /** Runs a function in the page; it may be async; its arguments are plain data. */
    async run(fn, ...args) {
      const script = `const done = arguments[arguments.length - 1];
        Promise.resolve((${fn}).apply(null, [...arguments].slice(0, -1)))
          .then((value) => done({ value }), (error) => done({ error: error?.message ?? JSON.stringify(error) }))`
      const answer = await send('POST', '/execute/async', { script, args })
      if (answer?.error !== undefined) throw new Error(answer.error)
      return answer?.value
    },
    has: async (id) => (await find(id)) !== undefined,
    see: (id, within) => until(`«${id}»`, () => find(id), { within }),
    async click(id) {
      await until(`a click on «${id}»`, async () => {
        const element = await find(id)
        if (!element) return false
        await send('POST', `/element/${element}/click`, {})
        return true
      })
    },
    attribute: async (id, name) => send('GET', `/element/${await self.see(id)}/attribute/${name}`),
    text: async (id) => send('GET', `/element/${await self.see(id)}/text`),
    async type(id, text) {
      await send('POST', `/element/${await self.see(id)}/value`, { text })
    },
    /** Presses keys together, as Ctrl+K: each is a WebDriver key value. */
    async chord(...keys) {
      const actions = [
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...keys.toReversed().map((value) => ({ type: 'keyUp', value })),
      ]
      await send('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] })
    },
    async screenshot(path) {
      writeFileSync(path, Buffer.from(await send('GET', '/screenshot'), 'base64'))
    },
    timeouts: (script) => send('POST', '/timeouts', { script }),
    async close() {
      const before = tree(driver.child.pid).slice(1)
      await send('DELETE', '').catch(() => {})
      await driver.stop()
      // Now and then the driver goes and leaves the window: then it is asked as the system asks.
      const left = before.filter((p) => readProcess(p.pid) === p.command.join(' '))
      for (const { pid } of left) {
        try {
          process.kill(pid, 'SIGTERM')
        } catch (problem) {
          // It went by itself in the meantime.
          if (problem.code !== 'ESRCH') throw problem
        }
      }
    },
  }
  return self
}
