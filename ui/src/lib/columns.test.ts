import { describe, expect, it } from 'vitest'
import { columns, columnsOf, fit, narrowest, readChoice, resizeColumn, template, TITLE, toggleColumn, usualChoice, writeChoice } from './columns'

describe('columns of the list', () => {
  it('give way from the least needed when the list gets narrow, and the title keeps its room', () => {
    const names = (room: number) => fit(usualChoice(), room).columns.map((c) => c.id)
    expect(names(1150)).toEqual(['units', 'due', 'status', 'proof', 'gateway'])
    expect(names(840)).toEqual(['units', 'due', 'status', 'proof'])
    expect(names(740)).toEqual(['due', 'status', 'proof'])
    expect(names(600)).toEqual(['due', 'status'])
    expect(names(200)).toEqual(['status'])
    for (const room of [600, 740, 840, 1150]) expect(fit(usualChoice(), room).title).toBeGreaterThanOrEqual(TITLE)
  })
  it('are chosen and kept in their own order', () => {
    const more = toggleColumn(toggleColumn(usualChoice(), 'note'), 'units')
    expect(more.shown).toEqual(['due', 'status', 'proof', 'gateway', 'note'])
    expect(readChoice(writeChoice(more))).toEqual(more)
  })
  it('are never narrower than can be read', () => {
    const slim = resizeColumn(usualChoice(), 'due', 3)
    expect(slim.widths.due).toBe(narrowest)
    expect(fit(slim, 1150).columns.find((c) => c.id === 'due')?.width).toBe(narrowest)
  })
  it('survive a kept choice that is broken or from elsewhere', () => {
    expect(readChoice('{')).toEqual(usualChoice())
    expect(readChoice(undefined)).toEqual(usualChoice())
    expect(readChoice('{"shown":["status","nobody"],"widths":{"status":"x","due":99}}')).toEqual({ shown: ['status'], widths: { due: 99 } })
  })
  it('of another checklist begin with its own words and figures, and leave the gateway out', () => {
    const list = { main: false, measured: true, columns: [{ id: 'result', title: 'Kết quả' }, { id: 'next', title: 'Tiếp theo' }] }
    const all = columnsOf(list)
    expect(all.slice(0, 3).map((c) => c.id)).toEqual(['measures', 'text:result', 'text:next'])
    expect(all.some((c) => c.id === 'gateway')).toBe(false)
    const names = (room: number) => fit(usualChoice(), room, all).columns.map((c) => c.id)
    expect(names(900)).toEqual(['measures', 'status', 'proof'])
    expect(names(1150)).toEqual(['measures', 'text:result', 'text:next', 'status', 'proof'])
    expect(columnsOf(undefined)).toBe(columns)
    expect(columnsOf({ ...list, main: true })).toBe(columns)
  })
  it('make one track each', () => {
    expect(template(fit(usualChoice(), 1150).columns).match(/px/g)).toHaveLength(2 + columns.filter((c) => c.usual).length)
  })
})
