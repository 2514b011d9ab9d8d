import { isSourcing } from '../analysis/sourcing.js'
import type { CheckContext, Said } from '../analysis/context.js'
import type { Sentence } from '../analysis/sentences.js'
import { defineRule } from '../rule.js'

function leads(context: CheckContext): Sentence[] {
  const lead = context.body[0]
  return [...context.sentences.filter((sentence) => sentence.role === 'HEADLINE'), ...(lead ? [lead] : [])]
}

/** Somebody named says the same: a claim of the sentence that is credited to them elsewhere. */
function isBackedElsewhere(context: CheckContext, sentence: Sentence): boolean {
  return context.claims.some(({ claim, occurrences }) => occurrences.some((each) => each.sentence === sentence) && (claim.documents.length > 0 || occurrences.some(({ said }) => said && !said.isAnonymous && isSourcing(context, said))))
}

const isTopLevel = (said: Said) => said.parent === undefined

export const rule = defineRule({
  id: 'lead-rests-on-anonymous',
  title: 'Lead rests on anonymous sources alone',
  severity: 'warning',
  flags: 'The first sentence or the headline is credited to anonymous sources and nobody else.',
  policy: 'NPR (unidentified sources are rarely heard); Reuters (a contentious lead must be sourced, named sources first)',
  why: 'The lead carries the story, and here no name stands behind it.',
  advice: 'Put a named source or a document beside it, or lead with what can be attributed by name.',
  examples: {
    flagged: { text: 'The bridge will close for a year, two engineers said.', sources: { two: { anonymous: 'two engineers', exactly: 2 } }, says: [{ source: 'two', says: 'The bridge will close for a year', cue: 'said', by: 'two engineers' }] },
    fine: { text: 'The bridge will close for a year, Mayor Ada Quill said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { quill: { kind: 'PERSON', person: 'quill' } }, says: [{ source: 'quill', says: 'The bridge will close for a year', cue: 'said', by: 'Mayor Ada Quill' }] },
  },
  check: (context) => leads(context).flatMap((sentence) => {
    const said = context.saidIn(sentence).filter((each) => isTopLevel(each) && isSourcing(context, each) && each.sentence === sentence)
    const anonymous = said.find((each) => each.isAnonymous)
    if (!anonymous || said.some((each) => !each.isAnonymous && each.cast) || isBackedElsewhere(context, sentence)) return []
    return [{ ranges: [anonymous.credit], said: anonymous, what: `The ${sentence.role === 'HEADLINE' ? 'headline' : 'lead'} rests on “${anonymous.mentionRange?.exact ?? anonymous.credit.exact}” and on nobody with a name` }]
  }),
})
