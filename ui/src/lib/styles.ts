// Which rules of the stylesheets something on the page needs now.

/** What depends on more than the page's own nodes, such as `:hover` and `::before`; choices between selectors stay. */
const PSEUDO = /::?(?!is\b|where\b|not\b|has\b)[\w-]+(\([^()]*\))?/g

/** Text of the rules of `sheets` that hold for something in `page`, and of those of which that is not certain. */
export function stylesOf(page: ParentNode, sheets: Iterable<Pick<CSSStyleSheet, 'cssRules'>>): string {
  const texts: string[] = []
  for (const { cssRules } of sheets) for (const rule of cssRules) if (needed(page, rule)) texts.push(rule.cssText)
  return texts.join('\n')
}

function needed(page: ParentNode, rule: CSSRule): boolean {
  // `@media` and its like, by what is in them; steps of animations have no selector.
  if (!('selectorText' in rule)) return !('cssRules' in rule) || [...(rule.cssRules as CSSRuleList)].some((inner) => needed(page, inner))
  try {
    return page.querySelector(String(rule.selectorText).replace(PSEUDO, '')) !== null
  } catch {
    // What is left of `:hover` alone is no selector.
    return true
  }
}
