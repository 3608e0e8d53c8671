// The pictures of the dossier screen, in their order, and the figure each is about.
import type { DossierChartKind, FigureId } from '../../../backend/generated/types'

export const charts: readonly (readonly [DossierChartKind, string])[] = [
  ['trend', 'Xu hướng'],
  ['units', 'Xếp hạng đơn vị'],
  ['fields', 'Lĩnh vực nhiều nhất'],
  ['ageing', 'Tuổi hồ sơ chưa xử lý'],
  ['channels', 'Tỷ trọng kênh nộp'],
  ['heat_map', 'Đơn vị theo tháng'],
]

/** What a place on the picture opens. */
export const chartFigures: Record<DossierChartKind, FigureId> = {
  trend: 'received',
  units: 'pending_overdue',
  fields: 'received',
  ageing: 'pending',
  channels: 'received',
  heat_map: 'done_on_time_rate',
}
