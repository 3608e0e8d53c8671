// The last picture of the checklist, put up by `public/first.js` while the program opens. It is only looked at: nothing in
// it can be pressed, a band says what it is and when it was taken, and what tells how things are now (sources, clock,
// notices, who is signed in) is left out.

import { stylesOf } from '../lib/styles'

const KEY = 'pvhcc.picture'
const ID = 'last-picture'
/** Longer ones are not worth their reading. */
const LARGEST = 600_000

// What stands in the page before its code: colours, type and fonts. The few rules that the picture needs besides are kept with it; those of
// all screens are read with their code.
const standing = new Set<CSSStyleSheet>(document.styleSheets)

// One for each folder of data: the shell names it in the address.
const key = () => KEY + location.search

/** Keeps how the window looks now; `when` is domain time in words. */
export function takePicture(window: Element, when: string): void {
  const copy = window.cloneNode(true) as Element
  for (const part of copy.querySelectorAll('[data-live]')) part.replaceChildren()
  for (const part of copy.querySelectorAll('[id], [data-testid]')) {
    part.removeAttribute('id')
    part.removeAttribute('data-testid')
  }
  const comments = document.createNodeIterator(copy, NodeFilter.SHOW_COMMENT)
  for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) comment.parentNode?.removeChild(comment)
  const band = document.createElement('p')
  band.className = 'picture-band'
  band.textContent = `Đang mở… Bên dưới là danh mục của lần xem trước, lúc ${when}.`
  const html = band.outerHTML + copy.outerHTML
  if (html.length > LARGEST) return dropPicture()
  const kept = {
    html,
    styles: stylesOf(document, [...document.styleSheets].filter((sheet) => !standing.has(sheet))),
    top: window.querySelector('[role=grid]')?.scrollTop ?? 0,
    // Its name changes with any part of the page.
    build: document.querySelector('script[type=module]')?.getAttribute('src'),
    theme: document.documentElement.dataset.theme,
  }
  try {
    localStorage.setItem(key(), JSON.stringify(kept))
  } catch {
    // No room: an older picture would be worse than none.
    dropPicture()
  }
}

export function dropPicture(): void {
  localStorage.removeItem(key())
}

/** Whether a picture stands over the page. */
export const pictured = (): boolean => document.getElementById(ID) !== null

/** Takes it down. */
export function unveil(): void {
  document.getElementById(ID)?.remove()
}
