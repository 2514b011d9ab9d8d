import type { Quote } from '../../document/index.js'
import type { CheckContext } from '../analysis/context.js'
import { compareQuote, recordWords, type Comparison, type RecordWords } from './compare.js'

/** The texts that a quote can be held against, the latest first; empty where none is on file. */
function textsFor({ document }: CheckContext, quote: Quote): readonly string[] {
  const texts: string[] = []
  const reported = document.statements.find((statement) => statement.key === quote.excerptOf?.statement)
    ?? document.statements.find((statement) => statement.attributions.includes(quote.attribution) && statement.texts.length > 0)
  if (reported) texts.push(...reported.texts.map(({ text }) => text).reverse())
  const record = document.records.find((each) => each.key === quote.record?.record)
  if (record && record.segments.length > 0) {
    const segment = quote.record!.segment === undefined ? undefined : record.segments[quote.record!.segment]
    if (segment) texts.push(segment.text)
    // A quote may run on into the next segment.
    if (!segment || record.segments.length > 1) texts.push(record.segments.map(({ text }) => text).join(' '))
  }
  return texts
}

/** Whether anything at all is linked that a quote could be checked against, on file or not. */
export function hasRecord({ document }: CheckContext, quote: Quote): boolean {
  if (quote.record) return true
  return document.statements.some((statement) => statement.texts.length > 0 && (statement.key === quote.excerptOf?.statement || statement.attributions.includes(quote.attribution)))
}

export interface QuoteCheck { readonly quote: Quote; readonly comparison: Comparison }

const memo = new WeakMap<CheckContext, readonly QuoteCheck[]>()

/** Every quote that has a text to compare with, and how it compares. What was said in another language is compared in that language. */
export function quoteChecks(context: CheckContext): readonly QuoteCheck[] {
  const known = memo.get(context)
  if (known) return known
  const records = new Map<string, RecordWords>()
  const wordsIn = (text: string) => {
    const words = records.get(text) ?? recordWords(text)
    records.set(text, words)
    return words
  }
  const checks = context.document.quotes.flatMap((quote): QuoteCheck[] => {
    const texts = textsFor(context, quote)
    if (texts.length === 0) return []
    const printed = quote.translation ? [quote.translation.original] : quote.ranges.map(({ exact }) => exact)
    const comparisons = texts.map((text) => compareQuote(printed, wordsIn(text)))
    return [{ quote, comparison: comparisons.find(({ verdict }) => verdict === 'same') ?? comparisons[0]! }]
  })
  memo.set(context, checks)
  return checks
}
