// The way to VNeID and back without anybody at the browser: what the page shows when it is broken off.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openPage } from '../support/chromium.mjs'
import { devserver } from '../support/devserver.mjs'

let server, web

before(async () => {
  server = await devserver({ follow: false })
  web = await openPage(server.url)
})

after(async () => {
  await web?.browser.close()
  await server?.stop()
})

test('a wrong address is refused by name, and breaking off leads back to the first page each time', async () => {
  for (let time = 0; time < 3; time++) {
    await web.$('sign-in').click()
    await web.$('authorize-url').waitFor()
    await web.$('paste-url').fill('http://127.0.0.1:1/callback?code=x')
    await web.page.keyboard.press('Enter')
    await web.page.getByRole('alert').waitFor()
    assert.match(await web.page.getByRole('alert').textContent(), /không phải địa chỉ/)
    await web.$('sign-in-cancel').focus()
    await web.page.keyboard.press('Enter')
    await web.$('sign-in').waitFor()
  }
})
