// The files of a report, as they are offered.
import type { FileFormat } from '../../backend/generated/types'

export const files: readonly (readonly [id: string, title: string, formats: readonly FileFormat[]])[] = [
  ['all', 'Cả ba tệp', ['docx', 'pdf', 'xlsx']],
  ['pdf', 'PDF để in, gửi', ['pdf']],
  ['docx', 'DOCX để sửa', ['docx']],
  ['xlsx', 'XLSX phụ lục', ['xlsx']],
]
