import { describe, expect, it } from 'vitest'
import { compareQuote } from '../../src/checks/index.js'
import { buildExample, type Example } from '../../src/checks/example.js'
import { checkDocument } from '../../src/checks/index.js'

const RECORD = 'Good morning. We will not, as I said in March, sell the plant, and we don’t plan to close it. It is 5,000 jobs. Thank you all for coming — really.'
const verdict = (quote: string | string[], record = RECORD) => compareQuote(typeof quote === 'string' ? [quote] : quote, record).verdict

describe('compareQuote', () => {
  it.each([
    ['the same words', 'we don’t plan to close it'],
    ['another case and straight apostrophes', "We don't plan to close it."],
    ['other punctuation, spaces and dashes', 'Thank you all   for coming -- really!'],
    ['a thousands separator', 'It is 5000 jobs'],
    ['a marked omission', 'We will not ... sell the plant'],
    ['a marked omission in brackets', 'We will not […] sell the plant, and we don’t plan to close it'],
    ['a word in brackets for another', '[The company] will not, as I said in March, sell the plant'],
    ['a bracketed capital', '[W]e don’t plan to close it'],
    ['words added in brackets', 'we don’t plan to close it [the plant]. It is 5,000 jobs'],
    ['an omission across sentences with a negation of its own', 'Good morning. … It is 5,000 jobs.'],
  ])('finds %s', (_, quote) => {
    expect(verdict(quote)).toBe('same')
  })
  it('finds a quote that the speaker’s name interrupts', () => {
    expect(verdict(['We will not,', 'as I said in March,'])).toBe('same')
    expect(verdict(['Good morning.', 'It is 5,000 jobs.'])).toBe('same')
  })
  it('sees words left out without a mark', () => {
    expect(compareQuote(['We will not sell the plant'], RECORD)).toMatchObject({ verdict: 'deletion', flips: false, changes: [{ kind: 'same', words: 'We will not' }, { kind: 'removed', words: 'as I said in March' }, { kind: 'same', words: 'sell the plant' }] })
  })
  it('sees a negation that was dropped, with a mark or without', () => {
    expect(compareQuote(['We will, as I said in March, sell the plant'], RECORD)).toMatchObject({ verdict: 'deletion', flips: true })
    expect(compareQuote(['We will … as I said in March, sell the plant'], RECORD)).toMatchObject({ verdict: 'deletion', flips: true })
    expect(compareQuote(['we plan to close it'], RECORD)).toMatchObject({ flips: true })
  })
  it('sees a negation that a long omission in the same sentence hides', () => {
    expect(compareQuote(['We will … sell the plant'], RECORD)).toMatchObject({ verdict: 'deletion', flips: true })
    expect(compareQuote(['sell the plant, and we … plan to close it'], RECORD)).toMatchObject({ flips: true })
    expect(compareQuote(['We will [gladly] sell it'], 'We will not sell it')).toMatchObject({ flips: true })
  })
  it('lets an omission leave out a whole sentence with a negation of its own', () => {
    expect(verdict('It is late. … Thank you.', 'It is late. No. Thank you.')).toBe('same')
    expect(verdict('It is late. … Thank you.', 'It is late. I would not stay, and nor would you, would you? Thank you.')).toBe('same')
  })
  it('shows other words word by word', () => {
    expect(compareQuote(['we don’t intend to close it'], RECORD)).toMatchObject({ verdict: 'changed', changes: [{ kind: 'same', words: 'we don\'t' }, { kind: 'removed', words: 'plan' }, { kind: 'added', words: 'intend' }, { kind: 'same', words: 'to close it' }] })
  })
  it('says so where nothing of it was said', () => {
    expect(compareQuote(['The moon landing was filmed in Nevada by professionals'], RECORD)).toMatchObject({ verdict: 'missing', changes: [] })
  })
})

describe('quotes and their records', () => {
  const company: Example = {
    text: '“We will not sell the plant,” the company said.', organizations: [{ key: 'co', name: 'The Company' }], sources: { co: { kind: 'ORGANIZATION', organization: 'co' } },
    says: [{ key: 'x', source: 'co', speech: 'DIRECT', says: '“We will not sell the plant,”', cue: 'said', by: 'the company' }],
  }
  const words = 'We will not sell the plant,'
  const rulesFor = (example: Example) => checkDocument(buildExample(example)).map((finding) => finding.rule).filter((rule) => ['quote-not-verbatim', 'unmarked-alteration', 'quote-without-record'].includes(rule))
  const statement = (text: string) => [{ key: 's', issuer: 'co', channel: 'PRESS_RELEASE' as const, issuedAt: '2026-03-02T09:00:00Z', texts: [{ takenAt: '2026-03-02T09:00:00Z', text }], attributions: ['x'] }]

  it('are left to quote-without-record where nothing is linked', () => {
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words }] })).toEqual(['quote-without-record'])
  })
  it('are compared with the statement that the attribution reports, excerpt or not', () => {
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words }], statements: statement('We will not sell the plant. Ever.') })).toEqual([])
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words }], statements: statement('We will sell the plant. Soon.') })).toEqual(['unmarked-alteration'])
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words, excerptOf: { statement: 's', start: 0, end: 7 } }], statements: statement('We will not shut the plant. Ever.') })).toEqual(['quote-not-verbatim'])
  })
  it('are compared with any snapshot of a statement that was changed later', () => {
    const [one] = statement('We will not sell the plant.')
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words }], statements: [{ ...one!, texts: [...one!.texts, { takenAt: '2026-03-03T09:00:00Z', text: 'This page is gone.' }] }] })).toEqual([])
  })
  it('are compared in the language that was spoken', () => {
    const translation = { original: 'No venderemos la planta', language: 'es' }
    const records = (text: string) => [{ key: 'r', kind: 'RECORDING' as const, segments: [{ startMs: 0, endMs: 9, text }] }]
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words, translation, record: { record: 'r', segment: 0 } }], records: records('No venderemos la planta.') })).toEqual([])
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words, translation, record: { record: 'r', segment: 0 } }], records: records('Venderemos la planta.') })).toHaveLength(1)
  })
  it('may run on from one segment of a record into the next', () => {
    const record = { record: 'r', segment: 0 }
    const records = [{ key: 'r', kind: 'TRANSCRIPT' as const, segments: [{ startMs: 0, endMs: 9, text: 'We will not' }, { startMs: 9, endMs: 12, text: 'sell the plant.' }] }]
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words, record }], records })).toEqual([])
  })
  it('are not compared with notes that hold no words', () => {
    expect(rulesFor({ ...company, quotes: [{ of: 'x', words, record: { record: 'n' } }], records: [{ key: 'n', kind: 'NOTES' }] })).toEqual([])
  })
})
