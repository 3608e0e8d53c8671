import { describe, expect, it } from 'vitest'
import { GUTTER, pathOf, SIDE, wayOf, type Box, type Corner } from './arrows'

/** Chips as the board lays them out: cells of 160, rows of 31, chips of 28 with 4 between. */
const chip = (cell: number, row: number, place: number): Box => {
  const left = cell * 160 + 10 + place * 32
  return { left, right: left + 28, top: 9 + row * 31, bottom: 31 + row * 31 }
}
const board: Box[] = [0, 1, 2].flatMap((cell) => [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((place) => chip(cell, row, place))))

const crosses = (way: Corner[], box: Box) =>
  way.slice(1).some((to, i) => {
    const from = way[i]!
    return Math.max(from.x, to.x) > box.left && Math.min(from.x, to.x) < box.right && Math.max(from.y, to.y) > box.top && Math.min(from.y, to.y) < box.bottom
  })

describe('an arrow of the plan', () => {
  it('crosses no chip, wherever it goes', () => {
    for (const from of board) {
      for (const to of board) {
        if (from === to) continue
        const way = wayOf(from, to, Math.floor(to.left / 160) * 160, board)
        expect(board.filter((box) => crosses(way, box))).toEqual([])
        expect(way.slice(1).every((at, i) => at.x === way[i]!.x || at.y === way[i]!.y)).toBe(true)
      }
    }
  })
  it('is straight to the next chip of the row, and comes in from the left or from above', () => {
    expect(wayOf(chip(0, 0, 0), chip(0, 0, 1), 0, board)).toHaveLength(2)
    const left = wayOf(chip(0, 0, 1), chip(2, 1, 0), 320, board)
    expect(left.at(-1)).toEqual({ x: chip(2, 1, 0).left, y: 51 })
    expect(left.some((at) => at.x === 320 + SIDE)).toBe(true)
    const above = wayOf(chip(0, 0, 1), chip(2, 2, 3), 320, board)
    expect(above.at(-2)?.y).toBe(chip(2, 2, 3).top - GUTTER)
  })
  it('has round corners', () => {
    expect(pathOf([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }])).toBe('M0 0L6 0Q10 0 10 4L10 10')
  })
})
