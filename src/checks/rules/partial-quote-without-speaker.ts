import { TERM_INTRODUCED } from '../lexicon/phrases.js'
import { overlaps } from '../analysis/ranges.js'
import type { CheckContext, Said } from '../analysis/context.js'
import type { TextRange } from '../../document/index.js'
import type { Sentence } from '../analysis/sentences.js'
import { defineRule, type Draft } from '../rule.js'

/** Bounded, so that a text of opening marks costs no more than another. */
const QUOTED = /“([^“”]{1,200})”|"([^"]{1,200})"/g

/** Short runs between quotation marks, as parts of a sentence. Titles and nicknames are capitalised and stay out. */
function fragments(context: CheckContext, sentence: Sentence, most: number): TextRange[] {
  return [...sentence.text.matchAll(QUOTED)].flatMap((match) => {
    const words = match[1] ?? match[2]!
    const count = words.split(/\s+/).length
    // A single word is irony or a coinage; a gloss in brackets explains the term.
    const isTerm = count > 1 && count <= most && !/^\s*\(/.test(sentence.text.slice(match.index + match[0].length)) && /^[\p{Ll}\d]/u.test(words) && !/[.!?,]$/.test(words)
    if (!isTerm || TERM_INTRODUCED.test(sentence.text.slice(0, match.index))) return []
    return [context.rangeOf(sentence, match.index + 1, match.index + 1 + words.length)]
  })
}

/** Whose words they are: somebody with a name or a role of their own to whom the words are credited. */
function speakerOf(context: CheckContext, sentence: Sentence, range: TextRange): Said | 'unnamed' | undefined {
  const said = context.saidIn(sentence).filter((each) => each.attribution.content.some((content) => overlaps(content, range)))
  const owner = said.find((each) => each.cast && each.cast.source.kind !== 'ANONYMOUS' && each.cast.source.kind !== 'GROUP')
  if (owner) return owner
  const single = said.find((each) => each.isAnonymous && each.cast!.source.kind === 'ANONYMOUS' && each.cast!.source.headcount.exact === 1)
  return single ?? (said.length > 0 ? 'unnamed' : undefined)
}

export const rule = defineRule({
  id: 'partial-quote-without-speaker',
  title: 'Quoted fragment that is nobody’s',
  severity: 'warning',
  flags: 'A few words between quotation marks have no speaker or document of their own. A note where it may be a term of art.',
  policy: 'AP (avoid fragmentary quotes)',
  why: 'Readers cannot tell a borrowed phrase from a term or from irony.',
  advice: 'Say whose words they are, or drop the quotation marks.',
  options: { mostWords: 4 },
  optionHelp: { mostWords: 'Longer runs between quotation marks are quotes, not fragments.' },
  examples: {
    flagged: { text: 'The works department sees a “residual hazard” in the old span.' },
    fine: {
      text: 'The old span is a “residual hazard,” Quill said. The report is called “residual hazard”.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } },
      says: [{ key: 'x', source: 'quill', speech: 'MIXED', says: 'The old span is a “residual hazard,”', cue: 'said', by: 'Quill' }],
    },
  },
  check: (context, { mostWords }) => context.body.filter(({ text }) => /["“]/.test(text)).flatMap((sentence) => fragments(context, sentence, mostWords).flatMap((range): Draft[] => {
    const speaker = speakerOf(context, sentence, range)
    if (speaker !== undefined && speaker !== 'unnamed') return []
    const quote = context.document.quotes.find((each) => each.ranges.some((other) => overlaps(other, range)))
    if (speaker === undefined && (context.saidIn(sentence).length > 0 || isAnnounced(sentence))) return []
    const isOwnerless = quote?.confirmed === true && speaker === undefined
    return [{ ranges: [range], ...(quote && { quote: quote.key }), isQuestion: context.isFromText, severity: isOwnerless ? 'warning' : 'info', what: `“${range.exact}” stands between quotation marks and belongs to nobody` }]
  })),
})

/** A verb or phrase of attribution that nobody marked: the words have an owner after all. */
function isAnnounced({ text }: Sentence): boolean {
  return /\b(?:said|says|say|told|according to|wrote|writes|called|calls|describ\w+|referr\w+|quoted|argu\w+|claim\w+|accus\w+|reported|reports|as)\b/i.test(text)
}
