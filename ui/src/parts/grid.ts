// What a table of many rows is told of its columns.

export interface GridColumn<R> {
  id: string
  title: string
  /** Explains the head. */
  tip?: string
  /** Width, px; the least width where it grows. */
  width: number
  grow?: boolean
  num?: boolean
  /** Its head sorts. */
  sorts?: boolean
  /** Stays at the left when the table is wider than its room; only the first columns. */
  stays?: boolean
  /** Opens something of its own; otherwise the row does. */
  opens?: boolean
  text: (row: R) => string
  /** For a tooltip; the text itself without it. */
  detail?: (row: R) => string
  /** Carries the mark of what is wrong, besides its tone. */
  marked?: (row: R) => boolean
  tone?: (row: R) => 'bad' | 'warn' | 'unk' | 'muted' | undefined
}

export interface GridSort {
  by: string
  down: boolean
}
