import { expect, test } from 'vitest'
import { tableHtml, tableText } from './copy'

const table = { heads: ['Đơn vị', 'Nhận'], rows: [['Sở Y tế\t"A" & <B>', '38.885'], ['Xã\nVân Canh', '–']] }

test('cells stay apart as text', () => {
  expect(tableText(table)).toBe('Đơn vị\tNhận\nSở Y tế "A" & <B>\t38.885\nXã Vân Canh\t–')
})

test('cells are words and no marks of the table', () => {
  expect(tableHtml(table)).toContain('<td>Sở Y tế\t&quot;A&quot; &amp; &lt;B&gt;</td><td>38.885</td>')
  expect(tableHtml(table).match(/<t[hd]>/g)).toHaveLength(6)
})
