// Reading and drawing of PDF pages, the only place that knows the library. The build for older engines is used: web views
// differ. Its worker is a file of the page's own, so nothing is fetched and the page's policy stays as strict as it is.
import { getDocument, PDFWorker, RenderingCancelledException, TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

export type { PDFPageProxy as Page }

/** CSS pixels of a point of the paper at 100 %. */
export const POINT = 96 / 72

export interface Paper {
  pages: PDFPageProxy[]
  close: () => void
}

let reading: { worker: PDFWorker; thread: Worker } | null = null
/** One for all papers; made by hand, for the address of the window's own scheme is no origin to the library. */
function reader(): PDFWorker {
  if (reading === null) {
    const thread = new Worker(workerUrl, { type: 'module' })
    // The library's types know no port; it takes one.
    reading = { worker: new PDFWorker({ port: thread as unknown as null }), thread }
  }
  return reading.worker
}

/** Gives back what reading takes; the next paper takes it anew. */
export function release(): void {
  reading?.worker.destroy()
  reading?.thread.terminate()
  reading = null
}

/** Reads a PDF from base64. */
export async function open(base64: string): Promise<Paper> {
  const text = atob(base64)
  const data = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i += 1) data[i] = text.charCodeAt(i)
  // What is embedded is all there is: no fonts, colour tables or decoders are fetched.
  const task = getDocument({ data, worker: reader(), useSystemFonts: false, useWasm: false, enableXfa: false })
  const document: PDFDocumentProxy = await task.promise
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, i) => document.getPage(i + 1)))
  return { pages, close: () => void task.destroy().catch(() => {}) }
}

/** Size of a page in CSS pixels. */
export function sizeOf(page: PDFPageProxy, zoom: number): { width: number; height: number } {
  const { width, height } = page.getViewport({ scale: zoom * POINT })
  return { width, height }
}

/** Takes a drawn page away: what is far from sight holds no memory. */
export function wipe(page: PDFPageProxy, canvas: HTMLCanvasElement, layer: HTMLElement): void {
  canvas.width = canvas.height = 0
  delete canvas.dataset.drawn
  layer.replaceChildren()
  page.cleanup()
}

/** Draws a page into a canvas and lays its text over it, to be selected and searched. Returns how to give it up. */
export function draw(page: PDFPageProxy, zoom: number, canvas: HTMLCanvasElement, layer: HTMLElement, failed: (problem: unknown) => void): () => void {
  const viewport = page.getViewport({ scale: zoom * POINT })
  const sharp = Math.min(window.devicePixelRatio || 1, 3)
  // Drawn aside and put up when it is whole: what stood before stays until then.
  const next = document.createElement('canvas')
  next.width = Math.floor(viewport.width * sharp)
  next.height = Math.floor(viewport.height * sharp)
  const task = page.render({ canvas: next, viewport, transform: sharp === 1 ? undefined : [sharp, 0, 0, sharp, 0, 0] })
  const words = document.createElement('div')
  const text = new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport })
  let given = false
  Promise.all([task.promise, text.render()]).then(
    () => {
      if (given) return
      canvas.width = next.width
      canvas.height = next.height
      canvas.getContext('2d')?.drawImage(next, 0, 0)
      layer.replaceChildren(...words.childNodes)
      layer.style.setProperty('--min-font-size', words.style.getPropertyValue('--min-font-size'))
      canvas.dataset.drawn = String(page.pageNumber)
    },
    (problem: unknown) => {
      if (!given && !(problem instanceof RenderingCancelledException)) failed(problem)
    },
  )
  return () => {
    given = true
    task.cancel()
    text.cancel()
  }
}
