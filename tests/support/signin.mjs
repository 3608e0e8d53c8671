// A user at the sandbox's pages, without a browser: reads the page, chooses a person (or agrees), follows the way back.

/** Signs in at `authorizeUrl` as the fictional `user` (`staff`, `duty`, `leader`, `admin`, `vnpt`, `guest`). */
export async function signInAt(authorizeUrl, user = 'staff') {
  const url = new URL(authorizeUrl)
  const page = await fetch(url)
  if (!page.ok) throw new Error(`the sign-in page answers ${page.status}: ${await page.text()}`)
  const form = new URLSearchParams(url.search)
  form.set('user', user)
  const chosen = await fetch(url.origin + url.pathname, { method: 'POST', body: form, redirect: 'manual' })
  const back = chosen.headers.get('location')
  if (!back) throw new Error(`the sign-in page sends nobody back: ${chosen.status} ${await chosen.text()}`)
  const last = await fetch(back)
  if (!last.ok) throw new Error(`the way back answers ${last.status}: ${await last.text()}`)
}

/** Agrees at the sandbox's sign-out page and follows the way back to the app. */
export async function signOutAt(logoutUrl) {
  const url = new URL(logoutUrl)
  const form = new URLSearchParams(url.search)
  form.set('agreed', '1')
  const last = await fetch(url.origin + url.pathname, { method: 'POST', body: form })
  if (!last.ok) throw new Error(`the sign-out page answers ${last.status}: ${await last.text()}`)
  return last.text()
}
