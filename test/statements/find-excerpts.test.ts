import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folded, placesOf, placesOfAll } from '../../src/statements/find-excerpts.js'

const TEXT = 'We said: “The plan is sound.”\n\nIt’s  our plan, and we\u00a0stand by it. The plan is sound 🌊 indeed. We will build it.'
const words = (parts: string[], text = TEXT) => placesOf(text, parts).map(({ start, end }) => text.slice(start, end))

describe('the search for excerpts', () => {
  it.each([
    ['word for word, every time it stands there', ['The plan is sound'], ['The plan is sound', 'The plan is sound']],
    ['over other quotation marks and spaces', ["It's our plan, and we stand by it."], ['It’s  our plan, and we\u00a0stand by it.']],
    ['with the comma of the story in place of the full stop', ['It’s our plan, and we stand by it,'], ['It’s  our plan, and we\u00a0stand by it']],
    ['over line ends and characters outside the basic plane', ['sound 🌊 indeed'], ['sound 🌊 indeed']],
    ['over what the story puts between its parts', ['We will,', 'build it.'], ['We will build it.']],
    ['not with other words', ['The plan is safe'], []],
    ['not with another case', ['the plan is sound'], []],
    ['not inside a word', ['he plan is soun'], []],
    ['not where its parts stand apart', ['It’s our plan', 'The plan is sound'], []],
    ['not for nothing', ['“”'], []],
    ['not for white space', [' \u200b '], []],
  ])('finds a quote %s', (_what, parts, found) => expect(words(parts)).toEqual(found))

  it('gives at most ten places', () => expect(placesOf('so '.repeat(50), ['so'])).toHaveLength(10))

  it('finds every run of words of a text, where it stands', () => {
    const word = fc.constantFrom('plan', '“sound”', 'it’s', 'a', '🌊', 'é', '\n', '  ', '—', 'x.')
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), (list, from, length) => {
      const start = from % list.length
      const run = list.slice(start, start + 1 + (length % (list.length - start)))
      if (folded(run.join(' ')) === '') return
      const text = list.join(' ')
      const [places] = placesOfAll(text, [[run.join(' ')]])
      expect(places!.length).toBeGreaterThan(0)
      for (const place of places!) {
        expect(place.start >= 0 && place.start < place.end && place.end <= text.length).toBe(true)
        expect(folded(text.slice(place.start, place.end))).toContain(folded(run.join(' ').replace(/[\s,;:.–—-]+$/, '')))
      }
    }))
  })
})
