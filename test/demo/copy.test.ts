import { describe, expect, it } from 'vitest'
import { headline, write } from '../../src/demo/copy.js'

describe('pointing at words of a story', () => {
  const copy = write([headline('Bridge closed'), 'Okafor said it was late. “Go home,” she said, “all of you.”', 'The bridge 🌉 is shut.'])
  const words = (wanted: string, nth?: number) => copy.words(copy.at(wanted, nth))

  it('finds words as they stand, by their beginning and end, and in brackets', () => {
    expect(copy.at('Bridge closed')).toEqual({ paragraph: 0, start: 0, end: 13 })
    expect(words('Okafor ... late')).toBe('Okafor said it was late')
    expect(copy.at('she [said]')).toEqual(copy.at('said', 2))
    expect(words('🌉 is')).toBe('🌉 is')
  })

  it('finds whole words only', () => {
    expect(() => copy.at('he')).toThrow('does not say "he"')
  })

  it('refuses words that are missing, ambiguous, or not there so often', () => {
    expect(() => copy.at('harbor')).toThrow('does not say "harbor"')
    expect(() => copy.at('said')).toThrow('says "said" 2 times; put it in brackets')
    expect(() => copy.at('said', 3)).toThrow('2 times, not 3')
  })

  it('finds what stands between quotation marks', () => {
    expect(copy.quoted([copy.at('“Go ... you.”')]).map(copy.words)).toEqual(['Go home,', 'all of you.'])
  })
})
