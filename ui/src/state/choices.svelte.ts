// What the person at the window chose for their own work, kept with the profile. Without a person it lasts as long as the window.
import { backend } from '../backend'
import { attempt } from './actions'

class Choices {
  #kept = $state.raw<ReadonlyMap<string, string>>(new Map())
  #person: string | null | undefined

  /** Reads the choices of a person; a second call for the same one does nothing. */
  async of(person: string | null): Promise<void> {
    if (person === this.#person) return
    this.#person = person
    const { choices } = await backend.call('choices', {})
    if (person === this.#person) this.#kept = new Map(choices.map((c) => [c.key, c.value]))
  }

  get(key: string): string | undefined {
    return this.#kept.get(key)
  }

  /** Keys that begin with `prefix`, without it, in the order of the alphabet. */
  under(prefix: string): { name: string; value: string }[] {
    return [...this.#kept]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => ({ name: key.slice(prefix.length), value }))
      .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  }

  /** Shown at once; what cannot be kept is told, and stays for as long as the window is open. */
  put(key: string, value: string | null): Promise<boolean> {
    const kept = new Map(this.#kept)
    if (value === null) kept.delete(key)
    else kept.set(key, value)
    this.#kept = kept
    if (this.#person === null || this.#person === undefined) return Promise.resolve(true)
    return attempt(async () => {
      await backend.call('choice_put', { key, value })
    })
  }
}

export const choices = new Choices()
