// What every form shares: saving, telling what happened, and drafts.
import { asBackendError, backend, type BackendError } from '../backend'
import type { EditedView } from '../backend/generated/types'
import { DraftKeeper } from '../lib/drafts'
import { undo } from '../state/actions'
import { app } from '../state/app.svelte'
import { toasts } from '../state/toasts.svelte'

export const drafts = new DraftKeeper(backend)

export class Saving {
  busy = $state(false)
  error = $state.raw<BackendError | null>(null)

  /** What the backend says about one field. */
  of(field: string): string | undefined {
    return this.error?.details.field === field ? this.error.message : undefined
  }

  /** What it says about none of them. */
  get general(): string | undefined {
    return this.error && !this.error.details.field ? this.error.message : undefined
  }

  /** Runs an edit of a task; true when it was kept. The draft of `field` is dropped only then. */
  run(no: string, field: string | null, edit: () => Promise<EditedView>): Promise<boolean> {
    return this.act(async () => {
      const edited = await edit()
      if (edited.row) replaceRow(edited)
      const conflict = edited.conflictWith ? ' Người khác vừa cập nhật khác đi mà bạn chưa thấy: cả hai được giữ, hãy chọn một trong khung nhiệm vụ.' : ''
      toasts.show(edited.message + conflict, { action: { text: 'Hoàn tác', run: () => void undo(edited.eventId) } })
      app.tasks.refresh()
      if (field !== null) await drafts.drop(`task:${no}`, field).catch(() => {})
    })
  }

  /** Runs what a form saves, once at a time; true when nothing was refused. */
  async act(act: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = null
    try {
      await act()
      return true
    } catch (problem) {
      this.error = asBackendError(problem)
      return false
    } finally {
      this.busy = false
    }
  }
}

function replaceRow({ row }: EditedView): void {
  const view = app.tasks.data
  if (view && row) app.tasks.set({ ...view, rows: view.rows.map((r) => (r.no === row.no ? row : r)) })
}
