// An answer of the backend that is kept on screen while it is asked again, so that nothing jumps.
import { asBackendError, type BackendError } from '../backend/backend'

export class Resource<T> {
  /** The last good answer; stays while newer ones are fetched or fail. */
  data = $state.raw<T | null>(null)
  error = $state.raw<BackendError | null>(null)
  busy = $state(false)
  readonly #fetch: () => Promise<T>
  #again = false
  #running: Promise<void> | null = null
  #generation = 0

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch
  }

  /** Asks again. While a question is under way, one more follows it, however often this is called. */
  load(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#run().finally(() => (this.#running = null))
    return this.#running
  }

  /** Asks only if there is no answer yet. */
  need(): void {
    if (this.data === null && !this.#running) void this.load()
  }

  /** Asks again if the answer is on screen. */
  refresh(): void {
    if (this.data !== null || this.error !== null || this.#running) void this.load()
  }

  /**
   * An answer that came another way. The answer to a question under way may be older or newer: it is not taken, and the
   * question is asked once more.
   */
  set(data: T): void {
    if (this.#running) this.#again = true
    this.#generation += 1
    this.data = data
    this.error = null
  }

  clear(): void {
    this.#generation += 1
    this.data = null
    this.error = null
  }

  async #run(): Promise<void> {
    this.busy = true
    do {
      this.#again = false
      const generation = this.#generation
      try {
        const data = await this.#fetch()
        if (generation === this.#generation) {
          this.data = data
          this.error = null
        }
      } catch (problem) {
        if (generation === this.#generation) this.error = asBackendError(problem)
      }
    } while (this.#again)
    this.busy = false
  }
}
