// The moment something stands on the screen.

/** The checklist with data, be it the picture of the last time (`public/first.js` marks that). */
const PAINTED = 'checklist-painted'
/** The checklist itself. */
const LIVE = 'checklist-live'

/** Calls back when what just changed has been drawn: the first frame is the one that draws it, in the second it has been. */
export function painted(then: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(then))
}

/** Marks the first paint of the checklist, for the measure of the start; later calls change nothing. */
export function markPainted(): void {
  const missing = [PAINTED, LIVE].filter((mark) => performance.getEntriesByName(mark).length === 0)
  if (missing.length > 0) painted(() => missing.forEach((mark) => performance.mark(mark)))
}
