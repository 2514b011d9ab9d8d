import { HARMLESS_SUPERLATIVE, SUPERLATIVE } from '../lexicon/phrases.js'
import { overlaps } from '../analysis/ranges.js'
import { shown } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

export const rule = defineRule({
  id: 'superlative-without-source',
  title: 'Superlative without a source',
  severity: 'warning',
  flags: 'Something is said to be the first, only, largest or most of its kind, with no attribution and no document.',
  policy: 'AP (disputable facts need attribution); Reuters Accuracy',
  why: 'A superlative is a comparison with everything else of its kind, and one exception makes it wrong.',
  advice: 'Say who says so, file the document, or write what is certain (“one of the first”).',
  examples: {
    flagged: { text: 'Harbor Lines was the first operator to run electric ferries.' },
    fine: { text: 'The mayor was the first to arrive. Harbor Lines was one of the first operators to run electric ferries.' },
  },
  check: (context) => context.body.flatMap((sentence) => {
    const match = SUPERLATIVE.exec(sentence.text)
    if (!match || HARMLESS_SUPERLATIVE.test(match[0]) || /["“”]/.test(sentence.text.slice(0, match.index + match[0].length)) || context.saidIn(sentence).some((said) => said.attribution.content.some((content) => overlaps(content, context.rangeOf(sentence, match.index, match.index + match[0].length))))) return []
    if (!/\b(?:first|only)\s+(?:[\w’'-]+\s+){1,5}?(?:to|ever|who|that|which|in|since|authori[sz]ed|allowed|permitted|approved|elected|appointed|named|chosen)\b/i.test(match[0]) && /^(?:first|only)$/.test(match[1] ?? '')) return []
    const range = context.rangeOf(sentence, match.index + match[0].indexOf(' ') + 1, match.index + match[0].trimEnd().length)
    if (/\baccording to\b|\bsaid\b|\bsays\b/i.test(sentence.text) || context.claims.some(({ claim, occurrences }) => claim.documents.length > 0 && occurrences.some((each) => overlaps(each.range, range)))) return []
    return [{ ranges: [range], what: `${shown(range.exact)} is stated without a source`, isQuestion: context.guessesClaims && context.isFromText }]
  }),
})
