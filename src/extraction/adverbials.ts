import { isTemporal } from './lexicons/times.js'
import { isFinite, isNominal, nounPhraseAfter } from './phrases.js'
import type { Reading, Span } from './reading.js'

/** What stands between a cue and what is said: when, where, to whom, on which terms. */
export interface Adverbials {
  readonly to: number
  /** "on condition of anonymity because …". */
  readonly anonymity?: Span
}

const SAID_TO = new Set(['to', 'of', 'in', 'at', 'on', 'during', 'after', 'before', 'from', 'through', 'via', 'over', 'by', 'following', 'for', 'with', 'about', 'between', 'within', 'late', 'early', 'upon', 'under', 'outside', 'inside', 'near', 'into', 'since', 'ahead', 'amid', 'without', 'per'])
const TIME_LEADS = /^(?:last|this|next|earlier|late|later|early|that|each|every|the|a|two|three|four|five|six|several|few|\d+)$/

/** Where the adverbials that begin at `at` end. */
export function skipAdverbials(reading: Reading, at: number, high: number): Adverbials {
  const { tokens } = reading
  let to = at
  for (let turn = 0; turn < 8 && to < high; turn += 1) {
    const token = tokens[to]!
    if (token.region >= 0) break
    const anonymity = anonymityAt(reading, to, high)
    if (anonymity) return { to: anonymity.to, anonymity }
    const next = adverbialAt(reading, to, high)
    if (next === undefined) break
    to = next
  }
  return { to }
}

/** "on (the) condition of anonymity", "anonymously", with the reason that follows, up to the next comma or quotation. */
export function anonymityAt(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  let index = at
  if (tokens[index]!.lower === 'anonymously') return { from: at, to: at + 1 }
  if (tokens[index]!.lower !== 'on' && tokens[index]!.lower !== 'under') return undefined
  index += 1
  while (index < high && /^(?:the|strict|a)$/.test(tokens[index]!.lower)) index += 1
  if (tokens[index]?.lower === 'background' && index < high) return { from: at, to: index + 1 }
  if (tokens[index]?.lower !== 'condition') return undefined
  // "on condition of anonymity that the mill …": no reason, and the content follows.
  if (/^(?:that|the|a|an|he|she|it|they|there)$/.test(tokens[index + 3]?.lower ?? '') && tokens[index + 2]?.lower === 'anonymity' && index + 3 < high) return { from: at, to: index + 3 }
  for (index += 1; index < high && index < at + 60; index += 1) {
    const token = tokens[index]!
    if (token.region >= 0 || token.text === '.' || token.text === ';' || token.text === ':') break
    if (token.text === ',') break
  }
  return { from: at, to: Math.min(index, high) }
}

function adverbialAt(reading: Reading, at: number, high: number): number | undefined {
  const { tokens } = reading
  const token = tokens[at]!
  if (token.text === '(') {
    for (let index = at + 1; index < high && index < at + 15; index += 1) if (tokens[index]!.text === ')') return index + 1
    return undefined
  }
  if (!token.word) return undefined
  const time = timeAt(reading, at, high)
  if (time !== undefined) return isFinite(reading, time) && time < high && isNominal(tokens[time - 1]) && !isTemporal(tokens[time - 1]!) ? undefined : time
  if (token.tag === 'ADV' && !/^(?:how|why|when|where|whether|only|nearly|almost|about|even|just|roughly|more|not|there)$/.test(token.lower)) {
    return tokens[at + 1] && tokens[at + 1]!.tag === 'ADJ' && token.lower !== 'later' && token.lower !== 'earlier' ? undefined : at + 1
  }
  if (token.lower === 'as' && tokens[at + 1]?.lower === 'of' && at + 1 < high) return phraseAt(reading, at + 1, high)
  if (token.lower === 'when' || token.lower === 'as' || token.lower === 'while') return subordinateEnd(reading, at, high)
  if (token.tag === 'ADP' || token.tag === 'SCONJ' || SAID_TO.has(token.lower)) return phraseAt(reading, at, high)
  return undefined
}

/** "Monday", "last week", "two days later", "Feb. 3, 2016". */
function timeAt(reading: Reading, at: number, high: number): number | undefined {
  const { tokens } = reading
  let to = at
  while (to < high && TIME_LEADS.test(tokens[to]!.lower) && to < at + 3) to += 1
  if (to >= high || !isTemporal(tokens[to]!)) return undefined
  if (to === at && !/^\p{Lu}|^(?:today|yesterday|tonight|tomorrow|overnight)/u.test(tokens[to]!.text)) return undefined
  while (to < high && (isTemporal(tokens[to]!) || /^\d{1,4}$/.test(tokens[to]!.text) || /^(?:later|earlier|ago|before)$/.test(tokens[to]!.lower))) {
    to += 1
    if (tokens[to]?.text === ',' && /^\d{4}$/.test(tokens[to + 1]?.text ?? '') && to + 1 < high) to += 2
  }
  if (tokens[to]?.lower === "'s") return undefined
  return to
}

/** "when asked about it": up to the comma or quotation that ends it. Without one it runs to the end. */
function subordinateEnd(reading: Reading, at: number, high: number): number | undefined {
  const { tokens } = reading
  if (tokens[at]!.lower === 'as' && !tokens[at + 1]?.word) return undefined
  for (let index = at + 1; index < high; index += 1) {
    const token = tokens[index]!
    if (token.region >= 0) return index
    if (token.text === ',' || token.text === ':') return tokens[at]!.lower === 'when' && token.text === ',' && !hasQuoteOrEnd(reading, index + 1, high) ? undefined : index
  }
  return high
}

function hasQuoteOrEnd(reading: Reading, at: number, high: number): boolean {
  return at >= high || reading.tokens[at]!.region >= 0 || reading.tokens[at]!.lower === 'that'
}

function phraseAt(reading: Reading, at: number, high: number): number | undefined {
  const { tokens } = reading
  const token = tokens[at]!
  if (!SAID_TO.has(token.lower)) return undefined
  if (token.lower === 'to' && tokens[at + 1]?.tag === 'VERB') return undefined
  let to = at + 1
  // "after meeting with lawmakers", "before boarding his plane"
  if (/^(?:after|before|in|by|without|following|upon)$/.test(token.lower) && /ing$/.test(tokens[to]?.lower ?? '') && tokens[to]!.tag === 'VERB') to += 1
  if (to >= high) return to
  if (tokens[to]!.tag === 'ADP' && SAID_TO.has(tokens[to]!.lower)) return to
  const time = timeAt(reading, to, high)
  if (time !== undefined) return time
  const phrase = nounPhraseAfter(reading, to, high)
  if (!phrase) return to > at + 1 ? to : undefined
  // "said in January sales rose": the phrase is the subject of what is said.
  if (phrase.to < high && isFinite(reading, phrase.to) && !/(?:ed|aired|released|published|posted|broadcast|obtained|given)$/.test(tokens[phrase.to]!.lower)) return undefined
  to = phrase.to
  // "in his State of the Union address"
  if (tokens[to]?.lower === 'of' && to + 1 < high) {
    const inner = nounPhraseAfter(reading, to + 1, high)
    if (inner && !(inner.to < high && isFinite(reading, inner.to))) to = inner.to
  }
  const next = tokens[to]
  // "in a statement released Monday", "in an interview that aired Sunday", "in a letter to lawmakers"
  if (next && to < high && next.tag === 'VERB' && /(?:ed|broadcast|given|sent|ing|held)$/.test(next.lower) && !isFiniteBefore(reading, to, high)) return to + 1
  if (next && to + 1 < high && /^(?:that|which)$/.test(next.lower) && tokens[to + 1]!.tag === 'VERB') return skipAdverbials(reading, to + 2, high).to
  return to
}

function isFiniteBefore(reading: Reading, at: number, high: number): boolean {
  // A participle is followed by when, where or by whom; a verb of its own clause by an object.
  const next = at + 1 < high ? reading.tokens[at + 1] : undefined
  return next !== undefined && next.word && next.tag !== 'ADP' && next.tag !== 'ADV' && !isTemporal(next) && next.tag !== 'SCONJ'
}
