import { AWARD_WORDS, DATE_WORDS, FIGURE, RECORD_VERB } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

const hasFigureOrDate = (words: string) => FIGURE.test(words) || DATE_WORDS.test(words) || (AWARD_WORDS.test(words) && /\d/.test(words))

function claimed(context: CheckContext): Draft[] {
  return context.claims.filter(({ claim }) => claim.kind === 'BACKGROUND' && claim.documents.length === 0).flatMap(({ claim, isConfirmed, occurrences }) =>
    occurrences.filter(({ range, said }) => !said && hasFigureOrDate(range.exact)).slice(0, 1).map(({ range }) => draft(range, { isQuestion: !isConfirmed, claim: claim.key })))
}

/** Money or a share beside a verb of record, credited to nobody. */
function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims || context.document.documents.length > 0) return []
  return context.body.filter(({ text }) => FIGURE.test(text) && RECORD_VERB.test(text) && !/["“]/.test(text)).filter((sentence) => context.saidIn(sentence).length === 0 && !/\baccording to\b|\b(?:said|says|reported|announced|shows?|showed|estimated?)\b/i.test(sentence.text))
    .map((sentence) => draft(context.rangeOf(sentence), { isQuestion: true }))
}

const draft = (range: Draft['ranges'][number], rest: Partial<Draft>): Draft => ({ ranges: [range], what: `No document on file backs ${shown(FIGURE.exec(range.exact)?.[0].replace(/[.,]+$/, '') ?? range.exact)}`, ...rest })

export const rule = defineRule({
  id: 'background-fact-needs-reference',
  title: 'Background fact without a reference on file',
  severity: 'info',
  flags: 'A background fact with a number, a date or an award has no source document in the record. An internal note, never a demand on the copy.',
  policy: 'Reuters (the public domain needs no attribution in copy, but must be verifiable); BBC 3.3.6',
  why: 'Whoever is asked about the figure later needs the document behind it.',
  advice: 'File the document or link; the copy can stay as it is.',
  examples: {
    flagged: { text: 'The yard won a $90 million contract in March 2019.', claims: [{ text: 'The contract.', kind: 'BACKGROUND', at: [{ words: 'The yard won a $90 million contract in March 2019' }] }] },
    fine: {
      text: 'The yard won a $90 million contract in March 2019.', documents: [{ key: 'notice', title: 'Award notice', url: 'https://contracts.example/90' }],
      claims: [{ text: 'The contract.', kind: 'BACKGROUND', documents: ['notice'], at: [{ words: 'The yard won a $90 million contract in March 2019' }] }],
    },
  },
  check: (context) => addGuesses(claimed(context), guessed(context)),
})
