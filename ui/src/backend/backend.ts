// The seam between the page and the program behind it. The rest of the page knows only this interface: neither Tauri nor
// HTTP.
import type { Commands } from './generated/commands'
import type { AppEvent, ErrorCode, WireError } from './generated/types'

export interface Backend {
  /** Runs a command. Rejects with {@link BackendError} only. */
  call<K extends keyof Commands>(name: K, args: Commands[K]['args']): Promise<Commands[K]['result']>
  /**
   * Hears what changed. `reconnected` is called when events may have been missed. Returns the way to stop hearing.
   */
  onEvent(hear: (event: AppEvent) => void, reconnected?: () => void): () => void
}

/** A refusal or failure, with its text ready to show. */
export class BackendError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, string>

  constructor(code: ErrorCode, message: string, details: Record<string, string> = {}) {
    super(message)
    this.name = 'BackendError'
    this.code = code
    this.details = details
  }
}

const isWireError = (value: unknown): value is WireError =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value

/** Whatever was thrown or sent, as a {@link BackendError}. */
export function asBackendError(value: unknown): BackendError {
  if (value instanceof BackendError) return value
  if (isWireError(value)) return new BackendError(value.code, value.message, value.details ?? {})
  const cause = value instanceof Error ? value.message : String(value)
  return new BackendError('internal', 'Chương trình không trả lời. Hãy thử lại; nếu vẫn lỗi, hãy mở lại chương trình.', { cause })
}
