import type { Body, Cast, Gender, Person } from './cast.js'
import { headcountOf, isPlural, partsOf, type Headcount } from './headcount.js'
import { DESCRIPTION_OF_BODY, PLACES, SPOKESPEOPLE } from './lexicons/nouns.js'
import { coreOf, knownBody, mentionKind, type MentionKind, type SourceType } from './kinds.js'
import { isFinite, isNominal, nounPhraseAfter } from './phrases.js'
import { textOf, type Reading, type Span } from './reading.js'
import { endsLikeBusiness, genderOfWord, partWith, singular, TITLE_FORMS } from './references.js'
import type { Relation } from './relations.js'
import { isCapital } from './tokens.js'

/** A source of the story: everything it says is this one's. */
export interface Entity {
  readonly id: number
  readonly type: SourceType
  readonly label: string
  /** The words that introduce it. */
  readonly introduction: Span
  readonly head: string
  readonly plural: boolean
  readonly spokesperson: boolean
  readonly headcount: Headcount
  readonly person?: Person
  readonly body?: Body
  gender: Gender
}

/** A relation with its source resolved. */
export interface Resolved {
  readonly relation: Relation
  readonly mention: MentionKind | undefined
  readonly entity: Entity | undefined
  /** The words that introduce the source, where these words refer back to them. */
  readonly antecedent: Span | undefined
  readonly certainty: number
}

interface Found { readonly entity: Entity; readonly antecedent?: Span; readonly certainty: number }

/** Paragraphs back that a pronoun or a description may refer. */
const REACH = 4

/** Sources back that are looked at, whatever the paragraphs: a bound on time. */
const STEPS = 300

/** Who each source is. Relations are taken in reading order, so a reference finds only what came before it. */
export function resolve(reading: Reading, cast: Cast, relations: readonly Relation[]): { resolved: Resolved[]; entities: Entity[] } {
  const state = new Resolver(reading, cast)
  const resolved: Resolved[] = new Array(relations.length)
  // A source inside what another says is met at its own place: order by the source's words.
  const order = relations.map((_, index) => index).sort((a, b) => placeOf(relations[a]!) - placeOf(relations[b]!) || a - b)
  for (const index of order) resolved[index] = state.resolve(relations[index]!)
  return { resolved, entities: state.entities }
}

const placeOf = (relation: Relation): number => relation.source?.from ?? relation.cue?.from ?? relation.content[0]!.from

class Resolver {
  readonly entities: Entity[] = []
  readonly #byPerson = new Map<Person, Entity>()
  readonly #byBody = new Map<string, Entity>()
  readonly #bySpan = new Map<string, Entity>()
  /** Sources met so far, in order, with the paragraph where they stand. */
  readonly #trail: { entity: Entity; at: number; paragraph: number }[] = []

  #barred: readonly Span[] = []

  readonly reading: Reading
  readonly cast: Cast
  constructor(reading: Reading, cast: Cast) {
    this.reading = reading
    this.cast = cast
  }

  resolve(relation: Relation): Resolved {
    const { source } = relation
    if (!source) return { relation, mention: undefined, entity: undefined, antecedent: undefined, certainty: 1 }
    const mention = this.#kindOf(source)
    const key = `${source.from}:${source.to}`
    const paragraph = this.reading.sentences[relation.sentence]!.paragraph
    const before = this.#bySpan.get(key)
    const found = this.#find(source, mention, paragraph, relation) ?? (before ? { entity: before, certainty: 1 } : { entity: this.#create(source, mention), certainty: mention.form === 'pronoun' ? 0.3 : 1 })
    this.#bySpan.set(key, found.entity)
    this.#trail.push({ entity: found.entity, at: source.from, paragraph })
    const antecedent = 'antecedent' in found && !this.#isPronoun(found.antecedent) ? found.antecedent : undefined
    return { relation, mention, entity: found.entity, antecedent: antecedent && (antecedent.from < source.from || antecedent.from >= source.to) ? antecedent : undefined, certainty: found.certainty }
  }

  #isPronoun(span: Span | undefined): boolean {
    return span !== undefined && span.to - span.from === 1 && this.reading.tokens[span.from]!.tag === 'PRON'
  }

  /** What the words say, and what the cast knows of a name that they end with. */
  #kindOf(source: Span): MentionKind {
    const kind = mentionKind(this.reading, source)
    if (kind.type === 'person' || kind.form !== 'name') return kind
    const person = this.cast.personAt.get(kind.head)
    return person ? { type: 'person', form: 'name', head: kind.head, name: { from: kind.head, to: kind.head + 1 } } : kind
  }

  #find(source: Span, mention: MentionKind, paragraph: number, relation: Relation): Found | undefined {
    // Whoever is spoken of inside the content is a pronoun's last resort: "Officials are considering it, they said."
    this.#barred = relation.content
    if (mention.form === 'pronoun') {
      const found = this.#pronoun(source, paragraph, relation.sentence)
      if (found) return found
      this.#barred = []
      return this.#pronoun(source, paragraph, relation.sentence)
    }
    if (mention.type === 'person') return this.#named(mention)
    if (mention.type === 'organization' && mention.form === 'name') return this.#body(source, mention)
    const key = this.#bySpan.get(`${source.from}:${source.to}`)
    if (key) return { entity: key, certainty: 1 }
    return this.#described(source, mention, paragraph)
  }

  #named(mention: MentionKind): Found | undefined {
    const last = mention.name ? this.#surnameAt(mention.name) : mention.head
    const person = this.cast.personAt.get(last)
    const entity = person && this.#personEntity(person)
    return entity && { entity, antecedent: person.introduction, certainty: 0.97 }
  }

  #surnameAt(name: Span): number {
    for (let at = name.to - 1; at >= name.from; at -= 1) if (this.cast.personAt.has(at)) return at
    return name.to - 1
  }

  #personEntity(person: Person): Entity {
    const known = this.#byPerson.get(person)
    if (known) return known
    const spokesperson = SPOKESPEOPLE.has((person.title ?? '').toLowerCase().split(' ').at(-1)!) || this.#spokesAfter(person)
    const entity = this.#add({ type: 'person', label: person.name, introduction: person.introduction, head: person.surname, plural: false, spokesperson, headcount: { min: 1, exact: 1 }, person, gender: person.gender })
    this.#byPerson.set(person, entity)
    return entity
  }

  /** "Jane Roe, a spokeswoman for the company". */
  #spokesAfter(person: Person): boolean {
    const { tokens } = this.reading
    const { to } = person.introduction
    if (tokens[to]?.text !== ',') return false
    for (let at = to + 1; at < to + 7 && tokens[at] && tokens[at]!.text !== ','; at += 1) if (SPOKESPEOPLE.has(tokens[at]!.lower)) return true
    return false
  }

  #body(source: Span, mention: MentionKind): Found {
    const words = textOf(this.reading, coreOf(this.reading, source)).replace(/\s+/g, ' ').replace(/^(?:the|a|an)\s+/i, '')
    const body = this.cast.bodyAt.get(mention.head)
    const name = knownBody(words) ?? body?.name ?? words
    const known = this.#byBody.get(name.toLowerCase())
    const fuller = body && body.introduction.to <= source.from && body.introduction.to - body.introduction.from > coreOf(this.reading, source).to - source.from && !knownBody(words)
    if (known) return { entity: known, antecedent: fuller && body.introduction.to <= known.introduction.from ? body.introduction : known.introduction, certainty: 0.95 }
    const entity = this.#create(source, mention, name, body)
    this.#byBody.set(name.toLowerCase(), entity)
    return { entity, ...(fuller && { antecedent: body.introduction }), certainty: 1 }
  }

  #pronoun(source: Span, paragraph: number, sentence: number): Found | undefined {
    const word = this.reading.tokens[source.to - 1]!.lower
    if (word === 'he' || word === 'she') return this.#person(source, word === 'he' ? 'male' : 'female', sentence)
    const crowd = word === 'they' ? this.#crowd(sentence) : undefined
    if (crowd) return crowd
    if (word === 'they' || word === 'both') return this.#recent(paragraph, (entity) => entity.plural || (word === 'they' && entity.type === 'organization' && entity.body === undefined)) ?? this.#recent(paragraph, (entity) => entity.type === 'organization' || entity.type === 'unnamed')
    if (word === 'it') return this.#recent(paragraph, (entity) => !entity.plural && (entity.type === 'organization' || entity.type === 'document' || entity.type === 'outlet'))
    return undefined
  }

  #recent(paragraph: number, fits: (entity: Entity) => boolean): Found | undefined {
    for (let index = this.#trail.length - 1; index >= 0 && index > this.#trail.length - STEPS; index -= 1) {
      const { entity, at, paragraph: place } = this.#trail[index]!
      if (paragraph - place > REACH) break
      if (fits(entity) && !this.#isBarred(at)) return { entity, antecedent: entity.introduction, certainty: 0.7 }
    }
    return undefined
  }

  /** "he", "she": sentence by sentence backwards; in each, who speaks before who is spoken of, and the first named before the others. */
  #person(source: Span, gender: Gender, sentence: number): Found | undefined {
    const fits = (other: Gender): boolean => other === gender || other === 'unknown'
    const { sentences } = this.reading
    for (let index = sentence; index >= 0 && index > sentence - 12; index -= 1) {
      const { from, to } = sentences[index]!
      const high = Math.min(to, source.from)
      const speaker = this.#speakerWithin(from, high, fits)
      if (speaker) return this.#bind(speaker.entity, gender, 0.85)
      const named = this.#firstNamed(from, high, fits)
      if (named) return this.#bind(this.#personEntity(named), gender, 0.75)
      const described = index < sentence ? this.#describedSubject(from, high, fits) : undefined
      if (described) return this.#bind(described, gender, 0.6)
    }
    return undefined
  }

  #isBarred(at: number): boolean {
    return this.#barred.some((piece) => piece.from <= at && at < piece.to)
  }

  #speakerWithin(from: number, high: number, fits: (gender: Gender) => boolean): { readonly entity: Entity } | undefined {
    for (let index = this.#trail.length - 1; index >= 0 && index > this.#trail.length - STEPS; index -= 1) {
      const step = this.#trail[index]!
      if (step.at < from) return undefined
      const one = !step.entity.plural && (step.entity.type === 'person' || step.entity.type === 'unnamed')
      if (step.at < high && one && fits(step.entity.gender) && !this.#isBarred(step.at)) return step
    }
    return undefined
  }

  /** "Her boss is not mad. \"Good for her,\" he says": a sentence that opens with a description of one person. */
  #describedSubject(from: number, to: number, fits: (gender: Gender) => boolean, plural = false): Entity | undefined {
    const { tokens } = this.reading
    const first = tokens[from]
    if (!first?.word || first.region >= 0 || (!plural && !/^(?:a|an|the|her|his|their|one|another)$/.test(first.lower))) return undefined
    const span = nounPhraseAfter(this.reading, from, to)
    if (!span || !isFinite(this.reading, span.to)) return undefined
    const mention = mentionKind(this.reading, span)
    const head = tokens[mention.head]!.lower
    if (mention.type !== 'unnamed' || mention.form !== 'description' || isPlural(head) !== plural || !fits(genderOfWord(head))) return undefined
    const known = this.#bySpan.get(`${span.from}:${span.to}`) ?? this.#described(span, mention, this.reading.sentences.findLastIndex((sentence) => sentence.from <= from))?.entity
    const entity = known ?? this.#create(span, mention)
    this.#bySpan.set(`${span.from}:${span.to}`, entity)
    return entity
  }

  /** "Other researchers urged caution. A single core, they said, …": the sentence before opens with people who are no source yet. */
  #crowd(sentence: number): Found | undefined {
    const before = this.reading.sentences[sentence - 1]
    if (!before || this.#trail.some(({ at, entity }) => at >= before.from && entity.plural)) return undefined
    const entity = this.#describedSubject(before.from, before.to, () => true, true)
    return entity && { entity, antecedent: entity.introduction, certainty: 0.65 }
  }

  #firstNamed(from: number, to: number, fits: (gender: Gender) => boolean): Person | undefined {
    for (let at = from; at < to; at += 1) {
      const person = this.cast.personAt.get(at)
      const possessive = /^'s?$/.test(this.reading.tokens[at + 1]?.lower ?? '')
      if (person && !possessive && !this.#isBarred(at) && fits(this.#byPerson.get(person)?.gender ?? person.gender)) return person
    }
    return undefined
  }

  #bind(entity: Entity, gender: Gender, certainty: number): Found {
    if (entity.gender === 'unknown') entity.gender = gender
    return { entity, antecedent: entity.introduction, certainty }
  }

  /** "the official", "the sources", "the company", "the senator", bare "sources". */
  #described(source: Span, mention: MentionKind, paragraph: number): Found | undefined {
    const { tokens } = this.reading
    const first = tokens[source.from]!.lower
    const head = tokens[mention.head]!.lower
    const plural = isPlural(head)
    const definite = /^(?:the|this|that|these|those|both)$/.test(first)
    if (mention.type === 'organization') {
      const alias = DESCRIPTION_OF_BODY.get(head)
      const known = alias && this.#byBody.get(alias.toLowerCase())
      if (known) return { entity: known, antecedent: known.introduction, certainty: 0.7 }
      return definite && source.to - source.from <= 2 ? this.#company(paragraph, head, source.from) : undefined
    }
    if (mention.type === 'outlet' && definite && source.to - source.from <= 2) return this.#lastOf(paragraph, (entity) => entity.type === 'outlet', 30)
    if (!definite) return this.#bare(source, head, plural)
    const core = coreOf(this.reading, source)
    if (core.to < source.to - 1 && source.to - core.to > 2 && mention.type !== 'unnamed') return undefined
    const same = this.#lastOf(paragraph, (entity) => entity.type === mention.type && entity.plural === plural && singular(entity.head) === singular(head), 30)
    if (same) return same
    const modified = core.to - source.from > 2 && !/^(?:two|three|four|five)$/.test(tokens[source.from + 1]!.lower)
    const found = mention.type === 'unnamed' && !modified ? this.#sameNumber(paragraph, plural, head, source.from) : undefined
    return found ?? (plural ? undefined : this.#oneOfSeveral(head, paragraph))
  }

  #sameNumber(paragraph: number, plural: boolean, head: string, at: number): Found | undefined {
    const titled = plural ? undefined : this.#byTitle(head)
    if (titled) return titled
    const generic = /^(?:person|source|people|sources|official|officials|individual)$/.test(head)
    const named = plural ? undefined : this.#introduced(head, at)
    if (named) return named
    if (!generic) return undefined
    return this.#lastOf(paragraph, (entity) => entity.type === 'unnamed' && entity.plural === plural, REACH)
  }

  /** "The diplomat" after "a Western diplomat and two aid workers": one of them, with an entry of his own. */
  #oneOfSeveral(head: string, paragraph: number): Found | undefined {
    const { tokens } = this.reading
    const several = this.#lastOf(paragraph, ({ plural, type, introduction }) => plural && type === 'unnamed' && partWith(this.reading, introduction, head) !== undefined, REACH)
    if (!several) return undefined
    const part = partWith(this.reading, several.entity.introduction, head)!
    const key = `${part.from}:${part.to}`
    const entity = this.#bySpan.get(key) ?? this.#create(part, { type: 'unnamed', form: 'description', head: part.to - 1, spokesperson: SPOKESPEOPLE.has(tokens[part.to - 1]!.lower) })
    this.#bySpan.set(key, entity)
    return { entity, antecedent: part, certainty: 0.8 }
  }

  /** "The official" after "a White House official played down any split", where that official is no source yet. */
  #introduced(head: string, before: number): Found | undefined {
    const { tokens } = this.reading
    for (let at = before - 1; at >= 0 && at > before - 200; at -= 1) {
      const token = tokens[at]!
      if (token.lower !== head || token.region >= 0 || isCapital(token) || tokens[at + 1]?.tag === 'NOUN') continue
      let from = at
      while (from > 0 && at - from < 6 && isNominal(tokens[from - 1]) && tokens[from - 1]!.tag !== 'PRON') from -= 1
      const opener = tokens[from - 1]
      if (!opener || !/^(?:a|an|one)$/.test(opener.lower)) continue
      const span = { from: from - 1, to: at + 1 }
      const entity = this.#bySpan.get(`${span.from}:${span.to}`) ?? this.#create(span, { type: 'unnamed', form: 'description', head: at, spokesperson: SPOKESPEOPLE.has(head) })
      this.#bySpan.set(`${span.from}:${span.to}`, entity)
      return { entity, antecedent: span, certainty: 0.65 }
    }
    return undefined
  }

  #lastOf(paragraph: number, fits: (entity: Entity) => boolean, reach: number): Found | undefined {
    for (let index = this.#trail.length - 1; index >= 0 && index > this.#trail.length - STEPS; index -= 1) {
      const { entity, paragraph: place } = this.#trail[index]!
      if (paragraph - place > reach) break
      if (fits(entity)) return { entity, antecedent: entity.introduction, certainty: 0.85 }
    }
    return undefined
  }

  /** "the senator": the last source, or else the last person named, with that title. */
  #byTitle(head: string): Found | undefined {
    const wanted = TITLE_FORMS.get(head) ?? [head]
    const has = (person: Person): boolean => wanted.some((word) => new RegExp(`(?:^|[\\s-])${word}\\b`, 'i').test(person.title ?? this.#appositionOf(person)))
    for (let index = this.#trail.length - 1; index >= 0 && index > this.#trail.length - STEPS; index -= 1) {
      const { entity } = this.#trail[index]!
      if (entity.person && has(entity.person)) return { entity, antecedent: entity.introduction, certainty: 0.75 }
    }
    const person = this.cast.people.slice(0, STEPS).find(has)
    return person && { entity: this.#personEntity(person), antecedent: person.introduction, certainty: 0.6 }
  }

  #appositionOf(person: Person): string {
    const { tokens } = this.reading
    const { to } = person.introduction
    if (tokens[to]?.text !== ',') return ''
    return textOf(this.reading, { from: to + 1, to: Math.min(to + 9, tokens.length) })
  }

  /** "The company": the last body that spoke or, nearer, was named; a business where the word says so. */
  #company(paragraph: number, head: string, at: number): Found | undefined {
    const business = /^(?:company|firm|maker|automaker|carmaker|drugmaker|chipmaker|retailer|lender|insurer|manufacturer|startup|airline|bank|chain|giant|operator|developer)$/.test(head)
    const fits = (entity: Entity): boolean => entity.type === 'organization' && !entity.plural && !(business && (entity.body === undefined && entity.head !== head && !/^\p{Lu}/u.test(entity.label) || /^(?:team|council|board|court|panel|department|agency|ministry|union)$/.test(entity.head)))
    const spoken = this.#lastOf(paragraph, fits, REACH)
    if (spoken || !business) return spoken
    let nearest: Body | undefined
    let place = -1
    for (const body of this.cast.bodies.slice(0, STEPS)) {
      if (PLACES.has(body.name.toLowerCase()) || !endsLikeBusiness(body.name)) continue
      const last = body.mentions.findLast((mention) => mention < at)
      if (last !== undefined && last > place) [nearest, place] = [body, last]
    }
    if (!nearest) return undefined
    const name = nearest.name.toLowerCase()
    const entity = this.#byBody.get(name) ?? this.#create(nearest.introduction, { type: 'organization', form: 'name', head: nearest.introduction.to - 1 }, nearest.name, nearest)
    this.#byBody.set(name, entity)
    return { entity, antecedent: nearest.introduction, certainty: 0.6 }
  }

  /** Bare "sources" after "sources familiar with the talks" goes on with them, if no other sources came between. It is no reference back. */
  #bare(source: Span, head: string, plural: boolean): Found | undefined {
    if (!plural || source.to - source.from !== 1 || head !== 'sources') return undefined
    const before = this.entities.slice(0, STEPS).filter((entity) => entity.type === 'unnamed' && entity.head === head && entity.plural)
    return before.length === 1 ? { entity: before[0]!, certainty: 0.5 } : undefined
  }

  #create(source: Span, mention: MentionKind, name?: string, body?: Body): Entity {
    const head = this.reading.tokens[mention.head]!.lower
    const plural = mention.form === 'pronoun' ? head === 'they' || head === 'we' || head === 'both' || head === 'those' : mention.form === 'description' && (partsOf(this.reading, source).length > 1 || isPlural(head)) && !(partsOf(this.reading, source).length < 2 && /^(?:a|an|one)$/.test(this.reading.tokens[source.from]!.lower))
    const words = textOf(this.reading, source).replace(/\s+/g, ' ')
    const type = mention.form === 'pronoun' ? (plural ? 'group' : head === 'it' ? 'organization' : /^(?:he|she)$/.test(head) ? 'person' : 'group') : mention.type
    return this.#add({
      type, label: name ?? (words.length > 300 ? words.slice(0, 300) : words), introduction: source, head, plural, spokesperson: mention.spokesperson ?? false,
      headcount: headcountOf(this.reading, source, plural), ...(body && { body }), gender: genderOfWord(head),
    })
  }

  #add(entity: Omit<Entity, 'id'>): Entity {
    const added = { id: this.entities.length, ...entity }
    this.entities.push(added)
    return added
  }
}
