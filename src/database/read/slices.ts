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

const made = new WeakMap<Slice, WeakMap<Slice, StoryDocument>>()
const NO_PART: Slice = {}

/** One document of two parts. Parts that are held come again and again, and so does what is made of them. */
export function documentOf(head: Slice, part: Slice = NO_PART): StoryDocument {
  let ofHead = made.get(head)
  if (!ofHead) made.set(head, (ofHead = new WeakMap()))
  let document = ofHead.get(part)
  if (!document) ofHead.set(part, (document = { __proto__: UNREAD, ...head, ...part } as unknown as StoryDocument))
  return document
}

/** A body as it comes: itself, or its place among the known ones, from 1. */
export type Body = Slice | number

export type SliceKind = 'HEAD' | 'OPENING' | 'QUOTE' | 'PERSON'

/** Under which a part of a revision is held, or all of it. */
export function bodyKey(revisionId: string, kind?: SliceKind, key = ''): string {
  return kind === undefined ? revisionId : `${revisionId} ${kind} ${key}`
}

/** A stored part of a public revision, whose id is SQL as the part's key is; all of its document where there is none. */
export function sliceSql(kind: SliceKind, revision: string, known: string | undefined, key = `''`): string {
  const body = `(SELECT sl."body" FROM "PublicSlice" AS sl WHERE sl."revisionId" = ${revision} AND sl."kind" = '${kind}' AND sl."key" = ${key}), (SELECT r."publicDocument" FROM "Revision" AS r WHERE r."id" = ${revision})`
  return `coalesce(${known === undefined ? '' : `to_json(array_position(${known}, ${revision} || ' ${kind} ' || ${key})), `}${body})`
}

/** The whole document of the revision behind the alias `r`, in the form that is in a column. What was expunged always comes itself. */
export function wholeSql(column: string, known: string | undefined): string {
  return known === undefined ? `r.${column}` : `coalesce(CASE WHEN r."expungedAt" IS NULL THEN to_json(array_position(${known}, r."id"::text)) END, r.${column})`
}
