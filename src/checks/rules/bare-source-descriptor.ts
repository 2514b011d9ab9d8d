import type { Cast, CheckContext, Said } from '../analysis/context.js'
import { describedMentions } from '../analysis/sourcing.js'
import { defineRule, type Draft } from '../rule.js'

/** Whether a reader could take this for people introduced before: same noun, or the same entry of the cast. */
function earlier(context: CheckContext, member: Cast, said: Said): Said | undefined {
  const own = describedMentions(member).find((each) => each.first !== said.first && isBefore(each, said) && !each.mention.isBare)
  return own ?? context.said.find((each) => each.isAnonymous && isBefore(each, said) && each.mention?.head === said.mention!.head && (each.mention.isPlural === said.mention!.isPlural || said.mention!.isOther) && !(said.mention!.isOther && each.mention.isBare))
}

const isBefore = (a: Said, b: Said) => a.first.paragraph < b.first.paragraph || (a.first.paragraph === b.first.paragraph && a.first.start < b.first.start)

export const rule = defineRule({
  id: 'bare-source-descriptor',
  title: 'Source without any description',
  severity: 'error',
  flags: 'An anonymous source is brought in as “sources” or “an official” and nothing else. A warning where it may be a second mention.',
  policy: 'AP: “a source” unmodified is not allowed; Guardian',
  why: 'Readers learn nothing about how far to trust it.',
  advice: 'Describe the source as closely as the agreement allows: which side, how they know. For people already introduced, write “the sources”.',
  examples: {
    flagged: { text: 'The bridge will close, sources said.', sources: { s: { anonymous: 'sources', atLeast: 2 } }, says: [{ source: 's', says: 'The bridge will close', cue: 'said', by: 'sources' }] },
    fine: { text: 'The bridge will close, two sources in the works department said.', sources: { s: { anonymous: 'two sources in the works department', exactly: 2 } }, says: [{ source: 's', says: 'The bridge will close', cue: 'said', by: 'two sources in the works department' }] },
  },
  check: (context) => context.anonymous.flatMap((member) => describedMentions(member).flatMap((said): Draft[] => {
    const { mention } = said
    const isOfficials = mention.head === 'official' && mention.isPlural
    if (!mention.isBare || mention.isDefinite || mention.isNumbered || mention.isPartitive || isOfficials || !(mention.isGeneric || mention.head === 'official')) return []
    const before = earlier(context, member, said)
    // "Another official" after "three U.S. officials" is one more of the same kind.
    if (mention.isOther && before) return []
    return [{
      ranges: [said.credit], said, ...(before && { severity: 'warning' as const, related: [{ label: 'perhaps introduced here', range: before.mentionRange! }] }),
      what: `“${mention.words}” stands there without a word about who ${mention.isPlural ? 'they are' : 'it is'}${before ? '; it may be a second mention' : ''}`,
    }]
  })),
})
