import { termsInForce } from '../../document/index.js'
import type { CheckContext, Said } from '../analysis/context.js'
import { defineRule, type Draft } from '../rule.js'

/** The strictest terms that the document or an opened record holds for this attribution. */
const ORDER = ['UNSTATED', 'ON_RECORD', 'BACKGROUND', 'DEEP_BACKGROUND', 'OFF_RECORD'] as const
type Terms = (typeof ORDER)[number]

function termsOf(context: CheckContext, said: Said): Terms {
  const promised = context.vault!.records.flatMap((record) => (record.terms ?? []).filter(({ story, source }) => story === context.document.slug && source === said.cast?.key).map(({ terms }) => terms))
  return [said.attribution.groundRules.terms, ...promised].reduce<Terms>((strictest, terms) => (ORDER.indexOf(terms) > ORDER.indexOf(strictest) ? terms : strictest), 'UNSTATED')
}

function broken(said: Said, terms: Terms): string | undefined {
  if (terms === 'OFF_RECORD') return 'was off the record and is published'
  if (terms === 'DEEP_BACKGROUND' && said.mentionRange) return 'was on deep background and is attributed'
  if (terms === 'BACKGROUND' && said.cast?.source.kind === 'PERSON') return 'was on background and is published under a name'
  return undefined
}

/** Statements that are quoted before their own embargo ends. */
function early(context: CheckContext): Draft[] {
  const published = context.document.publication?.firstPublishedAt
  if (published === undefined) return []
  return context.document.statements.filter((statement) => statement.embargoedUntil !== undefined && Date.parse(statement.embargoedUntil) > Date.parse(published)).flatMap((statement) => {
    const said = context.said.find((each) => statement.attributions.includes(each.key))
    return said ? [{ ranges: [said.credit], said, isQuestion: false, what: 'The statement was still under embargo when the story was published' }] : []
  })
}

/** What was agreed, or asked for, since the words were written: for the newsroom too, which knows it without any vault. */
function onFile(context: CheckContext): Draft[] {
  const { onFile: file } = context
  return context.said.flatMap((said): Draft[] => {
    const source = said.cast?.source.lineage
    const place = said.mentionRange ?? said.credit
    const mustGo = file!.removals.some((removal) => removal.source === source && removal.attributions.includes(said.attribution.lineage))
    const { terms, isOnFile } = termsInForce(said.attribution, source, file!)
    const problem = mustGo ? 'may no longer be credited with this' : isOnFile ? broken(said, terms) : undefined
    return problem === undefined ? [] : [{ ranges: [place], said, isQuestion: false, what: `“${place.exact}” ${problem}` }]
  })
}

export const rule = defineRule({
  id: 'ground-rules-violated',
  title: 'Ground rules broken',
  severity: 'error',
  isWaivable: false,
  flags: 'Published use contradicts the terms: off the record used, deep background attributed, background named, an embargo broken.',
  policy: 'AP definitions of the ground rules',
  why: 'A promise to a source is being broken, and the source may be at risk.',
  advice: 'Take it out, or go back to the source and agree on new terms.',
  examples: {
    flagged: {
      text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member', groundRules: { terms: 'OFF_RECORD' } }],
      vault: { records: [] },
    },
    fine: {
      text: 'The sale is off, a board member said.', sources: { s: { anonymous: 'a board member', exactly: 1 } }, says: [{ source: 's', says: 'The sale is off', cue: 'said', by: 'a board member', groundRules: { terms: 'BACKGROUND' } }],
      vault: { records: [] },
    },
  },
  checkFile: onFile,
  checkVault: (context) => [...context.said.flatMap((said): Draft[] => {
    const problem = broken(said, termsOf(context, said))
    return problem === undefined ? [] : [{ ranges: [said.credit], said, isQuestion: false, what: `“${said.mentionRange?.exact ?? said.credit.exact}” ${problem}` }]
  }), ...early(context)],
})
