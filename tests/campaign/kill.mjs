// Zero acknowledged loss as a figure: edits as fast as they are answered, polling beside them, kill -9 at a random
// moment, restart, and every acknowledged edit must be in the journal, whose chain must hold.
import { parseArgs } from 'node:util'
import { devserver } from '../support/devserver.mjs'
import { scratch } from '../support/process.mjs'
import { signInAt } from '../support/signin.mjs'
import { until } from '../support/wait.mjs'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, devserver: { type: 'string' }, seed: { type: 'string' } },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number from 1`)
const dataDir = scratch('kill')

// A repeatable sequence of moments; the seed is printed.
let state = Number(values.seed ?? Date.now() % 2 ** 31)
console.log(`kill campaign: ${rounds} rounds, --seed ${state}`)
const random = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
  return state / 0x80000000
}

const open = () => devserver({ ...(values.devserver ? { program: values.devserver } : {}), dataDir, follow: false })

async function signIn(server) {
  if ((await server.call('session')).phase === 'active') return
  const started = await server.call('sign_in_start')
  const url = started.authorizeUrl ?? (await until('the address', async () => (await server.call('session')).authorizeUrl))
  await signInAt(url)
  await until('the sign-in', async () => (await server.call('session')).phase === 'active')
}

/** One writer: its edits one after another, noting each only once it is acknowledged. */
async function edit(server, tasks, acknowledged, writer) {
  for (let i = 0; ; i++) {
    const no = tasks[Math.floor(random() * tasks.length)]
    const args = { no, note: `Vòng thử ${writer}.${i}`, basedOn: null }
    try {
      const { eventId } = await server.call('task_add_note', args)
      acknowledged.push({ no, eventId })
    } catch (problem) {
      // A refusal is a defect of the campaign; a broken connection is the kill.
      if (problem.code) throw problem
      return
    }
  }
}

async function poll(server) {
  for (;;) {
    try {
      await server.call('poll_now', {})
    } catch {
      return
    }
  }
}

const kept = []
let lost = 0
let broken = 0
for (let round = 1; round <= rounds; round++) {
  const server = await open()
  const acknowledged = []
  await signIn(server)
  const tasks = (await server.call('tasks')).rows.filter((r) => !r.heading && r.editable).map((r) => r.no)
  const work = [1, 2, 3].map((n) => edit(server, tasks, acknowledged, `${round}.${n}`))
  work.push(poll(server))
  const killAfter = 20 + random() * 980
  await new Promise((done) => setTimeout(done, killAfter))
  await server.stop('SIGKILL')
  await Promise.all(work)
  kept.push(...acknowledged)

  const again = await open()
  const byTask = Map.groupBy ? Map.groupBy(kept, (k) => k.no) : group(kept)
  for (const [no, edits] of byTask) {
    const { history } = await again.call('task', { no })
    const ids = new Set(history.map((h) => h.id))
    for (const { eventId } of edits) {
      if (!ids.has(eventId)) {
        lost++
        console.log(`round ${round}: the acknowledged edit ${eventId} of task ${no} is gone`)
      }
    }
  }
  const verified = await again.call('journal_verify')
  if (!verified.ok) {
    broken++
    console.log(`round ${round}: ${verified.text}`)
  }
  await again.stop('SIGTERM')
  if (lost || broken) break
}

function group(list) {
  const groups = new Map()
  for (const item of list) groups.set(item.no, [...(groups.get(item.no) ?? []), item])
  return groups
}

console.log(`${rounds} rounds, ${kept.length} acknowledged edits, ${lost} lost, ${broken} broken chains`)
if (kept.length === 0) {
  console.log('not one edit was acknowledged: the campaign has shown nothing')
  process.exitCode = 1
}
if (lost || broken) process.exitCode = 1
process.exit()
