// The page's fonts without the letters of other alphabets: a fifth of the bytes to read, check and keep before the first
// paint. The files in `assets/fonts` stay whole, for the charts are measured with them.

import subsetFont from 'subset-font'
import type { Plugin } from 'vite'

/** What Vietnamese text, figures and marks are written with; anything else comes from a font of the system. */
const RANGES: [first: number, last: number][] = [
  [0x20, 0x7e], // ASCII
  [0xa0, 0x17f], // Latin
  [0x1a0, 0x1b0], // ơ, ư
  [0x300, 0x323], // tone marks that stand alone
  [0x1ea0, 0x1ef9], // Vietnamese
  [0x2010, 0x2044], // dashes, quotes, points
  [0x2080, 0x2089], // D₁, C₂ of formulas
  [0x20ab, 0x20ac], // currencies
  [0x2190, 0x22ff], // arrows, signs of comparison
  [0x25a0, 0x25ff], // shapes
]
const TEXT = RANGES.map(([first, last]) => String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))).join('')
/** Composition and kerning, and digits of equal width. */
const FEATURES = ['ccmp', 'locl', 'kern', 'mark', 'mkmk', 'liga', 'tnum']

export function smallFonts(): Plugin {
  return {
    name: 'small-fonts',
    apply: 'build',
    async generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.ttf')) continue
        file.source = await subsetFont(Buffer.from(file.source), TEXT, { targetFormat: 'truetype', keepFeatures: FEATURES })
      }
    },
  }
}
