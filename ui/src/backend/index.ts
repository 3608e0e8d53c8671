// Chooses the backend once, by where the page runs.
import type { Backend } from './backend'
import { httpBackend } from './http'
import { tauriBackend } from './tauri'

export { BackendError, asBackendError } from './backend'
export type { Backend } from './backend'

export const backend: Backend = '__TAURI_INTERNALS__' in window ? tauriBackend : httpBackend
