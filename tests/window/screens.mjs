// Drives the dashboard through its screens and writes a picture of each. For `cargo xtask run` without a display.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dashboard } from '../support/desktop.mjs'
import { until } from '../support/wait.mjs'

const { values } = parseArgs({ options: { app: { type: 'string' }, out: { type: 'string' } } })
const dataDir = join(values.out, 'training')
rmSync(values.out, { recursive: true, force: true })
mkdirSync(values.out, { recursive: true })

const app = await dashboard({ app: values.app, dataDir })

/** Nothing loads any more and the fonts are there. */
const settled = () =>
  until('a screen at rest', () =>
    app.run(async () => {
      await document.fonts.ready
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      // A box that the fonts made smaller asks for its chart again.
      const fits = [...document.querySelectorAll('.chart .box')].every((box) => {
        const drawing = box.querySelector('.drawing')
        return !drawing || Math.abs(drawing.offsetHeight - box.clientHeight) <= 1
      })
      return fits && document.querySelector('[aria-busy="true"]') === null
    }),
  )

async function picture(name) {
  await settled()
  const path = join(values.out, `${name}.png`)
  await app.screenshot(path)
  console.log(path)
}

try {
  await app.see('sign-in', 60_000)
  await picture('sign-in')
  await app.signIn()
  const screens = await app.run(() =>
    [...document.querySelectorAll('[data-testid^="nav-"]')]
      .filter((e) => !e.disabled && e.getAttribute('aria-disabled') !== 'true')
      .map((e) => e.dataset.testid.slice('nav-'.length)),
  )
  if (screens.length === 0) throw new Error('the navigation is empty')
  await until('the first answers of the sources', async () => (await app.attribute('source-gateway', 'data-state')) === 'fresh')
  for (const screen of screens) {
    await app.click(`nav-${screen}`)
    await app.see(`screen-${screen}`)
    await picture(screen)
  }
  await app.click('nav-tasks')
  await app.see('task-row-17')
  await app.click('task-row-17')
  await app.see('task-panel')
  await picture('task')
} finally {
  await app.close()
}
