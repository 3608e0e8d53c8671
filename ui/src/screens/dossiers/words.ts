// Words of the dossier screen, and the figures in the order and groups they are shown in. Pure.
import type { Basis, FigureId, FiguresView, SplitBy, UnitGroup } from '../../backend/generated/types'

export const splitText: Record<SplitBy, string> = {
  unit: 'Đơn vị',
  unit_group: 'Cấp đơn vị',
  field: 'Lĩnh vực',
  procedure: 'Thủ tục',
  channel: 'Kênh nộp',
  system: 'Hệ thống',
  subsystem: 'Hệ thống từng bộ',
  month: 'Tháng',
}
export const splits = Object.keys(splitText) as SplitBy[]

export const basisText: Record<Basis, string> = { records: 'Đếm từ hồ sơ', reports: 'Theo báo cáo' }
export const unitGroupText: Record<UnitGroup, string> = { agency: 'Cấp tỉnh', commune: 'Cấp xã', unknown: 'Ngoài danh mục' }

/** A count with the rate that belongs to it. */
export interface FigureColumn {
  id: CountId
  rate: RateId | null
  title: string
  /** Numbers among the 13. */
  numbers: string
  /** A part of the figure before it, not one of the 13. */
  part: boolean
}
export type RateId = 'done_on_time_rate' | 'done_late_rate' | 'pending_in_time_rate' | 'pending_overdue_rate'
export type CountId = Exclude<FigureId, RateId | 'done_early' | 'unplaced'>

const column = (id: CountId, numbers: string, title: string, rate: RateId | null = null): FigureColumn => ({ id, rate, title, numbers, part: numbers === '' })

/** The 13 figures as they are read together: what came, what was done, what is left. */
export const figureGroups: readonly { title: string; columns: readonly FigureColumn[] }[] = [
  {
    title: 'Phải xử lý',
    columns: [column('received', '1', 'Nhận trong kỳ'), column('received_online', '', 'trực tuyến'), column('received_direct', '', 'trực tiếp, BCCI'), column('carried_over', '2', 'Tồn kỳ trước'), column('total', '3', 'Tổng xử lý')],
  },
  {
    title: 'Đã xử lý',
    columns: [column('done', '4', 'Đã xử lý'), column('done_on_time', '5–6', 'Đúng hẹn', 'done_on_time_rate'), column('done_late', '7–8', 'Trễ hẹn', 'done_late_rate')],
  },
  {
    title: 'Chưa xử lý',
    columns: [column('pending', '9', 'Chưa xử lý'), column('pending_in_time', '10–11', 'Trong hạn', 'pending_in_time_rate'), column('pending_overdue', '12–13', 'Quá hạn', 'pending_overdue_rate')],
  },
]
export const figureColumns: readonly FigureColumn[] = figureGroups.flatMap((group) => group.columns)

const keys: Record<FigureId, Exclude<keyof FiguresView, 'missing'>> = {
  received: 'received',
  received_online: 'receivedOnline',
  received_direct: 'receivedDirect',
  carried_over: 'carriedOver',
  total: 'total',
  done: 'done',
  done_on_time: 'doneOnTime',
  done_on_time_rate: 'doneOnTimeRate',
  done_late: 'doneLate',
  done_late_rate: 'doneLateRate',
  pending: 'pending',
  pending_in_time: 'pendingInTime',
  pending_in_time_rate: 'pendingInTimeRate',
  pending_overdue: 'pendingOverdue',
  pending_overdue_rate: 'pendingOverdueRate',
  done_early: 'doneEarly',
  unplaced: 'unplaced',
}
export const figureIds = Object.keys(keys) as FigureId[]
export const isRate = (id: FigureId): id is RateId => id.endsWith('_rate')
/** The count a rate is the share of; a count is its own. */
export const countOf = (id: FigureId): FigureId => figureColumns.find((c) => c.rate === id)?.id ?? id

/** A figure of a cell; `null` is not known. */
export const valueOf = (figures: FiguresView | null | undefined, id: FigureId): number | null => figures?.[keys[id]] ?? null
/** Why a figure is not known. */
export const missingOf = (figures: FiguresView | null | undefined, id: FigureId): string | null => figures?.missing.find((m) => m.figures.includes(id))?.reason ?? null

/** Figures of which more is worse. */
export const isBurden = (id: FigureId): boolean => ['done_late', 'done_late_rate', 'pending_overdue', 'pending_overdue_rate'].includes(id)
