// Words, clocks and filters of the register of incidents. Pure.
import type { ClockKind, ClockView, IncidentRow, IncidentStage, Severity } from '../../../backend/generated/types'
import { matchesAll, words } from '../../../lib/fold'

/** What the list shows: what is not over, what nobody took, clocks that ran out, one's own, what is over, or everything. */
export const showText = { open: 'Đang mở', detected: 'Chưa tiếp nhận', overdue: 'Quá hạn', mine: 'Của tôi', over: 'Đã khắc phục', all: 'Tất cả' } as const
export type Show = keyof typeof showText

export const severities: readonly Severity[] = ['s1', 's2', 's3', 's4']

export interface IncidentFilters {
  q: string
  severity: Severity | ''
  show: Show
}

/** Reads the filters back from the address; what it does not know is no filter. */
export function readFilters(query: URLSearchParams): IncidentFilters {
  const show = query.get('show') ?? 'open'
  return { q: query.get('q') ?? '', severity: severities.find((s) => s === query.get('severity')) ?? '', show: show in showText ? (show as Show) : 'open' }
}

/** As the address keeps them: what is the default is left out. */
export function writeFilters(f: IncidentFilters): Record<string, string> {
  const all = { q: f.q, severity: f.severity, show: f.show === 'open' ? '' : f.show }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

export const isOver = (row: IncidentRow): boolean => row.stage === 'resolved' || row.stage === 'closed'

export function applyFilters(rows: readonly IncidentRow[], f: IncidentFilters, now: number): IncidentRow[] {
  const wanted = words(f.q)
  const shown: Record<Show, (row: IncidentRow) => boolean> = {
    all: () => true,
    open: (row) => !isOver(row),
    detected: (row) => row.stage === 'detected',
    overdue: (row) => row.next !== null && now >= row.next.due,
    mine: (row) => row.mine && !isOver(row),
    over: isOver,
  }
  return rows.filter((row) => shown[f.show](row) && (f.severity === '' || row.severity === f.severity) && matchesAll(row.search, wanted))
}

/** How a stage looks: nobody's is loud, what is over is quiet. */
export const stageTone: Record<IncidentStage, 'bad' | 'warn' | 'info' | 'over'> = { detected: 'bad', acknowledged: 'warn', mitigated: 'info', resolved: 'over', closed: 'over' }

/** A quarter of its time or less is left. */
const SHORT = 0.25

export interface ClockFace {
  tone: 'bad' | 'warn' | 'plain' | 'met'
  /** `quá hạn 12 phút`, `còn 18 phút`, `sau 9 phút`. */
  text: string
}

const clockText: Record<ClockKind, string> = { acknowledge: 'Tiếp nhận', update: 'Cập nhật', fix: 'Khắc phục' }
export const clockName = (kind: ClockKind): string => clockText[kind]

/** `45 giây`, `12 phút`, `2 giờ 5 phút`, `3 ngày 4 giờ`. */
export function lasting(millis: number): string {
  const minutes = Math.floor(Math.max(0, millis) / 60_000)
  const two = (n: number, unit: string, rest: number, part: string) => (rest === 0 ? `${n} ${unit}` : `${n} ${unit} ${rest} ${part}`)
  if (minutes === 0) return `${Math.floor(Math.max(0, millis) / 1000)} giây`
  if (minutes < 60) return `${minutes} phút`
  if (minutes < 2880) return two(Math.floor(minutes / 60), 'giờ', minutes % 60, 'phút')
  return two(Math.floor(minutes / 1440), 'ngày', Math.floor((minutes % 1440) / 60), 'giờ')
}

/** A clock at this moment: it counts down, is overdue, or was met in time or late. */
export function face(clock: ClockView, now: number): ClockFace {
  if (clock.met !== null) return { tone: clock.missed ? 'warn' : 'met', text: `sau ${lasting(clock.met - clock.from)}${clock.missed ? ', trễ hạn' : ''}` }
  if (now >= clock.due) return { tone: 'bad', text: `quá hạn ${lasting(now - clock.due)}` }
  const left = clock.due - now
  return { tone: left <= (clock.due - clock.from) * SHORT ? 'warn' : 'plain', text: `còn ${lasting(left)}` }
}
