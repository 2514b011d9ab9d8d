import { changesText } from '../verbatim/compare.js'
import { quoteChecks } from '../verbatim/records.js'
import { shown } from '../analysis/sourcing.js'
import { wordsOf } from '../../document/index.js'
import { defineRule, type Draft } from '../rule.js'

export const rule = defineRule({
  id: 'unmarked-alteration',
  title: 'Words left out of a quote without a mark',
  severity: 'error',
  flags: 'Words of the record are missing from the quote without “…” or brackets, or what is missing turns its meaning round (a negation).',
  policy: 'AP; Reuters (deletions only, and marked)',
  why: 'Readers take the quote for the whole of what was said.',
  advice: 'Put the words back or mark the omission; a negation must stay.',
  examples: {
    flagged: {
      text: '“We will sell the plant,” the company said.', organizations: [{ key: 'co', name: 'The Company' }], sources: { co: { kind: 'ORGANIZATION', organization: 'co' } },
      says: [{ key: 'x', source: 'co', speech: 'DIRECT', says: '“We will sell the plant,”', cue: 'said', by: 'the company' }], quotes: [{ of: 'x', words: 'We will sell the plant,', record: { record: 'r' } }],
      records: [{ key: 'r', kind: 'TRANSCRIPT', segments: [{ startMs: 0, endMs: 1, text: 'We will not sell the plant.' }] }],
    },
    fine: {
      text: '“We will ... sell the plant,” the company said.', organizations: [{ key: 'co', name: 'The Company' }], sources: { co: { kind: 'ORGANIZATION', organization: 'co' } },
      says: [{ key: 'x', source: 'co', speech: 'DIRECT', says: '“We will ... sell the plant,”', cue: 'said', by: 'the company' }], quotes: [{ of: 'x', words: 'We will ... sell the plant,', record: { record: 'r' } }],
      records: [{ key: 'r', kind: 'TRANSCRIPT', segments: [{ startMs: 0, endMs: 1, text: 'We will, as we said in March, sell the plant.' }] }],
    },
  },
  check: (context) => quoteChecks(context).filter(({ comparison }) => comparison.verdict === 'deletion' || (comparison.verdict === 'changed' && comparison.flips)).map(({ quote, comparison }): Draft => ({
    ranges: quote.ranges, quote: quote.key, changes: comparison.changes, isQuestion: !quote.confirmed,
    what: `${shown(wordsOf(quote.ranges))} ${comparison.flips ? 'says the opposite of the record' : 'leaves out words without marking it'}: ${changesText(comparison.changes)}`,
  })),
})
