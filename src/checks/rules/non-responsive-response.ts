import { organizationOf, shown } from '../analysis/sourcing.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

interface Response { readonly said: Said; readonly organization: string; readonly isConfirmed: boolean }

function responses(context: CheckContext): Response[] {
  const found = new Map<string, Response>()
  const add = (key: string | undefined, organization: string | undefined, isConfirmed: boolean) => {
    const said = context.said.find((each) => each.key === key)
    if (said && organization !== undefined) found.set(said.key, { said, organization, isConfirmed: isConfirmed && said.isConfirmed })
  }
  for (const statement of context.document.statements) for (const key of statement.attributions) add(key, statement.issuer, statement.confirmed)
  for (const request of context.document.requestsForComment) add(request.answeredBy?.attribution, request.organization ?? organizationOf(context, context.said.find((each) => each.key === request.answeredBy?.attribution)?.cast)[0], request.confirmed)
  return [...found.values()]
}

export const rule = defineRule({
  id: 'non-responsive-response',
  title: 'Answer that answers nothing',
  severity: 'info',
  flags: 'A response addresses no claim of the story that concerns those who respond.',
  policy: 'NPR (fairness); SPJ',
  why: 'Readers may take it for a denial, or for an answer.',
  advice: 'Say what it leaves open, and ask again with the claims spelled out.',
  options: { fewestClaims: 3 },
  optionHelp: { fewestClaims: 'How many claims about the respondents a story must hold before an answer to none of them is reported.' },
  examples: {
    flagged: {
      text: 'The Water Authority hid the cracks, the audit says. Two warnings were ignored, it says, and the dam is unsafe. “We are proud of our dams,” the Water Authority said in a statement.', organizations: [{ key: 'wa', name: 'Water Authority' }], documents: [{ key: 'audit', title: 'Audit' }],
      sources: { wa: { kind: 'ORGANIZATION', organization: 'wa' }, audit: { kind: 'DOCUMENT', document: 'audit' } },
      says: [{ key: 'x', source: 'audit', says: ['The Water Authority hid the cracks', 'Two warnings were ignored', 'the dam is unsafe'], cue: 'audit [says]', by: 'the audit' }, { key: 'y', source: 'wa', speech: 'DIRECT', says: '“We are proud of our dams,”', cue: 'said', by: 'the [Water Authority] said' }],
      statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', attributions: ['y'] }],
      claims: [
        { text: 'Cracks were hidden.', kind: 'ALLEGATION', target: { organization: 'wa' }, at: [{ words: 'The Water Authority hid the cracks', by: 'x' }] },
        { text: 'Warnings were ignored.', kind: 'ALLEGATION', target: { organization: 'wa' }, at: [{ words: 'Two warnings were ignored', by: 'x' }] },
        { text: 'The dam is unsafe.', kind: 'ALLEGATION', target: { organization: 'wa' }, at: [{ words: 'the dam is unsafe', by: 'x' }] },
      ],
    },
    fine: {
      text: 'The Water Authority hid the cracks, the audit says. “We reported the cracks in May,” the Water Authority said in a statement.', organizations: [{ key: 'wa', name: 'Water Authority' }], documents: [{ key: 'audit', title: 'Audit' }],
      sources: { wa: { kind: 'ORGANIZATION', organization: 'wa' }, audit: { kind: 'DOCUMENT', document: 'audit' } },
      says: [{ key: 'x', source: 'audit', says: 'The Water Authority hid the cracks', cue: 'says', by: 'the audit' }, { key: 'y', source: 'wa', speech: 'DIRECT', says: '“We reported the cracks in May,”', cue: 'said', by: 'the [Water Authority] said' }],
      statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', attributions: ['y'] }],
      claims: [{ text: 'Cracks were hidden.', kind: 'ALLEGATION', target: { organization: 'wa' }, at: [{ words: 'The Water Authority hid the cracks', by: 'x' }, { words: 'We reported the cracks in May', by: 'y' }] }],
    },
  },
  check: (context, { fewestClaims }) => {
    if (context.guessesClaims) return []
    return responses(context).flatMap(({ said, organization, isConfirmed }): Draft[] => {
      const open = context.claims.filter(({ claim, isConfirmed: isSure, occurrences }) => isSure && claim.target?.organization !== undefined && context.institutions.same(claim.target.organization, organization) && occurrences.some((each) => each.said?.cast !== said.cast))
      const isAddressed = context.claims.some(({ occurrences }) => occurrences.some((each) => each.said === said || (each.said && each.said.cast === said.cast)))
      // With few claims on file it is as likely that nobody marked what the answer addresses.
      const isOnlyAnswer = context.said.filter((other) => other.cast === said.cast && !other.parent).length === 1
      if (open.length < fewestClaims || isAddressed || !isOnlyAnswer) return []
      return [{
        ranges: said.attribution.content, said, isQuestion: !isConfirmed, what: `${shown(said.attribution.content[0]!.exact)} addresses none of the ${open.length} claims about those who answer`,
        related: open.slice(0, 3).map(({ occurrences }) => ({ label: 'a claim that it leaves open', range: occurrences[0]!.range })),
      }]
    })
  },
})
