// The paper of the report in the real window: the web view of the system, its own scheme, and the window's policy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dashboard } from '../support/desktop.mjs'
import { until } from '../support/wait.mjs'

test('a frozen report is drawn as its PDF, with words that can be selected, and nothing is refused by the policy', async () => {
  const app = await dashboard()
  try {
    await app.signIn()
    await app.run(() => {
      window.refused = []
      document.addEventListener('securitypolicyviolation', (e) => window.refused.push(`${e.violatedDirective} ${e.blockedURI}`))
    })
    await app.click('nav-report')
    await app.see('report-do-freeze', 40_000)
    await app.click('report-do-freeze')
    const drawn = () =>
      app.run(() => {
        const canvas = document.querySelector('canvas[data-drawn="1"]')
        if (!canvas) return null
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        let ink = 0
        for (let i = 0; i < data.length; i += 4) if (data[i] < 128) ink += 1
        return { ink, words: document.querySelector('[data-testid="report-sheet"] .words').textContent, refused: window.refused }
      })
    const page = await until('the first page', drawn, { within: 60_000 })
    assert.ok(page.ink > 1000, `ink on the page: ${page.ink}`)
    assert.match(page.words, /CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/)
    assert.deepEqual(page.refused, [])
  } finally {
    await app.close()
  }
})
