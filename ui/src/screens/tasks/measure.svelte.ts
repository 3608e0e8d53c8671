// How many lines a title takes in a column, measured with the page's own font, so that rows know their height unseen.

const MOST = 3
/** A line breaks between words: what is left at its end, as a share of the width. */
const SLACK = 0.06

let fontsReady = $state(false)
const widths = new Map<string, number>()
const context = document.createElement('canvas').getContext('2d')

void document.fonts.load('14px "Source Sans 3"', 'Việt').then(() => {
  widths.clear()
  fontsReady = true
})

function widthOf(text: string): number {
  let width = widths.get(text)
  if (width === undefined) {
    if (context) context.font = '14px "Source Sans 3"'
    width = context?.measureText(text).width ?? text.length * 6.2
    widths.set(text, width)
  }
  return width
}

/** 1…3 */
export function lines(text: string, column: number): number {
  // Read so that rows are measured again when the font has arrived.
  void fontsReady
  const width = widthOf(text)
  if (width <= column || column <= 0) return 1
  return Math.min(MOST, Math.ceil(width / (column * (1 - SLACK))))
}
