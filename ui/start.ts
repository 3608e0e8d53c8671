// The stylesheets of what the program opens with stand in the page itself: the picture of the last time needs them before any of the
// page's code runs. Those of the other screens come with their code.

import type { Plugin, Rollup } from 'vite'

/** The module behind which everything stands that is read at every start. */
const OPENING = /\/src\/open\.ts$/

/** Stylesheets of a chunk and of all that it imports. */
function stylesOf(chunk: Rollup.OutputChunk, bundle: Rollup.OutputBundle, found = new Set<string>(), seen = new Set<string>()): Set<string> {
  if (seen.has(chunk.fileName)) return found
  seen.add(chunk.fileName)
  for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style)
  for (const name of chunk.imports) {
    const next = bundle[name]
    if (next?.type === 'chunk') stylesOf(next, bundle, found, seen)
  }
  return found
}

export function startStyles(): Plugin {
  return {
    name: 'start-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const opening = Object.values(bundle).find((file) => file.type === 'chunk' && OPENING.test(file.facadeModuleId ?? ''))
        if (opening?.type !== 'chunk') throw new Error('start-styles: src/open.ts has become no chunk of its own')
        const styles = [...stylesOf(opening, bundle)].filter((style) => !html.includes(style))
        return styles.map((style) => ({ tag: 'link', attrs: { rel: 'stylesheet', crossorigin: true, href: `./${style}` }, injectTo: 'head' as const }))
      },
    },
  }
}
