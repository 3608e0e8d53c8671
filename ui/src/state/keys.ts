// Single keys are acts only where nobody types, and can be turned off.
import { preferences } from './preferences.svelte'

/** The single key pressed, in lower case; `null` in a field or a dialog, with a modifier, or where they are turned off. */
export function singleKey(e: KeyboardEvent): string | null {
  const typing = e.target instanceof HTMLElement && (e.target.closest('input, textarea, select, dialog') !== null || e.target.isContentEditable)
  return typing || e.ctrlKey || e.altKey || e.metaKey || !preferences.singleKeys ? null : e.key.toLowerCase()
}
