// Debian's Chromium, driven by playwright-core; no browser is downloaded.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const executable =
  process.env.PVHCC_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))

export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A page of the size of a 1366×768 screen less the frame of a window. */
export async function openPage(url) {
  const browser = await chromium.launch({ executablePath: executable, args: flags, headless: true })
  const page = await browser.newPage({ viewport: { width: 1366, height: 689 }, locale: 'vi-VN' })
  page.setDefaultTimeout(20_000)
  const problems = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(url)
  return { browser, page, problems, $: (id) => page.getByTestId(id) }
}
