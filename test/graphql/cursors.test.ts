import { describe, expect, it } from 'vitest'
import { CursorKey } from '../../src/graphql/cursors.js'

describe('a cursor', () => {
  const key = new CursorKey(Buffer.alloc(32, 7))

  it('is the same for the same place, and opens for what it was made for alone, however often a place is asked for', () => {
    const place = ['2026-02-24T17:00:00.000Z', 'x']
    const [stories, quotes] = [key.seal(place, 'stories'), key.seal(place, 'quotes')]
    expect(quotes).not.toBe(stories)
    for (let time = 0; time < 2; time += 1) {
      expect(key.seal(place, 'stories')).toBe(stories)
      expect(key.seal([...place], 'quotes')).toBe(quotes)
      expect(key.open(stories, 'stories')).toEqual(place)
      expect(key.open(quotes, 'stories')).toBeUndefined()
    }
  })
})
