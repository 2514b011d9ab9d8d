import { describedMentions } from '../analysis/sourcing.js'
import { defineRule, type Draft } from '../rule.js'

export const rule = defineRule({
  id: 'indefinite-reintroduction',
  title: 'Old sources or new ones?',
  severity: 'warning',
  flags: 'Sources come back as plain “sources” or “two sources”, so that readers cannot tell whether they are those introduced before.',
  policy: 'AP (second reference); Reuters (imply no extra sources)',
  why: 'It seems to add sources where there may be none.',
  advice: 'Write “the sources” for those introduced before, “other sources” for new ones.',
  examples: {
    flagged: {
      text: 'The sale is off, sources at the bank said. The price was too low, sources said.', sources: { s: { anonymous: 'sources at the bank', atLeast: 2 } },
      says: [{ source: 's', says: 'The sale is off', cue: 'bank [said]', by: 'sources at the bank' }, { source: 's', says: 'The price was too low', cue: ', sources [said]', by: ', [sources] said' }],
    },
    fine: {
      text: 'The sale is off, sources at the bank said. The price was too low, the sources said.', sources: { s: { anonymous: 'sources at the bank', atLeast: 2 } },
      says: [{ key: 'x', source: 's', says: 'The sale is off', cue: 'bank [said]', by: 'sources at the bank' }, { source: 's', says: 'The price was too low', cue: 'the sources [said]', by: 'the sources', antecedent: 'x' }],
    },
  },
  check: (context) => {
    const plural = context.anonymous.flatMap(describedMentions).filter(({ mention }) => mention.isGeneric && mention.isPlural)
      .sort((a, b) => a.first.paragraph - b.first.paragraph || a.first.start - b.first.start)
    return plural.flatMap((said, index): Draft[] => {
      const { mention } = said
      const before = plural.slice(0, index).find((other) => other.mention.head === mention.head && other.sentence !== said.sentence)
      if (!before || !mention.isBare || mention.isDefinite || mention.isOther || mention.isPartitive) return []
      return [{ ranges: [said.credit], said, what: `“${mention.words}” may be those called “${before.mention.words}” before, or others`, related: [{ label: 'introduced here', range: before.mentionRange }] }]
    })
  },
})
