// What the log of a night is made of: kinds, their words, and the lines of the slider that carry their marks.
import type { ReplayKind, ReplayLine } from '../../../backend/generated/types'
import { fold, matchesAll, words } from '../../../lib/fold'

export const kindText: Record<ReplayKind, string> = {
  watch: 'Trạng thái',
  gap: 'Không quan sát được',
  figures: 'Số liệu',
  alert: 'Cảnh báo',
  incident: 'Sự cố',
  run: 'Kịch bản',
  duty: 'Ca trực',
  proof: 'Minh chứng',
  task: 'Nhiệm vụ',
  other: 'Khác',
}
export const kinds = Object.keys(kindText) as ReplayKind[]

/** Lines of marks on the slider, from above. */
export const lanes: readonly { title: string; kinds: readonly ReplayKind[] }[] = [
  { title: 'Quan sát', kinds: ['watch', 'gap'] },
  { title: 'Cảnh báo', kinds: ['alert'] },
  { title: 'Sự cố', kinds: ['incident'] },
  { title: 'Kịch bản', kinds: ['run'] },
  { title: 'Khác', kinds: ['duty', 'proof', 'task', 'other', 'figures'] },
]

/** Lines of a kind (of all without one) with all the words that are typed. */
export function filterLines(lines: readonly ReplayLine[], kind: ReplayKind | '', typed: string): readonly ReplayLine[] {
  const wanted = words(typed)
  if (kind === '' && wanted.length === 0) return lines
  return lines.filter((line) => (kind === '' || line.kind === kind) && (wanted.length === 0 || matchesAll(fold(`${line.text} ${line.detail} ${line.who}`), wanted)))
}
