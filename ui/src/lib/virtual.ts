// Which part of a long list is on screen. Pure arithmetic over heights; knows nothing of the page.

/** Tops of the items, one more than there are items: the last is the whole height. */
export function offsets(heights: readonly number[]): Float64Array {
  const tops = new Float64Array(heights.length + 1)
  for (let i = 0; i < heights.length; i++) tops[i + 1] = (tops[i] ?? 0) + (heights[i] ?? 0)
  return tops
}

/** Index of the item that covers `y`; 0 and the last one outside. */
export function indexAt(tops: Float64Array, y: number): number {
  let low = 0
  let high = tops.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tops[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** Items `start..end` that touch the view, with `overscan` pixels on each side. */
export function visible(tops: Float64Array, scroll: number, height: number, overscan = 200): { start: number; end: number } {
  if (tops.length < 2) return { start: 0, end: 0 }
  return { start: indexAt(tops, scroll - overscan), end: indexAt(tops, scroll + height + overscan) + 1 }
}

/** Where to scroll so that item `index` is in view below a cover of `cover` px; `scroll` itself if it is already. */
export function reveal(tops: Float64Array, index: number, scroll: number, height: number, cover = 0): number {
  const top = tops[index] ?? 0
  const bottom = tops[index + 1] ?? top
  if (top - cover < scroll) return Math.max(0, top - cover)
  if (bottom > scroll + height) return bottom - height
  return scroll
}
