import type { StoryDocument } from '../schema.js'

const SIDED = ['sources', 'attributions', 'quotes'] as const
type Sided = (typeof SIDED)[number]
export type Crossings = { readonly [C in Sided]: ReadonlySet<string> }

/**
 * The document with a fresh lineage for everything that crosses the anonymity boundary, so that what a source said unnamed is never
 * joined to what it says by name. Give the sides of all earlier revisions, not only of the last: an entry may have been away in
 * between. `newId` makes a random UUID. Nothing crosses between `earlier` and the result.
 */
export function separateLineages(earlier: readonly AnonymitySides[], to: StoryDocument, newId: () => string): StoryDocument {
  const crossings = crossingsOf(earlier, to)
  return SIDED.every((collection) => crossings[collection].size === 0) ? to : withFreshLineages(to, crossings, newId)
}

/** The document with another lineage for every entry whose own is among these, by collection. */
export function withFreshLineages(document: StoryDocument, stale: Crossings, newId: () => string): StoryDocument {
  const fresh = <T extends { readonly lineage: string }>(entries: readonly T[], lineages: ReadonlySet<string>) =>
    entries.map((entry) => (lineages.has(entry.lineage) ? { ...entry, lineage: newId() } : entry))
  return {
    ...document,
    sources: fresh(document.sources, stale.sources),
    attributions: fresh(document.attributions, stale.attributions),
    quotes: fresh(document.quotes, stale.quotes),
  }
}

/** By collection, which lineages stand on one side of the anonymity boundary in `to` and stood on the other before. An entry that credits nobody counts as not anonymous, so that a source does not cross in two steps. */
export function crossingsOf(earlier: readonly AnonymitySides[], to: StoryDocument): Crossings {
  const now = anonymitySides(to)
  const crossing = (collection: Sided) => new Set([...now[collection]].flatMap(([lineage, isAnonymous]) =>
    (earlier.some((sides) => (sides[collection].get(lineage) ?? isAnonymous) !== isAnonymous) ? [lineage] : [])))
  return { sources: crossing('sources'), attributions: crossing('attributions'), quotes: crossing('quotes') }
}

/** For each lineage of a collection, whether its source is anonymous. */
export type AnonymitySides = { readonly [C in Sided]: ReadonlyMap<string, boolean> }

export function anonymitySides(document: StoryDocument): AnonymitySides {
  const anonymous = new Set(document.sources.flatMap((source) => (source.kind === 'ANONYMOUS' ? [source.key] : [])))
  const unnamed = new Set(document.attributions.flatMap(({ key, source }) => (source !== undefined && anonymous.has(source) ? [key] : [])))
  return {
    sources: new Map(document.sources.map((source) => [source.lineage, anonymous.has(source.key)])),
    attributions: new Map(document.attributions.map((attribution) => [attribution.lineage, unnamed.has(attribution.key)])),
    quotes: new Map(document.quotes.map((quote) => [quote.lineage, unnamed.has(quote.attribution)])),
  }
}
