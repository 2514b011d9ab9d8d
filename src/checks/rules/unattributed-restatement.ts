import type { ClaimView, Occurrence } from '../analysis/context.js'
import { shown, sourcingOf } from '../analysis/sourcing.js'
import { defineRule } from '../rule.js'

/** Headlines are short: only an allegation must carry its attribution there. */
const counts = ({ claim }: ClaimView, { sentence }: Occurrence) => sentence !== undefined && (sentence.role === 'BODY' || (sentence.role === 'HEADLINE' && claim.kind === 'ALLEGATION'))

export const rule = defineRule({
  id: 'unattributed-restatement',
  title: 'Attributed claim comes back as fact',
  severity: 'warning',
  flags: 'What was credited to a source once is later stated in the outlet’s own voice.',
  policy: 'AP; BBC 3.2 (uncorroborated claims normally attributed)',
  why: 'What a source claims does not become a fact by being repeated.',
  advice: 'Attribute it here too, or put on file the document that confirms it.',
  examples: {
    flagged: {
      text: 'The plant will close in spring, two managers said.\n\nThe plant is closing.',
      sources: { two: { anonymous: 'two managers', exactly: 2 } },
      says: [{ key: 'said', source: 'two', says: 'The plant will close in spring', cue: 'said', by: 'two managers' }],
      claims: [{ text: 'The plant closes.', kind: 'FACT', at: [{ words: 'The plant will close in spring', by: 'said' }, { words: 'The plant is closing' }] }],
    },
    fine: {
      text: 'The plant will close in spring, two managers said.\n\nThe plant is closing, the managers said.',
      sources: { two: { anonymous: 'two managers', exactly: 2 } },
      says: [
        { key: 'said', source: 'two', says: 'The plant will close in spring', cue: 'two managers [said]', by: 'two managers' },
        { key: 'again', source: 'two', says: 'The plant is closing', cue: 'the managers [said]', by: 'the managers', antecedent: 'said' },
      ],
      claims: [{ text: 'The plant closes.', kind: 'FACT', at: [{ words: 'The plant will close in spring', by: 'said' }, { words: 'The plant is closing', by: 'again' }] }],
    },
  },
  check: (context) => context.claims.flatMap((view) => {
    const { claim, isConfirmed, occurrences } = view
    const credited = occurrences.find(({ said }) => said)
    if (!credited?.said || claim.kind === 'BACKGROUND' || claim.documents.length > 0) return []
    return occurrences.filter((each) => !each.said && counts(view, each) && (each.range.paragraph > credited.range.paragraph || (each.range.paragraph === credited.range.paragraph && each.range.start > credited.range.start) || each.sentence!.role === 'HEADLINE') && !sourcingOf(context, each.range))
      .map(({ range }) => ({
        ranges: [range], claim: claim.key, isQuestion: !isConfirmed,
        what: `${shown(range.exact)} is stated as fact, though the story has it from ${shown(credited.said!.mentionRange?.exact ?? credited.said!.credit.exact)}`,
        related: [{ label: 'here it is attributed', range: credited.range }],
      }))
  }),
})
