// Words that several screens share. Sentences that belong to one place stand in that place.
import type { Flow, FreshState, Learned, ProofTone, Role, Stage, TaskStatus } from './backend/generated/types'

/** Statuses as shown. "Báo xong" is what people say; proof is something else. */
export const statusText: Record<TaskStatus, string> = {
  not_started: 'Chưa bắt đầu',
  in_progress: 'Đang làm',
  blocked: 'Vướng mắc',
  done: 'Báo xong',
  not_applicable: 'Không áp dụng',
}
export const statuses = Object.keys(statusText) as TaskStatus[]

/** Statuses as chosen in a form, where one reports that something is complete. */
export const statusChoice: Record<TaskStatus, string> = { ...statusText, done: 'Hoàn thành (báo xong)' }

export const flowText: Record<Flow, string> = {
  sso: 'SSO qua VNeID',
  dossier_sync: 'Đồng bộ hồ sơ lên Cổng',
  status_return: 'Nhận trạng thái, kết quả',
  petition: 'Phản ánh kiến nghị',
  catalogue: 'Dữ liệu TTHC, DVC',
}
export const flows = Object.keys(flowText) as Flow[]

/** How proofs are counted, for the filter. */
export const proofText: Record<ProofTone, string> = {
  proved: 'Có minh chứng',
  failed: 'Mất hoặc không đạt',
  silent: 'Không quan sát được',
  claimed: 'Chỉ báo xong',
  shown: 'Có minh chứng, chưa báo xong',
  none: 'Chưa có gì',
}
export const proofTones = Object.keys(proofText) as ProofTone[]

/** What a row may be marked with. */
export const markText = { conflict: 'Cập nhật mâu thuẫn' } as const
export type Mark = keyof typeof markText
export const marks = Object.keys(markText) as Mark[]

export const stageText: Record<Stage, string> = { declare: 'khai báo', test: 'kiểm thử' }

export const dueText = { overdue: 'Quá hạn', soon: 'Sắp đến hạn', within: 'Trong hạn' } as const
export type Due = keyof typeof dueText
export const dues = Object.keys(dueText) as Due[]

export const learnedText: Record<Learned, string> = {
  own: 'Tự kiểm tra',
  letter: 'Công văn',
  call: 'Điện thoại',
  minutes: 'Biên bản',
  meeting: 'Cuộc họp',
}

/** Notes that are written often, for whoever has kept none of their own. */
export const usualNotes = [
  'Đã gửi công văn đôn đốc đơn vị chủ trì.',
  'Đơn vị chủ trì báo đang thực hiện, chưa có vướng mắc.',
  'Chờ phản hồi của đơn vị phối hợp.',
  'Đã kiểm thử đạt, chờ biên bản.',
]

export const freshText: Record<FreshState, string> = {
  fresh: 'Mới',
  stale: 'Cũ',
  failing: 'Lỗi',
  not_observed: 'Chưa quan sát',
}

export const roleText: Record<Role, string> = { staff: 'Chuyên viên', duty: 'Trực', leader: 'Lãnh đạo', admin: 'Quản trị' }

export const screens = [
  { id: 'overview', title: 'Tổng quan' },
  { id: 'tasks', title: 'Nhiệm vụ' },
  { id: 'dossiers', title: 'Hồ sơ' },
  { id: 'operations', title: 'Trực vận hành' },
  { id: 'report', title: 'Báo cáo' },
  { id: 'settings', title: 'Cài đặt' },
  { id: 'help', title: 'Trợ giúp' },
] as const
export type Screen = (typeof screens)[number]['id']

export const taskTabs = [
  { id: 'list', title: 'Danh mục' },
  { id: 'plan', title: 'Kế hoạch' },
  { id: 'obstacles', title: 'Vướng mắc' },
  { id: 'parties', title: 'Đầu mối' },
] as const
export type TaskTab = (typeof taskTabs)[number]['id']

export const dossierTabs = [
  { id: 'figures', title: 'Số liệu' },
  { id: 'form', title: 'Biểu II.06a' },
  { id: 'indicators', title: 'Chỉ số QĐ 766' },
  { id: 'quality', title: 'Chất lượng dữ liệu' },
  { id: 'import', title: 'Nhập tệp' },
] as const
export type DossierTab = (typeof dossierTabs)[number]['id']

/** The wall covers the window; it has no tab. */
export const operationsTabs = [
  { id: 'live', title: 'Trực tiếp' },
  { id: 'alerts', title: 'Cảnh báo' },
  { id: 'incidents', title: 'Sự cố' },
  { id: 'runbook', title: 'Kịch bản' },
  { id: 'duty', title: 'Lịch trực' },
  { id: 'readiness', title: 'Sẵn sàng' },
  { id: 'registers', title: 'Sổ' },
] as const
export type OperationsTab = (typeof operationsTabs)[number]['id'] | 'wall'

/** The briefing is a part that covers the window; it has no tab. */
export const reportTabs = [
  { id: 'daily', title: 'Báo cáo ngày' },
  { id: 'monthly', title: 'Báo cáo tháng' },
  { id: 'calendar', title: 'Lịch báo cáo' },
] as const
export type ReportTab = (typeof reportTabs)[number]['id'] | 'briefing'

export const settingsTabs = [
  { id: 'sources', title: 'Nguồn dữ liệu' },
  { id: 'roster', title: 'Danh sách người dùng' },
  { id: 'rules', title: 'Quy tắc' },
  { id: 'report', title: 'Báo cáo' },
  { id: 'calendar', title: 'Lịch làm việc' },
  { id: 'storage', title: 'Lưu trữ' },
  { id: 'about', title: 'Giới thiệu' },
] as const
export type SettingsTab = (typeof settingsTabs)[number]['id']

/** Keys and what they do, for the list of shortcuts and the help. `single`: can be turned off. */
export const shortcuts = [
  { keys: ['Ctrl', 'K'], text: 'Mở bảng lệnh: tới màn hình, tìm nhiệm vụ, hỏi nguồn…', single: false },
  { keys: ['Ctrl', 'Z'], text: 'Hoàn tác thao tác gần nhất của mình', single: false },
  { keys: ['/'], text: 'Tìm trong danh mục nhiệm vụ', single: true },
  { keys: ['↑', '↓'], text: 'Chuyển dòng; PgUp, PgDn, Home, End đi xa hơn', single: false },
  { keys: ['Enter'], text: 'Mở nhiệm vụ đang chọn', single: false },
  { keys: ['E'], text: 'Cập nhật nhiệm vụ đang chọn', single: true },
  { keys: ['N'], text: 'Nêu vướng mắc mới, ở phần Vướng mắc', single: true },
  { keys: ['I'], text: 'Ghi sự cố, ở màn hình Trực vận hành', single: true },
  { keys: ['R'], text: 'Phát lại một đêm, ở màn hình Trực vận hành', single: true },
  { keys: ['Space'], text: 'Khi phát lại: phát, dừng', single: false },
  { keys: [',', '.'], text: 'Khi phát lại: sự kiện trước, sau; L mở nhật ký', single: true },
  { keys: ['N'], text: 'Ghi mục mới, ở Sổ giấy và tiền mặt', single: true },
  { keys: ['T'], text: 'Xem danh mục tại một thời điểm, so sánh hai thời điểm', single: true },
  { keys: ['[', ']'], text: 'Khi xem lại: lùi, tiến 1 giờ; { và } là 1 ngày', single: true },
  { keys: ['[', ']'], text: 'Ở màn hình Hồ sơ: kỳ trước, kỳ sau', single: true },
  { keys: ['B'], text: 'Ở màn hình Hồ sơ: đổi giữa biểu đồ và bảng', single: true },
  { keys: ['[', ']'], text: 'Ở màn hình Báo cáo: ngày (tháng) trước, sau', single: true },
  { keys: ['G'], text: 'Ở màn hình Báo cáo: trình chiếu giao ban', single: true },
  { keys: ['Ctrl', 'S'], text: 'Ở màn hình Báo cáo: lưu lời văn đang sửa', single: false },
  { keys: ['Ctrl', 'C'], text: 'Ở bảng số liệu: chép cả bảng để dán sang Excel, Word', single: false },
  { keys: ['Space'], text: 'Chọn dòng để cập nhật cùng lúc; Shift ↑ ↓ chọn liền, Ctrl A chọn hết', single: false },
  { keys: ['Esc'], text: 'Đóng khung đang mở; khi xem lại thì về hiện tại', single: false },
  { keys: ['?'], text: 'Danh sách phím tắt', single: true },
] as const
