import { LIMITS, type StoryDocumentInput } from '../document/index.js'
import { anonymityOf, type Anonymity } from './anonymity.js'
import type { Body, Person } from './cast.js'
import type { Entity } from './coreference.js'
import type { Analysis } from './extraction.js'
import { Keys } from './keys.js'
import { knownBody } from './kinds.js'
import { KNOWN_BODIES, SPOKESPEOPLE } from './lexicons/nouns.js'
import { textOf, type Reading, type Span } from './reading.js'
import { isCapital } from './tokens.js'
import type { Layout } from './ranges.js'

type Many<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]>
type Source = Many<'sources'>[number]

/** "Defense officials": bodies named by one word of theirs. */
const SHORT_BODIES: ReadonlyMap<string, string> = new Map([['defense', 'Department of Defense'], ['state', 'State Department'], ['justice', 'Justice Department'], ['treasury', 'Treasury Department']])
const INSTITUTIONS = /^(?:police|authorities|prosecutors|firefighters)$/

const line = (words: string): string => words.replace(/\s+/g, ' ').trim().slice(0, 400)

/** The document's people, organizations, outlets, source documents and sources, each with its key. */
export class Members {
  readonly people: Many<'people'>[number][] = []
  readonly organizations: { key: string; name: string; aliases: string[] }[] = []
  readonly outlets: Many<'outlets'>[number][] = []
  readonly documents: Many<'documents'>[number][] = []
  readonly sources: Source[] = []
  readonly capped: string[] = []
  readonly #keys = { people: new Keys(), organizations: new Keys(), outlets: new Keys(), documents: new Keys(), sources: new Keys() }
  readonly #person = new Map<string, string>()
  readonly #organization = new Map<string, string>()
  readonly #outlet = new Map<string, string>()
  readonly #source = new Map<Entity, string>()
  readonly #sourceOrganization = new Map<Entity, string>()
  /** Unnamed people whom the story credits with speech, not only with a thought or a wish. */
  readonly #speaking: ReadonlySet<Entity>
  readonly #anonymity: ReadonlyMap<Entity, Anonymity>
  readonly #analysis: Analysis
  readonly #layout: Layout

  constructor(analysis: Analysis, layout: Layout) {
    this.#analysis = analysis
    this.#layout = layout
    this.#speaking = new Set(analysis.resolved.flatMap(({ relation, entity }) => (entity && !relation.thought ? [entity] : [])))
    this.#anonymity = anonymityOf(analysis.reading, analysis.resolved)
    for (const body of analysis.cast.bodies) if (body.mentions.length > 1 || knownBody(body.name)) this.organization(body.name, body)
    for (const person of analysis.cast.people) if (/\s/.test(person.name) || person.mentions.length > 1) this.person(person.name, person)
  }

  anonymityOf(entity: Entity | undefined): Anonymity | undefined { return entity && this.#anonymity.get(entity) }
  organizationOf(entity: Entity): string | undefined { return this.#sourceOrganization.get(entity) }

  person(name: string, person?: Person): string | undefined {
    const known = this.#person.get(name.toLowerCase())
    if (known) return known
    if (this.#full('people', this.people.length)) return undefined
    const key = this.#keys.people.of(name, 'person')
    this.#person.set(name.toLowerCase(), key)
    const surname = name.split(' ').at(-1)!
    const organization = person && this.#employer(person)
    this.people.push({
      key, name: line(name), aliases: surname !== name && person && person.mentions.length > 1 ? [surname] : [],
      affiliations: person?.title && organization ? [{ organization, title: line(person.title) }] : [],
    })
    return key
  }

  organization(name: string, body?: Body): string | undefined {
    const known = this.#organization.get(name.toLowerCase())
    if (known) return known
    if (this.#full('organizations', this.organizations.length)) return undefined
    const key = this.#keys.organizations.of(name, 'organization')
    this.#organization.set(name.toLowerCase(), key)
    const own = KNOWN_BODIES.find(([full]) => full === name)
    this.organizations.push({ key, name: line(name), aliases: [...new Set([...(body?.aliases ?? [])].filter((alias) => alias !== name))].slice(0, 20).map(line).filter((alias) => alias !== '' || own) })
    return key
  }

  outlet(name: string): string | undefined {
    const plain = line(name).replace(/^the\s+(?=\p{Lu})/u, '')
    const known = this.#outlet.get(plain.toLowerCase().replace(/^the /, ''))
    if (known) return known
    if (this.#full('outlets', this.outlets.length)) return undefined
    const key = this.#keys.outlets.of(plain, 'outlet')
    this.#outlet.set(plain.toLowerCase().replace(/^the /, ''), key)
    this.outlets.push({ key, name: plain })
    return key
  }

  /** The source's key; none where the words name nobody in particular. */
  source(entity: Entity, certainty: number): string | undefined {
    const known = this.#source.get(entity)
    if (known) return known
    if (this.sources.length >= LIMITS.sources) {
      this.#full('sources', LIMITS.others)
      return undefined
    }
    const made = this.#make(entity)
    if (!made) return undefined
    const key = this.#keys.sources.of(made.name, 'source')
    this.#source.set(entity, key)
    this.sources.push({ key, confirmed: false, proposal: { rule: `source read as ${entity.type}`, confidence: round(certainty * (entity.type === 'group' ? 0.7 : 0.9)) }, ...made.fields } as Source)
    return key
  }

  #make(entity: Entity): { name: string; fields: Record<string, unknown> } | undefined {
    switch (entity.type) {
      case 'person': return this.#personSource(entity)
      case 'organization': {
        const name = entity.body?.name ?? knownBody(entity.label) ?? entity.label.replace(/^(?:the|a|an)\s+(?=\p{Lu})/iu, '')
        if (/^(?:it|they|we|who|which)$/i.test(name)) return undefined
        const organization = this.organization(name, entity.body)
        if (organization) this.#sourceOrganization.set(entity, organization)
        return organization ? { name, fields: { kind: 'ORGANIZATION', organization } } : undefined
      }
      case 'outlet': {
        const outlet = this.outlet(entity.label)
        return outlet ? { name: entity.label, fields: { kind: 'OUTLET', outlet } } : undefined
      }
      case 'document': return this.#documentSource(entity)
      case 'group': return /^(?:they|we|who|which|those|i|you|that|this|these|it|he|she)$/i.test(entity.label) ? undefined : { name: entity.label, fields: { kind: 'GROUP', name: line(entity.label) } }
      case 'unnamed': return this.#unnamedSource(entity)
    }
  }

  #personSource(entity: Entity): { name: string; fields: Record<string, unknown> } | undefined {
    if (/^(?:he|she|they|it|who|i|one|we|you|that)$/i.test(entity.label)) return undefined
    const person = this.person(entity.person?.name ?? entity.label, entity.person)
    const organization = entity.person && this.#employer(entity.person)
    if (organization) this.#sourceOrganization.set(entity, organization)
    return person ? { name: entity.label, fields: { kind: 'PERSON', person, ...(entity.person?.title && { title: line(entity.person.title) }), ...(organization && { organization }) } } : undefined
  }

  #documentSource(entity: Entity): { name: string; fields: Record<string, unknown> } | undefined {
    if (this.#full('documents', this.documents.length)) return undefined
    const document = this.#keys.documents.of(entity.label, 'document')
    this.documents.push({ key: document, title: line(entity.label) })
    return { name: entity.label, fields: { kind: 'DOCUMENT', document } }
  }

  /** A spokesperson and the police speak for a body; everyone else without a name is an anonymous source. */
  #unnamedSource(entity: Entity): { name: string; fields: Record<string, unknown> } | undefined {
    const { reading } = this.#analysis
    const body = this.#bodyIn(entity.introduction)
    if (entity.spokesperson && body) {
      const organization = this.organization(body.name, body.body)
      if (organization) this.#sourceOrganization.set(entity, organization)
      if (organization) return { name: entity.label, fields: { kind: 'ORGANIZATION', organization, spokesperson: line(entity.label) } }
    }
    if (INSTITUTIONS.test(entity.head) && !body && entity.introduction.to - entity.introduction.from <= 3) {
      const name = entity.label.replace(/^the\s+/i, '')
      const organization = this.organization(name)
      if (organization) return { name, fields: { kind: 'ORGANIZATION', organization } }
    }
    if (!this.#speaking.has(entity) && entity.plural) return { name: entity.label, fields: { kind: 'GROUP', name: line(entity.label) } }
    const anonymity = this.#anonymity.get(entity)
    const affiliation = body && this.organization(body.name, body.body)
    const count = entity.headcount
    const countRange = this.#layout.range(reading, count.words)
    const wording = (span: Span | undefined): { text: string; range?: unknown } | undefined => {
      const range = this.#layout.range(reading, span)
      return span && range ? { text: line(textOf(reading, span)), range } : undefined
    }
    const [terms, reason, basis] = [wording(anonymity?.terms), wording(anonymity?.reason), wording(anonymity?.basis)]
    const descriptorRange = this.#layout.range(reading, entity.introduction)
    return {
      name: entity.label, fields: {
        kind: 'ANONYMOUS', descriptor: line(entity.label), ...(descriptorRange && { descriptorRange }),
        headcount: { min: count.min, ...(count.exact !== undefined && countRange && { exact: count.exact }), ...(countRange && { range: countRange }) },
        ...(terms && { terms }), ...(reason && { reason }), ...(basis && { basis }),
        ...(body && affiliation && { affiliation: { ...wording(body.words)!, organization: affiliation } }),
      },
    }
  }

  /** The body that a description names: "a senior Pentagon official", "a spokesman for the agency". */
  #bodyIn(span: Span): { name: string; body?: Body; words: Span } | undefined {
    const { reading, cast } = this.#analysis
    for (let at = span.from; at < span.to; at += 1) {
      if (/^(?:who|which)$/.test(reading.tokens[at]!.lower)) return undefined
      const body = cast.bodyAt.get(at)
      if (body) return { name: body.name, body, words: { from: nameStart(reading, at, span.from), to: at + 1 } }
      const token = reading.tokens[at]!
      const short = /^\p{Lu}/u.test(token.text) ? SHORT_BODIES.get(token.lower) : undefined
      if (short && reading.tokens[at + 1]?.tag === 'NOUN') return { name: short, words: { from: at, to: at + 1 } }
      const next = reading.tokens[at + 1]
      if (/^\p{Lu}/u.test(token.text) && at > span.from && token.tag === 'PROPN' && next && SPOKESPEOPLE.has(next.lower) && at + 1 < span.to) return { name: token.text, words: { from: at, to: at + 1 } }
    }
    return undefined
  }

  /** Whom a person's title binds to: "Anthropic's CEO", "Pentagon spokesman", "Defense Secretary". */
  #employer(person: Person): string | undefined {
    const { reading, cast } = this.#analysis
    for (let at = person.introduction.from; at < person.introduction.to; at += 1) {
      const body = cast.bodyAt.get(at)
      if (body) return this.organization(body.name, body)
      const short = /^\p{Lu}/u.test(reading.tokens[at]!.text) && at + 1 < person.introduction.to ? SHORT_BODIES.get(reading.tokens[at]!.lower) : undefined
      if (short) return this.organization(short)
    }
    if (reading.tokens[person.introduction.to]?.text !== ',') return undefined
    for (let at = person.introduction.to + 1; at < person.introduction.to + 14 && reading.tokens[at] && !/^[,.;]$/.test(reading.tokens[at]!.text); at += 1) {
      const body = cast.bodyAt.get(at)
      if (body) return this.organization(body.name, body)
    }
    return undefined
  }

  #full(what: string, size: number): boolean {
    if (size < LIMITS.others) return false
    if (!this.capped.includes(what)) this.capped.push(what)
    return true
  }
}

/** Where the capitalised words that end at `at` begin. */
function nameStart({ tokens }: Reading, at: number, floor: number): number {
  let from = at
  while (from > floor && isCapital(tokens[from - 1]) && tokens[from - 1]!.tag !== 'DET') from -= 1
  return from
}

export const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
