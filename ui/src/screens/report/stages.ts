// How far a report got, in a word or two.
import type { ReportStage } from '../../backend/generated/types'

export const stageText: Record<ReportStage, string> = {
  none: 'Chưa chốt số liệu',
  frozen: 'Đã chốt số liệu',
  reviewed: 'Đã duyệt',
  signed: 'Đã ký',
  sent: 'Đã gửi',
}
