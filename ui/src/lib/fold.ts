// Folding of Vietnamese text for search, the same as `fold` in the domain crate.

/** Lower case, without tones and marks (`đ` is `d`), white space squeezed to single blanks. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .join(' ')

/** The words of a query, folded. */
export const words = (query: string): string[] => fold(query).split(' ').filter((word) => word !== '')

/** Whether every word occurs in a text that is folded already. */
export const matchesAll = (folded: string, query: readonly string[]): boolean => query.every((word) => folded.includes(word))
