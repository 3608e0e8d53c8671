// Which rows are chosen for work in bulk. Pure: rows are their keys, in the order shown.

export interface Selection {
  chosen: ReadonlySet<string>
  /** Where a stretch of rows begins. */
  anchor: string | null
}

export const nothing: Selection = { chosen: new Set(), anchor: null }

export function toggle(selection: Selection, no: string): Selection {
  const chosen = new Set(selection.chosen)
  if (!chosen.delete(no)) chosen.add(no)
  return { chosen, anchor: no }
}

/** Everything from the anchor to `no`, besides what was chosen before. Without an anchor, `no` alone. */
export function extend(selection: Selection, no: string, shown: readonly string[]): Selection {
  const from = selection.anchor === null ? -1 : shown.indexOf(selection.anchor)
  const to = shown.indexOf(no)
  if (to < 0) return selection
  if (from < 0) return { chosen: new Set(selection.chosen).add(no), anchor: no }
  const stretch = shown.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { chosen: new Set([...selection.chosen, ...stretch]), anchor: selection.anchor }
}

export const all = (shown: readonly string[]): Selection => ({ chosen: new Set(shown), anchor: shown[0] ?? null })

/** What is still there after rows went away; a filter hides rows, and hidden rows are not worked on. */
export function among(selection: Selection, shown: readonly string[]): Selection {
  const there = new Set(shown)
  const chosen = new Set([...selection.chosen].filter((no) => there.has(no)))
  if (chosen.size === selection.chosen.size) return selection
  return { chosen, anchor: selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : null }
}
