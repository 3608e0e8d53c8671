// Takes the pictures of the README in Chromium on a fresh training profile and writes the figures they show beside them:
// `node tests/browser/pictures.mjs` after building `pvhcc-devserver` and the page. A story test derives those figures anew.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { executable, flags } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'
import { root } from '../support/process.mjs'
import { until } from '../support/wait.mjs'

const out = join(root, 'assets/screenshots')
const server = await devserver({ records: true })
const browser = await chromium.launch({ executablePath: executable, args: flags, headless: true })

async function open(width, height, colorScheme) {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'vi-VN', colorScheme })
  await page.goto(server.url)
  return page
}

/** Writes the picture once nothing loads any more, the fonts are there, and every chart fits its box. */
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready)
  await until(`${name} at rest`, () =>
    page.evaluate(() => {
      const fits = (box) => Math.abs((box.querySelector('.drawing')?.offsetHeight ?? 0) - box.clientHeight) <= 1
      return document.querySelector('[aria-busy="true"]') === null && [...document.querySelectorAll('.chart .box')].every(fits)
    }),
  )
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(out, `${name}.png`) })
}

/** What the overview says, as words on the screen. */
const shown = (page) =>
  page.evaluate(() => {
    const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? ''
    const all = (prefix, read) =>
      Object.fromEntries([...document.querySelectorAll(`[data-testid^="${prefix}"]:not([data-testid^="${prefix}mark-"])`)].map((e) => [e.dataset.testid.slice(prefix.length), read(e)]))
    return {
      tiles: all('tile-', (e) => ({ label: words(e.querySelector('.label')), value: words(e.querySelector('.value')), note: words(e.querySelector('.note')) })),
      charts: all('chart-', (e) => words(e.querySelector('h2'))),
    }
  })

try {
  const page = await open(1366, 768, 'light')
  await page.getByTestId('sign-in').click()
  await page.getByTestId('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
  await until('fresh sources', async () => (await server.call('sources')).sources.every((s) => s.state === 'fresh'), { within: 300_000 })
  await page.reload()
  await page.getByTestId('screen-overview').waitFor()
  await picture(page, 'overview')
  const figures = await shown(page)

  const dark = await open(1920, 1000, 'dark')
  await dark.getByTestId('screen-overview').waitFor()
  await picture(dark, 'overview-dark')
  const same = JSON.stringify(await shown(dark)) === JSON.stringify(figures)
  if (!same) throw new Error('the two pictures of the overview show different figures')
  writeFileSync(join(out, 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`)

  await page.goto(`${server.url}/#/tasks?task=17`)
  await page.getByTestId('task-panel').waitFor()
  await picture(page, 'task')
  for (const [part, there] of [
    ['plan', '#plan-17'],
    ['obstacles', '[data-testid=obstacle-list]'],
    ['parties', 'main table, main .card'],
  ]) {
    await page.goto(`${server.url}/#/tasks/${part}`)
    await page.locator(there).first().waitFor()
    // The arrows are those of the chosen task.
    if (part === 'plan') await page.locator('#plan-87').click()
    await picture(page, part)
  }
  await page.goto(`${server.url}/#/dossiers`)
  await page.getByTestId('strip').waitFor()
  await picture(page, 'dossiers')
  await page.goto(`${server.url}/#/dossiers/indicators`)
  await page.getByTestId('indicator-blocks').waitFor()
  await picture(page, 'indicators')
  await page.goto(`${server.url}/#/settings/sources`)
  await page.getByTestId('source-row-portal_statistics').waitFor()
  await picture(page, 'settings')
  await page.goto(`${server.url}/#/help`)
  await page.getByTestId('screen-help').waitFor()
  await picture(page, 'help')
  await server.call('report_freeze', { cadence: 'daily', day: '2026-05-29' })
  await page.goto(`${server.url}/#/report`)
  await page.locator('canvas[data-drawn="1"]').first().waitFor({ timeout: 60_000 })
  await picture(page, 'report')
  await page.goto(`${server.url}/#/report/briefing`)
  await page.getByTestId('briefing-page').waitFor()
  await picture(page, 'briefing')
} finally {
  await browser.close()
  await server.stop()
}
