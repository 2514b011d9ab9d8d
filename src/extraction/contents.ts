import { skipAdverbials } from './adverbials.js'
import { OUTLET_STARTS, outletAt } from './outlets.js'
import type { Cue } from './cues.js'
import { hasFinite, isDash, isFinite, isFiniteAux, isNominal, nounPhraseAfter } from './phrases.js'
import { isTemporal } from './lexicons/times.js'
import type { Reading, Span } from './reading.js'
import type { Subject } from './subjects.js'
import { isCapital } from './tokens.js'

export type Form = 'quote' | 'clause' | 'question' | 'infinitive' | 'phrase' | 'predicate' | 'medial' | 'none'

/** What follows a cue. */
export interface After {
  readonly form: Form
  /** Where the words that may be content begin. */
  readonly from: number
  readonly addressee?: Span
  readonly anonymity?: Span
  /** Where the adverbials between cue and content begin and end. */
  readonly adverbials: Span
}

const WH = /^(?:whether|if|how|why|what|where|when|who|which)$/

/** Reads on from a cue, and says what kind of content follows, if any. */
export function readAfter(reading: Reading, cue: Cue, subject: Subject, high: number): After {
  let at = subject.kind === 'inverted' && subject.span ? subject.span.to : cue.to
  const { frames } = cue.verb
  let addressee: Span | undefined
  if (frames.has('a') && subject.kind !== 'inverted') {
    addressee = addresseeAt(reading, at, high, cue.verb.lemma === 'tell')
    if (addressee) at = afterApposition(reading, addressee.to, high)
  }
  const start = at
  const { to, anonymity } = skipAdverbials(reading, at, high)
  const rest = { adverbials: { from: start, to }, ...(addressee && { addressee }), ...(anonymity && { anonymity }) }
  if (subject.kind === 'inverted') return { ...afterInverted(reading, to, high), ...rest }
  if (cue.negated && /^(?:respond|reply|comment|answer)$/.test(cue.verb.lemma) && tokensAhead(reading, to) < 0) return { form: 'none', from: to, ...rest }
  if (isAboutNaming(reading, cue, high)) return { form: 'none', from: high, ...rest }
  const special = specialFrame(reading, cue, start, high, addressee !== undefined)
  if (special) return { ...special, ...rest }
  return { ...formAt(reading, cue, to, start, high), ...rest }
}

/** "told the director, Owen Blythe, that": behind the name between commas, if the adverbials or the content go on there. */
function afterApposition(reading: Reading, at: number, high: number): number {
  const { tokens } = reading
  if (tokens[at]?.text !== ',' || at + 2 >= high || !isCapital(tokens[at + 1])) return at
  for (let index = at + 2; index + 1 < high && index < at + 8; index += 1) {
    if (tokens[index]!.text === ',') return tokens[index + 1]!.region < 0 ? index + 1 : at
    if (!isNominal(tokens[index]) || isFinite(reading, index)) return at
  }
  return at
}

/** "who asked that his name not be used", "insisted on anonymity": terms, not words of the story. */
function isAboutNaming({ tokens }: Reading, cue: Cue, high: number): boolean {
  if (!/^(?:ask|insist|request|demand|decline|refuse|agree|want)$/.test(cue.verb.lemma)) return false
  for (let at = cue.to; at < high && at < cue.to + 8; at += 1) {
    const { lower, region } = tokens[at]!
    if (region >= 0 || /^[,;.]$/.test(lower)) return false
    if (/^(?:anonymity|anonymous|anonymously)$/.test(lower)) return true
    if (lower === 'be' && /^(?:named|identified|quoted|used|published)$/.test(tokens[at + 1]?.lower ?? '') && at + 1 < high) return true
  }
  return false
}

const tokensAhead = (reading: Reading, at: number): number => reading.tokens[at]?.region ?? -1

function afterInverted(reading: Reading, at: number, high: number): { form: Form; from: number } {
  const { tokens } = reading
  if (at >= high) return { form: 'none', from: at }
  if (tokens[at]!.region >= 0) return { form: 'quote', from: at }
  if ((tokens[at]!.text === ',' || tokens[at]!.text === ':') && tokens[at + 1] && at + 1 < high) return tokens[at + 1]!.region >= 0 ? { form: 'quote', from: at + 1 } : { form: 'medial', from: at + 1 }
  return { form: 'none', from: at }
}

/** "told CBS News", "told reporters", "warned Congress that". */
function addresseeAt(reading: Reading, at: number, high: number, always: boolean): Span | undefined {
  const { tokens } = reading
  const first = tokens[at]
  if (!first || at >= high || !first.word || first.lower === 'that' || WH.test(first.lower) || first.tag === 'ADP' || first.tag === 'ADV') return undefined
  const outlet = OUTLET_STARTS.has(first.lower) ? outletAt(reading, at, high) : undefined
  const phrase = nounPhraseAfter(reading, at, high)
  // "told BBC Radio Kent"
  const span = outlet && phrase && phrase.to > outlet.to && isCapital(tokens[outlet.to]) && isCapital(tokens[phrase.to - 1]) && (phrase.to >= high || !tokens[phrase.to]!.word) ? phrase : (outlet ?? phrase)
  if (!span) return undefined
  const next = tokens[span.to]
  if (always) return span
  if (next && span.to < high && (isFinite(reading, span.to) || next.tag === 'ADP')) return undefined
  return next !== undefined && span.to < high && (next.lower === 'that' || next.lower === 'whether' || next.text === ',' || next.region >= 0 || next.tag === 'PRON' || next.tag === 'DET' || isTime(next.lower)) ? span : undefined
}

const isTime = (word: string): boolean => /day$|^(?:last|this|earlier|later)$/.test(word)

/** Frames in which an object comes first: "called it a sham", "accused them of fraud", "urged Congress to act", "vowed to fight". */
function specialFrame(reading: Reading, cue: Cue, at: number, high: number, addressed: boolean): { form: Form; from: number } | undefined {
  const { tokens } = reading
  const { frames, lemma } = cue.verb
  const first = tokens[at]
  if (!first || at >= high) return undefined
  if (/^(?:decline|refuse)$/.test(lemma) && /^(?:comment|discuss|answer|elaborate|speak|respond|talk|be|give|provide|say|specify|reveal|disclose|confirm)$/.test(tokens[at + 1]?.lower ?? '')) return { form: 'none', from: at }
  if (lemma === 'ask' && first.lower === 'not' && tokens[at + 1]?.lower === 'to' && tokens[at + 2]?.lower === 'be') return { form: 'none', from: at }
  if (first.lower === 'to' && tokens[at + 1]?.word && at + 1 < high && (addressed || frames.has('i')) && tokens[at + 1]!.tag !== 'DET' && tokens[at + 1]!.tag !== 'PROPN') {
    return frames.has('i') || frames.has('o') || frames.has('a') ? { form: 'infinitive', from: at } : undefined
  }
  if (lemma === 'ask' && first.lower === 'for') return { form: 'none', from: high }
  if (lemma === 'appeal') return first.lower === 'for' ? { form: 'infinitive', from: at + 1 } : undefined
  if (lemma === 'call' && (first.lower === 'for' || first.lower === 'on')) return first.lower === 'on' && !toVerbAhead(reading, at, high) ? undefined : { form: 'infinitive', from: at + 1 }
  if (frames.has('p') && /^(?:of|about|against)$/.test(first.lower)) return { form: 'phrase', from: first.lower === 'against' ? at : at + 1 }
  const object = first.word && first.tag !== 'ADP' ? nounPhraseAfter(reading, at, high) : undefined
  const after = object && tokens[object.to]
  if (frames.has('o') && object && after?.lower === 'to' && object.to < high) return { form: 'infinitive', from: at }
  if (frames.has('o') && object && after?.lower === 'not' && tokens[object.to + 1]?.lower === 'to') return { form: 'infinitive', from: at }
  if (frames.has('s')) return namingFrame(reading, lemma, at, object, high)
  if (/^(?:liken|compare)$/.test(lemma)) return object && findWord(reading, object.from, high, lemma === 'liken' || tokens[object.to]?.lower === 'to' ? 'to' : 'with', 16) !== undefined ? { form: 'predicate', from: at } : undefined
  if (frames.has('r') && object) return reproachFrame(reading, at, object, high, frames.has('n'))
  if (lemma === 'consider' || lemma === 'weigh') return /ing$/.test(first.lower) ? { form: 'phrase', from: at } : undefined
  if (lemma === 'express' || lemma === 'voice') {
    for (let index = at; index + 1 < high && index < at + 5; index += 1) if (tokens[index]!.lower === 'that') return { form: 'clause', from: index + 1 }
    return undefined
  }
  if (lemma === 'want') return object ? { form: 'phrase', from: at } : undefined
  return undefined
}

function toVerbAhead(reading: Reading, at: number, high: number): boolean {
  for (let index = at + 1; index < high && index < at + 14; index += 1) {
    const token = reading.tokens[index]!
    if (token.lower === 'to' && reading.tokens[index + 1]?.tag === 'VERB') return true
    if (isFiniteAux(token) || /^[.;:]$/.test(token.text)) return false
  }
  return false
}

function namingFrame(reading: Reading, lemma: string, at: number, object: Span | undefined, high: number): { form: Form; from: number } | undefined {
  const { tokens } = reading
  // "called that 'a lie'"
  if (/^(?:that|this|it|them|him|her)$/.test(tokens[at]!.lower) && at + 1 < high && tokens[at + 1]!.region >= 0) return { form: 'predicate', from: at }
  if (!object) return undefined
  const next = tokens[object.to]
  const as = findWord(reading, object.from, high, 'as', 16)
  if (as !== undefined) return { form: 'predicate', from: at }
  if (/^(?:describe|characterize|portray|depict)$/.test(lemma)) return undefined
  if (!/^(?:call|dub|label|brand|deem|declare)$/.test(lemma)) return reproachFrame(reading, at, object, high, false)
  if (next && object.to < high && (next.tag === 'DET' || next.tag === 'ADJ' || next.region >= 0 || next.tag === 'ADV' || next.tag === 'VERB')) return { form: 'predicate', from: at }
  // "called the plan a sham": the phrase reader may have stopped early, or taken both.
  for (let index = object.from + 1; index < Math.min(high, object.to + 6); index += 1) {
    if (tokens[index]!.region >= 0 && !tokens[index]!.word) return { form: 'predicate', from: at }
    if (/^[,;.]$/.test(tokens[index]!.text)) break
    if (index >= object.to && (tokens[index]!.lower === 'a' || tokens[index]!.lower === 'an')) return { form: 'predicate', from: at }
  }
  return undefined
}

function reproachFrame(reading: Reading, at: number, object: Span, high: number, bare: boolean): { form: Form; from: number } | undefined {
  for (const word of ['of', 'for', 'as', 'over', 'on']) {
    const found = findWord(reading, object.from, high, word, word === 'of' || word === 'on' ? 8 : 16)
    if (found !== undefined) return { form: 'predicate', from: at }
  }
  return bare ? { form: 'phrase', from: at } : undefined
}

function findWord(reading: Reading, from: number, high: number, word: string, reach: number): number | undefined {
  for (let index = from; index < high && index < from + reach; index += 1) {
    const token = reading.tokens[index]!
    if (token.lower === word) return index
    if (/^[,;.:]$/.test(token.text) || isFiniteAux(token)) return undefined
  }
  return undefined
}

function formAt(reading: Reading, cue: Cue, at: number, start: number, high: number): { form: Form; from: number } {
  const { tokens } = reading
  const { frames } = cue.verb
  const token = tokens[at]
  if (!token || at >= high) return topic(reading, frames.has('n'), start, high) ?? { form: 'none', from: at }
  // "a print called 'Cowboys'": a title.
  if (token.region >= 0) return cue.verb.lemma === 'call' ? { form: 'none', from: high } : { form: 'quote', from: at }
  if (token.text === ':') return { form: 'quote', from: at + 1 }
  if (token.text === ',' || isDash(token)) return afterComma(reading, cue, at, high)
  if (!token.word && !/^[[(]$/.test(token.text)) return { form: 'none', from: at }
  const speaks = frames.has('t') || frames.has('w')
  if (token.lower === 'that' && frames.has('t') && at + 1 < high) {
    if (frames.has('n') && (!isClause(reading, at, high) || (tokens[at + 1]!.tag === 'NOUN' && (!tokens[at + 2]?.word || tokens[at + 2]!.tag === 'CCONJ')))) return { form: 'phrase', from: at }
    return { form: 'clause', from: isFinite(reading, at + 1) && !isNominal(tokens[at + 2]) ? at : at + 1 }
  }
  if (WH.test(token.lower) && speaks && !(token.lower === 'who')) return { form: 'question', from: token.lower === 'if' ? at : at }
  if (token.lower === 'to' && frames.has('i')) return { form: 'infinitive', from: at }
  if (frames.has('t') && (TAKES_OBJECTS.has(cue.verb.lemma.split(' ')[0]!) ? isPlainClause(reading, at, high) : isClause(reading, at, high))) return { form: 'clause', from: at }
  if (at > start && frames.has('t') && isFinite(reading, at)) return { form: 'clause', from: start }
  if (at > start && frames.has('t') && !TAKES_OBJECTS.has(cue.verb.lemma) && isClause(reading, start, high) && !isAdverbialClause(reading, start)) return { form: 'clause', from: at }
  if (frames.has('n') && at === start && isNounContent(reading, at)) return { form: 'phrase', from: at }
  return topic(reading, frames.has('n'), start, high) ?? { form: 'none', from: at }
}

/** "reported earlier on the talks": the content is named by its topic. */
function topic(reading: Reading, takesNouns: boolean, start: number, high: number): { form: Form; from: number } | undefined {
  const { tokens } = reading
  if (!takesNouns || start >= high) return undefined
  const at = tokens[start]!.tag === 'ADV' ? start + 1 : start
  if (at + 2 >= high || !/^(?:on|about|of)$/.test(tokens[at]!.lower) || isTemporal(tokens[at + 1]!)) return undefined
  return { form: 'phrase', from: at + 1 }
}

const isNounContent = (reading: Reading, at: number): boolean => {
  const token = reading.tokens[at]!
  return token.tag === 'DET' || isNominal(token) || /ing$/.test(token.lower)
}

const isAdverbialClause = (reading: Reading, at: number): boolean => reading.tokens[at]!.tag === 'ADP' || reading.tokens[at]!.tag === 'SCONJ' || reading.tokens[at]!.tag === 'ADV'

/** Verbs that often take a mere object: a clause must show itself at once. */
const TAKES_OBJECTS = new Set('maintain find show reveal observe recall confirm announce report disclose predict deny acknowledge project estimate calculate propose recommend demand remember feel learn rule expect know dispute mention signal imply indicate suggest write post read see anticipate fear doubt determine recount respond reply comment answer continue note explain stress emphasize underscore mention question recount point'.split(' '))

/** A noun phrase with its modifiers, and then a finite verb. */
function isPlainClause(reading: Reading, from: number, high: number): boolean {
  const { tokens } = reading
  if (tokens[from]!.lower === 'there') return isFinite(reading, from + 1)
  let to = nounPhraseAfter(reading, from, high)?.to
  for (let turn = 0; to !== undefined && to < high && turn < 6; turn += 1) {
    if (isFinite(reading, to) || (tokens[to]!.tag === 'ADV' && isFinite(reading, to + 1))) return true
    const token = tokens[to]!
    if (/^(?:until|before|after|because|when|as|since|while|if|unless)$/.test(token.lower)) return false
    if (token.tag === 'ADP' || token.tag === 'CCONJ' || token.lower === 'to') to = nounPhraseAfter(reading, to + 1, high)?.to
    else if (/^(?:last|this|next)$/.test(token.lower) && tokens[to + 1] && isTemporal(tokens[to + 1]!)) to += 2
    else if (token.tag === 'VERB' && /(?:ing|ed)$/.test(token.lower)) to = (tokens[to + 1]?.tag === 'ADP' ? nounPhraseAfter(reading, to + 2, high) : nounPhraseAfter(reading, to + 1, high))?.to
    else if (token.text === ',' || /^(?:who|that|which)$/.test(token.lower)) to = commaAfter(reading, to + 1, high)
    else return false
  }
  return false
}

function commaAfter(reading: Reading, from: number, high: number): number | undefined {
  for (let at = from; at < high && at < from + 30; at += 1) if (reading.tokens[at]!.text === ',') return at + 1
  return undefined
}

/** A subject and a finite verb, before anything ends the clause. */
function isClause(reading: Reading, from: number, high: number): boolean {
  const { tokens } = reading
  const first = tokens[from]!
  if (first.tag === 'CCONJ' || /^[,.;:]$/.test(first.text)) return false
  if (isFiniteAux(first) && first.lower !== "'s" && first.tag === 'AUX') return false
  let relative = false
  for (let at = from + 1; at < high; at += 1) {
    const token = tokens[at]!
    if (token.text === ';') return false
    if (/^(?:who|which)$/.test(token.lower)) relative = true
    if (!isFinite(reading, at)) continue
    if (relative && at < high) {
      relative = false
      continue
    }
    return true
  }
  return false
}

/** `he said, "…"`; `he said, however, that …`; `…, he said, because …`. */
function afterComma(reading: Reading, cue: Cue, comma: number, high: number): { form: Form; from: number } {
  const { tokens } = reading
  const next = tokens[comma + 1]
  if (!next || comma + 1 >= high) return { form: 'none', from: comma }
  if (next.region >= 0) return { form: 'quote', from: comma + 1 }
  for (let at = comma + 1; at < high && at < comma + 25; at += 1) {
    const token = tokens[at]!
    if (token.text !== ',' || at + 1 >= high) continue
    const then = tokens[at + 1]!
    const interrupted = !hasFinite(reading, { from: comma + 1, to: at }) || next.tag === 'SCONJ' || next.lower === 'when'
    if (!interrupted) break
    if (then.region >= 0 && !/ing$/.test(next.lower)) return { form: 'quote', from: at + 1 }
    if (then.lower === 'that' && cue.verb.frames.has('t')) return { form: 'clause', from: at + 2 }
    break
  }
  if (next.lower === 'that' && cue.verb.frames.has('t')) return { form: 'clause', from: comma + 2 }
  return { form: 'medial', from: comma + 1 }
}
