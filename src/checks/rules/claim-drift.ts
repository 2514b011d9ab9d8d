import { parseStrength, strengthRange } from '../analysis/strength.js'
import type { Occurrence } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** The first earlier place where the same source puts the claim otherwise. */
function earlierWording(occurrences: readonly Occurrence[], index: number): Occurrence | undefined {
  const here = occurrences[index]!
  const strength = here.strength === undefined ? undefined : parseStrength(here.strength)
  if (!here.said || strength?.kind !== 'words') return undefined
  return occurrences.slice(0, index).find((other) => {
    const before = other.strength === undefined ? undefined : parseStrength(other.strength)
    return before?.kind === 'words' && before.words !== strength.words && other.said?.cast === here.said!.cast
  })
}

export const rule = defineRule({
  id: 'claim-drift',
  title: 'Claim grows or shrinks on the way',
  severity: 'warning',
  flags: 'One claim comes with different strength, scope or status, and no new source explains it.',
  policy: 'AP (accuracy); BBC (not materially misleading)',
  why: 'The same source cannot have said both; one of them is the newsroom’s paraphrase.',
  advice: 'Go back to the notes and use the words that were said.',
  examples: {
    flagged: {
      text: 'The bank is considering a sale, a director said. The bank has decided on a sale, the director said.', sources: { s: { anonymous: 'a director', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'The bank is considering a sale', cue: 'a director [said]', by: 'a director' }, { key: 'y', source: 's', says: 'The bank has decided on a sale', cue: 'the director [said]', by: 'the director', antecedent: 'x' }],
      claims: [{ text: 'A sale.', kind: 'FACT', at: [{ words: 'The bank is considering a sale', by: 'x', strength: 'considering' }, { words: 'The bank has decided on a sale', by: 'y', strength: 'decided' }] }],
    },
    fine: {
      text: 'The bank is considering a sale, a director said. The bank has decided on a sale, the chairman said.', sources: { s: { anonymous: 'a director', exactly: 1 }, t: { anonymous: 'the chairman', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'The bank is considering a sale', cue: 'director [said]', by: 'a director' }, { key: 'y', source: 't', says: 'The bank has decided on a sale', cue: 'chairman [said]', by: 'the chairman' }],
      claims: [{ text: 'A sale.', kind: 'FACT', at: [{ words: 'The bank is considering a sale', by: 'x', strength: 'considering' }, { words: 'The bank has decided on a sale', by: 'y', strength: 'decided' }] }],
    },
  },
  check: (context) => context.claims.flatMap(({ claim, isConfirmed, occurrences }) => occurrences.flatMap((occurrence, index): Draft[] => {
    const before = earlierWording(occurrences, index)
    if (!before) return []
    const range = strengthRange(occurrence)
    const other = strengthRange(before)
    return [{ ranges: [range], claim: claim.key, isQuestion: !isConfirmed, what: `The same source’s claim is “${before.strength!}” before and “${occurrence.strength!}” here`, related: [{ label: 'put otherwise here', range: other }] }]
  })),
})
