import { isTemporal } from './lexicons/times.js'
import { DOCUMENTS, GROUPS, ROLES, WEAK_ROLES } from './lexicons/nouns.js'
import type { Reading, Span } from './reading.js'
import { isCapital, type Token } from './tokens.js'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

export const SUBJECT_PRONOUNS = words('i he she they it we you who which that some many others several most both everyone everybody nobody someone somebody anyone few this these those one')
const POSSESSIVES = words('his her their its my our your whose')
const FINITE_AUX = words("is are was were am has have had do does did will would can could may might must should shall 's 're 've 'll 'd isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't cannot shouldn't ain't")
const POST_PREPOSITIONS = words('as than of for at in from with on to near inside within behind against over about under through by across around outside between into')
const LINKING_ADJECTIVES = words('familiar close critical loyal aware knowledgeable sympathetic opposed present responsible such')

export const isFiniteAux = (token: Token | undefined): boolean => token !== undefined && FINITE_AUX.has(token.lower) && (token.lower !== "'s" || token.tag === 'AUX')

/** A verb that can be the head of a clause: not an infinitive, not an -ing form, not a participle that only describes. */
export function isFinite(reading: Reading, at: number): boolean {
  const { tokens } = reading
  const token = tokens[at]
  if (!token?.word) return false
  if (isFiniteAux(token)) return true
  if (token.tag !== 'VERB' && token.tag !== 'AUX') return false
  if (isCapital(token) && tokens[at - 1]?.word) return false
  if (/ing$/.test(token.lower) || token.lower === 'be' || token.lower === 'been') return false
  const before = tokens[at - 1]
  if (before && (before.lower === 'to' || before.tag === 'DET' || POSSESSIVES.has(before.lower))) return false
  if (/(?:ed|en|wn|ght)$/.test(token.lower)) {
    const next = tokens[at + 1]
    if (next?.lower === 'by') return false
    if (before && isRoleNoun(before) && next && POST_PREPOSITIONS.has(next.lower) && next.lower !== 'to') return false
  }
  return true
}

export function hasFinite(reading: Reading, span: Span): boolean {
  for (let at = span.from; at < span.to; at += 1) if (isFinite(reading, at)) return true
  return false
}

export const isRoleNoun = (token: Token): boolean =>
  ROLES.has(token.lower) || WEAK_ROLES.has(token.lower) || GROUPS.has(token.lower) || DOCUMENTS.has(token.lower)

const isParticiple = (token: Token): boolean => token.tag === 'VERB' && /(?:ed|en|ing|wn|ght|held|made|led|seen)$/.test(token.lower)

export function isNominal(token: Token | undefined): boolean {
  if (!token?.word) return false
  return token.tag === 'NOUN' || token.tag === 'PROPN' || token.tag === 'NUM' || token.tag === 'SYM' || token.tag === 'PRON' || token.tag === 'ADJ'
    || token.tag === 'X' || (isCapital(token) && token.tag !== 'DET' && token.tag !== 'ADP' && token.tag !== 'SCONJ' && token.tag !== 'CCONJ' && token.tag !== 'ADV') || ROLES.has(token.lower)
}

const isComma = (token: Token | undefined): boolean => token?.text === ','
export const isDash = (token: Token | undefined): boolean => token !== undefined && /^(?:--{1,2}|—|–)$/.test(token.text)

/** How far back a subject is looked for. Longer ones are misreadings, and a bound keeps the time linear. */
const REACH = 60

/** The noun phrase that ends right before `end`, with its modifiers and what stands between commas after it. */
export function nounPhraseBefore(reading: Reading, end: number, low: number, depth = 0): Span | undefined {
  const { tokens } = reading
  const floor = Math.max(low, end - REACH)
  const last = tokens[end - 1]
  if (end - 1 < floor || !last) return undefined
  if (isComma(last) || isDash(last)) return depth > 3 ? undefined : beforeParenthesis(reading, end, floor, depth)
  if (last.text === ')' || last.text === ']') {
    const open = openingBracket(tokens, end - 1, floor)
    const inner = open === undefined ? undefined : nounPhraseBefore(reading, open, floor, depth + 1)
    return inner && { from: inner.from, to: end }
  }
  if (SUBJECT_PRONOUNS.has(last.lower) && last.lower !== 'this' && last.lower !== 'one' && !(last.lower === 'that' && isNominal(tokens[end - 2]) === false)) return pronounPhrase(reading, end, floor)
  const relative = last.word && !isNominal(last) ? relativeStart(reading, end - 1, floor) : undefined
  if (relative !== undefined) {
    const from = walkLeft(reading, relative, floor)
    return from < relative ? { from, to: end } : undefined
  }
  if (!isNominal(last) && !isPossessiveMark(last) && last.lower !== 'one' && last.tag !== 'DET' && !isShortQuoteEnd(reading, end - 1)) {
    if (!(last.tag === 'ADV' && /^(?:there|here|abroad|overseas)$/.test(last.lower))) return undefined
  }
  const from = walkLeft(reading, end, floor)
  return from < end ? { from, to: end } : undefined
}

function pronounPhrase(reading: Reading, end: number, floor: number): Span {
  const { tokens } = reading
  const before = tokens[end - 2]
  // "many of those who", "some of them": the whole phrase.
  if (end - 3 >= floor && before?.lower === 'of' && isNominal(tokens[end - 3])) return { from: walkLeft(reading, end - 2, floor), to: end }
  return { from: end - 1, to: end }
}

const isPossessiveMark = (token: Token): boolean => token.lower === "'s" || token.lower === "'"

function openingBracket(tokens: readonly Token[], close: number, floor: number): number | undefined {
  for (let at = close - 1; at >= floor && at > close - 15; at -= 1) if (tokens[at]!.text === '(' || tokens[at]!.text === '[') return at
  return undefined
}

function isShortQuoteEnd(reading: Reading, at: number): boolean {
  const token = reading.tokens[at]!
  if (token.region < 0 || token.word) return false
  const region = reading.regions[token.region]!
  // A quoted turn ends with a comma or a full stop; a quoted title does not.
  return region.closed && at === region.close - 1 && region.last - region.first <= 6 && !/^[,.?!]$/.test(reading.tokens[region.last - 1]!.text)
}

/** "X, a senator from Ohio, [said]": from the comma back to the phrase that the words between the commas describe. */
function beforeParenthesis(reading: Reading, end: number, floor: number, depth: number): Span | undefined {
  const { tokens } = reading
  const same = isComma(tokens[end - 1]) ? isComma : isDash
  let best: Span | undefined
  for (let at = end - 2; at > floor; at -= 1) {
    const token = tokens[at]!
    if (/^[;:?!]$/.test(token.text) || (token.text === '.' && !token.word)) break
    if (token.region >= 0 && !token.word && !isShortQuoteEnd(reading, at) && reading.regions[token.region]!.last - reading.regions[token.region]!.first > 6) break
    if (!same(token)) continue
    if (!isParenthetical(reading, at + 1, end - 1)) {
      if (best) break
      continue
    }
    const inner = nounPhraseBefore(reading, at, floor, depth + 1)
    if (!inner) break
    if (isTemporal(tokens[inner.to - 1]!) || !startsClause(reading, inner.from, floor)) continue
    // "Jane Roe, curator at the University of Arkansas, Fayetteville": go on to the name.
    if (!best || isNameLike(reading, inner)) best = { from: inner.from, to: end - 1 }
    if (isNameLike(reading, inner) || tokens[inner.from]!.tag === 'PRON') break
  }
  return best
}

function isNameLike({ tokens }: Reading, span: Span): boolean {
  if (span.to - span.from < 2 || span.to - span.from > 5) return false
  for (let at = span.from; at < span.to; at += 1) if (!isCapital(tokens[at])) return false
  return true
}

/** Whether a phrase stands where a subject stands: first in its clause, not as an object of what comes before. */
function startsClause(reading: Reading, from: number, floor: number): boolean {
  const before = reading.tokens[from - 1]
  if (from <= floor || !before) return true
  return !before.word || before.tag === 'CCONJ' || before.tag === 'SCONJ' || before.tag === 'ADV' || isTemporal(before) || before.lower === 'that' || before.lower === 'with'
    || before.tag === 'NOUN' || before.tag === 'PROPN' || before.tag === 'PRON'
}

/** Words between commas that describe what they follow: an apposition, a relative clause, an age, an adverbial. */
function isParenthetical(reading: Reading, from: number, to: number): boolean {
  const { tokens } = reading
  const first = tokens[from]
  if (!first || from >= to) return false
  if (/^(?:who|which|whose|whom|where)$/.test(first.lower)) return true
  if (tokens[from + 1]?.lower === 'of' && /^(?:whom|which)$/.test(tokens[from + 2]?.lower ?? '')) return true
  if (first.lower === 'when' || first.lower === 'while' || first.lower === 'though' || first.lower === 'as' || first.lower === 'if') return true
  if (first.tag === 'CCONJ') return false
  // "Mr. Yates, asked whether he would agree, said"
  if (first.tag === 'VERB' && /(?:ed|ing)$/.test(first.lower) && /^(?:whether|if|about|by|why|how|what|when)$/.test(tokens[from + 1]?.lower ?? '')) return true
  let relative = false
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]!
    if (/^(?:who|which|that|whose|where)$/.test(token.lower)) relative = true
    if (!relative && isFinite(reading, at) && !(isParticiple(token) && !isFiniteAux(token) && at === from)) return false
  }
  return first.word || first.region >= 0
}

/** Leftwards over the words of one noun phrase and its modifiers. Returns where the phrase starts. */
function walkLeft(reading: Reading, end: number, floor: number): number {
  const { tokens } = reading
  let from = end
  let linked = true
  let joined: number | undefined
  while (from > floor) {
    const at = from - 1
    const token = tokens[at]!
    const before = at > floor ? tokens[at - 1] : undefined
    const step = stepLeft(reading, at, end, floor, linked)
    if (step === undefined) break
    if (token.tag === 'CCONJ' && joined === undefined) joined = from
    from = step.from
    linked = step.linked
    if (!before) break
  }
  if (joined !== undefined && !isFullCoordination(reading, from, joined, end, floor)) from = joined
  while (from < end && !startsPhrase(reading, from)) from += 1
  return from
}

function startsPhrase(reading: Reading, at: number): boolean {
  const token = reading.tokens[at]!
  return token.tag !== 'ADP' && token.tag !== 'CCONJ' && token.text !== ',' && !isPossessiveMark(token)
}

/** One step: the word at `at` belongs to the phrase (with where to go on from), or it does not. */
function stepLeft(reading: Reading, at: number, end: number, floor: number, linked: boolean): { from: number; linked: boolean } | undefined {
  const { tokens } = reading
  const token = tokens[at]!
  const before = at > floor ? tokens[at - 1] : undefined
  const after = tokens[at + 1]
  if (token.lower === 'that' && (token.tag !== 'DET' || /s$/.test(tokens[end - 1]!.lower))) return undefined
  if (isShortQuoteEnd(reading, at)) return { from: reading.regions[token.region]!.open, linked: true }
  if (token.text === ')' && openingBracket(tokens, at, floor) !== undefined) return { from: openingBracket(tokens, at, floor)!, linked: true }
  if (isComma(token)) return isListComma(tokens, at, end) ? { from: at, linked: true } : undefined
  if (token.text === '&' || token.text === '/') return { from: at, linked: true }
  if (!token.word) return undefined
  if (isPossessiveMark(token)) return { from: at, linked: true }
  if (token.tag === 'CCONJ' && (token.lower === 'and' || token.lower === 'or')) return isNominal(before) && !isTemporal(before!) ? { from: at, linked: true } : undefined
  if (relativeStart(reading, at, floor) !== undefined && (isFinite(reading, at) || token.lower === 'who')) return { from: relativeStart(reading, at, floor)!, linked: true }
  if (token.tag === 'ADP' || (token.lower === 'to' && token.tag === 'PART' && after?.tag !== 'VERB')) {
    if (!POST_PREPOSITIONS.has(token.lower) || !before) return undefined
    if (token.lower === 'than') return /^(?:more|fewer|less)$/.test(before.lower) ? { from: at - 1, linked: true } : undefined
    if (token.lower === 'as') return before.lower === 'such' ? { from: at - 1, linked: true } : undefined
    const ok = (isNominal(before) && before.tag !== 'PRON' && !isTemporal(before)) || (isParticiple(before) && at - 1 > floor && (isRoleNoun(tokens[at - 2]!) || (tokens[at - 2]!.tag === 'NOUN' && !/ing$/.test(before.lower)))) || LINKING_ADJECTIVES.has(before.lower)
      || (before.tag === 'PRON' && /^(?:some|many|one|most|several|both|none|few|those|all|each)$/.test(before.lower)) || (before.tag === 'DET' && token.lower === 'of')
    return ok ? { from: at, linked: true } : undefined
  }
  if (token.tag === 'VERB' && !isCapital(token)) return verbInPhrase(tokens, at, end, floor) ? { from: at, linked: true } : undefined
  if (!linked) return undefined
  if (token.tag === 'DET' || POSSESSIVES.has(token.lower)) {
    return { from: at, linked: (token.lower !== 'the' && before?.tag === 'ADV') || before?.lower === 'all' || before?.lower === 'both' || before?.lower === 'half' }
  }
  if (isTemporal(token) && after && !isPossessiveMark(after) && at + 1 < end && !/^\d/.test(token.text)) return undefined
  if (token.tag === 'ADV') return after && (after.tag === 'ADJ' || after.tag === 'NUM' || after.tag === 'DET' || isParticiple(after)) && !/^(?:earlier|later|then|now|also|meanwhile|still|so|when|how|why|where)$/.test(token.lower) ? { from: at, linked: true } : undefined
  if (token.tag === 'PRON' && after && at + 1 < end && !isPossessiveMark(after) && token.lower !== 'one') return undefined
  return isNominal(token) || token.lower === 'one' ? { from: at, linked: true } : undefined
}

/** "the convicted man", "people briefed on the talks". */
function verbInPhrase(tokens: readonly Token[], at: number, end: number, floor: number): boolean {
  const token = tokens[at]!
  const before = at > floor ? tokens[at - 1] : undefined
  const after = tokens[at + 1]
  if (!isParticiple(token)) return false
  if (after && at + 1 < end && (isNominal(after) || after.tag === 'ADJ') && (!before || !before.word || before.tag === 'DET' || before.tag === 'ADJ' || before.tag === 'ADV' || before.tag === 'ADP' || POSSESSIVES.has(before.lower) || before.lower === "'s")) return true
  // "a core drilled from the lake"
  return before !== undefined && (isRoleNoun(before) || (before.tag === 'NOUN' && after?.tag === 'ADP' && !/ing$/.test(token.lower)))
}

/** "A, B and C": a comma between names or bare nouns that an "and" closes. */
function isListComma(tokens: readonly Token[], at: number, end: number): boolean {
  if (!isNominal(tokens[at - 1]) || !isNominal(tokens[at + 1])) return false
  let and = false
  for (let index = at + 1; index < end && index < at + 12; index += 1) {
    if (tokens[index]!.tag === 'CCONJ') and = true
    if (isFiniteAux(tokens[index])) return false
  }
  return and && isCapital(tokens[at - 1]) && isCapital(tokens[at + 1])
}

/** Where "who …" begins, if the word at `at` stands in a relative clause without commas. */
function relativeStart(reading: Reading, at: number, floor: number): number | undefined {
  const { tokens } = reading
  for (let index = at; index > floor && index > at - 22; index -= 1) {
    const token = tokens[index]!
    if (!token.word && !/^[$%&]$/.test(token.text)) return undefined
    if (token.lower === 'who' || ((token.lower === 'that' || token.lower === 'which') && isFinite(reading, index + 1))) {
      const before = tokens[index - 1]!
      return (before.tag === 'NOUN' || before.tag === 'PROPN' || before.lower === 'those' || isRoleNoun(before)) && verbGroups(reading, index + 1, at) <= 1 ? index : undefined
    }
  }
  return undefined
}

/** How many verbs with auxiliaries of their own there are: with the second one the relative clause is over. */
function verbGroups(reading: Reading, from: number, to: number): number {
  let count = 0
  for (let at = from; at <= to; at += 1) if (isFinite(reading, at) && reading.tokens[at - 1]!.tag !== 'AUX' && reading.tokens[at - 1]!.tag !== 'CCONJ' && !(/^(?:ADV|PART)$/.test(reading.tokens[at - 1]!.tag) && reading.tokens[at - 2]?.tag === 'AUX')) count += 1
  return count
}

/** Whether "A and B" is one subject, rather than the end of one clause and the start of the next. */
function isFullCoordination(reading: Reading, from: number, joined: number, end: number, floor: number): boolean {
  const { tokens } = reading
  const second = tokens[joined]!
  if (second.tag === 'PRON' && SUBJECT_PRONOUNS.has(second.lower)) return false
  for (let at = from - 1; at >= floor; at -= 1) {
    const token = tokens[at]!
    if (!token.word || token.region >= 0) return true
    if (token.tag === 'SCONJ' || token.lower === 'that') return true
    if (isFinite(reading, at) || token.tag === 'VERB' || token.tag === 'ADP') return false
  }
  return end > joined
}

/** The noun phrase that starts at `at`, without what describes it after its head. */
export function nounPhraseAfter(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  let to = at
  while (to < high) {
    const token = tokens[to]!
    if (isShortQuoteStart(reading, to) && to > at) {
      to = reading.regions[token.region]!.close
      continue
    }
    if (!continuesPhrase(reading, at, to, high)) break
    to += 1
    if (token.tag === 'PRON' && !POSSESSIVES.has(token.lower)) break
  }
  while (to > at && (tokens[to - 1]!.tag === 'DET' && to - at > 1)) to -= 1
  return to > at && (isNominal(tokens[to - 1]) || tokens[to - 1]!.tag === 'DET' || POSSESSIVES.has(tokens[to - 1]!.lower) || to > at + 1) ? { from: at, to } : undefined
}

function isShortQuoteStart(reading: Reading, at: number): boolean {
  const token = reading.tokens[at]!
  if (token.region < 0 || token.word) return false
  const region = reading.regions[token.region]!
  return at === region.open && region.closed && region.last - region.first <= 4
}

function continuesPhrase(reading: Reading, start: number, at: number, high: number): boolean {
  const { tokens } = reading
  const token = tokens[at]!
  const before = at > start ? tokens[at - 1] : undefined
  const after = at + 1 < high ? tokens[at + 1] : undefined
  if (token.text === '&') return true
  if (!token.word) return false
  if (isPossessiveMark(token)) return before !== undefined && (token.tag !== 'AUX' || isNominal(after) && after!.tag !== 'ADJ')
  if (token.tag === 'DET' || POSSESSIVES.has(token.lower)) return before === undefined || before.lower === 'all' || before.lower === 'both'
  if (before && isTemporal(token) && after?.lower !== "'s" && !/^\d/.test(token.text)) return false
  if (token.tag === 'PRON') return before === undefined
  if (before && /^(?:last|this|next|earlier|late)$/.test(token.lower)) return false
  if (token.tag === 'CCONJ' && before && after && !isCapital(before) && (before.tag === 'ADJ' ? after.tag === 'ADJ' : before.tag === 'NOUN' && after.tag === 'NOUN' && /s$/.test(before.lower) && /s$/.test(after.lower) && !isFinite(reading, at + 2))) return true
  if (token.tag === 'CCONJ') return token.lower === 'and' && before !== undefined && isNominal(before) && isCapital(before) && isCapital(after) && !isFinite(reading, at + 2)
  if (token.tag === 'VERB') return (isCapital(token) && before !== undefined && isCapital(before)) || (isParticiple(token) && !isCapital(token) && isNominal(after) && (before === undefined || before.tag === 'DET' || before.tag === 'ADJ'))
  if (token.tag === 'ADV') return (before === undefined || before.tag === 'DET') && (after?.tag === 'ADJ' || after?.tag === 'NUM' || (after !== undefined && isParticiple(after)))
  if (before && before.tag === 'NOUN' && /s$/.test(before.lower) && !isCapital(before) && isCapital(token)) return false
  if (before?.tag === 'PRON' && !POSSESSIVES.has(before.lower)) return false
  return isNominal(token)
}

/** The same with "of …", ", a senator from Ohio", "who …" after its head, as far as `high`. */
export function fullPhraseAfter(reading: Reading, at: number, high: number): Span | undefined {
  const { tokens } = reading
  const core = nounPhraseAfter(reading, at, high)
  if (!core) return undefined
  let to = core.to
  for (let turn = 0; turn < 6 && to < high; turn += 1) {
    const next = extendPhrase(reading, to, high)
    if (next === undefined) break
    to = next
  }
  while (to > core.to && !tokens[to - 1]!.word && tokens[to - 1]!.text !== ')' && tokens[to - 1]!.region < 0) to -= 1
  return { from: core.from, to }
}

function extendPhrase(reading: Reading, to: number, high: number): number | undefined {
  const { tokens } = reading
  const token = tokens[to]!
  if (token.text === '(') {
    for (let at = to + 1; at < high && at < to + 15; at += 1) if (tokens[at]!.text === ')') return at + 1
    return undefined
  }
  if (token.tag === 'ADP' && /^(?:of|for|at|from|with|to|on|in|by|about|inside|near|within|between|behind|against)$/.test(token.lower)) {
    const inner = nounPhraseAfter(reading, to + 1, high)
    if (!inner || isTemporal(tokens[to + 1]!) || /^(?:statement|interview|speech|email|e-mail|letter|tweet|post|conference|briefing|hearing|call|memo|appearance|response)$/.test(tokens[inner.to - 1]!.lower)) return undefined
    return token.lower === 'in' && !isCapital(tokens[inner.to - 1]) ? undefined : inner.to
  }
  if (LINKING_ADJECTIVES.has(token.lower) || (isParticiple(token) && tokens[to + 1]?.tag === 'ADP' && !/ing$/.test(token.lower))) {
    const inner = tokens[to + 1]?.tag === 'ADP' ? nounPhraseAfter(reading, to + 2, high) : undefined
    return inner?.to
  }
  if (token.lower === 'who' && high > to + 1) return clauseEnd(reading, to + 1, high)
  if (!isComma(token) || to + 1 >= high) return undefined
  const after = tokens[to + 1]!
  if (/^(?:who|which|whose)$/.test(after.lower)) return clauseEnd(reading, to + 2, high)
  if (!after.word || after.tag === 'CCONJ' || after.tag === 'SCONJ' || (after.tag === 'PRON' && !POSSESSIVES.has(after.lower)) || after.tag === 'VERB' || after.tag === 'ADV' || (after.tag === 'ADP' && after.lower !== 'of')) return undefined
  const end = clauseEnd(reading, to + 1, high)
  return isParenthetical(reading, to + 1, end) ? end : undefined
}

/** The next comma, dash or quotation mark, or `high`. */
function clauseEnd(reading: Reading, from: number, high: number): number {
  const { tokens } = reading
  for (let at = from; at < high; at += 1) {
    const token = tokens[at]!
    if (!token.word && (/^[,;:.?!]$/.test(token.text) || isDash(token) || token.region >= 0)) return at
  }
  return high
}
