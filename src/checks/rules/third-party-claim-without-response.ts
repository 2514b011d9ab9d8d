import { isAsked, isHeard, nameOf } from '../analysis/voices.js'
import { organizationOf } from '../analysis/sourcing.js'
import { defineRule, type Draft } from '../rule.js'

export const rule = defineRule({
  id: 'third-party-claim-without-response',
  title: 'Claim about a third party that was not asked',
  severity: 'warning',
  flags: 'An anonymous source makes a claim about a named organization or person that has no part in the story, and no request for comment to them is on file.',
  policy: 'SPJ; BBC 6.3 (right of reply); NPR',
  why: 'They know whether it is true, and they are not there to say so.',
  advice: 'Ask them, and print the answer or that there was none.',
  examples: {
    flagged: {
      text: 'Harbor Lines has agreed to the levy, a councillor said.', organizations: [{ key: 'harbor', name: 'Harbor Lines' }], sources: { s: { anonymous: 'a councillor', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Harbor Lines has agreed to the levy', cue: 'said', by: 'a councillor' }],
      claims: [{ text: 'Harbor Lines agrees.', kind: 'FACT', target: { organization: 'harbor' }, at: [{ words: 'Harbor Lines has agreed to the levy', by: 'x' }] }],
    },
    fine: {
      text: 'Harbor Lines has agreed to the levy, a councillor said. Harbor Lines declined to comment.', organizations: [{ key: 'harbor', name: 'Harbor Lines' }], sources: { s: { anonymous: 'a councillor', exactly: 1 } },
      says: [{ key: 'x', source: 's', says: 'Harbor Lines has agreed to the levy', cue: 'said', by: 'a councillor' }],
      claims: [{ text: 'Harbor Lines agrees.', kind: 'FACT', target: { organization: 'harbor' }, at: [{ words: 'Harbor Lines has agreed to the levy', by: 'x' }] }],
      requestsForComment: [{ organization: 'harbor', outcome: 'DECLINED', line: 'Harbor Lines declined to comment' }],
    },
  },
  check: (context) => context.claims.flatMap(({ claim, isConfirmed, occurrences }): Draft[] => {
    const { target } = claim
    if (!target || claim.disparages || claim.kind === 'ALLEGATION' || claim.kind === 'BACKGROUND' || claim.documents.length > 0 || isAsked(context, target) || isHeard(context, target)) return []
    const told = occurrences.find(({ said }) => said?.isAnonymous && !organizationOf(context, said.cast).some((own) => target.organization !== undefined && context.institutions.same(own, target.organization)))
    if (!told) return []
    return [{ ranges: [told.range], said: told.said!, claim: claim.key, isQuestion: !isConfirmed || !told.said!.isConfirmed, what: `${nameOf(context, target)} is spoken of, and no request for comment to them is on file` }]
  }),
})
