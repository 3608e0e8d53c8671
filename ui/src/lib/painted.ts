// The moment the checklist with its data stands on the screen, for the measure of the start.

const MARK = 'checklist-painted'

/** Marks the first paint after the call; later calls change nothing. */
export function markPainted(): void {
  if (performance.getEntriesByName(MARK).length > 0) return
  // The first frame is the one that draws what just changed; in the second it has been drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(MARK)))
}
