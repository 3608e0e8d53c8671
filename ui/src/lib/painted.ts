// The moment something stands on the screen.

const MARK = 'checklist-painted'

/** Calls back when what just changed has been drawn: the first frame is the one that draws it, in the second it has been. */
export function painted(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** Marks the first paint of the checklist with its data, for the measure of the start; later calls change nothing. */
export function markPainted(): void {
  if (performance.getEntriesByName(MARK).length > 0) return
  painted(() => performance.mark(MARK))
}
