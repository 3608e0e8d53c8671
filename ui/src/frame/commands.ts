// What the palette offers wherever one is: the screens and their parts, and acts that lead to the part where they are done.
import type { SessionView } from '../backend/generated/types'
import { noFilters } from '../lib/filters'
import { presets } from '../lib/moments'
import type { Command } from '../lib/palette'
import { backupNow, checkEvidence, exportList, pollNow, signIn, signOut, undo } from '../state/actions'
import { app } from '../state/app.svelte'
import { commands } from '../state/commands.svelte'
import { listing } from '../state/listing.svelte'
import { preferences } from '../state/preferences.svelte'
import { replay } from '../state/replay.svelte'
import { route } from '../state/route.svelte'
import { travel } from '../state/travel.svelte'
import { ui } from '../state/ui.svelte'
import { dossierTabs, operationsTabs, reportTabs, screens, settingsTabs, statusText, taskTabs } from '../text'
import { mayAnswer } from './deadline'

const command = (id: string, title: string, hint: string, run: () => unknown, also = ''): Command => ({ id, title, hint, also, run: () => void run() })
/** An act of a part that need not be open. */
const there = (id: string, title: string, hint: string, go: () => void, also = ''): Command => command(id, title, hint, () => commands.at(go, id), also)

/** The list of tasks, as it is if it is there. */
function list(): void {
  if (route.screen !== 'tasks' || route.taskTab !== 'list') route.tasks('list')
}
const openFiles = (what: 'progress' | 'list' | 'lists') => {
  list()
  listing.files = what
}

export const screenCommands = (): Command[] => screens.map((s) => command(`go-${s.id}`, s.title, 'Màn hình', () => route.go(s.id)))

export function everywhere(session: SessionView): Command[] {
  return [...parts(), ...tasks(session), ...moments(), ...dossiers(), ...reports(session), ...operations(), ...data(session), ...look(session)]
}

function parts(): Command[] {
  return [
    ...taskTabs.map((t) => command(`tasks-${t.id}`, t.title, 'Trong Nhiệm vụ', () => route.tasks(t.id))),
    ...settingsTabs.map((t) => command(`tab-${t.id}`, t.title, 'Trong Cài đặt', () => route.settings(t.id))),
    ...dossierTabs.map((t) => command(`dossiers-${t.id}`, t.title, 'Trong Hồ sơ', () => route.dossiers(t.id), 'ho so so lieu thong ke')),
    ...reportTabs.slice(1).map((t) => command(`report-${t.id}`, t.title, 'Trong Báo cáo', () => route.report(t.id), 'dung han tre thieu')),
    ...operationsTabs.map((t) => command(`operations-${t.id}`, t.title, 'Trong Trực vận hành', () => route.operations(t.id), 'truc dem chuyen doi')),
  ]
}

function tasks(session: SessionView): Command[] {
  const filter = (id: string, title: string, change: Partial<ReturnType<typeof noFilters>>) => command(id, title, 'Lọc', () => route.openTask(null, { ...noFilters(), ...change }))
  const all = [
    filter('overdue', 'Nhiệm vụ quá hạn', { due: ['overdue'] }),
    filter('unproved', 'Nhiệm vụ mất hoặc không đạt minh chứng', { proof: ['failed'] }),
    filter('claimed', 'Nhiệm vụ chỉ báo xong', { proof: ['claimed'] }),
    filter('blocked', 'Nhiệm vụ vướng mắc', { status: ['blocked'] }),
    filter('conflicts', 'Nhiệm vụ có cập nhật mâu thuẫn', { mark: ['conflict'] }),
    there('view-save', 'Lưu chế độ xem', 'Danh mục', list, 'dieu kien loc thu tu cot'),
    there('view-send', 'Gửi chế độ xem: chép dưới dạng văn bản', 'Danh mục', list, 'chia se dong nghiep'),
    there('view-take', 'Nhận chế độ xem được gửi', 'Danh mục', list, 'dan van ban'),
    there('columns', 'Chọn cột', 'Danh mục', list, 'an hien do rong'),
    ...listing.views.map((view) => command(`view-${view.name}`, `Chế độ xem: ${view.name}`, 'Danh mục', () => { list(); listing.show(view) })),
    command('export-xlsx', 'Xuất danh mục ra Excel', 'Tệp', () => exportList('xlsx'), 'xlsx luu'),
    command('export-csv', 'Xuất danh mục ra CSV', 'Tệp', () => exportList('csv'), 'luu'),
    command('lists', 'Các danh mục và điểm bất thường', 'Danh mục', () => openFiles('lists')),
    command('obstacles-choose', 'Ghi trả lời, gỡ vướng mắc: chọn trong sổ', 'Vướng mắc', () => route.tasks('obstacles', { show: 'open' })),
  ]
  const lists = app.tasks.data?.lists ?? []
  all.push(...lists.map((other, i) => command(`list-${other.id}`, `Danh mục: ${other.title}`, 'Danh mục', () => route.showList(i === 0 ? null : other.id), 'chuyen danh muc')))
  if (!session.canEdit) return all
  if (listing.selection.chosen.size > 0) all.push(command('bulk', `Cập nhật ${listing.selection.chosen.size} nhiệm vụ đang chọn`, 'E', () => { list(); listing.bulk = true }, 'cung luc hang loat'))
  return [
    ...all,
    command('obstacle-new', 'Nêu vướng mắc', 'Vướng mắc', () => { travel.leave(); route.tasks('obstacles', { id: 'new' }) }, 'kho khan moi'),
    there('contact-add', 'Thêm đầu mối', 'Đầu mối', () => route.tasks('parties'), 'nguoi lien he dien thoai'),
    there('duties-edit', 'Sửa trách nhiệm của một bên', 'Đầu mối', () => route.tasks('parties')),
    command('import', 'Nhập tiến độ từ tệp', 'Tệp', () => openFiles('progress'), 'xlsx csv excel'),
    command('import-list', 'Nhập danh mục khác từ tệp', 'Tệp', () => openFiles('list'), 'xlsx csv quyet dinh phu luc'),
    command('undo', 'Hoàn tác thao tác gần nhất', 'Ctrl Z', () => undo()),
  ]
}

function moments(): Command[] {
  return [
    command('moment', 'Xem lại, so sánh: chọn thời điểm', 'T', () => { list(); travel.asking = true }, 'thoi gian qua khu lich su'),
    ...presets(app.now).flatMap((p) => [
      command(`compare-${p.id}`, `So sánh từ ${p.title}`, 'Danh mục', () => { list(); travel.compare(p.at) }),
      command(`look-${p.id}`, `Xem danh mục tại ${p.title}`, 'Danh mục', () => { list(); travel.look(p.at) }),
    ]),
    ...(travel.away ? [command('leave-past', 'Về hiện tại', 'Esc', () => travel.leave())] : []),
  ]
}

function dossiers(): Command[] {
  return [
    command('dossiers-findings', 'Sai lệch số liệu hồ sơ', 'Hồ sơ', () => route.dossiers('figures', new URLSearchParams('findings=')), 'khong khop chenh phep cong'),
    command('dossiers-pending', 'Hồ sơ chưa xử lý quá hạn theo đơn vị', 'Hồ sơ', () => route.dossiers('figures', new URLSearchParams('table=&sort=pending_overdue&down=')), 'bang tre han'),
    there('stats-xlsx', 'Xuất bảng số liệu hồ sơ, Excel', 'Hồ sơ', () => route.dossiers('figures'), '13 so lieu xlsx'),
    there('stats-csv', 'Xuất bảng số liệu hồ sơ, CSV', 'Hồ sơ', () => route.dossiers('figures'), '13 so lieu'),
    there('form-export', 'Xuất Biểu II.06a', 'Hồ sơ', () => route.dossiers('form'), 'excel theo mau bieu 06a'),
    command('stats-table', 'Xem bảng số liệu hồ sơ để chép', 'Hồ sơ', () => route.dossiers('figures', new URLSearchParams('table=')), 'chep bang dan excel word'),
  ]
}

function reports(session: SessionView): Command[] {
  const deadline = app.frame.data?.deadline
  return [
    command('report-today', 'Chốt số liệu, soạn, ký, gửi báo cáo hôm nay', 'Báo cáo', () => route.report('daily'), 'bao cao ngay lap duyet'),
    command('report-briefing', 'Giao ban: trình chiếu báo cáo', 'Báo cáo', () => route.report('briefing'), 'hop 15 gio toan man hinh'),
    ...(mayAnswer(session) && deadline && deadline.state !== 'settled' ? [command('report-excuse', 'Ghi lý do không gửi báo cáo đúng hạn', 'Báo cáo', () => (ui.excusing = true))] : []),
  ]
}

function operations(): Command[] {
  const go = (id: string, title: string, tab: Parameters<typeof route.operations>[0], query: Record<string, string>, also = '') => command(id, title, 'Trực vận hành', () => route.operations(tab, query), also)
  const looks = [
    go('wall', 'Treo tường: toàn màn hình', 'wall', {}, 'man hinh lon tv'),
    go('watch-timeline', 'Diễn biến các API', 'live', { view: 'timeline' }, 'dong thoi gian'),
    go('watch-heat', 'Bản đồ nhiệt', 'live', { view: 'heat' }),
    go('watch-peak', 'Giờ cao điểm', 'live', { view: 'peak' }),
    go('watch-around', 'Xung quanh: hệ thống liên quan, hàng đợi, phí chờ nộp', 'live', { view: 'around' }, 'dong bo le phi thanh toan dang nhap'),
    go('registers-in-flight', 'Sổ hồ sơ đang giải quyết khi chuyển đổi', 'registers', { view: 'in_flight' }),
    go('runbook-books', 'Các kịch bản', 'runbook', { book: '' }, 'runbook sua buoc'),
  ]
  if (replay.on) return [command('replay-leave', 'Phát lại: về hiện tại', 'Esc', () => replay.leave()), ...looks]
  return [
    command('replay', 'Phát lại đêm trực', 'R', () => { if (route.screen !== 'operations') route.operations('live'); void replay.enter() }, 'xem lai dien bien nhat ky qua khu'),
    go('incident-new', 'Ghi sự cố', 'incidents', { new: '' }, 'moi loi'),
    go('handover', 'Bàn giao ca', 'incidents', { open: 'handover' }, 'giao ca truc'),
    go('bulletin', 'Thông báo sự cố', 'incidents', { open: 'bulletin' }, 'ban tin gui don vi'),
    go('alert-rules', 'Quy tắc cảnh báo', 'alerts', { rules: '' }, 'nguong'),
    there('run-open', 'Mở lần chạy kịch bản', 'Trực vận hành', () => route.operations('runbook'), 'dien tap chinh thuc'),
    there('duty-import', 'Nhập lịch trực từ tệp', 'Trực vận hành', () => route.operations('duty'), 'xlsx csv excel ca truc'),
    there('readiness-import', 'Nhập báo cáo sẵn sàng từ tệp', 'Trực vận hành', () => route.operations('readiness'), 'xlsx csv excel don vi'),
    there('fallback-import', 'Nhập sổ giấy, tiền mặt từ tệp', 'Trực vận hành', () => route.operations('registers'), 'xlsx csv excel du phong'),
    ...looks,
  ]
}

function data(session: SessionView): Command[] {
  const active = session.phase === 'active'
  return [
    ...(active ? [command('poll', 'Hỏi ngay mọi nguồn', 'Nguồn dữ liệu', () => pollNow(), 'lam moi cap nhat')] : []),
    ...(active ? [command('evidence-check', 'Kiểm tra mọi tệp minh chứng', 'Minh chứng', () => checkEvidence(null))] : []),
    ...(session.canAdminister
      ? [there('bar-set', 'Đặt mức đạt của một luồng hoặc một API', 'Cài đặt › Quy tắc', () => route.settings('rules'), 'nguong minh chung ty le thanh cong p95')]
      : [command('bars', 'Mức đạt của API', 'Cài đặt › Quy tắc', () => route.settings('rules'), 'nguong minh chung ty le thanh cong p95')]),
    ...(session.canAdminister ? [command('backup', 'Sao lưu ngay', 'Lưu trữ', () => backupNow())] : []),
  ]
}

function look(session: SessionView): Command[] {
  const theme = (id: 'light' | 'dark' | 'system', title: string) => command(id, title, 'Giao diện', () => preferences.setTheme(id))
  return [
    theme('light', 'Giao diện sáng'),
    theme('dark', 'Giao diện tối'),
    theme('system', 'Giao diện theo hệ thống'),
    command('keys', 'Danh sách phím tắt', '?', () => (ui.shortcuts = true)),
    command('single', preferences.singleKeys ? 'Tắt phím tắt một phím' : 'Bật phím tắt một phím', 'Phím tắt', () => preferences.setSingleKeys(!preferences.singleKeys)),
    ...(session.user && session.user.auth !== 'offline' ? [command('pin', 'Đặt mã PIN ngoại tuyến', 'Tài khoản', () => (ui.pin = true))] : []),
    session.user ? command('sign-out', 'Đăng xuất', 'Tài khoản', () => signOut()) : command('sign-in', 'Đăng nhập bằng VNeID', 'Tài khoản', () => signIn()),
  ]
}

/** Each task of the list, to be opened. */
export const taskCommands = (): Command[] =>
  (app.tasks.data?.rows ?? [])
    .filter((row) => !row.heading)
    .map((row) => command(`task-${row.no}`, `${row.label}. ${row.title}`, statusText[row.status], () => route.openTask(row.no, noFilters()), row.group))
