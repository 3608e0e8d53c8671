// What follows an edit of a task: its row as it is now, and a word with the way back.
import type { EditedView } from '../../backend/generated/types'
import { tell } from '../../state/actions'
import { app } from '../../state/app.svelte'

export function told({ row, message, eventId, conflictWith }: EditedView): void {
  const view = app.tasks.data
  if (view && row) app.tasks.set({ ...view, rows: view.rows.map((r) => (r.no === row.no ? row : r)) })
  const conflict = conflictWith ? ' Người khác vừa cập nhật khác đi mà bạn chưa thấy: cả hai được giữ, hãy chọn một trong khung nhiệm vụ.' : ''
  tell({ message: message + conflict, eventId })
  app.tasks.refresh()
}
