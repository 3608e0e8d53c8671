// The night again: which moment of it Trực vận hành shows, and how fast it goes on. Nothing can be done there.
import { asBackendError, backend, type BackendError } from '../backend'
import type { ReplayView } from '../backend/generated/types'
import { bounded, played } from '../lib/player'
import { app } from './app.svelte'

/** How often the moment moves while it plays, ms: views are asked no more often. */
const BEAT = 250

class Replay {
  /** The log of the span; what there is to play. */
  log = $state.raw<ReplayView | null>(null)
  error = $state.raw<BackendError | null>(null)
  busy = $state(false)
  playing = $state(false)
  /** Domain time per real time. */
  speed = $state(60)
  #at = $state<number | null>(null)
  #anchor = { at: 0, tick: 0 }
  #beat: ReturnType<typeof setInterval> | undefined
  #asked = 0

  /** The moment looked at, UTC ms; `null` is now. */
  get at(): number | null {
    return this.#at
  }
  get on(): boolean {
    return this.#at !== null
  }
  /** The part of a question that says of when. */
  get when(): { asOf?: number } {
    return this.#at === null ? {} : { asOf: this.#at }
  }
  /** Domain time as the views show it. */
  get now(): number {
    return this.#at ?? app.now
  }

  /** Begins with a span, at its start; without one with the night that is on, or was last. */
  async enter(span: { from?: number; to?: number } = {}): Promise<void> {
    const asked = ++this.#asked
    this.pause()
    this.busy = true
    try {
      const log = await backend.call('replay_log', span)
      if (asked !== this.#asked) return
      this.log = log
      this.error = null
      this.#at = log.from
    } catch (problem) {
      if (asked === this.#asked) this.error = asBackendError(problem)
    }
    this.busy = false
  }

  leave(): void {
    this.#asked += 1
    this.pause()
    this.#at = this.log = this.error = null
    this.busy = false
  }

  go(at: number): void {
    if (this.log === null) return
    this.#at = bounded(at, this.log)
    this.#anchor = { at: this.#at, tick: performance.now() }
  }

  step(by: number): void {
    if (this.#at !== null) this.go(this.#at + by)
  }

  setSpeed(speed: number): void {
    this.speed = speed
    if (this.#at !== null) this.go(this.#at)
  }

  /** From the start again when it had come to the end. */
  play(): void {
    if (this.log === null || this.#at === null || this.playing) return
    this.go(this.#at >= this.log.to ? this.log.from : this.#at)
    this.playing = true
    this.#beat = setInterval(() => {
      if (this.log === null) return
      this.#at = bounded(played(this.#anchor, performance.now(), this.speed), this.log)
      if (this.#at >= this.log.to) this.pause()
    }, BEAT)
  }

  pause(): void {
    clearInterval(this.#beat)
    this.playing = false
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }
}

export const replay = new Replay()
