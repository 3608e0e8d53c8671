// What the palette offers for the task at hand.
import type { TaskRow } from '../../backend/generated/types'
import type { Command } from '../../lib/palette'

/** The forms of a task; `block` is the status form, begun as blocked. */
export type EditKind = 'status' | 'note' | 'expected' | 'due' | 'text' | 'measure' | 'block'

const forms: readonly (readonly [EditKind, string, string])[] = [
  ['status', 'Cập nhật trạng thái', 'hoan thanh bao xong dang lam khong ap dung'],
  ['note', 'Ghi chú', 'viet ghi chu'],
  ['due', 'Đổi hạn', 'han dieu chinh van ban'],
  ['expected', 'Ghi ngày dự kiến xong', 'du kien'],
  ['block', 'Báo vướng mắc, gắn vào sổ', 'bi chan blocked'],
  ['text', 'Sửa nội dung các cột', 'ket qua kho khan'],
  ['measure', 'Ghi số của chỉ tiêu', 'so lieu'],
]

/** Forms that change `row`, for whoever may. */
export function editCommands(row: TaskRow | undefined, edit: (kind: EditKind) => void): Command[] {
  if (!row || row.heading || !row.editable) return []
  const has = (kind: EditKind) => (kind === 'text' ? row.texts.length > 0 : kind === 'measure' ? row.measures.length > 0 : true)
  return forms.filter(([kind]) => has(kind)).map(([kind, title, also]) => ({ id: `task-${kind}`, title: `${title}: nhiệm vụ ${row.label}`, hint: kind === 'status' ? 'E' : 'Nhiệm vụ', also, run: () => edit(kind) }))
}
