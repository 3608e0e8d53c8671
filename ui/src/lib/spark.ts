// Runs of neighbouring known values. Pure.

/** Splits values at gaps (`null`); each point keeps its place. */
export function runs(values: readonly (number | null)[]): { at: number; value: number }[][] {
  const found: { at: number; value: number }[][] = []
  let open = false
  values.forEach((value, at) => {
    if (value === null) {
      open = false
      return
    }
    if (!open) found.push([])
    found.at(-1)?.push({ at, value })
    open = true
  })
  return found
}
