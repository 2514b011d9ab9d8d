import { isAsked, isHeard, nameOf, type Party } from '../analysis/voices.js'
import { isPrivateTalk, shown } from '../analysis/sourcing.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

function adverse(context: CheckContext): Draft[] {
  return context.claims.flatMap(({ claim, isConfirmed, occurrences }): Draft[] => {
    const { target } = claim
    if (!target || !(claim.disparages || claim.kind === 'ALLEGATION') || isAsked(context, target) || isHeard(context, target)) return []
    return [draft(context, target, occurrences[0]!.range, 'something adverse is said', { isQuestion: !isConfirmed, claim: claim.key })]
  })
}

/** Words of somebody named that were spoken in private and reached the newsroom through others. */
function overheard(context: CheckContext): Draft[] {
  const drafts = new Map<string, Draft>()
  for (const said of context.said) {
    const source = said.cast?.source
    if (source?.kind !== 'PERSON' || said.attribution.occasion === undefined || !isPrivateTalk(context, said) || drafts.has(source.person)) continue
    const party: Party = { person: source.person, ...(source.organization !== undefined && { organization: source.organization }) }
    if (!isAsked(context, party) && !isHeard(context, party)) drafts.set(source.person, draft(context, party, said.attribution.content[0]!, 'words spoken in private are reported', { said }))
  }
  return [...drafts.values()]
}

const draft = (context: CheckContext, party: Party, range: Draft['ranges'][number], what: string, rest: Partial<Draft>): Draft => ({
  ranges: [range], what: `Of ${nameOf(context, party)} ${what} (${shown(range.exact)}), and no request for comment is on file`, ...rest,
})

export const rule = defineRule({
  id: 'missing-request-for-comment',
  title: 'Nobody asked whom it concerns',
  severity: 'warning',
  flags: 'Something adverse is said of a named person or organization, or their private words are reported, and neither a request for comment nor its outcome is on file.',
  policy: 'SPJ; BBC; NPR; AP',
  why: 'Whom a story accuses has a right to answer, and the answer may change the story.',
  advice: 'Ask, file the request, and print its outcome.',
  examples: {
    flagged: {
      text: 'Quill took money from the builders, the audit says.', people: [{ key: 'quill', name: 'Ada Quill' }], documents: [{ key: 'audit', title: 'Audit' }], sources: { audit: { kind: 'DOCUMENT', document: 'audit' } },
      says: [{ key: 'x', source: 'audit', says: 'Quill took money from the builders', cue: 'says', by: 'the audit' }],
      claims: [{ text: 'Bribes.', kind: 'ALLEGATION', target: { person: 'quill' }, at: [{ words: 'Quill took money from the builders', by: 'x' }] }],
    },
    fine: {
      text: 'Quill took money from the builders, the audit says. Quill did not respond to three calls.', people: [{ key: 'quill', name: 'Ada Quill' }], documents: [{ key: 'audit', title: 'Audit' }], sources: { audit: { kind: 'DOCUMENT', document: 'audit' } },
      says: [{ key: 'x', source: 'audit', says: 'Quill took money from the builders', cue: 'says', by: 'the audit' }],
      claims: [{ text: 'Bribes.', kind: 'ALLEGATION', target: { person: 'quill' }, at: [{ words: 'Quill took money from the builders', by: 'x' }] }],
      requestsForComment: [{ person: 'quill', outcome: 'NO_RESPONSE', line: 'Quill did not respond to three calls' }],
    },
  },
  check: (context) => [...adverse(context), ...overheard(context)],
})
