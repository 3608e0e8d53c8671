// The sandbox's control routes: faults, clock, log.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The sandbox inside the training profile of `dataDir`. */
export function sandboxOf(dataDir) {
  const { port } = JSON.parse(readFileSync(join(dataDir, 'sandbox/sandbox.json'), 'utf8'))
  return sandboxAt(`http://127.0.0.1:${port}/control`)
}

export function sandboxAt(control) {
  const post = async (path, body) => {
    const answer = await fetch(control + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
  return {
    fault: (pattern, fault, times) => post('/faults', { pattern, fault, ...(times ? { times } : {}) }),
    heal: () => fetch(`${control}/faults`, { method: 'DELETE' }),
    advance: (ms) => post('/clock', { advance_ms: ms }),
    log: async () => (await (await fetch(`${control}/log`)).json()).requests,
  }
}
