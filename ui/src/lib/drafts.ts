// Keeps what is being typed: one second after the last key, per field. A draft is no act; it is offered again after a
// crash and dropped when the text was saved or emptied.
import type { Backend } from '../backend/backend'
import { debounce, type Debounced } from './debounce'

/** How long the hand must rest, ms (design §3). */
export const DRAFT_DELAY = 1000

export class DraftKeeper {
  readonly #backend: Backend
  readonly #fields = new Map<string, Debounced<[string]>>()

  constructor(backend: Backend) {
    this.#backend = backend
  }

  /** Hears a key. */
  typed(entity: string, field: string, text: string): void {
    const key = `${entity}\n${field}`
    let keep = this.#fields.get(key)
    if (!keep) {
      keep = debounce((latest: string) => this.#keep(entity, field, latest), DRAFT_DELAY)
      this.#fields.set(key, keep)
    }
    keep(text)
  }

  /** The texts were saved or given up: nothing is left to offer. One that cannot be dropped is only offered again. */
  async drop(entity: string, ...fields: string[]): Promise<void> {
    for (const field of fields) {
      this.#fields.get(`${entity}\n${field}`)?.cancel()
      await this.#backend.call('draft_discard', { entity, field }).catch(() => {})
    }
  }

  /** Keeps at once what waits, as when the form closes. */
  flush(): void {
    for (const keep of this.#fields.values()) keep.flush()
  }

  #keep(entity: string, field: string, text: string): void {
    const kept =
      text.trim() === ''
        ? this.#backend.call('draft_discard', { entity, field })
        : this.#backend.call('draft_put', { entity, field, text })
    // A draft that could not be kept must not disturb the typing; saving itself will say what is wrong.
    kept.catch(() => {})
  }
}
