// The keyboard alone, as a person without a mouse uses the page. A click is nowhere in here.
import assert from 'node:assert/strict'
import { until } from './wait.mjs'

/** What the tests press on a page opened by `openPage`. */
export function keyboardOf({ page, $ }) {
  const keys = page.keyboard
  // Somebody listens from the beginning: the browser asks for files through us only once it was told so.
  page.on('filechooser', () => {})
  /** What has the focus: its test id, else its text. */
  const focused = () => page.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.textContent?.trim() ?? '')
  /** It has the focus: by its test id or that of what it stands in, or by its text. */
  const on = (wanted) =>
    page.evaluate((wanted) => {
      const at = document.activeElement
      return at?.closest('[data-testid]')?.dataset.testid === wanted || at?.textContent?.trim() === wanted
    }, wanted)
  const self = {
    focused,
    type: (text) => keys.type(text),
    async press(...names) {
      for (const name of names) await keys.press(name)
    },
    focusedOn: (wanted) => until(`the focus on ${wanted}`, () => on(wanted)),
    /** Presses Tab, or another key, until the element with this test id or text has the focus. */
    async tabTo(wanted, { key = 'Tab', most = 200 } = {}) {
      for (let i = 0; i < most; i += 1) {
        if (await on(wanted)) return
        await keys.press(key)
      }
      assert.fail(`${key} does not reach ${wanted}; the focus is on ${await focused()}`)
    },
    /** Goes to a field and writes over what it holds. */
    async fill(field, text) {
      await self.tabTo(field)
      await self.press('Control+A')
      await self.type(text)
    },
    /** Goes to a button and presses it. */
    async activate(button, options) {
      await self.tabTo(button, options)
      await self.press('Enter')
    },
    /** Opens the system's dialog for files from the keyboard and chooses. */
    async choose(field, files) {
      await self.tabTo(field)
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), self.press('Enter')])
      await chooser.setFiles(files)
    },
    /** Runs what the palette finds first. */
    async palette(words) {
      await self.press('Control+k')
      await $('palette').waitFor()
      await self.type(words)
      await self.press('Enter')
      await $('palette').waitFor({ state: 'detached' })
    },
    /** Signs in by the button, as the person the server was started with. */
    async signIn() {
      await $('sign-in').waitFor()
      await self.activate('sign-in')
      await $('phase-active').waitFor({ state: 'attached', timeout: 40_000 })
    },
  }
  return self
}
