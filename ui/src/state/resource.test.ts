import { describe, expect, it } from 'vitest'
import { Resource } from './resource.svelte'

/** A question whose answers are given by hand. */
function questions() {
  const open: ((answer: string) => void)[] = []
  const resource = new Resource(() => new Promise<string>((done) => open.push(done)))
  return { resource, open }
}

describe('Resource', () => {
  it('asks once more after an answer came another way while it was asking, and ends with the newest', async () => {
    const { resource, open } = questions()
    const loading = resource.load()
    resource.set('waiting')
    open[0]?.('signed out, or still older')
    await Promise.resolve()
    await Promise.resolve()
    expect(resource.data).toBe('waiting')
    expect(open).toHaveLength(2)
    open[1]?.('signed out')
    await loading
    expect(resource.data).toBe('signed out')
  })

  it('keeps an answer that came while nothing was asked', () => {
    const { resource, open } = questions()
    resource.set('given')
    expect(resource.data).toBe('given')
    expect(open).toHaveLength(0)
  })
})
