// What every form shares: saving, telling what happened, and drafts.
import { asBackendError, backend, type BackendError } from '../backend'
import type { DraftView } from '../backend/generated/types'
import { DraftKeeper } from '../lib/drafts'

export const keeper = new DraftKeeper(backend)

/** What is typed about one thing, kept while it is typed; what an earlier form left is read, to be offered. */
export class Drafts {
  readonly entity: string
  list = $state.raw<DraftView[]>([])

  constructor(entity: string) {
    this.entity = entity
    this.read()
  }

  /** What was left by now. Drafts that cannot be read are no reason not to type. */
  read(): void {
    backend.call('drafts', {}).then(
      (answer) => (this.list = answer.drafts.filter((d) => d.entity === this.entity)),
      () => {},
    )
  }

  typed(field: string, text: string): void {
    keeper.typed(this.entity, field, text)
  }

  /** The texts were saved or given up. */
  async drop(...fields: string[]): Promise<void> {
    this.list = this.list.filter((d) => !fields.includes(d.field))
    await keeper.drop(this.entity, ...fields)
  }
}

export class Saving {
  busy = $state(false)
  error = $state.raw<BackendError | null>(null)

  /** What the backend says about one field. */
  of(field: string): string | undefined {
    return this.error?.details.field === field ? this.error.message : undefined
  }

  /** What it says about none of them. */
  get general(): string | undefined {
    return this.error && !this.error.details.field ? this.error.message : undefined
  }

  /** Runs an act of a form and tells what was done: the answer when it was kept. Only then the drafts of `fields` are dropped. */
  async keep<T>(act: () => Promise<T>, tell: (done: T) => void, drafts?: Drafts, ...fields: string[]): Promise<T | null> {
    let kept: T | null = null
    await this.act(async () => {
      const done = await act()
      tell(done)
      await drafts?.drop(...fields)
      kept = done
    })
    return kept
  }

  /** Runs what a form saves, once at a time; true when nothing was refused. */
  async act(act: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = null
    try {
      await act()
      return true
    } catch (problem) {
      this.error = asBackendError(problem)
      return false
    } finally {
      this.busy = false
    }
  }
}
