import type { Attribution, OutletCredit, Source, StoryDocument } from '../schema.js'

const MOST_SHOWN = 120

/** A text short enough for a label, never cut within a character. */
export function clipped(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MOST_SHOWN))
  return characters.length <= MOST_SHOWN && text.length <= 2 * MOST_SHOWN ? text : `${characters.slice(0, MOST_SHOWN - 1).join('')}…`
}

export type Collection = 'people' | 'organizations' | 'outlets' | 'journalists' | 'events' | 'documents' | 'records'
interface Cited { readonly key: string; readonly name?: string; readonly title?: string | undefined; readonly lineage?: string }

/** What the entries of one revision are called, by the keys that its other entries use for them. */
export class Names {
  private readonly maps = new Map<string, ReadonlyMap<string, Cited>>()
  private readonly sources: ReadonlyMap<string, Source>
  private readonly attributions: ReadonlyMap<string, Attribution>
  private readonly outletCredits: ReadonlyMap<string, OutletCredit>

  constructor(readonly document: StoryDocument) {
    for (const name of ['people', 'organizations', 'outlets', 'journalists', 'events', 'documents', 'records', 'statements'] as const) {
      this.maps.set(name, new Map((document[name] as readonly Cited[]).map((entry) => [entry.key, entry])))
    }
    this.sources = new Map(document.sources.map((source) => [source.key, source]))
    this.outletCredits = new Map(document.outletCredits.map((credit) => [credit.key, credit]))
    this.attributions = new Map(document.attributions.map((attribution) => [attribution.key, attribution]))
  }

  of(collection: Collection, key: string | undefined): string | undefined {
    if (key === undefined) return undefined
    const entry = this.maps.get(collection)!.get(key)
    return entry?.name ?? entry?.title ?? key
  }

  lineage(collection: 'records' | 'statements' | 'documents', key: string | undefined): string | undefined {
    return key === undefined ? undefined : this.maps.get(collection)!.get(key)?.lineage ?? key
  }

  source(key: string | undefined): Source | undefined {
    return key === undefined ? undefined : this.sources.get(key)
  }

  attribution(key: string | undefined): Attribution | undefined {
    return key === undefined ? undefined : this.attributions.get(key)
  }

  outletCredit(key: string | undefined): OutletCredit | undefined {
    return this.outletCredits.get(key ?? '')
  }

  /** "a senior Pentagon official", "Jane Doe". */
  sourceLabel(source: Source | undefined): string | undefined {
    switch (source?.kind) {
      case undefined: return undefined
      case 'PERSON': return this.of('people', source.person)
      case 'ORGANIZATION': return this.of('organizations', source.organization)
      case 'ANONYMOUS': return source.descriptor
      case 'DOCUMENT': return this.of('documents', source.document)
      case 'OUTLET': return this.of('outlets', source.outlet)
      case 'GROUP': return source.name
    }
  }

  /** "a senior Pentagon official: the strike was called off". */
  attributionLabel(attribution: Attribution | undefined): string | undefined {
    if (!attribution) return undefined
    const words = clipped(attribution.content.map((range) => range.exact).join(' '))
    const source = this.sourceLabel(this.source(attribution.source))
    return source === undefined ? words : `${source}: ${words}`
  }

  /** Whether an attribution's source is an anonymous source. */
  isAnonymous(attribution: Attribution | undefined): boolean {
    return this.source(attribution?.source)?.kind === 'ANONYMOUS'
  }
}
