import { EITHER_NAMES, FAMOUS, FEMALE_NAMES, FEMALE_TITLES, MALE_NAMES, MALE_TITLES } from './lexicons/names.js'
import { BODIES, BODY_NAME_ENDINGS, KNOWN_BODIES, PLACES } from './lexicons/nouns.js'
import { endsBodyName, joinsBody, knownBody, nameInRun } from './kinds.js'
import { CUE_VERBS } from './lexicons/cue-verbs.js'
import { OUTLET_STARTS, outletAt } from './outlets.js'
import { nounPhraseBefore } from './phrases.js'
import { textOf, type Reading, type Span } from './reading.js'
import { isCapital } from './tokens.js'

export type Gender = 'male' | 'female' | 'unknown'

/** A person whom the story names, wherever it does. */
export interface Person {
  readonly name: string
  readonly surname: string
  /** The words that introduce the person, titles included. */
  readonly introduction: Span
  readonly title: string | undefined
  readonly gender: Gender
  /** Every place that names the person: index of the surname's token. */
  readonly mentions: number[]
}

/** A body or place that the story names. */
export interface Body { readonly name: string; readonly aliases: Set<string>; readonly introduction: Span; readonly mentions: number[] }

export interface Cast {
  readonly people: readonly Person[]
  readonly bodies: readonly Body[]
  readonly personAt: ReadonlyMap<number, Person>
  readonly bodyAt: ReadonlyMap<number, Body>
}

/** Reads the whole text once for names, so that a later "Hegseth" and "the Pentagon" are known. */
export function findCast(reading: Reading): Cast {
  const people = new Map<string, Person & { gender: Gender }>()
  const bodies = new Map<string, Body>()
  const personAt = new Map<number, Person>()
  const bodyAt = new Map<number, Body>()
  const loose: Span[] = []
  for (const run of capitalRuns(reading)) {
    const name = nameInRun(reading, run)
    const lone = run.to - run.from === 1
    if (name && (name.to - name.from > 1 || FAMOUS.has(reading.tokens[name.from]!.text) || name.from > run.from)) addPerson(reading, people, personAt, name)
    else if (lone || name) loose.push(run)
    else addBody(reading, bodies, bodyAt, run)
  }
  for (const run of loose) {
    const surname = reading.tokens[run.to - 1]!.lower
    const person = people.get(surname)
    if (person && person.introduction.from <= run.from) {
      person.mentions.push(run.to - 1)
      personAt.set(run.to - 1, person)
    } else if (!person) addBody(reading, bodies, bodyAt, run)
  }
  // "Corliss said": a capital at the start of a sentence says nothing, unless the story names a Corliss.
  for (const { from } of reading.sentences) {
    const person = isCapital(reading.tokens[from]) && !personAt.has(from) ? people.get(reading.tokens[from]!.lower) : undefined
    if (!person || person.introduction.from > from || bodyAt.has(from) || isCapital(reading.tokens[from + 1])) continue
    person.mentions.push(from)
    personAt.set(from, person)
  }
  return { people: [...people.values()], bodies: [...bodies.values()], personAt, bodyAt }
}

/** Runs of capitalised words that may be a name; "of", "and" and "&" inside a body's name belong to it. */
function* capitalRuns(reading: Reading): Generator<Span> {
  for (const { from, to } of reading.sentences) {
    let at = from
    while (at < to) {
      if (!isNameToken(reading, at, from)) {
        at += 1
        continue
      }
      let end = at + 1
      while (end < to && end - at < 12 && (isNameToken(reading, end, from) || joinsName(reading, end, to))) end += 1
      yield { from: at, to: end }
      at = end
    }
  }
}

const FUNCTION_TAGS = new Set(['DET', 'ADP', 'PRON', 'SCONJ', 'CCONJ', 'AUX', 'ADV', 'PART', 'INTJ'])
const CALENDAR = /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|i|jan\.|feb\.|aug\.|sept\.|oct\.|nov\.|dec\.|mr\.|mrs\.|ms\.)$/

function isNameToken(reading: Reading, at: number, sentenceStart: number): boolean {
  const token = reading.tokens[at]!
  if (!isCapital(token) || CALENDAR.test(token.lower) && !/^m/.test(token.lower.slice(-3))) return /^(?:mr|mrs|ms)\.$/.test(token.lower)
  if (FUNCTION_TAGS.has(token.tag) && !MALE_NAMES.has(token.lower) && !FEMALE_NAMES.has(token.lower)) return false
  const opens = at === sentenceStart || reading.tokens[at - 1]!.region >= 0 && !reading.tokens[at - 1]!.word
  if (!opens) return true
  // At the start of a sentence every word has a capital: ask the tagger, the lexicon and the next word.
  if (isCapital(reading.tokens[at + 1]) && token.tag !== 'VERB') return true
  return token.tag === 'PROPN' && !/(?:s|ing|ed|ly)$/.test(token.lower) || FAMOUS.has(token.text) || knownBody(token.text) !== undefined || PLACES.has(token.lower) || (token.tag === 'PROPN' && token.text !== token.lower && /^\p{Lu}\p{Lu}/u.test(token.text)) || (token.tag === 'PROPN' && reading.tokens[at + 1]?.tag === 'VERB')
}

function joinsName(reading: Reading, at: number, high: number): boolean {
  const { tokens } = reading
  const next = tokens[at + 1]
  if (at + 1 >= high || !isCapital(next) || FUNCTION_TAGS.has(next!.tag)) return false
  const before = tokens[at - 1]!
  if (tokens[at]!.text === '&' || joinsBody(reading, at, high)) return true
  if (/^(?:de|del|van|von|der|bin|ibn|al|el|la|da|dos)$/.test(tokens[at]!.lower)) return true
  return tokens[at]!.lower === 'of' && (BODY_NAME_ENDINGS.has(before.lower) || /^(?:bank|university|house|department|ministry|secretary)$/.test(before.lower)) && !/^secretary$/.test(before.lower)
}

function addPerson(reading: Reading, people: Map<string, Person & { gender: Gender }>, at: Map<number, Person>, name: Span): void {
  const { tokens } = reading
  let last = name.to - 1
  if (last > name.from && /^(?:jr|sr|ii|iii|iv)\.?$/.test(tokens[last]!.lower)) last -= 1
  const surname = tokens[last]!.lower
  const known = people.get(surname)
  if (known) {
    known.mentions.push(last)
    at.set(last, known)
    if (known.gender === 'unknown') known.gender = genderOf(reading, name)
    return
  }
  const phrase = nounPhraseBefore(reading, name.to, Math.max(0, name.from - 10))
  const introduction = phrase && phrase.from <= name.from && tokens[phrase.from]!.region === tokens[name.from]!.region ? withoutBefore(reading, phrase, name) : name
  const title = introduction.from < name.from ? titleOf(reading, introduction.from, name.from) : undefined
  const person: Person & { gender: Gender } = { name: textOf(reading, name).replace(/\s+/g, ' '), surname, introduction, title, gender: genderOf(reading, name), mentions: [last] }
  people.set(surname, person)
  at.set(last, person)
}

/** The introduction without what a coordination or a preposition put before it: "the Pentagon and Defense Secretary Pete Hegseth". */
function withoutBefore(reading: Reading, phrase: Span, name: Span): Span {
  let { from } = phrase
  for (let at = phrase.from; at < name.from; at += 1) {
    const { tag, lower } = reading.tokens[at]!
    if (tag === 'CCONJ' || lower === ',' || CUE_VERBS.get(lower)?.frames.has('v') || (tag === 'ADP' && ((lower !== 'of' && lower !== 'for') || at === name.from - 1))) from = at + 1
  }
  return withTitleBefore(reading, { from, to: name.to }, name)
}

/** "The superintendent of Fairmont schools, Dr. Lena Marsh,": a description that opens the sentence belongs to the introduction. */
function withTitleBefore(reading: Reading, introduction: Span, name: Span): Span {
  const { tokens } = reading
  if (tokens[introduction.from - 1]?.text !== ',' || !/^(?:,|said|says|told)$/.test(tokens[name.to]?.lower ?? '')) return introduction
  const phrase = nounPhraseBefore(reading, introduction.from - 1, Math.max(0, introduction.from - 20))
  const opens = phrase && (phrase.from === 0 || /^[.”"]$/.test(tokens[phrase.from - 1]!.text) || /\n/.test(reading.text.slice(tokens[phrase.from - 1]!.end, tokens[phrase.from]!.start)))
  const described = phrase && tokens[phrase.from]!.tag === 'DET' && /^(?:the|a|an|his|her|its|their)$/.test(tokens[phrase.from]!.lower) && phrase.to - phrase.from < 14
  return opens && described ? { from: phrase.from, to: introduction.to } : introduction
}

function titleOf(reading: Reading, from: number, to: number): string | undefined {
  const words = textOf(reading, { from, to }).replace(/\s+/g, ' ').replace(/^(?:the|a|an|his|her|its|their|former|then)\s+/i, '').replace(/[,;]$/, '').trim()
  const own = words.replace(/^.*['’]s?\s+/, '')
  return own === '' || own.length > 120 || /^(?:mr|mrs|ms)\.?$/i.test(own) ? undefined : own
}

function genderOf(reading: Reading, name: Span): Gender {
  const { tokens } = reading
  const first = tokens[name.from]!
  for (let at = Math.max(0, name.from - 3); at < name.from; at += 1) {
    const word = tokens[at]!.lower.replace(/\.$/, '')
    if (MALE_TITLES.has(word)) return 'male'
    if (FEMALE_TITLES.has(word)) return 'female'
  }
  if (EITHER_NAMES.has(first.lower)) return 'unknown'
  if (name.to - name.from > 1 && MALE_NAMES.has(first.lower)) return 'male'
  if (name.to - name.from > 1 && FEMALE_NAMES.has(first.lower)) return 'female'
  return name.to - name.from === 1 ? (FAMOUS.get(first.text) ?? 'unknown') : 'unknown'
}

function addBody(reading: Reading, bodies: Map<string, Body>, at: Map<number, Body>, run: Span): void {
  const { tokens } = reading
  const outlet = OUTLET_STARTS.has(tokens[run.from]!.lower) ? outletAt(reading, run.from, run.to) : undefined
  if (outlet && outlet.to === run.to) return
  const words = textOf(reading, run).replace(/\s+/g, ' ')
  const head = tokens[run.to - 1]!
  if (words.length > 200) return
  const known = knownBody(words)
  if (!known && run.to - run.from > 1 && !endsBodyName(head) && !BODIES.has(head.lower) && !/^\p{Lu}{2,}$/u.test(head.text)) return
  const name = known ?? words
  const key = name.toLowerCase()
  const body = bodies.get(key) ?? { name, aliases: new Set<string>(), introduction: run, mentions: [] }
  if (words !== name) body.aliases.add(words)
  body.mentions.push(run.to - 1)
  bodies.set(key, body)
  at.set(run.to - 1, body)
  addAcronym(bodies, body, words)
  addShortName(bodies, body, words)
}

/** "Delwood" for "Delwood Corp.", "Brandt" for "Brandt Industries Inc.": the name without what says that it is a business. */
function addShortName(bodies: Map<string, Body>, body: Body, words: string): void {
  const short = words.replace(BUSINESS, '')
  if (short === words || short === '') return
  for (const name of [short, short.split(' ')[0]!]) {
    const key = name.toLowerCase()
    if (!bodies.has(key) && !PLACES.has(key) && !knownBody(name) && !MALE_NAMES.has(key) && !FEMALE_NAMES.has(key) && !GENERIC.test(key)) bodies.set(key, body)
  }
}

const BUSINESS = /(?:,? (?:Inc|Corp|Co|Ltd|LLC|PLC|Company|Corporation|Group|Holdings|Industries|Labs|Laboratories|Systems|Technologies|Motors?|Airlines|Airways|Energy|Pharmaceuticals|Capital|Bancorp|Bank|Partners|Foods|Steel|Stores|Storage)\.?)+$/
const GENERIC = /^(?:national|american|first|general|united|international|new|north|south|east|west|northern|southern|eastern|western|pacific|atlantic|central|federal|state|royal|big|global|world|bank|the|great|old)$/

/** "Federal Election Commission (FEC)": initials stand for the name from then on. */
function addAcronym(bodies: Map<string, Body>, body: Body, words: string): void {
  if (!/\s/.test(words)) return
  const initials = words.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]).join('')
  if (initials.length >= 3 && !bodies.has(initials.toLowerCase()) && !KNOWN_BODIES.some((names) => names.includes(initials))) bodies.set(initials.toLowerCase(), body)
}
