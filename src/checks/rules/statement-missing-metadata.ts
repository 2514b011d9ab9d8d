import { shown } from '../analysis/sourcing.js'
import type { OfficialStatement } from '../../document/index.js'
import type { CheckContext } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

function missing(statement: OfficialStatement): string[] {
  return [
    statement.issuedAt === undefined ? 'the date' : '',
    statement.texts.length === 0 && statement.url === undefined ? 'the full text or an address where it stands' : '',
  ].filter((part) => part !== '')
}

function onFile(context: CheckContext): Draft[] {
  return context.document.statements.flatMap((statement): Draft[] => {
    const lacks = missing(statement)
    const report = context.said.find((said) => statement.attributions.includes(said.key))
    const excerpt = context.document.quotes.find((quote) => quote.excerptOf?.statement === statement.key)
    const range = report?.credit ?? excerpt?.ranges[0]
    if (lacks.length === 0 || !range) return []
    return [{
      ranges: [range], ...(report && { said: report }), isQuestion: !statement.confirmed, ...(!statement.confirmed && { severity: 'info' as const }),
      what: `The statement behind ${shown(range.exact)} is on file without ${lacks.join(' and ')}`,
    }]
  })
}

const STATEMENT = /\b(?:in|through|via) (?:a|an|its|his|her|their) (?:written |emailed |brief |joint |short |official )?(?:statement|press release)\b|\bin an? (?:emailed|written) statement\b/i

/** "said in a statement", and no statement is on file. */
function unfiled(context: CheckContext): Draft[] {
  if (!context.isFromText) return []
  return context.body.flatMap((sentence): Draft[] => {
    const match = STATEMENT.exec(sentence.text)
    if (!match) return []
    const known = context.saidIn(sentence).some((said) => context.document.statements.some((statement) => statement.attributions.includes(said.key)))
    return known ? [] : [{ ranges: [context.rangeOf(sentence, match.index, match.index + match[0].length)], severity: 'info', isQuestion: true, what: `The statement behind ${shown(match[0])} is not on file` }]
  })
}

export const rule = defineRule({
  id: 'statement-missing-metadata',
  title: 'Statement on file without its particulars',
  severity: 'warning',
  flags: 'An official statement lacks its date, or both its full text and an address where it stands.',
  policy: 'Reuters (name and position of the source); Trust Project (references)',
  why: 'Without them nobody can check the excerpt or find what else was said.',
  advice: 'File the date, and the text or address of the statement.',
  examples: {
    flagged: {
      text: 'The dam is safe, the Water Authority said in a statement.', organizations: [{ key: 'wa', name: 'Water Authority' }], sources: { wa: { kind: 'ORGANIZATION', organization: 'wa' } },
      says: [{ key: 'x', source: 'wa', says: 'The dam is safe', cue: 'said', by: 'the Water Authority' }], statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', attributions: ['x'] }],
    },
    fine: {
      text: 'The dam is safe, the Water Authority said in a statement.', organizations: [{ key: 'wa', name: 'Water Authority' }], sources: { wa: { kind: 'ORGANIZATION', organization: 'wa' } },
      says: [{ key: 'x', source: 'wa', says: 'The dam is safe', cue: 'said', by: 'the Water Authority' }], statements: [{ key: 's', issuer: 'wa', channel: 'WRITTEN_STATEMENT', attributions: ['x'], issuedAt: '2026-03-02T09:00:00Z', url: 'https://water.example/s' }],
    },
  },
  check: (context) => [...onFile(context), ...unfiled(context)],
})
