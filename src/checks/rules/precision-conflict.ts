import { parseStrength, strengthRange, type Strength } from '../analysis/strength.js'
import type { Occurrence } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** `finer`: one is a more exact form of the other, as far as one can tell. `clash`: both cannot be right. */
function relation(a: Strength, b: Strength): 'same' | 'finer' | 'clash' {
  if (a.kind === 'time' && b.kind === 'time') return a.words.toLowerCase() === b.words.toLowerCase() ? 'same' : a.grain === b.grain ? 'clash' : 'finer'
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value ? 'same' : a.isRough || b.isRough ? 'finer' : 'clash'
  return 'same'
}

function against(occurrences: readonly Occurrence[], index: number): { other: Occurrence; clash: boolean } | undefined {
  const here = occurrences[index]!
  if (here.strength === undefined) return undefined
  const own = parseStrength(here.strength)
  // Two named accounts may differ; the copy says who holds which.
  const isOwnAccount = (other: Occurrence) => here.said !== undefined && other.said !== undefined && here.said.cast !== other.said.cast
  const others = occurrences.slice(0, index).filter((other) => other.strength !== undefined && !isOwnAccount(other)).map((other) => ({ other, relation: relation(parseStrength(other.strength!), own) }))
  const found = others.find((each) => each.relation === 'clash') ?? others.find((each) => each.relation === 'finer')
  return found && { other: found.other, clash: found.relation === 'clash' }
}

export const rule = defineRule({
  id: 'precision-conflict',
  title: 'One fact, two degrees of precision',
  severity: 'warning',
  flags: 'The same fact is given with different times, numbers or parties. Only a note where one is a finer form of the other.',
  policy: 'Reuters Accuracy',
  why: 'Readers cannot tell whether both are right, or which one is.',
  advice: 'Give the more exact form at both places, or say what changed.',
  examples: {
    flagged: {
      text: 'The fire killed 12 people, police said. The dead are nine, police said later.', organizations: [{ key: 'police', name: 'Police' }], sources: { p: { kind: 'ORGANIZATION', organization: 'police' } },
      says: [{ key: 'x', source: 'p', says: 'The fire killed 12 people', cue: 'people, police [said]', by: 'people, [police] said' }, { key: 'y', source: 'p', says: 'The dead are nine', cue: '[said] later', by: '[police] said later' }],
      claims: [{ text: 'Deaths.', kind: 'FACT', at: [{ words: 'The fire killed 12 people', by: 'x', strength: '12 people' }, { words: 'The dead are nine', by: 'y', strength: 'nine' }] }],
    },
    fine: {
      text: 'The fire killed 12 people, police said. The 12 had been asleep, police said later.', organizations: [{ key: 'police', name: 'Police' }], sources: { p: { kind: 'ORGANIZATION', organization: 'police' } },
      says: [{ key: 'x', source: 'p', says: 'The fire killed 12 people', cue: 'people, police [said]', by: 'people, [police] said' }, { key: 'y', source: 'p', says: 'The 12 had been asleep', cue: '[said] later', by: '[police] said later' }],
      claims: [{ text: 'Deaths.', kind: 'FACT', at: [{ words: 'The fire killed 12 people', by: 'x', strength: '12 people' }, { words: 'The 12 had been asleep', by: 'y', strength: '12' }] }],
    },
  },
  check: (context) => context.claims.flatMap(({ claim, isConfirmed, occurrences }) => occurrences.flatMap((occurrence, index): Draft[] => {
    const found = against(occurrences, index)
    if (!found) return []
    return [{
      ranges: [strengthRange(occurrence)], claim: claim.key, isQuestion: !isConfirmed, ...(!found.clash && { severity: 'info' as const }),
      what: `“${occurrence.strength!}” and “${found.other.strength!}” stand for the same fact`, related: [{ label: 'given otherwise here', range: strengthRange(found.other) }],
    }]
  })),
})
