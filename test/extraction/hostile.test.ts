import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parseStoryDocument } from '../../src/document/index.js'
import { extract, toScorerLine } from '../../src/extraction/index.js'

const MILLION = 1_000_000
const filled = (piece: string, length = MILLION): string => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

/** Whatever comes in, these hold. Returns the extraction for what is special to a text. */
function sound(text: string): ReturnType<typeof extract> {
  const extraction = extract(text)
  const parsed = parseStoryDocument(JSON.parse(JSON.stringify(extraction.document)))
  expect(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.problems.slice(0, 3))).toBe(true)
  expect(extraction.text.length).toBeLessThanOrEqual(Math.max(text.length, 0))
  const misplaced = toScorerLine('x', extraction).attributions.filter(({ source, cue, content }) =>
    content.length === 0 || [...content, source ?? content[0]!, cue ?? content[0]!].some(([start, end]) => start < 0 || end <= start || end > text.length))
  expect(misplaced).toEqual([])
  return extraction
}

describe('a text of 1 MB', () => {
  it.each<[what: string, text: string, attributions: number]>([
    ['nothing but straight quotation marks', filled('"'), 0],
    ['nothing but opening marks', filled('“'), 0],
    ['nothing but closing marks', filled('”'), 0],
    ['nothing but apostrophes', filled("'"), 0],
    ['alternating quotation marks and words', filled('"a" '), 0],
    ['one unclosed quotation', `“${filled('the dam held and ')}`, 0],
    ['nothing but "said"', filled('said '), 0],
    ['emoji', filled('🎉👩‍👩‍👧 '), 0],
    ['Hebrew', filled('אמר ראש הממשלה כי המפעל ייסגר. '), 0],
    ['marks of direction', filled('\u202e\u200f\u202dabc '), 0],
    ['one word', filled('a'), 0],
    ['one word of letters with accents', filled('e\u0301'), 0],
    ['NULs', filled('\u0000'), 0],
    ['lone surrogates', filled('\ud800'), 0],
    ['full stops', filled('.'), 0],
    ['dashes', filled('—'), 0],
    ['commas between words', filled('mill, '), 0],
    ['opening brackets', filled('('), 0],
    ['line breaks', filled('\n'), 0],
    ['spaces', filled(' '), 0],
    ['digits', filled('1'), 0],
    ['an address without end', filled('www.a.b/c-'), 0],
  ])('of %s credits nobody and gives a document that can be stored', (_, text, attributions) => {
    expect(sound(text).document.attributions).toHaveLength(attributions)
  })

  it.each<[what: string, text: string]>([
    ['one attribution over and over', filled('Ruth Calder said the mill will close. ')],
    ['"he said she said"', filled('he said she said ')],
    ['"said Calder, said Reed"', filled('said Calder, said Reed, ')],
    ['"according to" over and over', filled('according to officials, ')],
    ['quotations without speakers', filled('“The dam held.” ')],
    ['a capital on every word', filled('Ruth Calder Tom Reed ')],
    ['paragraphs that each reopen a quotation', filled('“We left.\n\n')],
    ['who … who … who', filled('officials who said people who said ')],
    ['possessives', filled('Calder’s claim that ')],
    ['pronouns', filled('They said it. He said she said it. ')],
  ])('of %s gives a document that can be stored', (_, text) => {
    sound(text)
  })

  it('keeps the words of a quotation that nobody closes', () => {
    const { document } = sound(`Ruth Calder said, “${filled('the dam held. ', 20_000)}`)
    expect(document.attributions).toHaveLength(1)
  })
})

describe('odd text', () => {
  it.each(['', ' ', '\n\n', '\ufeff', '"', '“', '”', "'", '.', '…', '—', 'said', 'Said.', '“”', '""', '“said”', 'Calder said', 'said Calder', 'Calder said “', '“ Calder said', 'according to', 'that that that', '\u0000', '\ud83c', '\udf89', 'a\u0000b said “c”', '👍 said 🎉 “🦄🦄 🦄”', 'אמר “שלום” said', '\r\n\r\n“x”\r\n'])('%j gives a document that can be stored', (text) => {
    sound(text)
  })

  it('is reported: nothing to read, characters replaced, too long', () => {
    const codes = (text: string): string[] => extract(text).diagnostics.map(({ code }) => code)
    expect(codes('')).toContain('EMPTY_TEXT')
    expect(codes('Ruth\u0000 said no.')).toContain('CHARACTERS_REPLACED')
    expect(codes('Ruth \ud800 said no.')).toContain('CHARACTERS_REPLACED')
    expect(codes(filled('It rained. ', 3_000_000))).toContain('TEXT_CUT')
  })

  it('keeps offsets over characters of two units', () => {
    const text = '🎉🎉 The mill will close, Ruth Calder said.'
    const [first] = toScorerLine('x', text).attributions
    expect(text.slice(...first!.source!)).toBe('Ruth Calder')
  })

  const PIECES = ['said', 'Ruth Calder', 'the mill', 'will close', '“', '”', '"', ',', '.', '\n\n', 'that', 'who', 'according to', 'officials', 'told CBS News', 'he', 'they', '—', ':', 'on condition of anonymity', '’s', '(', ')', 'claim', 'because', 'declined to comment', 'U.S.', '🎉', 'and', 'was quoted as saying', '\ud800', 'It is clear', 'not']
  it('made of the words of copy in any order gives a document that can be stored, the same one twice', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }), (pieces) => {
      const text = pieces.join(' ')
      sound(text)
      expect(toScorerLine('x', text)).toEqual(toScorerLine('x', text))
    }), { numRuns: 300 })
  })

  it('of any characters gives a document that can be stored', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void sound(text)), { numRuns: 200 })
  })
})
