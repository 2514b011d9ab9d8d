import { describedMentions, isUnitFree } from '../analysis/sourcing.js'
import type { Cast } from '../analysis/context.js'
import type { Descriptor } from '../analysis/descriptor.js'
import { defineRule, type Draft } from '../rule.js'

const isVague = (mention: Descriptor) => mention.head === 'official' && mention.isPlural && !mention.isNumbered && !mention.isPartitive && mention.before.every(isUnitFree) && mention.after === ''

/** Officials once told apart may be "the officials" or "officials" later. */
const isKnown = (member: Cast, mention: Descriptor) => mention.isDefinite || describedMentions(member).some((each) => !isVague(each.mention) && each.mention.head === 'official')

export const rule = defineRule({
  id: 'vague-official-plural',
  title: '“Officials” without unit, rank or number',
  severity: 'warning',
  flags: '“Officials” or “defense officials” say or do something, and the copy names no agency unit, rank or number.',
  policy: 'NPR: “officials say” is not enough; Guardian',
  why: 'It may be two press officers or a whole department, and readers cannot tell.',
  advice: 'Say how many, of which office, of what rank.',
  examples: {
    flagged: { text: 'Officials said the dam was safe.', sources: { s: { anonymous: 'Officials', atLeast: 2 } }, says: [{ source: 's', says: 'the dam was safe', cue: 'said', by: 'Officials' }] },
    fine: { text: 'Two senior officials at the Water Authority said the dam was safe.', sources: { s: { anonymous: 'Two senior officials at the Water Authority', exactly: 2 } }, says: [{ source: 's', says: 'the dam was safe', cue: 'said', by: 'Two senior officials at the Water Authority' }] },
  },
  check: (context) => context.cast.filter(({ source }) => source.kind === 'ANONYMOUS' || source.kind === 'GROUP').flatMap((member) => describedMentions(member)
    .filter(({ mention, sentence }) => isVague(mention) && !isKnown(member, mention) && sentence?.role === 'BODY')
    // What officials want or fear is `mind-reading-attribution`'s to report.
    .filter((said) => said.cue?.class !== 'INTERNAL')
    // "Officials have said" sums up a position that is known.
    .filter((said) => said.isConfirmed || !/\bha(?:ve|s) (?:\w+ )?said$/.test(said.credit.exact))
    .map((said): Draft => ({ ranges: [said.credit], said, what: `“${said.mention.words}” names no office, rank or number` }))),
})
