import { describe, expect, it } from 'vitest'
import { fitting, pageAt, stepped } from './zoom'

describe('sizes of a page', () => {
  it('go up and down by steps, from between them too, and end', () => {
    expect([stepped(1, 1), stepped(1, -1), stepped(0.93, 1), stepped(0.93, -1), stepped(4, 1), stepped(0.5, -1)]).toEqual([1.1, 0.9, 1, 0.9, 4, 0.5])
  })

  it('fill the room within their limits', () => {
    expect([fitting(800, 600), fitting(800, 100), fitting(800, 9000)]).toEqual([0.75, 0.5, 4])
  })
})

describe('the page one is at', () => {
  const tops = [0, 1000, 2000]
  it('changes when the next one reaches a third of the window', () => {
    expect([pageAt(tops, 0, 600), pageAt(tops, 799, 600), pageAt(tops, 800, 600), pageAt(tops, 5000, 600), pageAt([], 0, 600)]).toEqual([1, 1, 2, 3, 1])
  })
})
