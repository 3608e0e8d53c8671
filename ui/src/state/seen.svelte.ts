// What a view of the operation asks, of now or of the moment that is played: one question at a time then, the newest next, so that
// playing skips pictures instead of piling up questions, and the last picture stays until the next has come.
import type { BackendError } from '../backend'
import { Asked } from './asked.svelte'
import { replay } from './replay.svelte'

type When = { asOf?: number }

export class Seen<Q, T> {
  readonly #asked: Asked<[Q, When], T>
  #next: [Q, When] | null = null
  #running = false
  #past = false

  constructor(ask: (question: Q, when: When) => Promise<T>) {
    this.#asked = new Asked(([question, when]) => ask(question, when))
  }

  get data(): T | null {
    return this.#asked.data
  }
  get error(): BackendError | null {
    return this.#asked.error
  }
  get busy(): boolean {
    return this.#asked.busy
  }
  get current(): boolean {
    return this.#asked.current
  }

  async put(question: Q): Promise<void> {
    const when = replay.when
    const past = when.asOf !== undefined
    // What stood then is not shown as what stands now.
    if (this.#past && !past) this.#asked.clear()
    this.#past = past
    if (!past) {
      this.#next = null
      return this.#asked.put([question, when])
    }
    this.#next = [question, when]
    if (this.#running) return
    this.#running = true
    while (this.#next !== null) {
      const next: [Q, When] = this.#next
      this.#next = null
      await this.#asked.put(next)
      // Nor is one moment shown in place of another that cannot be shown.
      if (this.#asked.error !== null && this.#past) this.#asked.data = null
    }
    this.#running = false
  }

  set(data: T): void {
    this.#asked.set(data)
  }
  clear(): void {
    this.#next = null
    this.#asked.clear()
  }
}
