// Acts that several places offer: menu, palette, keys.
import { asBackendError, backend } from '../backend'
import type { TableFormat } from '../backend/generated/types'
import { app } from './app.svelte'
import { route } from './route.svelte'
import { toasts } from './toasts.svelte'

/** Runs an act; what goes wrong is told at the lower edge. Returns whether it went well. */
export async function attempt(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (problem) {
    toasts.show(asBackendError(problem).message, { tone: 'bad' })
    return false
  }
}

export const signIn = () => attempt(async () => app.adopt(await backend.call('sign_in_start', {})))
export const signOut = () => attempt(async () => app.adopt(await backend.call('sign_out', {})))

export const pollNow = (source: string | null = null) =>
  attempt(async () => {
    app.sources.set(await backend.call('poll_now', { source }))
    await app.loadFrame()
  })

export const backupNow = () =>
  attempt(async () => {
    app.storage.set(await backend.call('backup_now', {}))
    toasts.show('Đã sao lưu.')
  })

/** Looks whether files kept as evidence are as they were: of one task, or of all. */
export const checkEvidence = (no: string | null) =>
  attempt(async () => {
    const found = await backend.call('evidence_check', { no })
    toasts.show([found.text, ...found.problems].join(' '), found.problems.length > 0 ? { tone: 'bad' } : {})
  })

/** Takes back one's own last act, or the named one. */
export const undo = (eventId: string | null = null) =>
  attempt(async () => {
    const done = await backend.call('undo', { eventId })
    toasts.show(done.message, { action: { text: 'Làm lại', run: () => void undo(done.eventId) } })
    app.tasks.refresh()
  })

/** What was done, with the way back. */
export const tell = ({ message, eventId }: { message: string; eventId: string }): void =>
  toasts.show(message, { action: { text: 'Hoàn tác', run: () => void undo(eventId) } })

/** What was done, when the way back is an act of its own. */
export const say = ({ message }: { message: string }): void => toasts.show(message)

/** The checklist on screen as a file. */
export const exportList = (format: TableFormat) => attempt(async () => say(await backend.call('tasks_export', { list: route.list, format })))
