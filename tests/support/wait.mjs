// Waiting for conditions. Nothing here waits for time to pass.

/** Asks until the answer is truthy; says what was waited for, and the last answer, when it never comes. */
export async function until(what, ask, { within = 20_000, every = 50 } = {}) {
  const deadline = Date.now() + within
  let last
  for (;;) {
    try {
      last = await ask()
      if (last) return last
    } catch (problem) {
      last = problem
    }
    if (Date.now() > deadline) throw new Error(`waited ${within} ms in vain for ${what}; last: ${last?.message ?? JSON.stringify(last)}`)
    await new Promise((resolve) => setTimeout(resolve, every))
  }
}
