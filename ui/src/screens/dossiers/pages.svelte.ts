// A long answer that comes page by page, in order: what stands is kept while it grows, and begins anew with another question.
import { asBackendError, type BackendError } from '../../backend/backend'

export interface PageOf<V, R> {
  view: V
  rows: R[]
  count: number
}

export class Pages<Q, V, R> {
  /** The last page's view. */
  view = $state.raw<V | null>(null)
  rows = $state.raw<R[]>([])
  count = $state(0)
  error = $state.raw<BackendError | null>(null)
  busy = $state(false)
  /** What stands answers what was asked last. */
  current = $state(false)
  readonly #ask: (question: Q, offset: number) => Promise<PageOf<V, R>>
  #question: Q | null = null
  #number = 0

  constructor(ask: (question: Q, offset: number) => Promise<PageOf<V, R>>) {
    this.#ask = ask
  }

  /** Asks for the first page; what stood before stays until it comes. */
  put(question: Q): Promise<void> {
    this.#question = question
    this.current = false
    return this.#load(0)
  }

  /** Asks for the next page, unless one is on its way or all have come. */
  more(): Promise<void> {
    if (this.busy || !this.current || this.rows.length >= this.count) return Promise.resolve()
    return this.#load(this.rows.length)
  }

  async #load(offset: number): Promise<void> {
    const question = this.#question
    if (question === null) return
    const number = ++this.#number
    this.busy = true
    try {
      const page = await this.#ask(question, offset)
      if (number !== this.#number) return
      this.view = page.view
      this.rows = offset === 0 ? page.rows : [...this.rows, ...page.rows]
      // A page without rows is the end, whatever was promised.
      this.count = page.rows.length === 0 ? this.rows.length : page.count
      this.error = null
      this.current = true
    } catch (problem) {
      if (number !== this.#number) return
      this.error = asBackendError(problem)
      if (offset === 0) {
        this.rows = []
        this.count = 0
      }
    }
    this.busy = false
  }
}
