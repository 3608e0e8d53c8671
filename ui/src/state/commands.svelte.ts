// Acts that the part on screen offers to the palette for as long as it is there.
import { untrack } from 'svelte'
import type { Command } from '../lib/palette'
import { route } from './route.svelte'
import type { Screen } from '../text'

type Offer = () => Command[]

class Commands {
  #offers = $state.raw<readonly Offer[]>([])
  /** An act that was asked for before its screen was there. */
  #wanted = $state.raw<{ id: string; screen: Screen } | null>(null)

  /** What can be done here and now; what opened last comes first. */
  get here(): Command[] {
    return this.#offers.flatMap((offer) => offer())
  }

  /** Goes where an act is offered and does it there, as soon as it can be done. Whoever goes on with something else has given it up. */
  at(go: () => void, id: string): void {
    go()
    this.#wanted = { id, screen: route.screen }
    const drop = () => (this.#wanted = null)
    for (const other of ['keydown', 'pointerdown']) window.addEventListener(other, drop, { once: true, capture: true })
  }

  /** The act that waits for this offer. */
  take(offer: Offer): Command | undefined {
    const wanted = this.#wanted
    if (wanted === null || wanted.screen !== route.screen) return undefined
    const found = offer().find((command) => command.id === wanted.id)
    if (found) this.#wanted = null
    return found
  }

  add(offer: Offer): () => void {
    this.#offers = [offer, ...untrack(() => this.#offers)]
    return () => (this.#offers = this.#offers.filter((o) => o !== offer))
  }
}

export const commands = new Commands()

/** For a component: its acts are in the palette while it is there. */
export function offers(offer: Offer): void {
  $effect(() => commands.add(offer))
  $effect(() => {
    const wanted = commands.take(offer)
    if (wanted) untrack(wanted.run)
  })
}
