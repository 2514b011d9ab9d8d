import type { StoryDocument } from '../../document/index.js'

/** How much of its stories a list reads: their heads, these with their first quotes, or all of them. */
export type Depth = 'HEAD' | 'OPENING' | 'WHOLE'

/** How much is read of the stories in lists, by the list's name; of others, all. */
export type Reads = ReadonlyMap<string, Depth>

/** Quotes of a story that OPENING holds. */
export const OPENING_QUOTES = 3

/** A part of a document: some of its collections. */
export type Slice = Partial<StoryDocument>

export class UnreadError extends Error {
  override readonly name = 'UnreadError'

  constructor(collection: string) {
    super(`"${collection}" of the story was not read`)
  }
}

// What was not read is not empty: whoever looks for it made a mistake, and is told.
const COLLECTIONS: readonly (keyof StoryDocument)[] = [
  'paragraphs', 'bylines', 'providers', 'topics', 'media', 'people', 'organizations', 'outlets', 'journalists', 'events', 'documents', 'records', 'sources', 'attributions', 'quotes', 'statements', 'requestsForComment', 'outletCredits', 'claims',
]
const UNREAD = Object.create(null, Object.fromEntries(COLLECTIONS.map((name) => [name, { get: (): never => { throw new UnreadError(name) } }]))) as object

/** One document of several parts. */
export function documentOf(head: Slice, part: Slice | null | undefined): StoryDocument {
  return { __proto__: UNREAD, ...head, ...part } as unknown as StoryDocument
}

/** A stored part of the revision behind the alias `r`, as SQL; all of it where there is none. */
export function sliceSql(kind: 'HEAD' | 'OPENING' | 'QUOTE' | 'PERSON', key = `''`): string {
  return `coalesce((SELECT sl."body" FROM "PublicSlice" AS sl WHERE sl."revisionId" = r."id" AND sl."kind" = '${kind}' AND sl."key" = ${key}), r."publicDocument")`
}

/** A body of the revision behind the alias `r`, as SQL: null where its key is among the known ones. What was expunged is always read. */
export function unlessKnown(known: string | undefined, key: string, body: string, expungedAt = 'r."expungedAt"'): string {
  return known === undefined ? body : `CASE WHEN ${key} = ANY (${known}) AND ${expungedAt} IS NULL THEN NULL ELSE ${body} END`
}
