// The one column of a list of records; what stands in it is drawn by `RecordLine`.
import type { DossierLine } from '../../../backend/generated/types'
import { date } from '../../../lib/dates'
import type { GridColumn } from '../../../parts/grid'

const day = (at: number | null): string => (at === null ? 'không ghi' : date(at))

/** Everything a line tells, for its tooltip. */
export const tellLine = (row: DossierLine): string =>
  [
    row.code,
    row.systemName,
    row.unit,
    row.field,
    row.procedure,
    `${row.channel} · ${row.status} · ${row.standing}`,
    `Nhận ${day(row.receivedAt)} · hẹn trả ${day(row.dueAt)} · xong ${day(row.finishedAt)}`,
  ].filter(Boolean).join('\n')

export const recordColumns: GridColumn<DossierLine>[] = [{ id: 'record', title: 'Mã hồ sơ · tình trạng', width: 200, grow: true, text: (row) => row.code, detail: tellLine }]
