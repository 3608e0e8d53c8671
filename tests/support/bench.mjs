// What the measures share.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

export const p99 = (values) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]

/** One line a bound: name, ratio, bound, ok or over. */
export function report(name, ratio, bound) {
  const over = !(ratio <= bound)
  console.log(`${name} ${ratio.toFixed(3)} ${bound} ${over ? 'over' : 'ok'}`)
  if (over) process.exitCode = 1
}
