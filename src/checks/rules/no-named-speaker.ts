import { isPrivateTalk } from '../analysis/sourcing.js'
import { overlapLength } from '../analysis/ranges.js'
import { SPOKES_HEADS } from '../lexicon/people-words.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule } from '../rule.js'

/** Somebody with a name who speaks for the record: not at a private event, not in somebody else's account. */
function isNamedSpeech(context: CheckContext, said: Said): boolean {
  if (said.cast?.source.kind !== 'PERSON' || isPrivateTalk(context, said) || said.cue?.class === 'INTERNAL' || said.cue?.class === 'DELIBERATION') return false
  if (said.parent) return !said.parent.isAnonymous
  if (said.attribution.speech === 'INDIRECT' && said.cue === undefined && said.attribution.cue !== undefined) return false
  // "He argued …" goes on with whatever the sentence before was.
  const before = said.mention?.pronoun === undefined ? undefined : context.said.findLast((other) => other.cast === said.cast && other.first.paragraph === said.first.paragraph && other.first.start < said.first.start)
  if (before && isPrivateTalk(context, before)) return false
  return !said.sentence || !context.saidIn(said.sentence).some((other) => other !== said && other.isAnonymous && other.attribution.content.some((content) => overlapLength(content, said.credit) > 0))
}

export const rule = defineRule({
  id: 'no-named-speaker',
  title: 'Nobody speaks under a name',
  severity: 'warning',
  flags: 'The story relies on anonymous sources or unnamed spokespeople, and no attributed claim has a named speaker on the record.',
  policy: 'AP; Reuters; NYT (anonymity as a last resort)',
  why: 'Nobody can be held to anything that the story says.',
  advice: 'Find one person who says something of it under their name.',
  examples: {
    flagged: { text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member' }] },
    fine: {
      text: 'The sale is off, a board member said. “It is over,” Ada Quill said.', people: [{ key: 'quill', name: 'Ada Quill' }], sources: { s: { anonymous: 'a board member', exactly: 1 }, quill: { kind: 'PERSON', person: 'quill' } },
      says: [{ source: 's', says: 'The sale is off', cue: 'member [said]', by: 'a board member' }, { source: 'quill', speech: 'DIRECT', says: '“It is over,”', cue: 'Quill [said]', by: 'Ada Quill' }],
    },
  },
  check: (context) => {
    const unnamed = context.said.filter((said) => said.isAnonymous || (said.cast?.source.kind === 'ORGANIZATION' && said.mention !== undefined && SPOKES_HEADS.has(said.mention.head)))
    if (unnamed.length === 0 || !unnamed.some((said) => said.isAnonymous) || context.said.some((said) => isNamedSpeech(context, said))) return []
    return [{ ranges: [], isQuestion: !context.said.some((said) => said.isConfirmed), what: `No statement in the story has a named speaker on the record; ${unnamed.length} ${unnamed.length === 1 ? 'has' : 'have'} somebody unnamed` }]
  },
})
