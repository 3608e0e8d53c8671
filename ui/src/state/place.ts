// Where the window was left, so that the next start opens there: the last data are read before anyone signs in again.
// Kept by the web view, apart for the two profiles.
import type { SessionView } from '../backend/generated/types'

const PROFILES = ['training', 'official']
const keyOf = (profile: string) => `pvhcc.place.${profile}`
const key = (session: SessionView) => keyOf(session.profile.training ? 'training' : 'official')

/** The address of the screen to open first; `null` when the window was left signed out, or nothing may be read. */
export function lastPlace(session: SessionView): string | null {
  return session.canRead ? localStorage.getItem(key(session)) : null
}

export function keepPlace(session: SessionView, address: string): void {
  localStorage.setItem(key(session), address)
}

export function forgetPlace(session: SessionView): void {
  localStorage.removeItem(key(session))
}

/** Whether a window was left at the checklist; asked before anybody has said which profile this is. */
export function leftAtChecklist(): boolean {
  return PROFILES.some((profile) => localStorage.getItem(keyOf(profile))?.includes('/tasks'))
}
