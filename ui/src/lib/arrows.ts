// Arrows of the plan: along the gutters between the chips, never across one. Pure: boxes in, corners out.

export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}
export interface Corner {
  x: number
  y: number
}

/** From a row of chips to the gutter under or above it. */
export const GUTTER = 4.5
/** From the edge of a cell to the gutter beside its chips. */
export const SIDE = 5

const middle = (box: Box) => (box.top + box.bottom) / 2
const centre = (box: Box) => (box.left + box.right) / 2

/**
 * The way from one chip to another. Neighbours in a row are joined straight; else it goes down into the gutter under the row,
 * along it, up or down in the gutter at the edge of the other's cell (`cell` is that edge), and in from the left, or from above
 * where another chip stands before it.
 */
export function wayOf(from: Box, to: Box, cell: number, others: readonly Box[]): Corner[] {
  const sameRow = Math.abs(middle(from) - middle(to)) < 2
  const between = others.some((o) => Math.abs(middle(o) - middle(from)) < 2 && o.left >= from.right && o.right <= to.left)
  if (sameRow && to.left > from.right && !between) return [{ x: from.right, y: middle(from) }, { x: to.left, y: middle(to) }]
  const under = from.bottom + GUTTER
  const above = to.top - GUTTER
  const side = cell + SIDE
  const start = [{ x: centre(from), y: from.bottom }, { x: centre(from), y: under }]
  const first = !others.some((o) => Math.abs(middle(o) - middle(to)) < 2 && o.left >= cell && o.right <= to.left)
  if (first) return [...start, { x: side, y: under }, { x: side, y: middle(to) }, { x: to.left, y: middle(to) }]
  // The gutter under one row is the one above the next.
  if (Math.abs(under - above) < 2) return [...start, { x: centre(to), y: under }, { x: centre(to), y: to.top }]
  return [...start, { x: side, y: under }, { x: side, y: above }, { x: centre(to), y: above }, { x: centre(to), y: to.top }]
}

/** The way as a path with round corners. */
export function pathOf(way: readonly Corner[], radius = 4): string {
  const parts = way.map((at, i) => {
    const [before, after] = [way[i - 1], way[i + 1]]
    if (!before || !after) return `${before ? 'L' : 'M'}${at.x} ${at.y}`
    const towards = (to: Corner) => {
      const far = Math.hypot(to.x - at.x, to.y - at.y)
      const share = far === 0 ? 0 : Math.min(radius, far / 2) / far
      return `${at.x + (to.x - at.x) * share} ${at.y + (to.y - at.y) * share}`
    }
    return `L${towards(before)}Q${at.x} ${at.y} ${towards(after)}`
  })
  return parts.join('')
}
