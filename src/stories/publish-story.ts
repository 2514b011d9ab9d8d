import { statement, type Database, type Queries } from '../database/index.js'

export interface Publication {
  readonly storyId: string
  readonly revisionId: string
  readonly version: number
  readonly firstPublishedAt: Date
  readonly publishedAt: Date
  readonly embargoedUntil: Date | null
}

const FREEZE = statement('freeze', `
  UPDATE "Revision" SET "publishedAt" = $2::timestamptz WHERE "id" = $1::uuid`)
const SHOW = statement('show', `
  UPDATE "Story" SET "state" = 'PUBLISHED', "publicRevisionId" = $2::uuid, "version" = $3, "firstPublishedAt" = $4::timestamptz, "publishedAt" = $5::timestamptz,
    "embargoedUntil" = $6::timestamptz, "listedAt" = $4::timestamptz
  WHERE "id" = $1::uuid`)

/** Makes a revision the public one. From here on the database refuses to change it (I2). Runs inside a transaction. */
export async function publishRevision(queries: Queries, publication: Publication): Promise<void> {
  await queries.query(FREEZE, [publication.revisionId, publication.publishedAt])
  await queries.query(SHOW, [publication.storyId, publication.revisionId, publication.version, publication.firstPublishedAt, publication.publishedAt, publication.embargoedUntil])
}

const LOCK = statement('lock_story', `
  SELECT s."id" AS "storyId", s."currentRevisionId" AS "revisionId", s."publicRevisionId", s."state", s."version", s."firstPublishedAt", s."listedAt", s."embargoedUntil"
  FROM "Story" AS s WHERE s."slug" = $1 FOR UPDATE`)
// What was listed under the story's creation moves to its publication; the rest has a public time of its own.
const RELIST = statement('relist', `
  WITH a AS (UPDATE "Attribution" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz),
    n AS (UPDATE "AnonymousAttribution" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz),
    q AS (UPDATE "Quote" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz)
  UPDATE "StatementCitation" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz`)

export type PublishResult =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ALREADY_PUBLISHED' | 'NOT_PUBLISHABLE'; readonly message: string }

interface Locked { storyId: string; revisionId: string; publicRevisionId: string | null; state: string; version: number; firstPublishedAt: Date | null; listedAt: Date; embargoedUntil: Date | null }

/** Publishes the current revision of a story. */
export async function publishStory(database: Database, slug: string, now: Date): Promise<PublishResult> {
  return database.transaction(async (queries): Promise<PublishResult> => {
    const [story] = await queries.query<Locked>(LOCK, [slug])
    if (!story) return { ok: false, code: 'NOT_FOUND', message: `There is no story "${slug}".` }
    if (story.state !== 'DRAFT' && story.state !== 'PUBLISHED') return { ok: false, code: 'NOT_PUBLISHABLE', message: `The story "${slug}" is ${story.state.toLowerCase()} and cannot be published.` }
    if (story.revisionId === story.publicRevisionId) return { ok: false, code: 'ALREADY_PUBLISHED', message: `The current revision of "${slug}" is public already, as version ${story.version}.` }
    const firstPublishedAt = story.firstPublishedAt ?? now
    await queries.query(RELIST, [story.revisionId, story.listedAt, firstPublishedAt])
    await publishRevision(queries, { ...story, version: story.version + 1, firstPublishedAt, publishedAt: now })
    return { ok: true, version: story.version + 1 }
  })
}
