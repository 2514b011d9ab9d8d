import { BODIES, BODY_NAME_ENDINGS, DOCUMENTS, GROUPS, KNOWN_BODIES, OUTLET_ENDINGS, OUTLET_NOUNS, PLACES, ROLES, SPOKESPEOPLE, WEAK_ROLES } from './lexicons/nouns.js'
import { FAMOUS, FEMALE_NAMES, MALE_NAMES, PERSON_TITLES } from './lexicons/names.js'
import { outletAt, OUTLET_STARTS } from './outlets.js'
import { isTemporal } from './lexicons/times.js'
import type { Reading, Span } from './reading.js'
import { isCapital, type Token } from './tokens.js'

export type SourceType = 'person' | 'unnamed' | 'organization' | 'document' | 'outlet' | 'group'

/** What the words of a mention say about what it is. */
export interface MentionKind {
  readonly type: SourceType
  readonly form: 'name' | 'description' | 'pronoun'
  /** Index of the token that decides: the surname, the role, the body. */
  readonly head: number
  /** For a person: the tokens of the name. */
  readonly name?: Span
  readonly spokesperson?: boolean
}

const PRONOUNS = new Set('i he she they we it you him her them us who which that those these this both one everyone everybody someone somebody nobody himself herself themselves'.split(' '))
const QUANTIFIERS = /^(?:some|many|most|several|both|all|each|few|dozens|none|one|two|three|four|five|six|number|handful|pair|couple|group|majority|lot|half)$/
const CUTS = /^(?:of|for|with|in|at|who|whose|which|that|familiar|close|from|to|on|about|near|inside|within|briefed|involved|speaking|by|under|behind|through|among|when|including|knowledgeable|working|such|at|like|over|against)$/

const BODY_NAMES = new Map<string, string>()
for (const [name, ...aliases] of KNOWN_BODIES) for (const alias of [name!, ...aliases]) BODY_NAMES.set(alias.toLowerCase(), name!)

/** The full name of a body known by this name or alias. */
export const knownBody = (words: string): string | undefined => BODY_NAMES.get(words.toLowerCase().replace(/^the /, ''))

/** Whether a word is the last one of a body's name, "Corp." with its full stop too. */
export const endsBodyName = (token: Token): boolean => BODY_NAME_ENDINGS.has(token.lower.replace(/\.$/, ''))

/** Classifies a source's words by their head. */
export function mentionKind(reading: Reading, span: Span): MentionKind {
  const { tokens } = reading
  const first = tokens[span.from]!
  if (span.to - span.from === 1 && /^(?:one|another)$/.test(first.lower)) return { type: 'unnamed', form: 'description', head: span.from }
  if (span.to - span.from === 1 && PRONOUNS.has(first.lower)) return { type: 'person', form: 'pronoun', head: span.from }
  const name = personName(reading, span)
  if (name) return { type: 'person', form: 'name', head: name.to - 1, name, spokesperson: hasSpokesperson(reading, span) }
  const core = coreOf(reading, span)
  const outlet = outletIn(reading, core)
  if (outlet) return { type: 'outlet', form: 'name', head: outlet.to - 1 }
  const head = core.to - 1
  return { ...commonKind(reading, core, head, span), head }
}

function commonKind(reading: Reading, core: Span, head: number, span: Span): Omit<MentionKind, 'head'> {
  const token = reading.tokens[head]!
  const word = token.lower
  const opens = head === span.from
  const capital = isCapital(token) && !/^\p{Lu}{2,}s$/u.test(token.text) && !(opens && !isCapital(reading.tokens[head + 1]) && (ROLES.has(word) || WEAK_ROLES.has(word) || GROUPS.has(word) || DOCUMENTS.has(word)))
  if (/^(?:them|us|those|these|whom)$/.test(word) && /^(?:one|two|three|four|another)$/.test(reading.tokens[span.from]!.lower)) return { type: 'unnamed', form: 'description' }
  const words = coreWords(reading, core)
  if (knownBody(words)) return { type: 'organization', form: 'name' }
  if (ROLES.has(word) && (!capital || word === 'police')) return { type: 'unnamed', form: 'description', spokesperson: SPOKESPEOPLE.has(word) }
  if (WEAK_ROLES.has(word) && !capital) return { type: 'unnamed', form: 'description' }
  if (GROUPS.has(word) && (!capital || /^(?:republicans|democrats|conservatives|americans|liberals|israelis|palestinians|russians|ukrainians|evangelicals)$/.test(word))) return { type: 'group', form: 'description' }
  if (OUTLET_NOUNS.has(word) && !capital) return { type: 'outlet', form: 'description' }
  if (DOCUMENTS.has(word)) return { type: 'document', form: 'description' }
  if (BODIES.has(word) && !capital) return { type: 'organization', form: 'description' }
  if (capital && endsBodyName(token)) return { type: 'organization', form: 'name' }
  if (capital && core.to - core.from >= 2 && OUTLET_ENDINGS.has(word) && isCapital(reading.tokens[head - 1])) return { type: 'outlet', form: 'name' }
  if (PLACES.has(word) && capital) return { type: 'organization', form: 'name' }
  if (capital) return { type: 'organization', form: 'name' }
  if (/(?:ers|ors|ists|ians|ees|ants|ents|men|women)$/.test(word)) return { type: 'unnamed', form: 'description' }
  if (/(?:er|or|ist|ian|man|woman)$/.test(word) && /^(?:a|an|one|another)$/.test(reading.tokens[core.from]!.lower)) return { type: 'unnamed', form: 'description' }
  return { type: 'group', form: 'description' }
}

function coreWords(reading: Reading, core: Span): string {
  const parts = reading.tokens.slice(core.from, core.to).map((token) => token.text)
  return parts.join(' ').replaceAll(" 's", "'s")
}

/** The words before the first preposition, relative pronoun or comma; "one of the officials" counts as "the officials". */
export function coreOf(reading: Reading, span: Span): Span {
  const { tokens } = reading
  let { from } = span
  let to = from
  for (; to < span.to; to += 1) {
    const token = tokens[to]!
    if (to === from) continue
    if (!token.word && /^[,;:()—–]|^--/.test(token.text)) break
    if (isTemporal(token) && isCapital(token) && tokens[to + 1]?.lower !== "'s" && !tokens.slice(to + 1, span.to).some(isHeadWord)) break
    if (token.region >= 0) continue
    if (CUTS.test(token.lower) && !isCapital(token)) {
      // "a Department of Health spokesman"
      if (token.lower === 'of' && isCapital(tokens[to - 1]) && isCapital(tokens[to + 1]) && tokens.slice(to + 2, Math.min(span.to, to + 6)).some((later, index, all) => isHeadWord(later) && !isCapital(later) && all.slice(0, index).every(isCapital))) continue
      if (token.lower === 'of' && QUANTIFIERS.test(tokens[to - 1]!.lower) && to + 1 < span.to) {
        from = to + 1
        continue
      }
      break
    }
    if (/^(?:and|or)$/.test(token.lower) && !joinsRoles(reading, to, span.to)) break
    if ((token.tag === 'VERB' || token.tag === 'ADJ') && !isCapital(token) && /(?:ed|ing|en)$/.test(token.lower) && isHeadWord(tokens[to - 1]!)) break
  }
  return { from, to: Math.max(to, from + 1) }
}

const isHeadWord = (token: Token): boolean => ROLES.has(token.lower) || WEAK_ROLES.has(token.lower) || GROUPS.has(token.lower) || DOCUMENTS.has(token.lower)

/** "current and former officials", "House and Senate aides": one phrase with one head. */
function joinsRoles(reading: Reading, at: number, high: number): boolean {
  const { tokens } = reading
  const next = tokens[at + 1]
  if (!next || next.tag === 'DET' || /^(?:his|her|their|its|other)$/.test(next.lower)) return false
  if (isHeadWord(tokens[at - 1]!) && !isCapital(tokens[at - 1])) return false
  for (let index = at + 1; index < high && index < at + 6; index += 1) {
    if (isHeadWord(tokens[index]!) && !isCapital(tokens[index])) return true
    if (!tokens[index]!.word || CUTS.test(tokens[index]!.lower)) return false
  }
  return false
}

function outletIn(reading: Reading, core: Span): Span | undefined {
  for (let at = core.from; at < core.to; at += 1) {
    if (!OUTLET_STARTS.has(reading.tokens[at]!.lower)) continue
    const found = outletAt(reading, at, core.to)
    if (found && found.to === core.to) return found
  }
  return undefined
}

const hasSpokesperson = (reading: Reading, span: Span): boolean => reading.tokens.slice(span.from, span.to).some((token) => SPOKESPEOPLE.has(token.lower))

/**
 * The personal name in a mention: after its titles ("Defense Secretary Pete Hegseth"), after a comma ("her lawyer, Samuel Teague"),
 * or a surname that copy uses alone. Later steps know more: a lone capitalised word may be a person named before.
 */
export function personName(reading: Reading, span: Span): Span | undefined {
  const { tokens } = reading
  let run: number | undefined
  for (let at = span.from; at <= span.to; at += 1) {
    const token = tokens[at]
    const capital = at < span.to && isCapital(token) && token!.tag !== 'DET' && !isOpener(reading, span, at)
    if (capital || (run !== undefined && at < span.to && isParticle(token!) && (isCapital(tokens[at + 1]) || (isParticle(tokens[at + 1]!) && isCapital(tokens[at + 2]))))) {
      run ??= at
      continue
    }
    if (run !== undefined && at < span.to && joinsBody(reading, at, span.to)) {
      run = undefined
      while (at + 1 < span.to && (isCapital(tokens[at + 1]))) at += 1
      continue
    }
    if (run !== undefined) {
      const name = nameInRun(reading, { from: run, to: at })
      const afterwards = tokens[at]
      const possessive = at < span.to && afterwards !== undefined && (afterwards.lower === "'s" || afterwards.lower === "'")
      if (name && !possessive && !(at < span.to && afterwards!.word && afterwards!.region < 0 && /^(?:NOUN)$/.test(afterwards!.tag) && !/^\d/.test(afterwards!.text))) return name
      run = undefined
    }
    if (at < span.to && /^(?:including|like)$/.test(token!.lower) && at > span.from) return undefined
    // A name in a modifier ("an aide to John Smith") is not the source's own.
    if (at < span.to && token!.word && CUTS.test(token!.lower) && !(at === span.from) && !commaNameAhead(reading, at, span.to)) return undefined
  }
  return undefined
}

/** "Kent Fire and Rescue Service": whether an "and" joins capitalised words that end as a body's name does. */
export function joinsBody({ tokens }: Reading, at: number, high: number): boolean {
  if (tokens[at]!.lower !== 'and' || !isCapital(tokens[at - 1])) return false
  let to = at + 1
  while (to < high && to < at + 5 && isCapital(tokens[to])) to += 1
  return to > at + 1 && endsBodyName(tokens[to - 1]!) && BODY_NAME_ENDINGS.has(tokens[to - 1]!.lower) && !isFirstName(tokens[at + 1]!) && !isFirstName(tokens[at - 2] ?? tokens[at - 1]!)
}

const isParticle = (token: Token): boolean => /^(?:de|del|van|von|der|den|bin|ibn|al|el|la|le|di|da|dos|of)$/.test(token.lower) && token.lower !== 'of'

function isOpener(reading: Reading, span: Span, at: number): boolean {
  const token = reading.tokens[at]!
  return at === span.from && (token.tag === 'DET' || token.tag === 'ADP' || token.tag === 'ADV' || token.tag === 'SCONJ' || token.tag === 'PRON' || token.tag === 'NUM') && !isNameWord(token)
}

/** "the head of the agency, John Smith": a name set off by a comma after a modifier. */
function commaNameAhead(reading: Reading, at: number, high: number): boolean {
  const { tokens } = reading
  for (let index = at; index + 2 < high; index += 1) {
    if (/^(?:who|whose|which)$/.test(tokens[index]!.lower)) return false
    if (tokens[index]!.text === ',' && isCapital(tokens[index + 1]) && isCapital(tokens[index + 2])) return nameInRun(reading, { from: index + 1, to: Math.min(high, index + 3) }) !== undefined
    // "CEO of the Refugee Council Enver Solomon"
    if (isFirstName(tokens[index]!) && isCapital(tokens[index]) && isCapital(tokens[index + 1]) && index > at + 1) return true
  }
  return high - 2 > at + 1 && isFirstName(tokens[high - 2]!) && isCapital(tokens[high - 2]) && isCapital(tokens[high - 1])
}

const isFirstName = (token: Token): boolean => MALE_NAMES.has(token.lower) || FEMALE_NAMES.has(token.lower)
const isNameWord = (token: Token): boolean => isFirstName(token) || FAMOUS.has(token.text)
const isTitle = (token: Token): boolean => PERSON_TITLES.has(token.lower.replace(/\.$/, ''))

/** The name in a run of capitalised words, without the titles and bodies before it. */
export function nameInRun(reading: Reading, run: Span): Span | undefined {
  const { tokens } = reading
  let to = run.to
  if (to - run.from > 1 && /^(?:jr|sr|ii|iii|iv)\.?$/.test(tokens[to - 1]!.lower)) to -= 1
  const last = tokens[to - 1]!
  const words = tokens.slice(run.from, to).map((token) => token.text).join(' ')
  if (knownBody(words) || isOutletName(reading, run)) return undefined
  if (OUTLET_ENDINGS.has(last.lower) && tokens[run.from - 1]?.lower === 'the') return undefined
  if (/^\p{Lu}{2,}s$/u.test(last.text)) return undefined
  for (let at = run.from; at < to; at += 1) {
    const token = tokens[at]!
    const next = tokens[at + 1]
    if (at + 1 < to && isFirstName(token) && next && !endsBodyName(last)) return { from: at, to: run.to }
    if (at + 1 < to && /^(?:\p{Lu}\.){1,3}$/u.test(token.text) && at === run.from) return { from: at, to: run.to }
  }
  const definite = tokens[run.from - 1]?.lower === 'the'
  let from = run.from
  for (let at = run.from; at < to; at += 1) if (isTitle(tokens[at]!) || isTitledBody(tokens[at]!, tokens[at + 1])) from = at + 1
  if (from > run.from && from < to && to - from <= 3) return endsBodyName(last) && to - from > 1 ? undefined : { from, to: run.to }
  if (FAMOUS.has(last.text) && to - run.from <= 3) return { from: Math.max(run.from, to - (isFirstName(tokens[Math.max(run.from, to - 2)]!) ? 2 : 1)), to: run.to }
  // "the Tulsa Ledger": no name of a person takes an article.
  if (definite) return undefined
  const length = to - run.from
  if (length < 2 || length > 4 || endsBodyName(last) || PLACES.has(last.lower) || /^\p{Lu}{2,}$/u.test(last.text)) return undefined
  if (tokens.slice(run.from, to).some((token) => endsBodyName(token) || /^\d|^(?:of|and|the)$/.test(token.lower) || BODIES.has(token.lower) || PLACES.has(token.lower))) return undefined
  return { from: run.from, to: run.to }
}

function isTitledBody(token: Token, next: Token | undefined): boolean {
  return /^(?:Defense|State|Treasury|Homeland|Interior|Foreign|Prime|Deputy)$/.test(token.text) && next !== undefined && isTitle(next)
}

function isOutletName(reading: Reading, run: Span): boolean {
  for (let at = run.from; at < run.to; at += 1) {
    const found = OUTLET_STARTS.has(reading.tokens[at]!.lower) ? outletAt(reading, at, run.to) : undefined
    if (found && found.to === run.to && found.from === run.from) return true
  }
  return false
}
