import { readAccording } from './according.js'
import { readSentence } from './clauses.js'
import { datelineEnd } from './dateline.js'
import { readNounCues } from './noun-cues.js'
import { readContinuations, readUnclaimedQuotes, regionsIn } from './quoted.js'
import { knownBody, personName } from './kinds.js'
import { FAMOUS } from './lexicons/names.js'
import { ROLES, WEAK_ROLES } from './lexicons/nouns.js'
import { hasFinite } from './phrases.js'
import { textOf, type Reading, type Span } from './reading.js'
import type { Relation } from './relations.js'

/** Every attribution of a text as spans, in reading order. */
export function readRelations(reading: Reading): Relation[] {
  const claimed = new Set<number>()
  const bySentence = reading.sentences.map((sentence, index): Relation[] => {
    if (reading.paragraphs[sentence.paragraph]!.role === 'CAPTION' && sentence.to - sentence.from < 4) return []
    const opens = reading.paragraphTokens[sentence.paragraph]![0] === sentence.from
    const floor = opens ? datelineEnd(reading, sentence) : sentence.from
    const verbs = readSentence(reading, index, floor)
    const all = [...verbs, ...readAccording(reading, index, floor, verbs), ...readNounCues(reading, index, floor)]
    claim(reading, all, claimed)
    const unclaimed = regionsIn(reading, sentence).length > 0 ? readUnclaimedQuotes(reading, index, floor, claimed) : []
    claim(reading, unclaimed, claimed)
    const headline = all.length === 0 && unclaimed.length === 0 ? headlineCredit(reading, index) : undefined
    return [...all, ...unclaimed, ...(headline ? [headline] : [])]
  })
  readContinuations(reading, bySentence, claimed)
  return bySentence.flatMap((relations) => relations.sort((a, b) => firstOf(a) - firstOf(b)))
}

/** "Mayor: Mill will close", "Mill will close: police": a headline credits with a colon. */
function headlineCredit(reading: Reading, index: number): Relation | undefined {
  const { from, to, paragraph } = reading.sentences[index]!
  if (reading.paragraphs[paragraph]!.role !== 'HEADLINE') return undefined
  for (let colon = from + 1; colon < to - 1; colon += 1) {
    if (reading.tokens[colon]!.text !== ':') continue
    const [source, content] = [{ from, to: colon }, { from: colon + 1, to }]
    if (speaks(reading, source) && hasFinite(reading, content)) return credit(index, source, content)
    if (speaks(reading, content) && hasFinite(reading, source)) return credit(index, content, source)
    return undefined
  }
  return undefined
}

const credit = (sentence: number, source: Span, content: Span): Relation =>
  ({ rule: 'headline with a colon', confidence: 0.6, sentence, source, cue: undefined, lemma: '', content: [content], negated: false, thought: false })

/** A person, a role or a known body, in few words and without a verb. */
function speaks(reading: Reading, span: Span): boolean {
  if (span.to - span.from > 4 || hasFinite(reading, span)) return false
  const { tokens } = reading
  const last = tokens[span.to - 1]!.lower
  return ROLES.has(last) || WEAK_ROLES.has(last) || knownBody(textOf(reading, span)) !== undefined || FAMOUS.has(tokens[span.to - 1]!.text) || personName(reading, span)?.to === span.to
}

const firstOf = (relation: Relation): number => relation.cue?.from ?? relation.content[0]!.from

function claim(reading: Reading, relations: readonly Relation[], claimed: Set<number>): void {
  for (const { content } of relations) {
    for (const { from, to } of content) {
      for (let at = from; at < to; at += 1) {
        const { region } = reading.tokens[at]!
        if (region >= 0) {
          claimed.add(region)
          at = Math.max(at, reading.regions[region]!.close - 1)
        }
      }
    }
  }
}
