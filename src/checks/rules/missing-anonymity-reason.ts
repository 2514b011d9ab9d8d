import { REASON } from '../lexicon/phrases.js'
import { describedMentions, isVagueOfficials } from '../analysis/sourcing.js'
import type { Cast, CheckContext } from '../analysis/context.js'
import { SPOKES_HEADS } from '../lexicon/people-words.js'
import { defineRule } from '../rule.js'

/** A sentence that mentions the source gives a reason in words, though nobody marked it. */
function isReasoned(context: CheckContext, member: Cast): boolean {
  if (member.source.kind !== 'ANONYMOUS') return true
  const { reason, terms } = member.source
  if (reason?.range || (terms?.range && REASON.test(terms.range.exact))) return true
  return member.said.some(({ sentence }) => sentence !== undefined && REASON.test(sentence.text))
}

export const rule = defineRule({
  id: 'missing-anonymity-reason',
  title: 'No reason given for anonymity',
  severity: 'warning',
  flags: 'The story nowhere says why an anonymous source is not named.',
  policy: 'AP; SPJ “explain why anonymity was granted”; NPR; NYT',
  why: 'Readers should learn what the source risks by being named.',
  advice: 'Add the reason in words of the story, specific to this source.',
  examples: {
    flagged: { text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }] },
    fine: {
      text: 'The sale is off, said a board member, who asked not to be named because the board votes on the leak next week.',
      sources: { s: { anonymous: 'a board member', exactly: 1, reason: 'because the board votes on the leak next week' } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }],
    },
  },
  check: (context) => {
    // One sentence often gives the reason for all; without an editor's marks nobody can tell for whom.
    if (context.isFromText && context.body.some(({ text }) => REASON.test(text))) return []
    return context.anonymous.flatMap((member) => {
      const intro = describedMentions(member)[0]
      if (!intro || intro.mention.isDefinite || intro.mention.isPartitive || member.source.heldBy !== undefined || isVagueOfficials(member) || SPOKES_HEADS.has(intro.mention.head) || isReasoned(context, member)) return []
      return [{ ranges: [intro.mentionRange], said: intro, what: `The story does not say why “${intro.mention.words}” ${intro.mention.isPlural ? 'are' : 'is'} not named` }]
    })
  },
})
