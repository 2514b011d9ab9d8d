import { sourcingOf, shown, unsourcedTalks } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'
import { isContinuation } from './unattributed-private-event.js'

/** "He argued …" after a sentence about a private talk that credits nobody either. */
function talks(context: CheckContext): Draft[] {
  const found = new Map(unsourcedTalks(context).map((talk) => [talk.sentence.index, talk]))
  const drafts: Draft[] = []
  for (const talk of found.values()) {
    const before = found.get(talk.sentence.index - 1)
    if (before && isContinuation(context, talk)) drafts.push(draft(talk.range, before.range, talk.isGuess))
  }
  for (const said of context.said) {
    const sentence = said.sentence
    const before = sentence && found.get(sentence.index - 1)
    if (!before || found.has(sentence.index) || !said.mention?.pronoun || said.isAnonymous || said.parent || said.attribution.speech !== 'INDIRECT') continue
    if (before.said && said.cast && before.said.cast && said.cast !== before.said.cast) continue
    const range = context.rangeOf(sentence, 0, sentence.text.replace(/[.!?"”]+$/, '').length)
    const isElse = context.saidIn(sentence).some((other) => other !== said && other.isAnonymous)
    if (!isElse) drafts.push(draft(range, before.range, before.isGuess || !said.isConfirmed))
  }
  return drafts
}

function draft(range: Draft['ranges'][number], before: Draft['ranges'][number], isQuestion: boolean): Draft {
  return {
    ranges: [range], isQuestion,
    what: `${shown(range.exact)} goes on with an account for which the sentence before gives no source`,
    related: [{ label: 'the sentence before credits nobody', range: before }],
  }
}

/** A claim with a holder that follows an attributed sentence and is itself credited to nobody. */
function claims(context: CheckContext): Draft[] {
  return context.claims.flatMap(({ claim, isConfirmed, occurrences }) => occurrences.flatMap(({ range, said, sentence }): Draft[] => {
    const before = sentence && context.sentences[sentence.index - 1]
    if (said || !isConfirmed || !claim.holder || claim.event !== undefined || claim.documents.length > 0 || !before || before.paragraph !== sentence.paragraph) return []
    const earlier = context.saidIn(before).find((each) => each.isAnonymous)
    if (!earlier || sourcingOf(context, range) || occurrences.some((other) => other.said && other.range.paragraph <= range.paragraph)) return []
    return [{ ranges: [range], claim: claim.key, what: `${shown(range.exact)} seems to go on with what the sentence before credits to a source, without saying so`, related: [{ label: 'the last attribution', range: earlier.credit }] }]
  }))
}

export const rule = defineRule({
  id: 'unattributed-continuation',
  title: 'Account goes on without attribution',
  severity: 'warning',
  flags: 'A sentence continues a speaker’s or source’s account without restating the attribution, and the sentence before supplies none.',
  policy: 'AP: restate the attribution unless it is perfectly clear',
  why: 'An attribution carries over only from a sentence that has one.',
  advice: 'Name the source of the account again in this sentence.',
  examples: {
    flagged: {
      text: 'At a private dinner, Quill told Marsh that the fleet would be sold. He argued that nobody would miss it.',
      people: [{ key: 'quill', name: 'Adam Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } },
      events: [{ key: 'dinner', name: 'Dinner', visibility: 'PRIVATE' }],
      says: [
        { key: 'told', source: 'quill', says: 'that the fleet would be sold', cue: 'told', by: 'Quill', to: 'Marsh', occasion: 'dinner' },
        { source: 'quill', says: 'that nobody would miss it', cue: 'argued', by: 'He', antecedent: 'told', occasion: 'dinner' },
      ],
      claims: [
        { text: 'Quill sells the fleet.', kind: 'FACT', event: 'dinner', at: [{ words: 'At a private dinner, Quill told Marsh that the fleet would be sold' }] },
        { text: 'Quill thinks little of it.', kind: 'FACT', event: 'dinner', at: [{ words: 'He argued that nobody would miss it' }] },
      ],
    },
    fine: {
      text: 'At a private dinner, Quill told Marsh that the fleet would be sold, a guest said. Quill argued that nobody would miss it, the guest said.',
      sources: { guest: { anonymous: 'a guest', exactly: 1 } },
      says: [
        { key: 'first', source: 'guest', says: 'At a private dinner, Quill told Marsh that the fleet would be sold', cue: 'a guest [said]', by: 'a guest' },
        { source: 'guest', says: 'Quill argued that nobody would miss it', cue: 'the guest [said]', by: 'the guest', antecedent: 'first' },
      ],
    },
  },
  check: (context) => [...talks(context), ...claims(context)],
})
