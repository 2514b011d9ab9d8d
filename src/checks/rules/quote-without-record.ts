import { hasRecord } from '../verbatim/records.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { wordsOf, type Quote } from '../../document/index.js'
import { defineRule, type Draft } from '../rule.js'

const wordCount = (words: string) => words.split(/\s+/).length

/** Whole utterances, not the terms that a sentence borrows. */
function isWhole(context: CheckContext, quote: Quote, fewest: number): boolean {
  const count = quote.ranges.reduce((sum, range) => sum + wordCount(range.exact), 0)
  return count >= fewest || context.said.some((said) => said.key === quote.attribution && said.attribution.speech === 'DIRECT')
}

/** The words are those of a document, which is its own record, or of a source for whom another outlet vouches. */
function isVouched(context: CheckContext, quote: Quote): boolean {
  const source = context.said.find((said) => said.key === quote.attribution)?.cast?.source
  return source?.kind === 'DOCUMENT' || source?.heldBy !== undefined
}

/** Plain text brings no records along: one note for all of its quotes. */
function proposed(quotes: readonly Quote[]): Draft[] {
  return quotes.length === 0 ? [] : [{ ...draft(quotes), isQuestion: true, severity: 'info' }]
}

function draft(quotes: readonly Quote[]): Draft {
  const words = wordsOf(quotes[0]!.ranges)
  return {
    ranges: quotes.flatMap(({ ranges }) => ranges), isQuestion: false, ...(quotes.length === 1 && { quote: quotes[0]!.key }),
    what: `No statement, recording or notes are linked to ${quotes.length === 1 ? shown(words) : `${quotes.length} quotes such as ${shown(words)}`}`,
  }
}

export const rule = defineRule({
  id: 'quote-without-record',
  title: 'Quote with nothing to check it against',
  severity: 'warning',
  flags: 'A direct quote has no statement, transcript, recording or notes linked to it.',
  policy: 'Reuters and BBC (notes, recordings); Guardian (the reporter can vouch)',
  why: 'If the quote is disputed, the newsroom has nothing to show.',
  advice: 'Link the statement’s text, the recording, or the notes.',
  options: { fewestWords: 6 },
  optionHelp: { fewestWords: 'Quotes of fewer words inside indirect speech are left alone.' },
  examples: {
    flagged: {
      text: '“Nobody told us that the dam was cracked,” Quill said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } },
      says: [{ key: 'x', source: 'quill', speech: 'DIRECT', says: '“Nobody told us that the dam was cracked,”', cue: 'said', by: 'Quill' }], quotes: [{ of: 'x', words: 'Nobody told us that the dam was cracked,' }],
    },
    fine: {
      text: '“Nobody told us that the dam was cracked,” Quill said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } }, records: [{ key: 'notes', kind: 'NOTES' }],
      says: [{ key: 'x', source: 'quill', speech: 'DIRECT', says: '“Nobody told us that the dam was cracked,”', cue: 'said', by: 'Quill' }], quotes: [{ of: 'x', words: 'Nobody told us that the dam was cracked,', record: { record: 'notes' } }],
    },
  },
  check: (context, { fewestWords }) => {
    const open = context.document.quotes.filter((quote) => !hasRecord(context, quote) && isWhole(context, quote, fewestWords) && !isVouched(context, quote))
    return [...open.filter((quote) => quote.confirmed).map((quote) => draft([quote])), ...proposed(open.filter((quote) => !quote.confirmed))]
  },
})
