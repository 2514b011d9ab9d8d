import { unsourcedTalks, shown, type UnsourcedTalk } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** A sentence that goes on about "he" belongs to the account before it: `unattributed-continuation` reports it. */
export function isContinuation(context: CheckContext, talk: UnsourcedTalk): boolean {
  const before = context.sentences[talk.sentence.index - 1]
  return talk.said?.mention?.pronoun !== undefined && before !== undefined && unsourcedTalks(context).some((other) => other.sentence === before)
}

/** Another place where the story credits somebody with an account of the same event. */
function creditedElsewhere(context: CheckContext, talk: UnsourcedTalk): Draft['related'] {
  const events = new Set(context.claims.filter(({ occurrences }) => occurrences.some(({ sentence, said }) => sentence === talk.sentence && !said)).map(({ claim }) => claim.event))
  events.delete(undefined)
  const place = context.claims.filter(({ claim }) => events.has(claim.event)).flatMap(({ occurrences }) => occurrences).find(({ said }) => said && !said.parent)
  return place ? [{ label: 'here the same event is credited to a source', range: place.said!.credit }] : []
}

export const rule = defineRule({
  id: 'unattributed-private-event',
  title: 'Private event told without a source',
  severity: 'error',
  flags: 'What was said or decided at an event closed to the public is stated as fact, and nobody in the sentence answers for it.',
  policy: 'AP attribution; Reuters Essentials ("source every statement" unless witnessed or public)',
  why: 'Readers cannot tell how the newsroom knows what happened where it was not present.',
  advice: 'Say who told you, in this sentence; or say that a journalist was there.',
  examples: {
    flagged: {
      text: 'At a closed meeting on the budget, the mayor told the auditor that the report would be withheld.',
      people: [{ key: 'mayor', name: 'Ada Quill' }], sources: { mayor: { kind: 'PERSON', person: 'mayor' } },
      events: [{ key: 'closed', name: 'Closed budget meeting', visibility: 'PRIVATE' }],
      says: [{ source: 'mayor', says: 'that the report would be withheld', cue: 'told', by: 'the mayor', to: 'the auditor', occasion: 'closed' }],
      claims: [{ text: 'The mayor wants the report kept back.', kind: 'FACT', event: 'closed', at: [{ words: 'the mayor told the auditor that the report would be withheld' }] }],
    },
    fine: {
      text: 'At a closed meeting on the budget, the mayor told the auditor that the report would be withheld, two people who attended said.',
      people: [{ key: 'mayor', name: 'Ada Quill' }], sources: { mayor: { kind: 'PERSON', person: 'mayor' }, two: { anonymous: 'two people who attended', exactly: 2 } },
      events: [{ key: 'closed', name: 'Closed budget meeting', visibility: 'PRIVATE' }],
      says: [
        { key: 'outer', source: 'two', says: 'At a closed meeting on the budget, the mayor told the auditor that the report would be withheld', cue: 'said', by: 'two people who attended' },
        { source: 'mayor', says: 'that the report would be withheld', cue: 'told', by: 'the mayor', to: 'the auditor', occasion: 'closed', parent: 'outer' },
      ],
      claims: [{ text: 'The mayor wants the report kept back.', kind: 'FACT', event: 'closed', at: [{ words: 'the mayor told the auditor that the report would be withheld', by: 'outer' }] }],
    },
  },
  check: (context) => unsourcedTalks(context).filter((talk) => !isContinuation(context, talk)).map((talk) => ({
    ranges: [talk.range],
    what: `${shown(talk.range.exact)} tells what happened out of public view, and the sentence credits nobody with it`,
    isQuestion: talk.isGuess,
    related: creditedElsewhere(context, talk) ?? [],
  })),
})
