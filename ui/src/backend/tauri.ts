// The backend inside the desktop shell. The only file of the page that knows Tauri.
import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { asBackendError, type Backend } from './backend'
import type { AppEvent } from './generated/types'

export const tauriBackend: Backend = {
  async call(name, args) {
    try {
      return await invoke(name, { args })
    } catch (problem) {
      throw asBackendError(problem)
    }
  },
  onEvent(hear, reconnected) {
    let stopped = false
    let stop = () => {}
    void listen<AppEvent>('app-event', ({ payload }) => hear(payload)).then((unlisten) => {
      if (stopped) return unlisten()
      stop = unlisten
      // Whatever happened between the first paint and this moment was not heard.
      reconnected?.()
    })
    return () => {
      stopped = true
      stop()
    }
  },
}
