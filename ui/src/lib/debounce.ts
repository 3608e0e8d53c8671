// Calls that wait until the hand rests.

export interface Debounced<A extends unknown[]> {
  /** Runs `ms` after the last call. */
  (...args: A): void
  /** Runs at once what is waiting. */
  flush(): void
  /** Drops what is waiting. */
  cancel(): void
}

export function debounce<A extends unknown[]>(run: (...args: A) => void, ms: number): Debounced<A> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting: A | undefined
  const fire = () => {
    const args = waiting
    clearTimeout(timer)
    waiting = undefined
    if (args) run(...args)
  }
  const debounced = (...args: A) => {
    waiting = args
    clearTimeout(timer)
    timer = setTimeout(fire, ms)
  }
  return Object.assign(debounced, {
    flush: fire,
    cancel() {
      clearTimeout(timer)
      waiting = undefined
    },
  })
}
