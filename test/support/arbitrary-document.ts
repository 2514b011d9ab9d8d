import { randomUUID } from 'node:crypto'
import fc, { type Arbitrary, type GeneratorValue } from 'fast-check'
import * as format from '../../src/document/index.js'
import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../../src/document/index.js'

type Listed<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]> extends readonly (infer Entry)[] ? Entry : never
type Range = Listed<'attributions'>['content'][number]

/** Characters of one, two and four UTF-16 bytes, joined ones, right-to-left ones, quotation marks of several languages, JSON's and SQL's own. */
const WORDS = [
  'said', 'the', 'official', 'Tuesday', '“We', 'will”', '‘no’', '«jamais»', '„nein“', '🚢', '👩‍👩‍👧‍👦', '🇺🇦', 'é', 'e\u0301', 'naïve', '東京都', 'السلام', 'עברית', '𝔘𝔫𝔦',
  '—', '…', '"plain"', "it's", '\\', '$1', '{}', '[0]', 'a\tb', 'line\nbreak', '\u2028', '\u00a0', '100%', '<b>', 'I’m', 'x'.repeat(60),
]
const INSTANTS = ['2026-02-24T17:00:00Z', '2026-02-24T12:00:00.5-05:00', '1999-12-31T23:59:59.999Z', '2026-02-24T17:00:00.123456Z', '2026-02-24T22:30:00+05:30']
const DAYS = ['2026-02-24', '2024-02-29', '1969-12-31']
const URLS = ['https://example.org/a?b=c#d', 'http://example.org', 'https://example.org/päth/“x”']

/** Picks for one document. Shrinks towards the first of everything and towards leaving things out. */
class Picks {
  constructor(readonly generate: GeneratorValue) {}

  integer(min: number, max: number): number {
    return this.generate(fc.integer, { min, max })
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)]!
  }

  /** The fields, or none of them. */
  maybe<T extends object>(make: () => T): Partial<T> {
    return this.integer(0, 1) === 1 ? make() : {}
  }

  some<T>(choices: readonly T[], most = choices.length): T[] {
    const count = this.integer(0, Math.min(most, choices.length))
    return choices.slice(0, count)
  }

  times<T>(min: number, max: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.integer(min, max) }, (_, index) => make(index))
  }

  text(most: number): string {
    const text = this.times(1, most, () => this.of(WORDS)).join(' ')
    return text.trim() === '' ? `${text}.` : text
  }
}

/** Ranges over paragraphs, at boundaries of characters. */
class Ranges {
  readonly #offsets: readonly (readonly number[])[]

  constructor(readonly picks: Picks, readonly paragraphs: readonly { readonly text: string }[]) {
    this.#offsets = paragraphs.map(({ text }) => {
      const offsets = [0]
      for (const character of text) offsets.push(offsets.at(-1)! + character.length)
      return offsets
    })
  }

  any(): Range {
    const paragraph = this.picks.integer(0, this.paragraphs.length - 1)
    const offsets = this.#offsets[paragraph]!
    const from = this.picks.integer(0, offsets.length - 2)
    const to = this.picks.integer(from + 1, offsets.length - 1)
    const range = { paragraph, start: offsets[from]!, end: offsets[to]! }
    return { ...range, ...this.picks.maybe(() => ({ exact: this.paragraphs[paragraph]!.text.slice(range.start, range.end) })) }
  }

  /** In reading order, none twice. */
  several(): Range[] {
    const all = [this.any(), ...this.picks.times(0, 2, () => this.any())].map(({ paragraph, start, end }) => ({ paragraph, start, end }))
    const distinct = new Map(all.map((range) => [`${range.paragraph} ${range.start} ${range.end}`, range]))
    return [...distinct.values()].sort(format.compareRanges)
  }
}

const keys = (entries: readonly { readonly key: string }[]) => entries.map((entry) => entry.key)

function worldOf(picks: Picks) {
  const organizations = picks.times(1, 3, (index) => ({ key: `org-${index}`, name: picks.text(3), aliases: picks.times(0, 2, () => picks.text(2)) }))
  const affiliation = () => ({ organization: picks.of(keys(organizations)), title: picks.text(2), ...picks.maybe(() => ({ from: picks.of(DAYS) })), ...picks.maybe(() => ({ to: picks.of(DAYS) })) })
  return {
    organizations,
    people: picks.times(1, 3, (index) => ({ key: `person-${index}`, name: picks.text(2), aliases: picks.times(0, 1, () => picks.text(1)), affiliations: picks.times(0, 2, affiliation) })),
    outlets: picks.times(1, 2, (index) => ({ key: `outlet-${index}`, name: picks.text(2), ...picks.maybe(() => ({ url: picks.of(URLS) })) })),
    journalists: picks.times(1, 2, (index) => ({ key: `journalist-${index}`, name: picks.text(2) })),
    documents: picks.times(1, 2, (index) => ({ key: `document-${index}`, title: picks.text(3), ...picks.maybe(() => ({ publisher: picks.text(1), publishedAt: picks.of(INSTANTS) })), ...picks.maybe(() => ({ url: picks.of(URLS) })) })),
    records: picks.times(0, 1, (index) => ({
      key: `record-${index}`, kind: picks.of(format.RECORD_KINDS), ...picks.maybe(() => ({ title: picks.text(2), programme: picks.text(2), airedAt: picks.of(INSTANTS) })),
      segments: picks.times(0, 2, () => ({ startMs: picks.integer(0, 1000), endMs: picks.integer(1000, 2000), text: picks.text(5), ...picks.maybe(() => ({ speaker: picks.text(1) })) })),
    })),
  }
}
type World = ReturnType<typeof worldOf>

const confirmable = (picks: Picks) => ({ confirmed: picks.integer(0, 3) !== 3, ...picks.maybe(() => ({ proposal: { rule: picks.text(1), confidence: picks.of([0, 0.1, 0.875, 1]) } })) })

function sourceOf(picks: Picks, ranges: Ranges, world: World, index: number): Listed<'sources'> {
  const base = { key: `s${index}`, ...picks.maybe(() => ({ heldBy: picks.of(keys(world.outlets)) })), ...confirmable(picks) }
  const wording = () => ({ text: picks.text(3), ...picks.maybe(() => ({ range: ranges.any() })) })
  const kind = picks.of(format.SOURCE_KINDS)
  switch (kind) {
    case 'PERSON': return { ...base, kind, person: picks.of(keys(world.people)), ...picks.maybe(() => ({ title: picks.text(2), organization: picks.of(keys(world.organizations)) })) }
    case 'ORGANIZATION': return { ...base, kind, organization: picks.of(keys(world.organizations)), ...picks.maybe(() => ({ spokesperson: picks.text(2) })) }
    case 'DOCUMENT': return { ...base, kind, document: picks.of(keys(world.documents)) }
    case 'OUTLET': return { ...base, kind, outlet: picks.of(keys(world.outlets)) }
    case 'GROUP': return { ...base, kind, name: picks.text(2) }
    case 'ANONYMOUS': return {
      ...base, kind, descriptor: picks.text(4), ...picks.maybe(() => ({ descriptorRange: ranges.any() })),
      headcount: { min: picks.integer(1, 3), ...picks.maybe(() => ({ exact: picks.integer(3, 5), range: ranges.any() })) },
      ...picks.maybe(() => ({ reason: wording(), basis: wording() })), ...picks.maybe(() => ({ motive: wording(), terms: wording() })),
      ...picks.maybe(() => ({ affiliation: { ...wording(), ...picks.maybe(() => ({ organization: picks.of(keys(world.organizations)) })) } })),
      ...picks.maybe(() => ({ agreed: { ...picks.maybe(() => ({ reason: picks.text(5), grantedBy: picks.of(keys(world.journalists)) })), approvals: picks.times(0, 2, () => ({
        use: picks.text(2), approvedBy: picks.of(keys(world.journalists)), at: picks.of(INSTANTS), knowsIdentity: picks.integer(0, 1) === 1, ...picks.maybe(() => ({ recordedBy: picks.of(keys(world.journalists)) })),
      })) } })),
    }
  }
}

function attributionOf(picks: Picks, ranges: Ranges, world: World, sources: readonly string[], events: readonly string[], index: number): Listed<'attributions'> {
  // Parents and antecedents are earlier ones, so that they run in no circle; trees and chains come by themselves.
  const earlier = () => `a${picks.integer(0, index - 1)}`
  const range = <K extends string>(name: K) => picks.maybe(() => ({ [name]: ranges.any() }) as Record<K, Range>)
  return {
    key: `a${index}`, speech: picks.of(format.SPEECHES), content: ranges.several(), ...range('cue'), ...range('mention'), ...range('addressee'),
    ...picks.maybe(() => ({ source: picks.of(sources) })), ...picks.maybe(() => ({ mentionForm: picks.of(format.MENTION_FORMS) })), toldTo: picks.some(keys(world.outlets)),
    negated: picks.integer(0, 4) === 4,
    groundRules: { terms: picks.of(format.GROUND_RULES), history: picks.times(0, 2, () => ({ terms: picks.of(format.GROUND_RULES), at: picks.of(INSTANTS), ...picks.maybe(() => ({ note: picks.text(4) })) })) },
    ...(index > 0 && picks.maybe(() => ({ parent: earlier() }))), ...(index > 0 && picks.maybe(() => ({ antecedent: earlier() }))),
    ...picks.maybe(() => ({ saidAt: { earliest: picks.of(INSTANTS), ...picks.maybe(() => ({ latest: picks.of(INSTANTS) })), ...range('range') } })),
    ...(events.length > 0 && picks.maybe(() => ({ occasion: picks.of(events) }))), ...confirmable(picks),
  }
}

function statementOf(picks: Picks, world: World, attributions: readonly string[], index: number) {
  return {
    key: `t${index}`, issuer: picks.of(keys(world.organizations)), channel: picks.of(format.STATEMENT_CHANNELS), release: picks.of(format.STATEMENT_RELEASES),
    texts: picks.times(0, 2, (at) => ({ takenAt: `2026-02-24T1${at}:00:00Z`, text: picks.text(12) })), attributions: picks.some(attributions, 2),
    ...picks.maybe(() => ({ issuedAt: picks.of(INSTANTS), embargoedUntil: picks.of(INSTANTS) })), ...picks.maybe(() => ({ url: picks.of(URLS) })),
    ...picks.maybe(() => ({ spokesperson: { ...picks.maybe(() => ({ person: picks.of(keys(world.people)) })), ...picks.maybe(() => ({ descriptor: picks.text(2) })) } })), ...confirmable(picks),
  }
}

function quoteOf(picks: Picks, ranges: Ranges, world: World, attributions: readonly string[], statements: readonly ReturnType<typeof statementOf>[], index: number): Listed<'quotes'> {
  const withText = statements.filter((statement) => statement.texts.length > 0)
  return {
    key: `q${index}`, attribution: picks.of(attributions), ranges: ranges.several(), standing: picks.of(format.QUOTE_STANDINGS),
    ...picks.maybe(() => ({ translation: { original: picks.text(5), language: picks.of(['de', 'pt-BR', 'zh-Hant']), ...picks.maybe(() => ({ translator: picks.text(1) })) } })),
    ...(withText.length > 0 && picks.maybe(() => {
      const { key, texts } = picks.of(withText)
      const { start, end } = new Ranges(picks, [texts.at(-1)!]).any()
      return { excerptOf: { statement: key, start, end } }
    })),
    ...(world.records.length > 0 && picks.maybe(() => ({ record: { record: picks.of(keys(world.records)), ...picks.maybe(() => ({ segment: picks.integer(0, 2) })) } }))),
    ...confirmable(picks),
  }
}

function restOf(picks: Picks, ranges: Ranges, world: World, attributions: readonly string[], statements: readonly string[], sources: readonly string[], events: readonly string[]) {
  const said = () => (attributions.length > 0 ? picks.maybe(() => ({ attribution: picks.of(attributions) })) : {})
  const subject = () => ({ ...picks.maybe(() => ({ person: picks.of(keys(world.people)) })), ...picks.maybe(() => ({ organization: picks.of(keys(world.organizations)) })) })
  return {
    requestsForComment: picks.times(0, 2, (index) => ({
      key: `r${index}`, organization: picks.of(keys(world.organizations)), outcome: picks.of(format.REQUEST_OUTCOMES), ...picks.maybe(() => ({ person: picks.of(keys(world.people)), askedBy: picks.of(keys(world.journalists)) })),
      attempts: picks.times(0, 2, () => ({ at: picks.of(INSTANTS), channel: picks.of(format.CONTACT_CHANNELS), ...picks.maybe(() => ({ note: picks.text(3) })) })),
      ...picks.maybe(() => ({ outcomeLine: ranges.any(), deadline: picks.of(INSTANTS) })), ...picks.maybe(() => ({ answeredBy: { ...said(), ...(statements.length > 0 && picks.maybe(() => ({ statement: picks.of(statements) }))) } })), ...confirmable(picks),
    })),
    outletCredits: picks.times(0, 2, (index) => ({ key: `c${index}`, outlet: picks.of(keys(world.outlets)), mention: ranges.any(), content: picks.times(0, 2, () => ranges.any()), ...said(), ...picks.maybe(() => ({ url: picks.of(URLS), publishedAt: picks.of(INSTANTS) })), ...confirmable(picks) })),
    claims: picks.times(0, 2, (index) => ({
      key: `k${index}`, text: picks.text(6), kind: picks.of(format.CLAIM_KINDS), disparages: picks.integer(0, 1) === 1, documents: picks.some(keys(world.documents)),
      ...picks.maybe(() => ({ target: subject() })), ...picks.maybe(() => ({ holder: { ...subject(), ...(sources.length > 0 && picks.maybe(() => ({ source: picks.of(sources) }))) } })), ...(events.length > 0 && picks.maybe(() => ({ event: picks.of(events) }))),
      occurrences: [{ range: ranges.any(), ...said() }, ...picks.times(0, 2, () => ({ range: ranges.any(), ...said(), ...picks.maybe(() => ({ strength: picks.text(1) })) }))], ...confirmable(picks),
    })),
  }
}

function headOf(picks: Picks, world: World) {
  return {
    desk: picks.text(2), language: picks.of(['en', 'pt-BR', 'zh-Hant-TW']), kind: picks.of(format.REVISION_KINDS),
    ...picks.maybe(() => ({ slugline: picks.text(2), urgency: picks.integer(1, 9) })), ...picks.maybe(() => ({ dateline: { place: picks.text(1), ...picks.maybe(() => ({ date: picks.of(DAYS) })) } })),
    ...picks.maybe(() => ({ timeZone: picks.of(['America/New_York', 'UTC', 'Asia/Kathmandu']) })), ...picks.maybe(() => ({ editorsNote: picks.text(8), storyline: 'the-line' })),
    bylines: picks.some(keys(world.journalists)).map((journalist) => ({ journalist, ...picks.maybe(() => ({ role: picks.text(2) })) })), providers: picks.some(keys(world.outlets)),
    topics: picks.some(['medtop:11000000', 'medtop:04000000']).map((code) => ({ code, name: picks.text(2) })),
    ...picks.maybe(() => ({ publication: {
      firstPublishedAt: '2026-02-24T17:00:00Z', version: picks.integer(1, 3), ...picks.maybe(() => ({ publishedAt: '2026-02-25T09:30:00.250Z' })), ...picks.maybe(() => ({ embargoedUntil: '2026-03-01T00:00:00Z' })),
    } })),
  }
}

function documentOf(picks: Picks): StoryDocument {
  const paragraphs = picks.times(1, 6, () => ({ role: picks.of(format.PARAGRAPH_ROLES), text: picks.text(14) }))
  const ranges = new Ranges(picks, paragraphs)
  const world = worldOf(picks)
  const events = picks.times(0, 2, (index) => ({ key: `event-${index}`, name: picks.text(2), visibility: picks.of(format.EVENT_VISIBILITIES), ...picks.maybe(() => ({ startsAt: picks.of(INSTANTS), place: picks.text(1) })), ...picks.maybe(() => ({ range: ranges.any() })) }))
  const captions = paragraphs.flatMap(({ role }, index) => (role === 'CAPTION' ? [index] : []))
  const media = picks.times(0, 2, (index) => ({ key: `m${index}`, kind: picks.of(format.MEDIA_KINDS), uri: picks.of(URLS), ...(captions.length > 0 && picks.maybe(() => ({ caption: picks.of(captions) }))), ...picks.maybe(() => ({ credit: picks.text(2), rights: picks.text(2) })) }))
  const sources = picks.times(1, 5, (index) => sourceOf(picks, ranges, world, index))
  const attributions = picks.times(0, 6, (index) => attributionOf(picks, ranges, world, keys(sources), keys(events), index))
  const statements = picks.times(0, 2, (index) => statementOf(picks, world, keys(attributions), index))
  const quotes = attributions.length === 0 ? [] : picks.times(0, 4, (index) => quoteOf(picks, ranges, world, keys(attributions), statements, index))
  return storyDocumentOf({
    onrecord: 1, slug: 'any-story', ...headOf(picks, world), paragraphs, ...world, events, media, sources, attributions, statements, quotes,
    ...restOf(picks, ranges, world, keys(attributions), keys(statements), keys(sources), keys(events)),
  }, { lineage: randomUUID })
}

/**
 * Any story document: every kind of source, ranges over text of many scripts, trees of attributions, excerpts, claims; drafts and published.
 * Its slug is always the same and it names no other story: give it both where they matter. Its instants of publication are in UTC and
 * in the shortest form, as an export writes them.
 */
export function arbitraryDocument(): Arbitrary<StoryDocument> {
  return fc.gen().map((generate) => documentOf(new Picks(generate)))
}
