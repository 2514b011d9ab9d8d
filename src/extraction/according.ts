import { fullPhraseAfter, nounPhraseAfter } from './phrases.js'
import { textOf, type Reading, type Span } from './reading.js'
import type { Relation } from './relations.js'
import { quotePieces, trim } from './pieces.js'
import { ROLES } from './lexicons/nouns.js'
import { skipAdverbials } from './adverbials.js'
import { hasFinite } from './phrases.js'

/** Of a sentence; bounds the time on text that is nothing but cues. */
const MOST_CUES = 8

/** "according to": before what it credits, after it or in the middle of it. "As X put it", "per X" too. */
export function readAccording(reading: Reading, index: number, floor: number, others: readonly Relation[]): Relation[] {
  const { tokens } = reading
  const sentence = reading.sentences[index]!
  const relations: Relation[] = []
  for (let at = floor; at < sentence.to && relations.length < MOST_CUES; at += 1) {
    if (tokens[at]!.region >= 0) continue
    const cue = cueAt(reading, at, sentence.to)
    if (!cue) continue
    const relation = readOne(reading, index, floor, cue, others)
    if (relation) relations.push(relation)
    at = cue.to
  }
  return relations
}

function cueAt(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  const { lower } = tokens[at]!
  if (lower === 'according' && tokens[at + 1]?.lower === 'to' && at + 1 < high) return { from: at, to: at + 2 }
  // "As first reported by the Ledger,"
  const by = lower === 'as' ? (tokens[at + 1]?.tag === 'ADV' || tokens[at + 1]?.lower === 'first' ? at + 3 : at + 2) : high
  if (by < high && tokens[by]!.lower === 'by' && /^(?:reported|noted|described|quoted|cited|told|stated|alleged|claimed)$/.test(tokens[by - 1]!.lower)) return { from: by - 1, to: by + 1 }
  if (lower === 'per' && tokens[at - 1]?.text === ',' && (tokens[at + 1]?.tag === 'PROPN' || tokens[at + 1]?.tag === 'NUM' || ROLES.has(tokens[at + 1]?.lower ?? ''))) return { from: at, to: at + 1 }
  return undefined
}

/** Manners, not sources. */
const NOBODY = /^(?:the )?(?:plans?|schedule|custom|tradition|taste|size|age|rank|need|needs|type|protocol|usual|ability|seniority|script)$/i

function readOne(reading: Reading, index: number, floor: number, cue: Span, others: readonly Relation[]): Relation | undefined {
  const sentence = reading.sentences[index]!
  const opens = onlyConjunction(reading, floor, cue.from)
  const core = nounPhraseAfter(reading, cue.to, sentence.to)
  if (!core || NOBODY.test(textOf(reading, core))) return undefined
  const source = opens ? openingSource(reading, core, sentence.to) : fullPhraseAfter(reading, cue.to, sentence.to) ?? core
  const content = opens ? contentAfter(reading, source, sentence.to) : contentAround(reading, floor, cue, source, sentence.to, others)
  if (content.length === 0) return undefined
  return { rule: opens ? '"according to" before' : '"according to" after', confidence: 0.9, sentence: index, source, cue, lemma: 'according', content, negated: false, thought: false }
}

function onlyConjunction(reading: Reading, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (reading.tokens[at]!.word && reading.tokens[at]!.lower !== 'as' && reading.tokens[at]!.tag !== 'CCONJ' && reading.tokens[at]!.tag !== 'ADV') return false
  return true
}

/** "According to Smith, a professor at Yale, the …": as far as the last comma before a clause begins. */
function openingSource(reading: Reading, core: Span, high: number): Span {
  const { tokens } = reading
  let apposed = false
  for (let at = core.to; at + 1 < high && at < core.to + 40; at += 1) {
    const token = tokens[at]!
    if (token.text !== ',' || token.region >= 0) continue
    const rest = { from: at + 1, to: high }
    const nextComma = commaAfter(reading, at + 1, high)
    // An apposition has no verb of its own, and a clause with one follows it.
    if (nextComma !== undefined && nextComma - at < 18 && tokens[at + 1]!.tag === 'VERB' && /(?:ed|en|ing|sent|held)$/.test(tokens[at + 1]!.lower)) {
      apposed = true
      continue
    }
    if (nextComma !== undefined && nextComma - at < 18 && !hasFinite(reading, { from: at + 1, to: nextComma }) && tokens[at + 1]!.tag !== 'ADP' && tokens[at + 1]!.tag !== 'ADV' && hasFinite(reading, { from: nextComma + 1, to: high }) && tokens[nextComma + 1]!.tag !== 'CCONJ') continue
    if (/^(?:who|which|whose)$/.test(tokens[rest.from]!.lower) && nextComma !== undefined) continue
    return !apposed && hasFinite(reading, { from: core.to, to: at }) && !/^(?:who|which|that)$/.test(tokens[core.to]!.lower) ? core : { from: core.from, to: at }
  }
  return core
}

function commaAfter(reading: Reading, from: number, high: number): number | undefined {
  for (let at = from; at < high; at += 1) if (reading.tokens[at]!.text === ',' && reading.tokens[at]!.region < 0) return at
  return undefined
}

function contentAfter(reading: Reading, source: Span, high: number): Span[] {
  const start = reading.tokens[source.to]?.text === ',' ? source.to + 1 : source.to
  const rest = trim(reading, { from: start, to: high })
  return quotePieces(reading, rest)
}

function contentAround(reading: Reading, floor: number, cue: Span, source: Span, high: number, others: readonly Relation[]): Span[] {
  const { tokens } = reading
  let limit = cue.from
  while (limit > floor && /^(?:as|first|also|,)$/.test(tokens[limit - 1]!.lower)) limit -= 1
  let from = floor
  for (let at = limit - 1; at >= floor; at -= 1) {
    if (tokens[at]!.text === ';' && tokens[at]!.region < 0) {
      from = at + 1
      break
    }
    // "…, which, according to AFP, …": the relative clause is what is credited.
    if (at === limit - 1 && /^(?:which|who|that)$/.test(tokens[at]!.lower)) return quotePieces(reading, trim(reading, { from: source.to, to: high }))
  }
  for (const relation of others) {
    const end = Math.max(relation.cue?.to ?? 0, relation.source?.to ?? 0)
    if (end <= limit && end > from && relation.content.every((piece) => piece.to <= (relation.cue?.from ?? 0))) from = end
  }
  const before = trim(reading, { from, to: limit })
  const { to: settled } = skipAdverbials(reading, source.to, high)
  const next = tokens[settled]
  const after = next?.text === ',' && settled < high ? trim(reading, { from: settled + 1, to: high }) : undefined
  if (before.from >= before.to) return []
  if (after && after.from < after.to && !hasFinite(reading, before) && hasFinite(reading, after)) return [before, after]
  return quotePieces(reading, before)
}
