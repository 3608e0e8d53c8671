// An answer that depends on a question: the last good one stays on screen while the next is asked, so that nothing jumps.
import { asBackendError, type BackendError } from '../backend/backend'

export class Asked<Q, T> {
  /** The last good answer. It may be of the question before: see `current`. */
  data = $state.raw<T | null>(null)
  error = $state.raw<BackendError | null>(null)
  /** An answer is awaited. */
  busy = $state(false)
  /** `data` answers what was asked last. */
  current = $state(false)
  readonly #ask: (question: Q) => Promise<T>
  #key: string | null = null
  #number = 0

  constructor(ask: (question: Q) => Promise<T>) {
    this.#ask = ask
  }

  /** Asks. The answer to an earlier question that comes later is not taken; another question than before takes its error away. */
  async put(question: Q): Promise<void> {
    const key = JSON.stringify(question)
    const number = ++this.#number
    if (key !== this.#key) {
      this.#key = key
      this.current = false
      this.error = null
    }
    this.busy = true
    try {
      const data = await this.#ask(question)
      if (number !== this.#number) return
      this.data = data
      this.error = null
      this.current = true
    } catch (problem) {
      if (number !== this.#number) return
      this.error = asBackendError(problem)
    }
    this.busy = false
  }

  /** An answer to the last question that came another way, as from an act on what is shown. */
  set(data: T): void {
    this.#number += 1
    this.data = data
    this.error = null
    this.busy = false
    this.current = true
  }

  /** What stands belongs to something else. */
  clear(): void {
    this.#number += 1
    this.#key = null
    this.data = null
    this.error = null
    this.busy = this.current = false
  }
}
