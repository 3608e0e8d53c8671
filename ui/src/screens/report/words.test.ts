import { describe, expect, it } from 'vitest'
import type { Words } from '../../backend/generated/types'
import { overtaken, shown, touched, type } from './words'

const words = (over: Partial<Words> = {}): Words => ({ changes: '', results: '', operation: '', troubles: '', proposals: '', ...over })

describe('texts of a report', () => {
  it('stay typed when something else is kept, and what was not touched follows', () => {
    const before = words({ results: 'a', proposals: 'p' })
    const typed = type({}, 'results', 'ab', before)
    const after = words({ results: 'other', proposals: 'q' })
    expect(shown(typed, after)).toEqual(words({ results: 'ab', proposals: 'q' }))
    expect(touched(typed, after)).toEqual(['results'])
    expect(overtaken(typed, after, 'results')).toBe('other')
    expect(overtaken(typed, before, 'results')).toBeNull()
    expect(overtaken(typed, after, 'proposals')).toBeNull()
  })

  it('are untouched again when typed back, and once they are kept', () => {
    const from = words({ results: 'a' })
    const typed = type({}, 'results', 'ab', from)
    expect(type(typed, 'results', 'a', from)).toEqual({})
    expect(touched(typed, words({ results: 'ab' }))).toEqual([])
    expect(overtaken(typed, words({ results: 'ab' }), 'results')).toBeNull()
  })

  it('remember what was kept at the first touch', () => {
    const typed = type(type({}, 'results', 'b', words({ results: 'a' })), 'results', 'bc', words({ results: 'other' }))
    expect(typed.results).toEqual({ text: 'bc', base: 'a' })
  })
})
