// What is typed into the texts of a report, laid over what is kept. A text typed stays typed, whatever is kept meanwhile; a text
// that nobody touched follows what is kept. Pure: who keeps it is not its business.
import type { Words } from '../../backend/generated/types'

export type Field = keyof Words

/** The texts in the order they stand on the report, as they are asked for. */
export const fields: readonly { id: Field; title: string; hint: string; rows: number }[] = [
  { id: 'changes', title: 'Thay đổi so với báo cáo trước', hint: 'Câu tự sinh từ hai lần chốt; sửa được trước khi ký', rows: 5 },
  { id: 'results', title: 'I. Nhận xét về kết quả triển khai', hint: '', rows: 3 },
  { id: 'operation', title: 'II. Nhận xét về vận hành và hồ sơ', hint: '', rows: 3 },
  { id: 'troubles', title: 'III. Nhận xét về sự cố, khó khăn, vướng mắc', hint: '', rows: 3 },
  { id: 'proposals', title: 'IV. Đề xuất, kiến nghị', hint: 'Mang sang từ báo cáo trước; bỏ điều đã được giải quyết', rows: 4 },
]

/** Texts that differ from what is kept, each with what was kept when it was first touched. */
export type Typed = Partial<Record<Field, { text: string; base: string }>>

export function type(typed: Typed, field: Field, text: string, from: Words): Typed {
  const { [field]: before, ...others } = typed
  return text === from[field] ? others : { ...others, [field]: { text, base: before?.base ?? from[field] } }
}

/** The texts as they are on the screen. */
export function shown(typed: Typed, from: Words): Words {
  const words = { ...from }
  for (const { id } of fields) words[id] = typed[id]?.text ?? from[id]
  return words
}

export const touched = (typed: Typed, from: Words): Field[] => fields.map((f) => f.id).filter((id) => typed[id] !== undefined && typed[id].text !== from[id])

/** What somebody else kept for a text since it was touched here; `null` when nobody did. */
export function overtaken(typed: Typed, from: Words, field: Field): string | null {
  const here = typed[field]
  return here !== undefined && here.base !== from[field] && here.text !== from[field] ? from[field] : null
}
