// What the forms of steps, gates and reasons share: each is put into the text that is being edited, or taken out of it. What is typed in
// its fields is kept as drafts until then.
import { backend } from '../../../backend'
import type { RunbookPart, RunbookPartKind } from '../../../backend/generated/types'
import { Saving, type Drafts } from '../../../parts/saving.svelte'

export class PartForm<Field extends string> {
  readonly saving = new Saving()
  /** Names of the drafts of its fields. */
  readonly fields: Record<Field, string>
  readonly #kind: RunbookPartKind
  readonly #was: string | null
  readonly #drafts: Drafts

  /** `was` is the id of the part to change; none makes a new one. */
  constructor(kind: RunbookPartKind, was: string | null, drafts: Drafts, fields: readonly Field[]) {
    this.#kind = kind
    this.#was = was
    this.#drafts = drafts
    // A form before this one may have left some.
    drafts.read()
    this.fields = Object.fromEntries(fields.map((field) => [field, `${kind}:${was ?? ''}:${field}`])) as Record<Field, string>
  }

  /** Puts the part into `text`; true when it stands in the changed one. */
  put(text: string, part: RunbookPart, tell: (changed: string) => void): Promise<boolean> {
    return this.#keep(() => backend.call('runbook_part_put', { text, was: this.#was, part }), tell)
  }

  /** Takes the part out of `text`. */
  drop(text: string, tell: (changed: string) => void): Promise<boolean> {
    return this.#keep(() => backend.call('runbook_part_drop', { text, kind: this.#kind, id: this.#was ?? '' }), tell)
  }

  async #keep(act: () => Promise<{ text: string }>, tell: (changed: string) => void): Promise<boolean> {
    return (await this.saving.keep(act, (changed) => tell(changed.text), this.#drafts, ...Object.values<string>(this.fields))) !== null
  }
}
