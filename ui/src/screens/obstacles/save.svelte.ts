// Saving in the register: as with tasks, but the answer names an obstacle.
import type { ObstacleEdited } from '../../backend/generated/types'
import { undo } from '../../state/actions'
import { app } from '../../state/app.svelte'
import { toasts } from '../../state/toasts.svelte'
import { Saving, drafts } from '../../parts/saving.svelte'

export class ObstacleSaving extends Saving {
  /** Runs an edit; the obstacle's id when it was kept. `fields` are those of `entity` whose drafts it settles. */
  async keep(entity: string, fields: string[], edit: () => Promise<ObstacleEdited>): Promise<string | null> {
    let kept: string | null = null
    await this.act(async () => {
      const done = await edit()
      toasts.show(done.message, { action: { text: 'Hoàn tác', run: () => void undo(done.eventId) } })
      app.obstacles.refresh()
      app.tasks.refresh()
      for (const field of fields) await drafts.drop(entity, field).catch(() => {})
      kept = done.id
    })
    return kept
  }
}
