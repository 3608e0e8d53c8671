import { describe, expect, it } from 'vitest'
import { usualChoice } from './columns'
import { noFilters } from './filters'
import { viewFromText, viewToText, type View } from './views'

const view: View = {
  name: 'Việc của tôi hôm nay',
  list: null,
  filters: { ...noFilters(), q: 'khởi tạo', due: ['overdue'], unit: ['vnpt'] },
  sort: { by: 'due', down: true },
  columns: { ...usualChoice(), widths: { due: 150 } },
}

describe('a view as text', () => {
  it('comes back the same', () => expect(viewFromText(viewToText(view))).toEqual(view))
  it('carries another checklist with an order by its own column and its own columns', () => {
    const own: View = { ...view, list: 'da06', sort: { by: 'text:next', down: false }, columns: { shown: ['measures', 'text:next', 'status', 'proof'], widths: { 'text:next': 240 } } }
    expect(viewFromText(viewToText(own))).toEqual(own)
  })
  it('survives a message around it and a broken line', () => {
    const sent = `Gửi anh:\r\n${viewToText(view).replaceAll('\n', '\r\n  ')}`
    expect(viewFromText(sent)).toEqual(view)
  })
  it('is nothing when it is something else', () => {
    expect(viewFromText('')).toBeNull()
    expect(viewFromText('pvhcc-view 2\nx\n')).toBeNull()
    expect(viewFromText('pvhcc-view 1')).toBeNull()
  })
  it('leaves out what this version does not know', () => {
    const read = viewFromText('pvhcc-view 1\nTên\nstatus=done,gone&sort=nobody')
    expect(read?.filters.status).toEqual(['done'])
    expect(read?.sort).toBeNull()
  })
})
