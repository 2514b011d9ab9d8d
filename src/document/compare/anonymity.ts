import type { StoryDocument } from '../schema.js'

const SIDED = ['sources', 'attributions', 'quotes'] as const
type Sided = (typeof SIDED)[number]
export type Crossings = { readonly [C in Sided]: ReadonlySet<string> }

/**
 * Lineages of sources, attributions and quotes that stand on one side of the anonymity boundary in `from` and on the other in `to`:
 * the source is an anonymous source in one and not in the other. An attribution that credits nobody counts as not anonymous, so that
 * a source does not cross in two steps. Sources first, each in the order of `to`; no lineage twice.
 */
export function crossesAnonymity(from: StoryDocument | readonly StoryDocument[], to: StoryDocument): readonly string[] {
  const crossings = crossingsOf(from, to)
  return [...new Set(SIDED.flatMap((collection) => [...crossings[collection]]))]
}

/**
 * The document with a fresh lineage for everything that crosses the anonymity boundary, so that what a source said unnamed is never
 * joined to what it says by name. Give all earlier revisions whose lineages `to` may hold, not only the last: an entry may have been
 * away in between. `newId` makes a random UUID. Nothing crosses between `from` and the result.
 */
export function separateLineages(from: StoryDocument | readonly StoryDocument[], to: StoryDocument, newId: () => string): StoryDocument {
  const crossings = crossingsOf(from, to)
  if (SIDED.every((collection) => crossings[collection].size === 0)) return to
  const fresh = <T extends { readonly lineage: string }>(entries: readonly T[], crossing: ReadonlySet<string>) =>
    entries.map((entry) => (crossing.has(entry.lineage) ? { ...entry, lineage: newId() } : entry))
  return {
    ...to,
    sources: fresh(to.sources, crossings.sources),
    attributions: fresh(to.attributions, crossings.attributions),
    quotes: fresh(to.quotes, crossings.quotes),
  }
}

/** The same by collection: a lineage names an entry within its collection only. */
export function crossingsOf(from: StoryDocument | readonly StoryDocument[], to: StoryDocument): Crossings {
  const earlier = (Array.isArray(from) ? from as readonly StoryDocument[] : [from as StoryDocument]).map(sidesOf)
  const now = sidesOf(to)
  const crossing = (collection: Sided) => new Set([...now[collection]].flatMap(([lineage, isAnonymous]) =>
    (earlier.some((sides) => (sides[collection].get(lineage) ?? isAnonymous) !== isAnonymous) ? [lineage] : [])))
  return { sources: crossing('sources'), attributions: crossing('attributions'), quotes: crossing('quotes') }
}

/** For each lineage, whether its source is anonymous. */
function sidesOf(document: StoryDocument): { readonly [C in Sided]: ReadonlyMap<string, boolean> } {
  const anonymous = new Set(document.sources.flatMap((source) => (source.kind === 'ANONYMOUS' ? [source.key] : [])))
  const unnamed = new Set(document.attributions.flatMap(({ key, source }) => (source !== undefined && anonymous.has(source) ? [key] : [])))
  return {
    sources: new Map(document.sources.map((source) => [source.lineage, anonymous.has(source.key)])),
    attributions: new Map(document.attributions.map((attribution) => [attribution.lineage, unnamed.has(attribution.key)])),
    quotes: new Map(document.quotes.map((quote) => [quote.lineage, unnamed.has(quote.attribution)])),
  }
}
