// Puts up the last picture of the checklist while the program still opens: the page's own code takes longer to read than
// a list to look at. `src/state/picture.ts` takes the picture, and takes it down once the real list has been painted.
;(() => {
  const key = 'pvhcc.picture' + location.search
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (kept === null) return
    // Names of styles change from build to build.
    if (kept.build !== document.querySelector('script[type=module]')?.getAttribute('src')) return localStorage.removeItem(key)
    if (kept.theme) document.documentElement.dataset.theme = kept.theme
    const picture = document.createElement('div')
    picture.id = 'last-picture'
    picture.inert = true
    picture.setAttribute('aria-hidden', 'true')
    const styles = document.createElement('style')
    styles.textContent = kept.styles
    // Text of our own page, escaped when it was taken; the policy of the page lets no script in it run.
    picture.innerHTML = kept.html
    picture.prepend(styles)
    picture.hidden = true
    document.body.append(picture)
    // Before the fonts are there every word would be measured in those of the system first.
    const fonts = [400, 600].map((weight) => document.fonts.load(`${weight} 14px "Source Sans 3"`))
    void Promise.allSettled(fonts).then(() => {
      picture.hidden = false
      const list = picture.querySelector('[role=grid]')
      if (list && kept.top > 0) list.scrollTop = kept.top
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('checklist-painted')))
    })
  } catch {
    localStorage.removeItem(key)
  }
})()
