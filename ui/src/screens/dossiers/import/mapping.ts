// Edits of how a file is read. Pure.
import type { DateOrderView, DossierChoicesView, ImportMapping, ImportTarget, ImportUnknown, LookView } from '../../../backend/generated/types'

/** A column read as something, or as nothing; another column that was read as the same gives way. */
export function readAs(mapping: ImportMapping, column: string, target: string | null): ImportMapping {
  const columns = mapping.columns.map((c) => (c.column === column ? { ...c, target } : target !== null && c.target === target ? { ...c, target: null } : c))
  return { ...mapping, columns: columns.some((c) => c.column === column) ? columns : [...columns, { column, target }] }
}

export function orderOf(mapping: ImportMapping, column: string, order: DateOrderView): ImportMapping {
  return { ...mapping, columns: mapping.columns.map((c) => (c.column === column ? { ...c, order } : c)) }
}

/** A value for the whole file; empty takes it away. */
export function fix(mapping: ImportMapping, target: string, value: string): ImportMapping {
  const rest = mapping.fixed.filter((f) => f.target !== target)
  return { ...mapping, fixed: value.trim() === '' ? rest : [...rest, { target, value: value.trim() }] }
}

/** What a text means; empty takes it away. */
export function mean(mapping: ImportMapping, target: string, text: string, means: string): ImportMapping {
  const rest = mapping.values.filter((v) => v.target !== target || v.text !== text)
  return { ...mapping, values: means.trim() === '' ? rest : [...rest, { target, text, means: means.trim() }] }
}

/** Texts that have no meaning, with those that were given one: who goes through the choices sees them stay. */
export function texts(before: readonly ImportUnknown[], view: LookView): ImportUnknown[] {
  const same = (a: ImportUnknown, b: { target: string; text: string }) => a.target === b.target && a.text === b.text
  const kept = before.flatMap((item) => view.unknown.find((u) => same(u, item)) ?? (view.mapping.values.some((v) => same(item, v)) ? [{ ...item, rejects: false }] : []))
  return [...kept, ...view.unknown.filter((u) => !kept.some((k) => same(k, u)))]
}

/** What may be given for the whole file: what no column tells. */
export const fixables = (view: LookView): ImportTarget[] => view.targets.filter((t) => t.fixable && !view.columns.some((c) => c.target === t.id))

/** What must be read and is not. */
export const missing = (view: LookView): ImportTarget[] =>
  view.targets.filter((t) => t.required && !view.columns.some((c) => c.target === t.id) && !view.mapping.fixed.some((f) => f.target === t.id))

/** What a code can be, where the program has a list of them. */
export function codesOf(target: string, choices: DossierChoicesView | null): { code: string; name: string }[] {
  switch (target) {
    case 'unit': return choices?.units ?? []
    case 'system': return choices?.systems ?? []
    case 'field': return choices?.fields ?? []
    case 'procedure': return choices?.procedures ?? []
    case 'channel': return [{ code: '1', name: 'Trực tiếp' }, { code: '2', name: 'Trực tuyến' }, { code: '3', name: 'Bưu chính công ích' }]
    case 'status': return statuses.map((name, i) => ({ code: String(i + 1), name }))
    default: return []
  }
}

/** domain.md §1.8, by code from 1. */
const statuses = ['Mới đăng ký', 'Được tiếp nhận', 'Không được tiếp nhận', 'Đang xử lý', 'Yêu cầu bổ sung giấy tờ', 'Yêu cầu thực hiện nghĩa vụ tài chính', 'Công dân yêu cầu rút hồ sơ', 'Dừng xử lý', 'Đã xử lý xong', 'Đã trả kết quả']
