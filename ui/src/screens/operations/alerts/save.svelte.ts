// Saving what is done about an alert: what was typed stays a draft until it is kept.
import type { AlertDetailView, AlertEdited } from '../../../backend/generated/types'
import { toasts } from '../../../state/toasts.svelte'
import { Saving, drafts } from '../../../parts/saving.svelte'

export class AlertSaving extends Saving {
  /** Runs an act; the alert as it stands then, when it was kept. `field` of `entity` is the draft that it settles. */
  async keep(entity: string, field: string, act: () => Promise<AlertEdited>): Promise<AlertDetailView | null> {
    let kept: AlertDetailView | null = null
    await this.act(async () => {
      const done = await act()
      toasts.show(done.message)
      await drafts.drop(entity, field).catch(() => {})
      kept = done.alert
    })
    return kept
  }
}
