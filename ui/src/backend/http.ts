// The backend over HTTP, for browser tests and for work on the page without the shell.
import { asBackendError, type Backend } from './backend'
import type { AppEvent } from './generated/types'

export const httpBackend: Backend = {
  async call(name, args) {
    try {
      const answer = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(args),
      })
      const body: unknown = await answer.json()
      if (!answer.ok) throw asBackendError(body)
      return body as never
    } catch (problem) {
      throw asBackendError(problem)
    }
  },
  onEvent(hear, reconnected) {
    const source = new EventSource('/events')
    let lost = false
    source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as AppEvent)
    source.onerror = () => (lost = true)
    source.onopen = () => {
      if (lost) reconnected?.()
      lost = false
    }
    return () => source.close()
  },
}
