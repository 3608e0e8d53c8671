// Sizes a page is looked at in, and which page one is at. Pure.

export const smallest = 0.5
export const largest = 4
const steps = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4]

/** The next larger or smaller size. */
export function stepped(zoom: number, by: 1 | -1): number {
  const far = 0.005
  return by > 0 ? (steps.find((s) => s > zoom + far) ?? largest) : (steps.findLast((s) => s < zoom - far) ?? smallest)
}

/** The size at which a page as wide as `paper` at 100 % fills `room`, within the limits. */
export const fitting = (paper: number, room: number): number => Math.min(largest, Math.max(smallest, room / paper))

/** The page that covers the line a third down the window; `tops` are the upper edges in order. */
export function pageAt(tops: readonly number[], scroll: number, height: number): number {
  const line = scroll + height / 3
  return Math.max(1, tops.filter((top) => top <= line).length)
}
