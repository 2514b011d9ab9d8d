import { describe, expect, it } from 'vitest'
import { LIMITS, parseStoryDocument } from '../../src/document/index.js'

const TEXT = 'The ferry 🚢 stops on Friday, two officials said.'
const at = (words: string) => ({ paragraph: 0, start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length })
const good = () => ({
  onrecord: 1, slug: 'ferry-strike', desk: 'Metro', paragraphs: [{ text: TEXT }],
  sources: [{ key: 's1', kind: 'ANONYMOUS', descriptor: 'two officials', descriptorRange: at('two officials'), headcount: { min: 2, exact: 2, range: at('two') } }],
  attributions: [
    { key: 'a1', source: 's1', speech: 'INDIRECT', content: [at('The ferry 🚢 stops on Friday')], mention: at('two officials'), cue: at('said') },
    { key: 'a2', source: 's1', speech: 'INDIRECT', content: [at('on Friday')], parent: 'a1' },
  ],
  quotes: [] as unknown[],
})
type Document = ReturnType<typeof good>

function problemsOf(change: (document: any) => void): string[] {
  const document: Document = good()
  change(document)
  const result = parseStoryDocument(document)
  return result.ok ? [] : result.problems.map((problem) => `${problem.path}: ${problem.code}: ${problem.message}`)
}

describe('a document that is right', () => {
  it('is accepted', () => expect(problemsOf(() => undefined)).toEqual([]))
})

describe('a document that is wrong is refused with path, code and reason:', () => {
  const cases: [string, (document: any) => void, string | RegExp][] = [
    ['a range outside its paragraph', (d) => { d.attributions[0].content[0].end = 400 }, `attributions[0].content[0]: RANGE_OUTSIDE: ends at 400, but paragraph 0 has ${TEXT.length} UTF-16 units`],
    ['a range in a paragraph that does not exist', (d) => { d.attributions[0].cue.paragraph = 3 }, 'attributions[0].cue: RANGE_OUTSIDE: names paragraph 3, but the story has paragraphs 0 to 0'],
    ['an empty range', (d) => { d.attributions[0].cue = { paragraph: 0, start: 4, end: 4 } }, /attributions\[0\]\.cue: RANGE_OUTSIDE: starts at 4 and ends at 4/],
    ['a range across a surrogate pair', (d) => { d.attributions[0].content[0].end = TEXT.indexOf('🚢') + 1 }, /attributions\[0\]\.content\[0\]: RANGE_CUTS_CHARACTER/],
    ['a range whose words differ', (d) => { d.attributions[0].cue.exact = 'claimed' }, 'attributions[0].cue: RANGE_WORDS_DIFFER: says "claimed", but the text there is "said"'],
    ['a quote without its attribution', (d) => { d.quotes.push({ key: 'q1', ranges: [at('stops')] }) }, /quotes\[0\]\.attribution: INVALID_DOCUMENT/],
    ['a quote of an attribution that does not exist', (d) => { d.quotes.push({ key: 'q1', attribution: 'a9', ranges: [at('stops')] }) }, 'quotes[0].attribution: UNKNOWN_REFERENCE: names "a9", which is not in attributions'],
    ['a cycle among parents', (d) => { d.attributions[0].parent = 'a2' }, 'attributions[0].parent: CYCLE: leads back to itself: a1 → a2 → a1'],
    ['a cycle among antecedents', (d) => { d.attributions[0].antecedent = 'a2'; d.attributions[1].antecedent = 'a1' }, /attributions\[0\]\.antecedent: CYCLE/],
    ['an attribution that is its own antecedent', (d) => { d.attributions[0].antecedent = 'a1' }, /CYCLE: leads back to itself: a1 → a1/],
    ['more people behind a source than the database can count', (d) => { d.sources[0].headcount = { min: 10_000_000_000 } }, /^sources\[0\]\.headcount\.min: INVALID_DOCUMENT: .*2147483647/],
    ['more publications', (d) => { d.publication = { firstPublishedAt: '2026-03-02T08:00:00Z', version: 2_147_483_647 } }, /^publication\.version: INVALID_DOCUMENT: .*2147483646/],
    ['a record that is longer', (d) => { d.records = [{ key: 'r1', kind: 'RECORDING', segments: [{ startMs: 0, endMs: 1e10, text: 'A.' }] }] }, /^records\[0\]\.segments\[0\]\.endMs: INVALID_DOCUMENT: .*2147483647/],
    ['an anonymous source with fewer people exactly than at least', (d) => { d.sources[0].headcount.exact = 1 }, 'sources[0].headcount: HEADCOUNT: says exactly 1, but at least 2'],
    ['an exact headcount without the words that say it', (d) => { delete d.sources[0].headcount.range }, /sources\[0\]\.headcount: HEADCOUNT: says exactly 2 without the words/],
    ['an unknown enum value', (d) => { d.attributions[0].speech = 'SHOUTED' }, /attributions\[0\]\.speech: INVALID_DOCUMENT: .*"DIRECT"/],
    ['an unknown field', (d) => { d.attributions[0].mood = 'angry' }, 'attributions[0]: INVALID_DOCUMENT: has an unknown field: mood'],
    ['an unknown field at the top', (d) => { d.vault = {} }, /has an unknown field: vault/],
    ['half a surrogate pair', (d) => { d.paragraphs.push({ text: 'Cut \ud83d' }) }, /paragraphs\[1\]\.text: INVALID_DOCUMENT: holds half of a surrogate pair at offset 4/],
    ['a NUL character', (d) => { d.desk = 'Me\u0000tro' }, /desk: INVALID_DOCUMENT: holds the control character U\+0000 at offset 2/],
    ['a story without paragraphs', (d) => { d.paragraphs = [] }, /paragraphs: INVALID_DOCUMENT: is empty/],
    ['a story of white space', (d) => { Object.assign(d, { paragraphs: [{ text: ' \n ' }], attributions: [], sources: [] }) }, /paragraphs\[0\]\.text: INVALID_DOCUMENT: is empty/],
    ['a newer version', (d) => { d.onrecord = 2 }, /onrecord: NEWER_VERSION: is version 2; this release reads version 1/],
    ['no version', (d) => { delete d.onrecord }, /onrecord: INVALID_DOCUMENT: is missing/],
    ['two megabytes of one word', (d) => { d.paragraphs.push({ text: 'a'.repeat(2_000_000) }) }, /paragraphs\[1\]\.text: INVALID_DOCUMENT: is longer than 1048576/],
    ['a story too long in all', (d) => { for (let i = 0; i < 3; i += 1) d.paragraphs.push({ text: 'a'.repeat(500_000) }) }, /paragraphs: TOO_LONG: hold 15000\d\d UTF-16 units together/],
    ['a hundred thousand attributions', (d) => { d.attributions = Array.from({ length: 100_000 }, (_, index) => ({ key: `a${index}`, speech: 'INDIRECT', content: [at('stops')] })) }, `attributions: TOO_LONG: holds 100000 entries; a story may hold ${LIMITS.attributions}`],
    ['ranges that mark more text than a story may', (d) => { d.paragraphs[0].text = TEXT.padEnd(1_000_000, ' x'); for (let i = 0; i < 5; i += 1) d.attributions.push({ key: `b${i}`, speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 1_000_000 }] }) }, /^: TOO_LONG: marks \d+ UTF-16 units with its ranges/],
    ['two entries with one key', (d) => { d.attributions[1].key = 'a1'; delete d.attributions[1].parent }, 'attributions[1].key: DUPLICATE_KEY: repeats the key "a1"'],
    ['a story that follows itself', (d) => { d.evolvedFrom = 'ferry-strike' }, 'evolvedFrom: CYCLE: names the story itself'],
    ['content out of reading order', (d) => { d.attributions[0].content = [at('on Friday'), at('The ferry')] }, /attributions\[0\]\.content\[1\]: ORDER/],
    ['an excerpt outside its statement', (d) => {
      d.organizations = [{ key: 'port', name: 'Port' }]
      d.statements = [{ key: 't1', issuer: 'port', channel: 'EMAIL', texts: [{ takenAt: '2026-01-01T00:00:00Z', text: 'No ferry.' }] }]
      d.quotes.push({ key: 'q1', attribution: 'a1', ranges: [at('stops')], excerptOf: { statement: 't1', start: 3, end: 90 } })
    }, 'quotes[0].excerptOf: RANGE_OUTSIDE: spans 3 to 90, but the statement has 9 UTF-16 units'],
    ['an instant without an offset', (d) => { d.publication = { firstPublishedAt: '2026-01-01T00:00:00' } }, /publication\.firstPublishedAt: INVALID_DOCUMENT: is not an instant/],
    ['an address that is not one', (d) => { d.outlets = [{ key: 'x', name: 'X', url: 'javascript:alert(1)' }] }, /outlets\[0\]\.url: INVALID_DOCUMENT: is not an http or https address/],
  ]
  it.each(cases)('%s', (_title, change, expected) => {
    const problems = problemsOf(change)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.some((problem) => (typeof expected === 'string' ? problem === expected : expected.test(problem))), problems.join('\n')).toBe(true)
  })

  it.each([['a list', []], ['nothing', null], ['a text', 'story'], ['a number', 7]])('%s instead of an object', (_title, value) => {
    expect(parseStoryDocument(value)).toEqual({ ok: false, problems: [{ path: '', code: 'INVALID_DOCUMENT', message: 'is not a JSON object' }] })
  })
})
