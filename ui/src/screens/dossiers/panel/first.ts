// What a part of the panel is about: it gets the focus when the part opens, or when it comes while the panel waits with it.

export function first(node: HTMLElement, on = true): void {
  if (!on) return
  node.dataset['first'] = ''
  const panel = node.closest('aside')
  if (panel && document.activeElement === panel) node.focus({ preventScroll: true })
}
