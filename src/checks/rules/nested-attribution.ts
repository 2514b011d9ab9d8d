import { shown } from '../analysis/sourcing.js'
import { overlapLength } from '../analysis/ranges.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule } from '../rule.js'

/** The attribution around this one: given, or found by where it stands. */
function outerOf(context: CheckContext, said: Said): Said | undefined {
  if (said.parent) return said.parent
  if (!said.sentence) return undefined
  return context.saidIn(said.sentence).find((other) => other !== said && other.cast !== said.cast && !said.attribution.content.some((range) => range.paragraph === other.credit.paragraph && range.start <= other.credit.start && other.credit.end <= range.end)
    && other.attribution.content.some((content) => overlapLength(content, said.credit) === said.credit.end - said.credit.start))
}

const isUnnamed = (said: Said) => said.isAnonymous || said.cast?.source.kind === 'GROUP' || said.cast === undefined

export const rule = defineRule({
  id: 'nested-attribution',
  title: 'Hearsay: unnamed sources about unnamed sources',
  severity: 'warning',
  flags: 'An attribution inside another, both to people without names: “officials say …, two sources said”.',
  policy: 'BBC (first-hand sources); Reuters',
  why: 'The newsroom has not heard those who are said to say it.',
  advice: 'Get it from those themselves, or say how the outer source knows.',
  examples: {
    flagged: {
      text: 'Officials say the dam is cracked, two engineers said.', sources: { two: { anonymous: 'two engineers', exactly: 2 }, o: { anonymous: 'Officials', atLeast: 2 } },
      says: [{ key: 'outer', source: 'two', says: 'Officials say the dam is cracked', cue: 'said', by: 'two engineers' }, { source: 'o', says: 'the dam is cracked', cue: 'say', by: 'Officials', parent: 'outer' }],
    },
    fine: { text: 'The dam is cracked, two engineers said.', sources: { two: { anonymous: 'two engineers', exactly: 2 } }, says: [{ source: 'two', says: 'The dam is cracked', cue: 'said', by: 'two engineers' }] },
  },
  check: (context) => context.said.flatMap((said) => {
    if (said.cue?.class !== 'SPEECH' || said.attribution.negated || !isUnnamed(said) || !said.mentionRange) return []
    const outer = outerOf(context, said)
    if (!outer?.isAnonymous || outer.cast === said.cast) return []
    return [{
      ranges: [said.credit], said, isQuestion: !said.isConfirmed || !outer.isConfirmed,
      what: `${shown(said.credit.exact)} is itself reported by ${shown(outer.mentionRange?.exact ?? outer.credit.exact)}`, related: [{ label: 'who reports it', range: outer.credit }],
    }]
  }),
})
