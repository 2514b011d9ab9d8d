import { BASIS, EMPTY_OBJECT } from '../lexicon/phrases.js'
import { describedMentions } from '../analysis/sourcing.js'
import type { Cast } from '../analysis/context.js'
import type { Descriptor } from '../analysis/descriptor.js'
import { defineRule } from '../rule.js'

function isPlaced(member: Cast, mention: Descriptor): boolean {
  if (member.source.kind !== 'ANONYMOUS') return true
  return !mention.isGeneric || mention.before.length > 0 || tellsMore(mention.after) || isMarked(member, mention)
}

/** An editor marked how the source knows or whose side it is on, in words of this mention. */
function isMarked(member: Cast, mention: Descriptor): boolean {
  if (member.source.kind !== 'ANONYMOUS') return false
  return [member.source.basis, member.source.affiliation, member.source.motive].some((wording) => wording?.range && !EMPTY_OBJECT.test(wording.range.exact) && (mention.words.includes(wording.range.exact) || !mention.isBare))
}

const tellsMore = (after: string) => after !== '' && !EMPTY_OBJECT.test(after) && (BASIS.test(after) || /\b(?:in|at|from|inside|within|of|on|who|whose|working|close to)\b/i.test(after))

export const rule = defineRule({
  id: 'missing-basis-or-side',
  title: 'Neither how the source knows nor which side it is on',
  severity: 'warning',
  flags: 'A descriptor tells neither how the source knows (was it in the room?) nor whose side it is on.',
  policy: 'NPR (was she in the room?); NYT (motive); WSJ (bias)',
  why: 'Readers cannot weigh an account without knowing where it comes from.',
  advice: 'Add one of the two: how the source knows, or which side it belongs to.',
  examples: {
    flagged: { text: 'The offer was raised twice, two people said.', sources: { s: { anonymous: 'two people', exactly: 2 } }, says: [{ source: 's', says: 'The offer was raised twice', cue: 'said', by: 'two people' }] },
    fine: { text: 'The offer was raised twice, two people who took part in the talks said.', sources: { s: { anonymous: 'two people who took part in the talks', exactly: 2 } }, says: [{ source: 's', says: 'The offer was raised twice', cue: 'said', by: 'two people who took part in the talks' }] },
  },
  check: (context) => context.anonymous.flatMap((member) => describedMentions(member)
    .filter(({ mention }) => !mention.isDefinite && !mention.isPartitive && mention.head !== '' && !isPlaced(member, mention))
    .map((said) => ({ ranges: [said.mentionRange], said, what: `“${said.mention.words}” tells neither how ${said.mention.isPlural ? 'they know' : 'the source knows'} nor which side ${said.mention.isPlural ? 'they are' : 'it is'} on` }))),
})
