import { storyDocumentOf, type StoryDocument, type StoryDocumentInput } from '../document/index.js'
import { citedIn, topicOf, type Cast, type TopicName } from './cast.js'
import type { Clock } from './clock.js'
import type { Copy, Range } from './copy.js'
import { lineageOf } from './lineage.js'
import { attributionsAndQuotes, type Saying } from './sayings.js'

type Listed<K extends keyof StoryDocumentInput> = NonNullable<StoryDocumentInput[K]> extends readonly (infer Entry)[] ? Entry : never
type WithoutKey<T> = T extends unknown ? Omit<T, 'key'> : never
/** Entries under their keys. */
export type Keyed<K extends keyof StoryDocumentInput> = Readonly<Record<string, WithoutKey<Listed<K>>>>

type Claim = Listed<'claims'>
type Occurrence = Claim['occurrences'][number]

/** A story as its author writes it. People, organizations, outlets and journalists are found by their keys in the cast. */
export interface Plan extends Omit<StoryDocumentInput,
  'onrecord' | 'paragraphs' | 'people' | 'organizations' | 'outlets' | 'journalists' | 'topics' | 'bylines' | 'sources' | 'attributions' | 'quotes' |
  'statements' | 'requestsForComment' | 'outletCredits' | 'claims' | 'events' | 'documents' | 'records' | 'media'> {
  readonly copy: Copy
  readonly topics: readonly TopicName[]
  /** Journalists' keys; with a role where they did not write the story. */
  readonly bylines?: readonly (string | Listed<'bylines'>)[]
  readonly sources: Keyed<'sources'>
  /** What is said, by the keys of the attributions. */
  readonly says: Readonly<Record<string, Saying>>
  readonly statements?: Keyed<'statements'>
  readonly requestsForComment?: Keyed<'requestsForComment'>
  readonly outletCredits?: Keyed<'outletCredits'>
  /** An occurrence is a range in the outlet's own voice, the key of an attribution (for all that it credits), or both. */
  readonly claims?: Readonly<Record<string, Omit<Claim, 'key' | 'occurrences'> & { readonly occurrences: readonly (string | Range | Occurrence)[] }>>
  readonly events?: Keyed<'events'>
  readonly documents?: Keyed<'documents'>
  readonly records?: Keyed<'records'>
  readonly media?: Keyed<'media'>
  /** People and organizations that the copy names and nothing else in the plan does. */
  readonly alsoNamed?: { readonly people?: readonly string[]; readonly organizations?: readonly string[] }
}

/** What a demo story is written with. */
export interface Newsroom { readonly clock: Clock; readonly cast: Cast }
export type DemoStory = (newsroom: Newsroom) => Plan

/** Turns a plan into a document; throws where it is not one. */
export function buildStory(plan: Plan, cast: Cast): StoryDocument {
  const { copy, topics, bylines = [], sources, says, statements = {}, requestsForComment, outletCredits, claims = {}, events, documents, records = {}, media, alsoNamed, ...head } = plan
  const identified = <T extends object>(collection: string, entries: Readonly<Record<string, T>> = {}) =>
    Object.entries(entries).map(([key, entry]) => ({ lineage: lineageOf(plan.slug, collection, key), ...entry, key }))
  const keyed = <T extends object>(entries: Readonly<Record<string, T>> = {}) => Object.entries(entries).map(([key, entry]) => ({ ...entry, key }))
  const said = attributionsAndQuotes(copy, says, sources, statements, records)
  const body = {
    bylines: bylines.map((byline) => (typeof byline === 'string' ? { journalist: byline } : byline)),
    topics: topics.map(topicOf),
    sources: identified('sources', sources),
    attributions: identified('attributions', said.attributions),
    quotes: identified('quotes', said.quotes),
    statements: identified('statements', statements),
    requestsForComment: identified('requestsForComment', requestsForComment),
    outletCredits: identified('outletCredits', outletCredits),
    claims: identified('claims', claims).map((claim) => ({ ...claim, occurrences: claim.occurrences.flatMap((occurrence) => occurrencesOf(occurrence, said.attributions)) })),
    events: keyed(events),
    documents: identified('documents', documents),
    records: identified('records', records),
    media: keyed(media),
  }
  return storyDocumentOf({ onrecord: 1, ...head, paragraphs: copy.paragraphs, ...body, ...citedIn({ ...head, ...body }, cast, alsoNamed) })
}

function occurrencesOf(occurrence: string | Range | Occurrence, attributions: Readonly<Record<string, { readonly content: readonly Range[] }>>): Occurrence[] {
  if (typeof occurrence !== 'string') return ['range' in occurrence ? occurrence : { range: occurrence }]
  const attribution = attributions[occurrence]
  if (!attribution) throw new RangeError(`A claim names the attribution "${occurrence}", which nobody wrote`)
  return attribution.content.map((range) => ({ range, attribution: occurrence }))
}
