// The commands over HTTP, on a fresh training profile; with `records` the sandbox's dossier records are taken too,
// which keeps a machine busy for a while.
import { join } from 'node:path'
import { browserCommand, root, scratch, start } from './process.mjs'
import { sandboxAt } from './sandbox.mjs'
import { until } from './wait.mjs'

const binary = () => process.env.PVHCC_TEST_DEVSERVER ?? join(root, 'target/debug/pvhcc-devserver')

export async function devserver({ program = binary(), dataDir = scratch('devserver'), user = 'staff', follow = true, records = false, args = [] } = {}) {
  const process = start(program, ['--ui', join(root, 'ui/dist'), '--data-dir', dataDir, ...(records ? [] : ['--no-records']), ...args], {
    PVHCC_TEST_USER: user,
    ...(follow ? { PVHCC_BROWSER: browserCommand() } : {}),
  })
  const { url, sandbox } = JSON.parse(await process.line())
  return { ...process, url, dataDir, urls: sandbox, sandbox: sandboxAt(sandbox.control), call: (name, args) => call(url, name, args) }
}

/** Somebody signs in, and the sources are asked. */
export async function signedIn(server) {
  await server.call('window_shown')
  await server.call('sign_in_start')
  await until('the sign-in', async () => (await server.call('session')).phase === 'active')
}

/** One command; a refusal is thrown with its code. */
export async function call(url, name, args = {}) {
  const answer = await fetch(`${url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  const body = await answer.json()
  if (!answer.ok) throw Object.assign(new Error(`${name}: ${body.code}: ${body.message}`), { code: body.code })
  return body
}
