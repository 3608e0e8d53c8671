// The sound of alerts, made here: the page fetches nothing. Silent before the first gesture, which the web view asks for.
import { tones } from '../lib/alarm'
import { preferences } from './preferences.svelte'

/** Alerts that come together sound once, ms. */
const TOGETHER = 400
/** How loud, of 1. */
const VOLUME = 0.22

class Alarm {
  #context: AudioContext | null = null
  #waiting = 0

  /** From the first gesture on there is sound. */
  start(): void {
    const begin = () => {
      this.#context ??= new AudioContext()
      window.removeEventListener('pointerdown', begin, true)
      window.removeEventListener('keydown', begin, true)
    }
    window.addEventListener('pointerdown', begin, true)
    window.addEventListener('keydown', begin, true)
  }

  /** Sounds a level from 1 to 4; of several that come together the loudest. */
  ring(level: number): void {
    if (!preferences.sound) return
    const first = this.#waiting === 0
    this.#waiting = Math.max(this.#waiting, level)
    if (first) setTimeout(() => this.#play(), TOGETHER)
  }

  #play(): void {
    const level = this.#waiting
    this.#waiting = 0
    const context = this.#context
    if (context === null) return
    void context.resume().then(() => {
      for (const tone of tones(level)) {
        const begin = context.currentTime + tone.at
        const end = begin + tone.length
        const voice = new OscillatorNode(context, { frequency: tone.pitch, type: 'triangle' })
        const gain = new GainNode(context, { gain: 0 })
        // Without a ramp each tone would click.
        gain.gain.linearRampToValueAtTime(0, begin)
        gain.gain.linearRampToValueAtTime(VOLUME, begin + 0.02)
        gain.gain.linearRampToValueAtTime(0, end)
        voice.connect(gain).connect(context.destination)
        voice.start(begin)
        voice.stop(end)
      }
    })
  }
}

export const alarm = new Alarm()
