// How loudly the frame asks for the report that is due. Pure.
import type { DeadlineView, SessionView } from '../backend/generated/types'

export type Loudness = 'none' | 'mark' | 'banner' | 'pulse' | 'dialog'

/** What the frame shows of a deadline. The dialog is for those who can answer, once; whoever is at the report needs none. */
export function loudness({ state, level, day }: DeadlineView, at: { mayAnswer: boolean; answered: string | null; atReport: boolean }): Loudness {
  if (state === 'settled' || level <= 0) return 'none'
  if (level === 1) return 'mark'
  if (at.atReport) return 'mark'
  if (level === 2) return 'banner'
  return level >= 4 && at.mayAnswer && at.answered !== day ? 'dialog' : 'pulse'
}

/** Who may freeze, write, or say why a report is late (the program checks again). */
export const mayAnswer = (session: SessionView): boolean => session.phase === 'active' && session.user !== null && session.user.role !== 'admin'
