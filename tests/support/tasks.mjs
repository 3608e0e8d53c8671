// What the decision says of the checklist, independent of the program: numbers 1 to 90, of which 81 and 85 are
// headings, and two tasks without a number, which we call 78a and 82a.

const numbers = Array.from({ length: 90 }, (_, i) => String(i + 1))

export const taskNumbers = [...numbers.filter((no) => no !== '81' && no !== '85'), '78a', '82a'].sort()

/**
 * In the page: scrolls the list from top to end and collects the numbers of the rows it showed, for the list is
 * virtualised. Runs where it is sent to, so it uses nothing from outside itself.
 */
export async function collectRows() {
  const rows = () => [...document.querySelectorAll('[data-testid^="task-row-"]')]
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const scroller = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { overflowY } = getComputedStyle(e)
      if (e.scrollHeight > e.clientHeight + 1 && (overflowY === 'auto' || overflowY === 'scroll')) return e
    }
    return document.scrollingElement
  }
  const found = new Set()
  const first = rows()[0]
  if (!first) return []
  const list = scroller(first)
  list.scrollTop = 0
  for (;;) {
    await frame()
    for (const row of rows()) found.add(row.dataset.testid.slice('task-row-'.length))
    const before = list.scrollTop
    list.scrollTop += Math.max(40, list.clientHeight / 2)
    if (list.scrollTop === before) break
  }
  list.scrollTop = 0
  await frame()
  return [...found]
}
