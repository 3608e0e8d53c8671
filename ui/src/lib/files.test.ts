import { expect, test } from 'vitest'
import { base64, largestFile, problemOf } from './files'

test('bytes become base64 without a seam between pieces', () => {
  for (const length of [0, 1, 2, 3, 24575, 24576, 24577, 60000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256)
    const back = Uint8Array.from(atob(base64(bytes)), (c) => c.charCodeAt(0))
    expect(back).toEqual(bytes)
  }
})

test('an empty or too large file is refused before it is read', () => {
  expect(problemOf({ name: 'a.pdf', size: 0 })).toContain('rỗng')
  expect(problemOf({ name: 'a.pdf', size: largestFile })).toBeUndefined()
  expect(problemOf({ name: 'a.pdf', size: largestFile + 1 })).toContain('20 MB')
})
