import { describe, expect, it } from 'vitest'
import { columns, columnsOf, fit, narrowest, readChoice, resizeColumn, template, TITLE, toggleColumn, usualChoice, writeChoice } from './columns'

describe('columns of the list', () => {
  it('give way from the least needed when the list gets narrow, and the title keeps its room', () => {
    const names = (room: number) => fit(usualChoice(), room).columns.map((c) => c.id)
    expect(names(1150)).toEqual(['units', 'due', 'status', 'proof', 'gateway'])
    expect(names(840)).toEqual(['units', 'due', 'status', 'proof'])
    expect(names(740)).toEqual(['due', 'status', 'proof'])
    for (const room of [740, 840, 1150]) expect(fit(usualChoice(), room).title).toBeGreaterThanOrEqual(TITLE)
  })
  it('show what is claimed only with what shows it', () => {
    for (const room of [200, 500, 582, 600, 700]) expect(fit(usualChoice(), room).columns.map((c) => c.id)).toEqual(['status', 'proof'])
    const claimed = toggleColumn(usualChoice(), 'proof')
    expect(fit(claimed, 500).columns.map((c) => c.id)).toEqual(['status'])
  })
  it('say which of those chosen found no room', () => {
    expect(fit(usualChoice(), 740).out).toEqual(['units', 'gateway'])
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
    const names = (room: number) => fit(usualChoice(all), room, all).columns.map((c) => c.id)
    expect(names(900)).toEqual(['measures', 'status', 'proof'])
    expect(names(1150)).toEqual(['measures', 'text:result', 'text:next', 'status', 'proof'])
    expect(columnsOf(undefined)).toBe(columns)
    expect(columnsOf({ ...list, main: true })).toBe(columns)
  })
  it('of another checklist are chosen and made wider like any other', () => {
    const all = columnsOf({ main: false, measured: true, columns: [{ id: 'result', title: 'Kết quả' }, { id: 'next', title: 'Tiếp theo' }] })
    const chosen = resizeColumn(toggleColumn(toggleColumn(usualChoice(all), 'measures', all), 'units', all), 'text:next', 240)
    expect(chosen.shown).toEqual(['text:result', 'text:next', 'due', 'status', 'proof'])
    expect(readChoice(writeChoice(chosen), all)).toEqual(chosen)
    expect(fit(chosen, 1150, all).columns.find((c) => c.id === 'text:next')?.width).toBe(240)
    expect(fit(chosen, 1150).columns.map((c) => c.id)).toEqual(['due', 'status', 'proof'])
    expect(readChoice(undefined, all)).toEqual(usualChoice(all))
  })
  it('make one track each', () => {
    expect(template(fit(usualChoice(), 1150).columns).match(/px/g)).toHaveLength(2 + columns.filter((c) => c.usual).length)
  })
})
