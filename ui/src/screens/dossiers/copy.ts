// Tables for the clipboard: as text with tabs, and as a table that spreadsheets and documents take over with its form.

export interface Table {
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}

/** A cell that holds a tab or a line break would fall apart. */
const plain = (text: string): string => text.replace(/[\t\r\n]+/g, ' ')
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const tableText = ({ heads, rows }: Table): string => [heads, ...rows].map((row) => row.map(plain).join('\t')).join('\n')

export function tableHtml({ heads, rows }: Table): string {
  const line = (tag: 'th' | 'td', row: readonly string[]) => `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${line('th', heads)}</thead><tbody>${rows.map((row) => line('td', row)).join('')}</tbody></table>`
}

/** Puts a table on the clipboard, within a press of a key or button. The older way works in every web view without asking. */
export function copyTable(table: Table): boolean {
  const fill = (e: ClipboardEvent) => {
    e.preventDefault()
    e.clipboardData?.setData('text/plain', tableText(table))
    e.clipboardData?.setData('text/html', tableHtml(table))
  }
  document.addEventListener('copy', fill, { once: true, capture: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', fill, { capture: true })
  return done
}
