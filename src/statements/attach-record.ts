import type { Queries } from '../database/index.js'
import type { RevisionResult } from '../stories/index.js'
import { editDraft, freeKey, impossible, type Draft, type Editing } from './edit-draft.js'
import { recordProblem, type GivenRecord } from './file-statement.js'

export interface CheckedQuote {
  /** Lineage of a quote of the draft. */
  readonly quote: string
  /** Index of the segment that has its words. */
  readonly segment?: number | undefined
}

/** Attaches a transcript, recording or notes to a draft, and says which quotes can be checked against it. */
export async function attachRecord(queries: Queries, draft: Draft, given: GivenRecord, quotes: readonly CheckedQuote[], editing: Editing): Promise<RevisionResult> {
  const wrong = recordProblem(given)
  if (wrong) return { ok: false, ...impossible(wrong.code, wrong.message, wrong.path!) }
  return editDraft(queries, draft, (document) => {
    for (const [index, { quote, segment }] of quotes.entries()) {
      if (!document.quotes.some((entry) => entry.lineage === quote)) return impossible('UNKNOWN_QUOTE', 'is no quote of the draft', `quotes[${index}].quoteId`)
      if (segment !== undefined && !(segment >= 0 && segment < given.segments.length)) return impossible('UNKNOWN_SEGMENT', `is ${segment}, but the record has ${given.segments.length} segments, counted from 0`, `quotes[${index}].segment`)
    }
    const key = freeKey(document.records, 'record')
    const checked = new Map(quotes.map((entry) => [entry.quote, entry.segment]))
    return {
      ...document,
      records: [...document.records, { ...given, key }],
      quotes: document.quotes.map((quote) => (checked.has(quote.lineage) ? { ...quote, record: { record: key, ...(checked.get(quote.lineage) !== undefined && { segment: checked.get(quote.lineage)! }) } } : quote)),
    }
  }, editing)
}
