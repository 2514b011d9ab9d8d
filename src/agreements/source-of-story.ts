import { may, staffBehind, type Forbidden, type Staff } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'
import { creditedTo, type StoryDocument } from '../document/index.js'
import { conflict, lockStory, noStory, type Locked } from '../stories/index.js'

export interface Editing { readonly staff: Staff; readonly now: Date; readonly newId: () => string }

/** A source of a story, as one looked at it. */
export interface OfSource {
  readonly storyId: string
  /** Its key in the story: its lineage. */
  readonly source: string
  readonly expectedRevision?: number | undefined
}

export type AgreementCode =
  | 'NOT_FOUND' | 'CONFLICT' | 'WRONG_STATE' | 'INVALID' | 'UNKNOWN_SOURCE' | 'NAMED_SOURCE' | 'UNKNOWN_ATTRIBUTION' | 'UNKNOWN_JOURNALIST' | 'NOT_AN_EDITOR' | 'TIME_IN_THE_FUTURE'
  | 'NO_AGREEMENT' | 'BEFORE_AGREEMENT' | 'IN_BYLINE' | 'ALREADY_APPROVED' | 'ALREADY_REVOKED' | 'NOT_PUBLISHED' | 'NOTHING_TO_CHANGE'
export interface AgreementRefusal { readonly ok: false; readonly code: AgreementCode; readonly message: string; readonly path?: string }
/** `id` of what was put on file. */
export type AgreementResult = { readonly ok: true; readonly storyId: string; readonly source: string; readonly id?: string } | AgreementRefusal | Forbidden

export const refuse = (code: AgreementCode, message: string, path: string): AgreementRefusal => ({ ok: false, code, message, path })

export type AnonymousSource = Extract<StoryDocument['sources'][number], { kind: 'ANONYMOUS' }>
export interface Found {
  readonly ok: true
  readonly story: Locked
  readonly source: AnonymousSource
  /** The revision in which the source was found: the current one, else the public one. */
  readonly document: StoryDocument
  readonly published: StoryDocument | undefined
  readonly publishedNumber: number | undefined
}

const REVISIONS = statement('revisions_with_sources', `SELECT r."id", r."number", r."document" FROM "Revision" AS r WHERE r."id" = ANY ($1::uuid[])`)

/** An anonymous source of a story, which stays locked for the rest of the transaction. */
export async function findSource(queries: Queries, { storyId, source: lineage, expectedRevision }: OfSource): Promise<Found | AgreementRefusal> {
  const story = await lockStory(queries, { id: storyId })
  if (!story) return refuse('NOT_FOUND', noStory({ id: storyId }), 'storyId')
  if (expectedRevision !== undefined && expectedRevision !== story.number) return conflict(story, expectedRevision) as AgreementRefusal
  const rows = await queries.query<{ id: string; number: number; document: StoryDocument }>(REVISIONS, [[story.revisionId, ...(story.publicRevisionId === null ? [] : [story.publicRevisionId])]])
  const published = rows.find(({ id }) => id === story.publicRevisionId)
  const places = [rows.find(({ id }) => id === story.revisionId)!, ...(published ? [published] : [])]
  const place = places.find(({ document }) => document.sources.some((entry) => entry.lineage === lineage))
  const source = place?.document.sources.find((entry) => entry.lineage === lineage)
  if (!place || !source) return refuse('UNKNOWN_SOURCE', 'Neither the draft nor the public version of the story has a source with that key; use the "key" of one.', 'source')
  if (source.kind !== 'ANONYMOUS') return refuse('NAMED_SOURCE', 'The story names this source; there is nothing to agree about anonymity.', 'source')
  return { ok: true, story, source, document: place.document, published: published?.document, publishedNumber: published?.number }
}

/** The attributions that are meant: those given, or all that the source is credited with. */
export function meant(document: StoryDocument, source: string, given: readonly string[] | undefined): readonly string[] | AgreementRefusal {
  const credited = creditedTo(document, source)
  if (given === undefined) return credited
  const strange = given.findIndex((lineage) => !credited.includes(lineage))
  if (strange >= 0) return refuse('UNKNOWN_ATTRIBUTION', 'The story does not credit this to the source; use the ids of its attributions.', `attributions[${strange}]`)
  return given.length === 0 ? refuse('INVALID', 'attributions is empty; leave it out for all of them.', 'attributions') : [...new Set(given)]
}

export interface KnownJournalist { readonly key: string; readonly name: string; readonly isEditor: boolean }

const JOURNALIST = statement('journalist_by_key', `SELECT j."name" FROM "Journalist" AS j WHERE j."key" = $1`)

/** Who a journalist's key stands for: somebody in the newsroom's stories, or with a token that names the key. */
export async function journalistOf(queries: Queries, key: string | undefined, path: string, { staff, now }: Editing): Promise<KnownJournalist | AgreementRefusal> {
  const wanted = key ?? staff.journalist
  if (wanted === undefined) return refuse('UNKNOWN_JOURNALIST', `Your token does not say which journalist you are. Give the key of one in "${path}", or have an administrator issue a token that names yours.`, path)
  const [known] = await queries.query<{ name: string }>(JOURNALIST, [wanted])
  const tokens = await staffBehind(queries, wanted, now)
  const name = known?.name ?? tokens[0]?.name
  if (name === undefined) return refuse('UNKNOWN_JOURNALIST', `There is no journalist "${wanted}".`, path)
  return { key: wanted, name, isEditor: tokens.some(({ role }) => may(role, 'APPROVE_USE')) }
}

/** What happened cannot happen later than now. */
export function notYet(at: Date, path: string, { now }: Editing): AgreementRefusal | undefined {
  return at > now ? refuse('TIME_IN_THE_FUTURE', `${at.toISOString()} is still to come; only what happened can be recorded.`, path) : undefined
}
