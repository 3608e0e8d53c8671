// The checklist at another moment: which one, what it looked like, or what has changed since. Nothing can be written there.
import { asBackendError, backend, type BackendError } from '../backend'
import type { CompareView, TasksView } from '../backend/generated/types'
import { app } from './app.svelte'
import { route } from './route.svelte'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

class Travel {
  /** The dialog that asks for a moment is open. */
  asking = $state(false)
  /** The moment looked at, UTC ms; `null` is now. */
  at = $state<number | null>(null)
  past = $state.raw<TasksView | null>(null)
  /** Two moments compared; `to` of `null` is now, and follows it. */
  compared = $state<{ from: number; to: number | null } | null>(null)
  changes = $state.raw<CompareView | null>(null)
  error = $state.raw<BackendError | null>(null)
  /** Of a comparison, only the tasks that changed. */
  onlyChanged = $state(true)
  #asked = 0

  /** Somewhere else than now. */
  get away(): boolean {
    return this.at !== null || this.compared !== null
  }

  /** Id of the checklist on screen; `null` is the main one. */
  get list(): string | null {
    return route.list
  }

  look(at: number): void {
    this.#clear()
    this.at = Math.min(at, app.now)
    void this.load()
  }

  compare(from: number, to: number | null = null): void {
    this.#clear()
    this.compared = { from, to }
    this.onlyChanged = true
    void this.load()
  }

  /** Moves the moment looked at; never beyond now. */
  step(by: number): void {
    if (this.at === null) return
    this.at = Math.min(this.at + by, app.now)
    void this.load()
  }

  leave(): void {
    this.#clear()
  }

  /** Asks again: another seat's words about the past may have come in, and "now" goes on. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    const { at, compared, list } = this
    try {
      const past = at === null ? null : await backend.call('tasks_as_of', { at, list })
      const changes = compared === null ? null : await backend.call('tasks_compare', { ...compared, list })
      if (asked !== this.#asked) return
      this.past = past
      this.changes = changes
      this.error = null
    } catch (problem) {
      if (asked === this.#asked) this.error = asBackendError(problem)
    }
  }

  #clear(): void {
    this.#asked += 1
    this.at = this.compared = null
    this.past = this.changes = this.error = null
    this.asking = false
  }
}

export const travel = new Travel()
