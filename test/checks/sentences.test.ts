import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDescriptor } from '../../src/checks/analysis/descriptor.js'
import { sentencesOf } from '../../src/checks/analysis/sentences.js'

const split = (text: string) => sentencesOf({ paragraphs: [{ role: 'BODY', text }] }).map((sentence) => sentence.text)

describe('sentences', () => {
  it.each([
    [['The dam held.', 'Nobody was hurt.']],
    [['Gen. Ada Quill met Dr. Marsh at 5 p.m. Friday in the U.S. Senate.', 'She left.']],
    [['The vote is at 5 p.m.', 'The mayor will speak.']],
    [['“We won. We will win again,” she said.', 'He left.']],
    [['"Is it over?" Quill asked.', 'It was.']],
    [['He said: "It is over. Go home."', 'They went.']],
    [['J. K. Marsh wrote it.', 'No. 5 burned!', 'Why?']],
    [['It cost $1.5 million.', '2 people paid.']],
  ])('%j', (sentences) => {
    expect(split(sentences.join(' '))).toEqual(sentences)
  })
  it('lose no word of any text, and stand where they say', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('A', 'b', '.', '"', '“', '”', ' ', '!', '\n', 'é', '😀') }), (text) => {
      const sentences = sentencesOf({ paragraphs: [{ role: 'BODY', text }] })
      expect(sentences.map((each) => each.text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const { start, end, text: words } of sentences) expect(text.slice(start, end)).toBe(words)
    }))
  })
})

describe('descriptors', () => {
  it.each([
    ['two senior Pentagon officials familiar with the talks', { head: 'official', number: 2, isNumbered: true, isPlural: true, before: ['senior', 'Pentagon'], after: 'familiar with the talks', isGeneric: false }],
    ['sources', { head: 'source', isPlural: true, isBare: true, isGeneric: true, isNumbered: false }],
    ['the person', { head: 'person', isDefinite: true, isBare: true, isPlural: false }],
    ['one of the sources', { isPartitive: true, head: 'source' }],
    ['One of them', { isPartitive: true }],
    ['another person at the bank', { isOther: true, number: 1, after: 'at the bank' }],
    ['a source at the meeting', { head: 'source', number: 1, isNumbered: false, after: 'at the meeting' }],
    ['they', { pronoun: 'they', isPlural: true, head: '' }],
    ['several people', { isVaguelyNumbered: true, head: 'person', isBare: true }],
  ])('%s', (words, expected) => {
    expect(parseDescriptor(words)).toMatchObject(expected)
  })
})
