import { LIMITS, storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../document/index.js'
import { findClaims } from './claims.js'
import type { Resolved } from './coreference.js'
import type { Analysis, Diagnostic, ExtractionOptions } from './extraction.js'
import { Keys, slugOf } from './keys.js'
import { kindOfContent } from './speech.js'
import { mentionKind } from './kinds.js'
import { Members, round } from './members.js'
import { officialStatement } from './official.js'
import { OUTLET_STARTS, outletAt } from './outlets.js'
import { Layout, type DocumentRange } from './ranges.js'
import { textOf, type Span } from './reading.js'
import { findRequests } from './requests.js'
import { datelineEnd } from './dateline.js'

type Lists = 'attributions' | 'quotes' | 'statements' | 'requestsForComment' | 'outletCredits' | 'claims'
type List<K extends Lists> = NonNullable<StoryDocumentInput[K]>[number][]

/** Ranges may mark so much text together; below the document's own limit, to leave room for names and quotes. */
const MOST_MARKED = LIMITS.rangeText * 0.6
const MOST_PIECES = 200

/** Builds the document out of what was read. Whatever is over a limit is left out from the end on, and reported. */
export class DocumentBuilder {
  readonly #analysis: Analysis
  readonly #layout: Layout
  readonly #members: Members
  readonly #keys = new Map<Resolved, string>()
  readonly #attributions: List<'attributions'> = []
  readonly #quotes: List<'quotes'> = []
  readonly #diagnostics: Diagnostic[]
  #marked = 0

  constructor(analysis: Analysis, diagnostics: Diagnostic[]) {
    this.#analysis = analysis
    this.#diagnostics = diagnostics
    this.#layout = new Layout(analysis.reading)
    this.#members = new Members(analysis, this.#layout)
  }

  build(options: ExtractionOptions, language: string): StoryDocument {
    const provider = options.provider === undefined ? undefined : this.#members.outlet(options.provider)
    this.#addAttributions()
    this.#addQuotes()
    const statements = this.#statements()
    const requests = this.#requests()
    const credits = this.#credits()
    const claims = this.#claims()
    for (const what of this.#members.capped) this.#limit(what)
    const { people, organizations, outlets, documents, sources } = this.#members
    const journalists = this.#journalists()
    const dateline = this.#dateline()
    const paragraphs = this.#layout.paragraphs.length > 0 ? this.#layout.paragraphs : [{ role: 'BODY' as const, text: '[no text]' }]
    return storyDocumentOf({
      onrecord: 1, slug: options.slug ?? this.#slug(), desk: options.desk ?? 'News', language,
      ...(provider && { providers: [provider] }), ...(dateline && { dateline }), paragraphs: [...paragraphs],
      people, organizations, outlets, documents, sources, journalists, bylines: journalists.map(({ key }) => ({ journalist: key })),
      attributions: this.#attributions, quotes: this.#quotes, statements, requestsForComment: requests, outletCredits: credits, claims,
    } satisfies StoryDocumentInput)
  }

  #addAttributions(): void {
    const { resolved } = this.#analysis
    for (const entry of resolved) {
      if (this.#attributions.length >= LIMITS.attributions) {
        this.#limit('attributions')
        break
      }
      this.#addAttribution(entry)
    }
    const parents = parentsOf(resolved)
    const firsts = firstOfEach(resolved)
    for (const [entry, key] of this.#keys) {
      const parent = parents.get(entry)
      const attribution = this.#attributions[Number(key.slice(1)) - 1]!
      const parentKey = parent && this.#keys.get(parent)
      if (parentKey) attribution.parent = parentKey
      const first = entry.antecedent && entry.entity ? firsts.get(entry.entity.id) : undefined
      const firstKey = first && first !== entry && before(first, entry) ? this.#keys.get(first) : undefined
      if (firstKey) attribution.antecedent = firstKey
    }
  }

  #addAttribution(entry: Resolved): void {
    const { reading } = this.#analysis
    const { relation, entity, mention } = entry
    const content = relation.content.slice(0, MOST_PIECES).flatMap((piece) => this.#layout.range(reading, piece) ?? []).sort((a, b) => a.paragraph - b.paragraph || a.start - b.start)
    const marked = content.reduce((sum, range) => sum + range.end - range.start, 0)
    if (content.length === 0) return
    if (this.#marked + marked * 2 > MOST_MARKED) {
      this.#limit('attributions by their length')
      return
    }
    this.#marked += marked * 2
    if (relation.content.length > MOST_PIECES) this.#limit('pieces of one quotation')
    const key = `a${this.#attributions.length + 1}`
    const source = entity && entry.certainty >= 0.4 ? this.#members.source(entity, entry.certainty) : undefined
    const cue = this.#layout.range(reading, relation.cue)
    const words = this.#layout.range(reading, relation.source)
    const addressee = this.#layout.range(reading, relation.addressee)
    const toldTo = this.#toldTo(relation.addressee)
    const terms = entity?.type === 'unnamed' && this.#members.anonymityOf(entity)?.background ? ('BACKGROUND' as const) : ('UNSTATED' as const)
    this.#keys.set(entry, key)
    this.#attributions.push({
      key, speech: kindOfContent(reading, relation.content).toUpperCase() as 'DIRECT', content, ...(source && { source }), ...(cue && { cue }),
      ...(words && mention && { mention: words, mentionForm: mention.form.toUpperCase() as 'NAME' }), ...(addressee && { addressee }), ...(toldTo && { toldTo: [toldTo] }),
      ...(relation.negated && { negated: true }), groundRules: { terms }, confirmed: false, proposal: { rule: relation.rule, confidence: round(relation.confidence * (relation.source ? 0.5 + entry.certainty / 2 : 1)) },
    })
  }

  #toldTo(span: Span | undefined): string | undefined {
    const { reading } = this.#analysis
    if (!span || !OUTLET_STARTS.has(reading.tokens[span.from]!.lower)) return undefined
    const found = outletAt(reading, span.from, span.to)
    return found && this.#members.outlet(textOf(reading, found))
  }

  /** A quotation belongs to the innermost attribution that holds it. */
  #addQuotes(): void {
    const { reading, resolved } = this.#analysis
    const owner = new Map<number, Resolved>()
    for (const entry of resolved) {
      if (!this.#keys.has(entry)) continue
      for (const region of regionsOf(this.#analysis, entry)) {
        const known = owner.get(region)
        if (!known || sizeOf(entry) < sizeOf(known)) owner.set(region, entry)
      }
    }
    const ranges = new Map<Resolved, DocumentRange[]>()
    reading.regions.forEach(({ first, last, open, close }, index) => {
      const entry = owner.get(index)
      const range = first < last ? this.#layout.range(reading, { from: first, to: last }) : undefined
      if (entry && range) ranges.set(entry, [...(ranges.get(entry) ?? []), range])
      else if (!entry && last - first >= 3) this.#orphan({ from: open, to: close })
    })
    for (const [entry, list] of ranges) {
      const groups = kindOfContent(reading, entry.relation.content) === 'direct' ? [list.slice(0, MOST_PIECES)] : list.map((range) => [range])
      for (const group of groups) {
        if (this.#quotes.length >= LIMITS.quotes) return this.#limit('quotes')
        this.#quotes.push({ key: `q${this.#quotes.length + 1}`, attribution: this.#keys.get(entry)!, ranges: group, confirmed: false, proposal: { rule: 'words between quotation marks', confidence: round(entry.relation.confidence) } })
      }
    }
  }

  #orphan(span: Span): void {
    const { tokens } = this.#analysis.reading
    if (this.#diagnostics.filter(({ code }) => code === 'ORPHAN_QUOTE').length >= 50) return
    this.#diagnostics.push({ code: 'ORPHAN_QUOTE', message: 'Nobody is credited with these quoted words.', start: tokens[span.from]!.start, end: tokens[span.to - 1]!.end })
  }

  #statements(): List<'statements'> {
    const byIssuer = new Map<string, List<'statements'>[number]>()
    for (const [entry, key] of this.#keys) {
      const official = officialStatement(this.#analysis.reading, entry)
      if (!official || !entry.entity) continue
      const issuer = this.#members.organizationOf(entry.entity)
      if (!issuer) continue
      const known = byIssuer.get(`${issuer} ${official.channel}`)
      if (known) known.attributions!.push(key)
      else if (byIssuer.size < LIMITS.others) {
        const person = entry.entity.person && this.#members.person(entry.entity.person.name, entry.entity.person)
        const spokesperson = person ? { person } : entry.entity.spokesperson ? { descriptor: entry.entity.label.slice(0, 400) } : undefined
        byIssuer.set(`${issuer} ${official.channel}`, { key: `s${byIssuer.size + 1}`, issuer, channel: official.channel, attributions: [key], ...(spokesperson && { spokesperson }), confirmed: false, proposal: { rule: 'a statement by an institution', confidence: 0.8 } })
      }
    }
    return [...byIssuer.values()]
  }

  #requests(): List<'requestsForComment'> {
    const { reading, resolved } = this.#analysis
    const list: List<'requestsForComment'> = []
    for (const { outcome, asked, words, answer } of findRequests(reading, resolved)) {
      if (list.length >= LIMITS.others) break
      const whom = asked && this.#whom(asked, answer)
      const outcomeLine = this.#layout.range(reading, words)
      if (!whom) continue
      const attribution = answer && this.#keys.get(answer)
      list.push({ key: `r${list.length + 1}`, ...whom, outcome, ...(outcomeLine && { outcomeLine }), ...(attribution && { answeredBy: { attribution } }), confirmed: false, proposal: { rule: `request for comment: ${outcome.toLowerCase().replace('_', ' ')}`, confidence: 0.85 } })
    }
    return list
  }

  /** Whom the newsroom asked: a person by name, or the body named or meant. */
  #whom(asked: Span, answer: Resolved | undefined): { person: string } | { organization: string } | undefined {
    const { reading, cast, resolved } = this.#analysis
    for (let at = asked.from; at < asked.to; at += 1) {
      const body = cast.bodyAt.get(at)
      const organization = body && this.#members.organization(body.name, body)
      if (organization) return { organization }
    }
    const kind = mentionKind(reading, asked)
    const named = cast.personAt.get(kind.head)
    const person = named && this.#members.person(named.name, named)
    if (person) return { person }
    if (answer?.entity) {
      const organization = this.#members.organizationOf(answer.entity)
      if (organization) return { organization }
    }
    if (kind.type === 'organization' && kind.form === 'description') {
      const recent = resolved.findLast(({ entity, relation }) => entity?.type === 'organization' && relation.cue && relation.cue.from < asked.from)
      const organization = recent?.entity && this.#members.organizationOf(recent.entity)
      if (organization) return { organization }
    }
    const name = textOf(reading, asked).replace(/\s+/g, ' ').slice(0, 200)
    const organization = kind.form === 'pronoun' || name === '' ? undefined : this.#members.organization(name.replace(/^(?:the|a|an)\s+/i, ''))
    return organization ? { organization } : undefined
  }

  #credits(): List<'outletCredits'> {
    const { reading } = this.#analysis
    const list: List<'outletCredits'> = []
    for (const [entry, attribution] of this.#keys) {
      const { entity, relation } = entry
      const mention = this.#layout.range(reading, relation.source)
      const own = this.#attributions[Number(attribution.slice(1)) - 1]!
      const source = own.source === undefined ? undefined : this.#members.sources.find(({ key }) => key === own.source)
      if (entity?.type !== 'outlet' || !mention || source?.kind !== 'OUTLET' || list.length >= LIMITS.others) continue
      list.push({ key: `o${list.length + 1}`, outlet: source.outlet, mention, content: own.content, attribution, confirmed: false, proposal: { rule: 'another outlet is credited', confidence: 0.85 } })
    }
    return list
  }

  #claims(): List<'claims'> {
    const { reading } = this.#analysis
    const list: List<'claims'> = []
    const known = [...this.#keys.keys()].filter(({ relation }) => !relation.thought)
    for (const { members, confidence } of findClaims(reading, known).slice(0, 200)) {
      const occurrences = members.map((entry) => ({ range: this.#attributions[Number(this.#keys.get(entry)!.slice(1)) - 1]!.content[0]!, attribution: this.#keys.get(entry)! }))
      const text = members[0]!.relation.content.map((piece) => textOf(reading, piece)).join(' ').replace(/\s+/g, ' ').slice(0, 1_000)
      const alleged = members.some(({ relation }) => /^(?:allege|accuse|claim|blame)$/.test(relation.lemma))
      list.push({ key: `c${list.length + 1}`, text, kind: alleged ? 'ALLEGATION' : 'FACT', occurrences, confirmed: false, proposal: { rule: 'contents that share names, numbers and predicates', confidence: round(confidence) } })
    }
    return list
  }

  #journalists(): { key: string; name: string }[] {
    const keys = new Keys()
    const names = this.#layout.bylines.flatMap((words) => words.replace(/^by\s+/i, '').split(/,\s+|\s+and\s+/)).map((name) => name.trim()).filter((name) => /^\p{Lu}[\p{L}.'’-]*(?:\s+\p{Lu}[\p{L}.'’-]*){1,3}$/u.test(name))
    return names.slice(0, 20).map((name) => ({ key: keys.of(name, 'journalist'), name }))
  }

  #dateline(): { place: string } | undefined {
    const { reading } = this.#analysis
    for (let index = 0; index < Math.min(5, reading.sentences.length); index += 1) {
      const sentence = reading.sentences[index]!
      if (reading.paragraphTokens[sentence.paragraph]![0] !== sentence.from) continue
      const end = datelineEnd(reading, sentence)
      const place = end > sentence.from ? textOf(reading, { from: sentence.from, to: end - 1 }).replace(/\s*\([^)]{0,40}\)\s*$/, '').trim() : ''
      if (place !== '' && place.length < 100) return { place }
    }
    return undefined
  }

  #slug(): string {
    const words = this.#layout.paragraphs[0]?.text.slice(0, 200).split(/\s+/).slice(0, 8).join(' ') ?? ''
    return slugOf(words).slice(0, 60).replace(/-+$/, '') || 'untitled'
  }

  #limit(what: string): void {
    if (!this.#diagnostics.some(({ code, message }) => code === 'LIMIT' && message.includes(` ${what} `))) this.#diagnostics.push({ code: 'LIMIT', message: `More ${what} than a story may hold; the later ones were left out.` })
  }
}

const sizeOf = ({ relation }: Resolved): number => relation.content.reduce((sum, { from, to }) => sum + to - from, 0)
const before = (a: Resolved, b: Resolved): boolean => (a.relation.source?.from ?? 0) < (b.relation.source?.from ?? 0)

function regionsOf({ reading }: Analysis, { relation }: Resolved): number[] {
  const found: number[] = []
  for (const { from, to } of relation.content) {
    for (let at = from; at < to; at += 1) {
      const { region } = reading.tokens[at]!
      if (region < 0) continue
      if (reading.regions[region]!.first >= from || reading.regions[region]!.open < from) found.push(region)
      at = Math.max(at, reading.regions[region]!.close - 1)
    }
  }
  return found
}

/** The smallest attribution of the same sentence that holds another's cue and content. */
function parentsOf(resolved: readonly Resolved[]): Map<Resolved, Resolved> {
  const bySentence = new Map<number, Resolved[]>()
  for (const entry of resolved) {
    const list = bySentence.get(entry.relation.sentence)
    if (list) list.push(entry)
    else bySentence.set(entry.relation.sentence, [entry])
  }
  const parents = new Map<Resolved, Resolved>()
  for (const list of bySentence.values()) {
    for (const inner of list) {
      const { cue, content } = inner.relation
      if (!cue) continue
      const holds = (outer: Resolved): boolean => outer !== inner && sizeOf(outer) > sizeOf(inner) && [cue, ...content].every((span) => outer.relation.content.some(({ from, to }) => from <= span.from && span.to <= to))
      const parent = list.filter(holds).sort((a, b) => sizeOf(a) - sizeOf(b))[0]
      if (parent) parents.set(inner, parent)
    }
  }
  return parents
}

function firstOfEach(resolved: readonly Resolved[]): Map<number, Resolved> {
  const firsts = new Map<number, Resolved>()
  for (const entry of resolved) {
    const id = entry.entity?.id
    if (id === undefined || entry.mention?.form === 'pronoun') continue
    const known = firsts.get(id)
    if (!known || before(entry, known)) firsts.set(id, entry)
  }
  return firsts
}
