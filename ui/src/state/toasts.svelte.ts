// Short messages at the lower edge. They wait while the pointer or the focus is on them.

export interface Toast {
  id: number
  text: string
  tone: 'info' | 'bad'
  action: { text: string; run: () => void } | null
}

const SHOWN = 8000

class Toasts {
  list = $state.raw<Toast[]>([])
  #next = 1
  #timers = new Map<number, ReturnType<typeof setTimeout>>()

  show(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
    const toast: Toast = { id: this.#next++, text, tone: 'info', action: null, ...options }
    this.list = [...this.list.slice(-2), toast]
    this.release(toast.id)
  }

  close(id: number): void {
    this.hold(id)
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  hold(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
  }

  release(id: number): void {
    this.hold(id)
    this.#timers.set(id, setTimeout(() => this.close(id), SHOWN))
  }
}

export const toasts = new Toasts()
