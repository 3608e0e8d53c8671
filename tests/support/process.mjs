// Programs under test: started, read by lines, ended by their id.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const root = resolve(import.meta.dirname, '../..')

/** A program; its errors are kept for the message when it ends too early. */
export function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-8000)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (code, signal) => done({ code, signal }))
  })
  ended.catch(() => {})
  return {
    child,
    ended,
    errors: () => errors,
    async line() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${program} ended before it said anything: ${errors}`)
      return value
    },
    async stop(signal = 'SIGTERM', within = 15_000) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const late = setTimeout(() => child.kill('SIGKILL'), within)
      const how = await ended
      clearTimeout(late)
      return how
    },
  }
}

/** A folder that goes when the tests go. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `pvhcc-${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** A port that is free now. */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** The command for PVHCC_BROWSER: a name without blanks, whatever the repository's folder is called. */
export function browserCommand() {
  const link = join(scratch('browser'), 'browser')
  symlinkSync(join(root, 'tests/support/browser.mjs'), link)
  return link
}

/** Processes below `pid`, itself included: [{ pid, command }]. Linux only. */
export function tree(pid) {
  const all = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      all.push({ pid: Number(name), parent, command })
    } catch {
      // It ended while we were looking.
    }
  }
  const found = all.filter((p) => p.pid === pid)
  for (let i = 0; i < found.length; i++) found.push(...all.filter((p) => p.parent === found[i].pid))
  return found
}

/** The command line of a process, words joined by blanks; empty when it is gone. */
export function readProcess(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ')
  } catch {
    return ''
  }
}
