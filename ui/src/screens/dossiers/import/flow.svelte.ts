// One file on its way in: sent piece by piece, looked at, its mapping edited, taken. It outlives the part of the screen that
// shows it, so that nothing is lost by looking elsewhere.
import { asBackendError, backend, type BackendError } from '../../../backend'
import type { ImportMapping, ImportUnknown, ImportWhat, LookView, TakenView } from '../../../backend/generated/types'
import { base64 } from '../../../lib/files'
import { app } from '../../../state/app.svelte'
import { toasts } from '../../../state/toasts.svelte'
import { texts } from './mapping'

/** Bytes of a piece; the program takes no more at a time. */
const PIECE = 4 * 1024 * 1024
/** Up to so many rows a changed choice is read again at once; larger files wait to be told. */
export const AT_ONCE = 50_000

export type Phase = 'idle' | 'sending' | 'looking' | 'taking'

/** What a person can say of a file; `null` is guessed. */
export interface Said {
  what: ImportWhat | null
  system: string | null
  asOf: number | null
  mapping: ImportMapping | null
}
const nothing: Said = { what: null, system: null, asOf: null, mapping: null }

class Flow {
  name = $state('')
  size = $state(0)
  /** Bytes that have come. */
  sent = $state(0)
  phase = $state<Phase>('idle')
  view = $state.raw<LookView | null>(null)
  said = $state.raw<Said>(nothing)
  /** Texts of the file that the program does not know, with those that were given a meaning. */
  texts = $state.raw<ImportUnknown[]>([])
  /** Choices changed since the file was read. */
  edited = $state(false)
  error = $state.raw<BackendError | null>(null)
  /** What the last file brought. */
  taken = $state.raw<TakenView | null>(null)
  #upload: string | null = null
  /** A file that was given up meanwhile must not come back. */
  #number = 0

  get open(): boolean {
    return this.name !== ''
  }
  get upload(): string | null {
    return this.#upload
  }

  async start(file: File): Promise<void> {
    await this.forget()
    this.taken = null
    if (file.size === 0) return void toasts.show(`Tệp «${file.name}» rỗng. Hãy chọn tệp khác.`, { tone: 'bad' })
    const number = ++this.#number
    this.name = file.name
    this.size = file.size
    this.phase = 'sending'
    try {
      do {
        const piece = file.slice(this.sent, this.sent + PIECE)
        const content = base64(new Uint8Array(await piece.arrayBuffer()))
        const { upload, received } = await backend.call('dossier_import_send', { upload: this.#upload, name: file.name, size: file.size, modified: file.lastModified || null, offset: this.sent, content })
        if (number !== this.#number) return void backend.call('dossier_import_cancel', { upload, forget: true }).catch(() => {})
        this.#upload = upload
        this.sent = received
      } while (this.sent < file.size)
    } catch (problem) {
      if (number === this.#number) this.#fail(problem)
      return
    }
    await this.look()
  }

  /** Reads the file as said so far; what is said meanwhile is read after it. */
  async look(): Promise<void> {
    const upload = this.#upload
    if (upload === null || this.phase === 'looking') return
    const number = ++this.#number
    this.phase = 'looking'
    this.error = null
    do {
      this.edited = false
      app.importProgress = null
      try {
        const view = await backend.call('dossier_import_look', { upload, ...this.said })
        if (number !== this.#number) return
        this.texts = texts(this.texts, view)
        this.view = view
      } catch (problem) {
        if (number === this.#number) this.#fail(problem)
        return
      }
    } while (this.edited)
    this.phase = 'idle'
  }

  /** A choice of the person; small files are read again at once. */
  say(change: Partial<Said>): void {
    this.said = { ...this.said, ...change }
    this.edited = true
    if ((this.view?.rows ?? 0) <= AT_ONCE) void this.look()
  }
  /** How the file is read now: as said, else as guessed. */
  get mapping(): ImportMapping | null {
    return this.said.mapping ?? this.view?.mapping ?? null
  }
  map(change: Partial<ImportMapping>): void {
    if (this.mapping) this.say({ mapping: { ...this.mapping, ...change } })
  }

  async take(): Promise<void> {
    const view = this.view
    if (view === null || this.phase !== 'idle' || this.edited || view.problem !== null) return
    const number = ++this.#number
    this.phase = 'taking'
    this.error = null
    app.importProgress = null
    try {
      const taken = await backend.call('dossier_import_take', { upload: view.upload, look: view.look })
      if (number !== this.#number) return
      this.#clear()
      this.taken = taken
      toasts.show(taken.message)
    } catch (problem) {
      if (number === this.#number) this.#fail(problem)
    }
  }

  /** Stops what is under way; the file stays. */
  async stop(): Promise<void> {
    if (this.phase === 'sending' || this.#upload === null) return this.forget()
    await backend.call('dossier_import_cancel', { upload: this.#upload, forget: false }).catch(() => {})
  }

  /** Gives the file back. */
  async forget(): Promise<void> {
    const upload = this.#upload
    this.#clear()
    if (upload !== null) await backend.call('dossier_import_cancel', { upload, forget: true }).catch(() => {})
  }

  #clear(): void {
    this.#number += 1
    this.#upload = null
    this.name = ''
    this.size = this.sent = 0
    this.phase = 'idle'
    this.view = null
    this.said = nothing
    this.texts = []
    this.edited = false
    this.error = null
  }

  #fail(problem: unknown): void {
    const error = asBackendError(problem)
    this.phase = 'idle'
    // What was stopped on purpose is no failure.
    this.error = error.code === 'cancelled' ? null : error
    if (error.code === 'cancelled') this.edited = this.view !== null
  }
}

export const flow = new Flow()
