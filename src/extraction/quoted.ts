import { isQuoted, quotePieces, trim } from './pieces.js'
import { isTemporal } from './lexicons/times.js'
import { isDash, isFinite, nounPhraseAfter, nounPhraseBefore } from './phrases.js'
import type { Reading, Span } from './reading.js'
import type { Relation } from './relations.js'
import type { Sentence } from './sentences.js'
import { mainSubject } from './subjects.js'

/** Quotations of a sentence that no cue verb has claimed: after a colon, beside a verb that is no cue, signed with a dash. */
export function readUnclaimedQuotes(reading: Reading, index: number, floor: number, claimed: ReadonlySet<number>): Relation[] {
  const sentence = { ...reading.sentences[index]!, from: floor }
  const relations: Relation[] = []
  for (const region of regionsIn(reading, sentence)) {
    if (claimed.has(region)) continue
    const relation = besideVerb(reading, sentence, index, region) ?? afterColon(reading, sentence, index, region) ?? signed(reading, sentence, index, region)
    if (relation) relations.push(relation)
  }
  return relations
}

export function regionsIn(reading: Reading, sentence: Sentence): number[] {
  const found: number[] = []
  for (let at = sentence.from; at < sentence.to; at += 1) {
    const { region } = reading.tokens[at]!
    if (region >= 0 && found.at(-1) !== region) found.push(region)
    if (region >= 0) at = Math.max(at, reading.regions[region]!.close - 1)
  }
  return found
}

const wordsIn = (reading: Reading, region: number): number => {
  const { first, last } = reading.regions[region]!
  let count = 0
  for (let at = first; at < last; at += 1) if (reading.tokens[at]!.word) count += 1
  return count
}

const pieceOf = (reading: Reading, region: number): Span => ({ from: reading.regions[region]!.open, to: reading.regions[region]!.close })

/** `"…," Smith laughed.` and `"…," laughed Smith.` */
function besideVerb(reading: Reading, sentence: Sentence, index: number, region: number): Relation | undefined {
  const { tokens, regions } = reading
  const { close, last, closed } = regions[region]!
  if (!closed || close >= sentence.to || wordsIn(reading, region) < 2 || !opensSentence(reading, sentence, region)) return undefined
  const inside = tokens[last - 1]!.text
  if (!/^[,?!]$|^—$|^--$/.test(inside) && tokens[close]!.text !== ',') return undefined
  const start = tokens[close]!.text === ',' ? close + 1 : close
  for (let at = start; at < sentence.to && at < start + 25; at += 1) {
    if (tokens[at]!.region >= 0 || /^[;:]$/.test(tokens[at]!.text)) return undefined
    if (tokens[at]!.tag !== 'VERB' || !isFinite(reading, at)) continue
    const before = at === start ? nounPhraseAfter(reading, at + 1, sentence.to) : nounPhraseBefore(reading, verbGroupStart(reading, at, start), start)
    const object = at === start ? undefined : tokens[at + 1]
    // "'Countdown', Microsoft launched a campaign": a verb with an object of its own says nothing.
    if (!before || (object && at + 1 < sentence.to && /^(?:DET|NOUN|PROPN|PRON|NUM|ADJ)$/.test(object.tag) && !isTemporal(object))) return undefined
    return base(reading, index, before, { from: at, to: at + 1 }, quotePieces(reading, trim(reading, { from: sentence.from, to: close })), 'quotation beside a verb', 0.7)
  }
  return undefined
}

/** Whether nothing but quotations stands before one in its sentence. */
function opensSentence(reading: Reading, sentence: Sentence, region: number): boolean {
  for (let at = reading.regions[region]!.open - 1; at >= sentence.from; at -= 1) if (reading.tokens[at]!.word && reading.tokens[at]!.region < 0 && reading.tokens[at]!.tag !== 'CCONJ') return false
  return true
}

function verbGroupStart(reading: Reading, at: number, floor: number): number {
  let group = at
  while (group > floor && (reading.tokens[group - 1]!.tag === 'AUX' || reading.tokens[group - 1]!.tag === 'ADV')) group -= 1
  return group
}

/** `Smith was blunt: "…"`, also `Smith on Twitter: "…"`. */
function afterColon(reading: Reading, sentence: Sentence, index: number, region: number): Relation | undefined {
  const { tokens, regions } = reading
  const { open } = regions[region]!
  const colon = open - 1
  if (colon < sentence.from || tokens[colon]!.text !== ':' || wordsIn(reading, region) < 3) return undefined
  const verb = firstFinite(reading, sentence.from, colon)
  const source = verb === undefined ? nounPhraseAfter(reading, sentence.from, colon) : mainSubject(reading, sentence, colon)
  if (!source) return undefined
  const rest = { from: open, to: regions[region]!.close }
  return base(reading, index, source, verb === undefined ? undefined : { from: verb, to: verb + 1 }, quotePieces(reading, rest), 'quotation after a colon', 0.65)
}

function firstFinite(reading: Reading, from: number, to: number): number | undefined {
  let found: number | undefined
  for (let at = from; at < to; at += 1) if (isFinite(reading, at)) found = reading.tokens[at]!.tag === 'VERB' ? at : (found ?? at)
  return found
}

/** `"…" — Matthew Ingram`. */
function signed(reading: Reading, sentence: Sentence, index: number, region: number): Relation | undefined {
  const { tokens, regions } = reading
  const { open, close, closed } = regions[region]!
  const dash = tokens[close]
  if (!closed || open !== sentence.from || !dash || close >= sentence.to || !(isDash(dash) || dash.text === '-')) return undefined
  const source = nounPhraseAfter(reading, close + 1, sentence.to)
  return source && sentence.to - source.to <= 12 ? base(reading, index, source, undefined, [pieceOf(reading, region)], 'signed quotation', 0.8) : undefined
}

/**
 * Sentences that are nothing but a quotation: they go on with what was quoted or reported right before,
 * in the same paragraph or at the end of the one before it.
 */
export function readContinuations(reading: Reading, relations: readonly Relation[][], claimed: Set<number>): void {
  let last: Relation | undefined
  let lastParagraph = -1
  reading.sentences.forEach((sentence, index) => {
    const own = relations[index]!
    if (own.length === 0 && isQuoted(reading, sentence)) {
      const pieces = quotePieces(reading, sentence)
      const near = last && (lastParagraph === sentence.paragraph || (lastParagraph === sentence.paragraph - 1 && quotesOnly(reading, last)))
      if (near && last) {
        if (quotesOnly(reading, last)) last.content = [...last.content, ...pieces]
        else own.push(last = base(reading, index, last.source, undefined, pieces, 'quotation that goes on', 0.75))
      } else {
        const relation = introduced(reading, index, pieces)
        if (relation) own.push(last = relation)
      }
      for (const region of regionsIn(reading, sentence)) claimed.add(region)
      lastParagraph = sentence.paragraph
      return
    }
    const speaker = own.filter((relation) => relation.source && !relation.thought && !nestedIn(relation, own)).at(-1) ?? own.find((relation) => relation.source)
    if (speaker) {
      last = speaker
      lastParagraph = sentence.paragraph
    } else if (lastParagraph !== sentence.paragraph || !hasRegion(reading, sentence)) {
      // A sentence in the outlet's own voice between two quotations: the next one may belong to its subject.
      last = undefined
    }
  })
}

const hasRegion = (reading: Reading, sentence: Sentence): boolean => regionsIn(reading, sentence).length > 0

/** An attribution inside what somebody else says does not lead the conversation. */
function nestedIn(relation: Relation, all: readonly Relation[]): boolean {
  return all.some((other) => other !== relation && relation.cue && other.content.some((piece) => piece.from <= relation.cue!.from && relation.cue!.to <= piece.to))
}

const quotesOnly = (reading: Reading, relation: Relation): boolean => relation.content.every((piece) => isQuoted(reading, piece))

/** `Smith was angry. "This is wrong."` */
function introduced(reading: Reading, index: number, pieces: readonly Span[]): Relation | undefined {
  const before = reading.sentences[index - 1]
  const own = reading.sentences[index]!
  if (!before || own.paragraph - before.paragraph > 1) return undefined
  const source = mainSubject(reading, before, before.to)
  return source && base(reading, index, source, undefined, pieces, 'quotation after a sentence about its speaker', 0.5)
}

function base(reading: Reading, sentence: number, source: Span | undefined, cue: Span | undefined, content: readonly Span[], rule: string, confidence: number): Relation {
  const lemma = cue ? reading.tokens[cue.from]!.lower : ''
  return { rule, confidence, sentence, source, cue, lemma, content, negated: false, thought: false }
}
