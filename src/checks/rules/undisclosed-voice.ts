import { OPINION } from '../lexicon/phrases.js'
import { STATE_OF_MIND } from './mind-reading-attribution.js'
import { shown } from '../analysis/sourcing.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { addGuesses, defineRule, type Draft } from '../rule.js'

/** An earlier place where the same source tells what a party wants or says: now it may be relaying again. */
function relayed(context: CheckContext, said: Said): Draft['ranges'][number] | undefined {
  const holder = context.claims.find(({ claim, occurrences }) => claim.holder && claim.holder.source !== said.cast?.key && occurrences.some((each) => each.said && each.said !== said && each.said.cast === said.cast))
  if (holder) return holder.occurrences.find((each) => each.said?.cast === said.cast)!.range
  if (!context.guessesClaims || !said.sentence) return undefined
  const before = context.sentences[said.sentence.index - 1]
  const earlier = before && context.saidIn(before).find((other) => other.cast === said.cast && other.attribution.content.some((content) => STATE_OF_MIND.test(content.exact)))
  return earlier?.attribution.content[0]
}

function claimed(context: CheckContext): Draft[] {
  return context.claims.filter(({ claim }) => (claim.kind === 'OPINION' || claim.kind === 'SPECULATION') && !claim.holder).flatMap(({ claim, isConfirmed, occurrences }) => occurrences.flatMap(({ range, said }) => {
    const place = said?.isAnonymous ? relayed(context, said) : undefined
    return place ? [draft(range, place, { said: said!, isQuestion: !isConfirmed || !said!.isConfirmed, claim: claim.key })] : []
  }))
}

function guessed(context: CheckContext): Draft[] {
  if (!context.guessesClaims) return []
  return context.said.filter((said) => said.isAnonymous && said.mention?.isDefinite).flatMap((said) => said.attribution.content.flatMap((content) => {
    const place = OPINION.test(content.exact) ? relayed(context, said) : undefined
    return place ? [draft(content, place, { said, isQuestion: true })] : []
  }))
}

const draft = (range: Draft['ranges'][number], place: Draft['ranges'][number], rest: Partial<Draft>): Draft => ({
  ranges: [range], what: `${shown(range.exact)} may be the source’s own view, or a party’s that it passes on`, related: [{ label: 'here the same source passes on somebody’s position', range: place }], ...rest,
})

export const rule = defineRule({
  id: 'undisclosed-voice',
  title: 'Whose view is it?',
  severity: 'warning',
  flags: 'A source that has passed on a party’s position now gives a view, and the copy does not say whose.',
  policy: 'AP (clarity)',
  why: 'Readers may credit the view to the wrong side.',
  advice: 'Say whose it is: “in the person’s view”, “X argued, according to the person”.',
  examples: {
    flagged: {
      text: 'Quill wants a new reactor, an engineer said. The old one is not reliable enough, the engineer said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'an engineer', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill wants a new reactor', cue: 'an engineer [said]', by: 'an engineer' }, { key: 'y', source: 's', says: 'The old one is not reliable enough', cue: 'the engineer [said]', by: 'the engineer', antecedent: 'x' }],
      claims: [
        { text: 'Quill’s wish.', kind: 'FACT', holder: { person: 'quill' }, at: [{ words: 'Quill wants a new reactor', by: 'x' }] },
        { text: 'The reactor is bad.', kind: 'OPINION', at: [{ words: 'The old one is not reliable enough', by: 'y' }] },
      ],
    },
    fine: {
      text: 'Quill wants a new reactor, an engineer said. Quill finds the old one unreliable, the engineer said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'an engineer', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Quill wants a new reactor', cue: 'an engineer [said]', by: 'an engineer' }, { key: 'y', source: 's', says: 'Quill finds the old one unreliable', cue: 'the engineer [said]', by: 'the engineer', antecedent: 'x' }],
      claims: [
        { text: 'Quill’s wish.', kind: 'FACT', holder: { person: 'quill' }, at: [{ words: 'Quill wants a new reactor', by: 'x' }] },
        { text: 'The reactor is bad.', kind: 'OPINION', holder: { person: 'quill' }, at: [{ words: 'Quill finds the old one unreliable', by: 'y' }] },
      ],
    },
  },
  check: (context) => addGuesses(claimed(context), guessed(context)),
})
