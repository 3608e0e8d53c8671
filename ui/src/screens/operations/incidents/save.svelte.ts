// Saving in the register of incidents: what was typed stays a draft until it is kept; ways back are acts of their own.
import type { IncidentEdited } from '../../../backend/generated/types'
import { toasts } from '../../../state/toasts.svelte'
import { Saving, drafts } from '../../../parts/saving.svelte'

export class IncidentSaving extends Saving {
  /** Runs an act; the incident's id when it was kept. `fields` are those of `entity` whose drafts it settles. */
  async keep(entity: string, fields: string[], act: () => Promise<IncidentEdited>): Promise<string | null> {
    let kept: string | null = null
    await this.act(async () => {
      const done = await act()
      toasts.show(done.message)
      for (const field of fields) await drafts.drop(entity, field).catch(() => {})
      kept = done.id
    })
    return kept
  }
}
