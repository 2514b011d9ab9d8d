import { TIME, TIME_HINT } from '../lexicon/times.js'
import type { CheckContext } from '../analysis/context.js'
import type { TextRange } from '../../document/index.js'
import type { Sentence } from '../analysis/sentences.js'
import { overlaps } from '../analysis/ranges.js'
import { defineRule } from '../rule.js'

/** A line of its own with a whole date, as papers print it above a story. */
const FULL_DATE = /\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2},? (?:19|20)\d\d\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d\d\b/

/** What is on file to place a time with. */
interface Anchors { readonly day: boolean; readonly zone: boolean }

function anchors({ document }: CheckContext): Anchors {
  const day = document.publication !== undefined || document.dateline?.date !== undefined || document.paragraphs.slice(0, 4).some(({ text }) => text.length < 60 && FULL_DATE.test(text))
  return { day, zone: document.timeZone !== undefined || document.dateline !== undefined }
}

function timesIn(context: CheckContext, sentence: Sentence, has: Anchors): TextRange[] {
  if (!TIME_HINT.test(sentence.text)) return []
  return [...sentence.text.matchAll(TIME)].flatMap((match) => {
    const { clock, clock24, zone, zone24, dated, year, month, year2 } = match.groups!
    const isClock = clock !== undefined || clock24 !== undefined
    const isOpen = isClock ? !(has.zone || zone !== undefined || zone24 !== undefined) || (!has.day && /day\b/i.test(clock ?? '')) : dated !== undefined ? !has.day && year === undefined : month !== undefined ? !has.day && year2 === undefined : !has.day
    return isOpen ? [context.rangeOf(sentence, match.index, match.index + match[0].length)] : []
  })
}

/** Days in somebody's own words are theirs. */
function isQuoted(context: CheckContext, range: TextRange): boolean {
  return context.document.quotes.some((quote) => quote.ranges.some((each) => overlaps(each, range)))
}

export const rule = defineRule({
  id: 'unanchored-time',
  title: 'Times that nobody can place later',
  severity: 'warning',
  flags: 'Weekdays, relative or clock times stand in a story without a dateline, a publication date or a time zone to resolve them.',
  policy: 'Reuters and AP (time element); BBC (accuracy)',
  why: 'In the archive, or at a partner in another zone, “Tuesday” and “5 p.m.” mean nothing.',
  advice: 'Add a dateline with a date (and a time zone), or write the date.',
  examples: {
    flagged: { text: 'The bridge closes at 5 p.m. Friday.' },
    fine: { text: 'The bridge closes at 5 p.m. Friday.', dateline: { place: 'CALDER BAY', date: '2026-03-02' }, timeZone: 'America/New_York' },
  },
  check: (context) => {
    const has = anchors(context)
    if (has.day && has.zone) return []
    const found = context.body.flatMap((sentence) => timesIn(context, sentence, has)).filter((range) => !isQuoted(context, range))
    if (found.length === 0) return []
    return [{
      ranges: found, ...(context.isFromText && { severity: 'info' as const }),
      what: `The story has no ${has.day ? 'time zone' : 'dateline with a date and no publication date'} to place ${found.length === 1 ? `“${found[0]!.exact}”` : `${found.length} times such as “${found[0]!.exact}”`}`,
    }]
  },
})
