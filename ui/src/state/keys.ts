// Single keys are acts only where nobody types, and can be turned off.
import { preferences } from './preferences.svelte'

/** Keys belong to what has the focus: a field or a dialog. A slider has only those that move it. */
export const inField = (e: KeyboardEvent): boolean =>
  e.target instanceof HTMLElement && (e.target.closest('input:not([type=range]), textarea, select, dialog') !== null || e.target.isContentEditable)

/** The single key pressed, in lower case; `null` in a field or a dialog, with a modifier, or where they are turned off. */
export function singleKey(e: KeyboardEvent): string | null {
  return inField(e) || e.ctrlKey || e.altKey || e.metaKey || !preferences.singleKeys ? null : e.key.toLowerCase()
}
