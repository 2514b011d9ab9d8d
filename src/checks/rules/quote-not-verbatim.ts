import { changesText } from '../verbatim/compare.js'
import { quoteChecks } from '../verbatim/records.js'
import { shown } from '../analysis/sourcing.js'
import { wordsOf } from '../../document/index.js'
import { defineRule, type Draft } from '../rule.js'

export const rule = defineRule({
  id: 'quote-not-verbatim',
  title: 'Quote is not what the record says',
  severity: 'error',
  flags: 'The quoted words are not in the linked statement or record, after allowing for quotation marks, spaces, marked omissions and brackets. Silent where no text is linked.',
  policy: 'Reuters (“quotes are sacred”); AP (never alter quotations)',
  why: 'Between quotation marks stand the speaker’s words and no others.',
  advice: 'Restore the words of the record, or paraphrase without quotation marks.',
  examples: {
    flagged: {
      text: '“We will close the plant in May,” the company said.', organizations: [{ key: 'co', name: 'The Company' }], sources: { co: { kind: 'ORGANIZATION', organization: 'co' } },
      says: [{ key: 'x', source: 'co', speech: 'DIRECT', says: '“We will close the plant in May,”', cue: 'said', by: 'the company' }], quotes: [{ of: 'x', words: 'We will close the plant in May,', record: { record: 'r' } }],
      records: [{ key: 'r', kind: 'TRANSCRIPT', segments: [{ startMs: 0, endMs: 1, text: 'We will sell the plant in May.' }] }],
    },
    fine: {
      text: '“We will close the plant ... [in May],” the company said.', organizations: [{ key: 'co', name: 'The Company' }], sources: { co: { kind: 'ORGANIZATION', organization: 'co' } },
      says: [{ key: 'x', source: 'co', speech: 'DIRECT', says: 'We will close the plant', cue: 'said', by: 'the company' }], quotes: [{ of: 'x', words: 'We will close the plant', record: { record: 'r' } }],
      records: [{ key: 'r', kind: 'TRANSCRIPT', segments: [{ startMs: 0, endMs: 1, text: 'We will close the plant, sadly, next spring.' }] }],
    },
  },
  check: (context) => quoteChecks(context).filter(({ comparison }) => comparison.verdict === 'missing' || (comparison.verdict === 'changed' && !comparison.flips)).map(({ quote, comparison }): Draft => ({
    ranges: quote.ranges, quote: quote.key, changes: comparison.changes, isQuestion: !quote.confirmed,
    what: comparison.verdict === 'missing' ? `${shown(wordsOf(quote.ranges))} is not in the linked text` : `${shown(wordsOf(quote.ranges))} differs from the linked text: ${changesText(comparison.changes)}`,
  })),
})
