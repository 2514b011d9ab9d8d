import { PEJORATIVE } from '../lexicon/phrases.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

function claimed(context: CheckContext): Draft[] {
  return context.claims.filter(({ claim }) => claim.disparages && claim.target).flatMap(({ claim, isConfirmed, occurrences }) => {
    if (occurrences.some(({ said }) => said && !said.isAnonymous && said.cast?.source.kind !== 'GROUP')) return []
    return occurrences.filter(({ said }) => said?.isAnonymous).map(({ range, said }) => draft(range, { said: said!, isQuestion: !isConfirmed || !said!.isConfirmed, claim: claim.key }))
  })
}

/** A slur and a name close to it, in what an anonymous source says. */
function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims) return []
  return context.said.filter((said) => said.isAnonymous).flatMap((said) => said.attribution.content.flatMap((content): Draft[] => {
    const match = PEJORATIVE.exec(content.exact)
    if (!match || !/(?:^|[^.!?”"]\s)\p{Lu}[\p{L}]{2,}/u.test(content.exact.slice(Math.max(0, match.index - 80), match.index + match[0].length + 60))) return []
    // One statement nested in another is reported for the inner speaker.
    if (context.said.some((other) => other.parent === said && other.attribution.content.some((inner) => inner.paragraph === content.paragraph && inner.start <= content.start + match.index && content.start + match.index < inner.end))) return []
    return [draft({ ...content, start: content.start + match.index, end: content.start + match.index + match[0].length, exact: match[0] }, { said, isQuestion: true })]
  }))
}

const draft = (range: Draft['ranges'][number], rest: Partial<Draft>): Draft => ({ ranges: [range], what: `${shown(range.exact)} disparages somebody who is named, in the words of somebody who is not`, ...rest })

export const rule = defineRule({
  id: 'anonymous-pejorative',
  title: 'Anonymous attack on somebody named',
  severity: 'warning',
  flags: 'An anonymous source disparages a named person or organization.',
  policy: 'Guardian; NPR; WSJ; Reuters',
  why: 'Who is attacked by name should know by whom.',
  advice: 'Cut it, or get it on the record; at the least, report what the judgement rests on and ask for a response.',
  examples: {
    flagged: {
      text: 'Quill cannot be trusted, a colleague said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'a colleague', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill cannot be trusted', cue: 'said', by: 'a colleague' }],
      claims: [{ text: 'Quill is not to be trusted.', kind: 'OPINION', disparages: true, target: { person: 'quill' }, at: [{ words: 'Quill cannot be trusted', by: 'x' }] }],
    },
    fine: {
      text: 'Quill missed nine of ten votes, a colleague said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'a colleague', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill missed nine of ten votes', cue: 'said', by: 'a colleague' }],
      claims: [{ text: 'Missed votes.', kind: 'FACT', target: { person: 'quill' }, at: [{ words: 'Quill missed nine of ten votes', by: 'x' }] }],
    },
  },
  check: (context) => addGuesses(claimed(context), guessed(context)),
})
