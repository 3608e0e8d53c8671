// Words and filters of the register of obstacles. Pure.
import type { FocalField, ObstacleGroup, ObstacleRow } from '../../backend/generated/types'
import { matchesAll, words } from '../../lib/fold'

/** The six groups of document 002 IV, in its order. */
export const groupText: Record<ObstacleGroup, string> = {
  access: 'Đăng nhập, tài khoản, phân quyền',
  intake: 'Tiếp nhận, cấu hình quy trình',
  integration: 'Tích hợp, đồng bộ',
  signing: 'Ký số, thanh toán, số hóa, trả kết quả',
  statistics: 'Trạng thái, thống kê, báo cáo',
  security: 'An toàn, hiệu năng, dự phòng',
}
export const groups = Object.keys(groupText) as ObstacleGroup[]


export const fieldText: Record<FocalField, string> = { business: 'Nghiệp vụ', technical: 'Kỹ thuật', infrastructure: 'Hạ tầng' }
export const fields = Object.keys(fieldText) as FocalField[]

/** What the list shows: everything, what is not out of the way, one stage, or answers overdue. */
export const showText = { open: 'Chưa gỡ', overdue: 'Quá hạn trả lời', raised: 'Chờ trả lời', answered: 'Đã trả lời', resolved: 'Đã gỡ', all: 'Tất cả' } as const
export type Show = keyof typeof showText

export interface ObstacleFilters {
  q: string
  group: ObstacleGroup | ''
  party: string
  show: Show
}

/** Reads the filters back from the address; what it does not know is no filter. */
export function readFilters(query: URLSearchParams): ObstacleFilters {
  const group = query.get('group') ?? ''
  const show = query.get('show') ?? 'open'
  return {
    q: query.get('q') ?? '',
    group: groups.find((g) => g === group) ?? '',
    party: query.get('party') ?? '',
    show: show in showText ? (show as Show) : 'open',
  }
}

/** As the address keeps them: what is the default is left out. */
export const writeFilters = (f: ObstacleFilters): Record<string, string | null> => ({
  q: f.q || null,
  group: f.group || null,
  party: f.party || null,
  show: f.show === 'open' ? null : f.show,
})

export function applyFilters(rows: readonly ObstacleRow[], f: ObstacleFilters): ObstacleRow[] {
  const wanted = words(f.q)
  const shown: Record<Show, (row: ObstacleRow) => boolean> = {
    all: () => true,
    open: (row) => row.stage !== 'resolved',
    overdue: (row) => row.overdue,
    raised: (row) => row.stage === 'raised',
    answered: (row) => row.stage === 'answered',
    resolved: (row) => row.stage === 'resolved',
  }
  return rows.filter((row) => shown[f.show](row) && (f.group === '' || row.group === f.group) && (f.party === '' || row.party === f.party) && matchesAll(row.search, wanted))
}
