import { markedRangesOf, segmentsOf, type Attribution, type MarkedRange, type Quote, type Segment, type Source, type StoryDocument } from '../document/index.js'
import type { StoryRecord } from '../database/read/index.js'

type Keyed<T> = ReadonlyMap<string, T>
type Collection = 'people' | 'organizations' | 'outlets' | 'journalists' | 'events' | 'documents' | 'records' | 'sources' | 'attributions' | 'quotes' | 'statements' | 'requestsForComment' | 'outletCredits'

/** Entries that are looked through one by one, which is as quick as a map of them. */
const FEW = 32
/** Of documents' larger collections, which never change, and may be the same ones for many requests. What is in here stays until the whole heap is collected. */
const byKey = new WeakMap<readonly object[], Keyed<unknown>>()

/** A story as one viewer reads it, with its document's parts within reach by key. Built once per request and story. */
export class StoryIndex {
  readonly document: StoryDocument
  #quotesByAttribution: Map<string, Quote[]> | undefined
  #nested: Map<string, Attribution[]> | undefined
  #segments: readonly (readonly Segment[])[] | undefined
  #marked: readonly (readonly MarkedRange[])[] | undefined

  constructor(readonly record: StoryRecord, readonly now: Date, readonly isNewsroom: boolean) {
    this.document = record.document
  }

  get<K extends Collection>(collection: K, key: string): StoryDocument[K][number] {
    return this.find(collection, key)!
  }

  find<K extends Collection>(collection: K, key: string | undefined): StoryDocument[K][number] | undefined {
    if (key === undefined) return undefined
    const entries = this.document[collection] as StoryDocument[K]
    if (entries.length <= FEW) return (entries as readonly StoryDocument[K][number][]).find((entry) => entry.key === key)
    let map = byKey.get(entries) as Keyed<StoryDocument[K][number]> | undefined
    if (!map) byKey.set(entries, (map = new Map(entries.map((entry) => [entry.key, entry]))))
    return map.get(key)
  }

  sourceOf(attribution: Attribution): Source | undefined {
    return this.find('sources', attribution.source)
  }

  quotesOf(attribution: Attribution): readonly Quote[] {
    this.#quotesByAttribution ??= grouped(this.document.quotes, (quote) => quote.attribution)
    return this.#quotesByAttribution.get(attribution.key) ?? []
  }

  nestedIn(attribution: Attribution): readonly Attribution[] {
    this.#nested ??= grouped(this.document.attributions, (entry) => entry.parent)
    return this.#nested.get(attribution.key) ?? []
  }

  segments(paragraph: number): readonly Segment[] {
    this.#segments ??= segmentsOf(this.document)
    return this.#segments[paragraph]!
  }

  marked(paragraph: number): readonly MarkedRange[] {
    this.#marked ??= markedRangesOf(this.document)
    return this.#marked[paragraph]!
  }
}

function grouped<T>(entries: readonly T[], by: (entry: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const entry of entries) {
    const key = by(entry)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return groups
}
