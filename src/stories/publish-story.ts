import { statement, type Queries } from '../database/index.js'

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
    "embargoedUntil" = $6::timestamptz, "listedAt" = $4::timestamptz, "scheduledFor" = NULL, "scheduledRevisionId" = NULL
  WHERE "id" = $1::uuid`)

// Lists are answered from parts of the public form.
const SLICE = statement('slice', `SELECT "store_slices"($1::uuid, $2::uuid)`)

/** Makes a revision the public one. From here on the database refuses to change it (I2). Runs inside a transaction. */
export async function publishRevision(queries: Queries, publication: Publication): Promise<void> {
  await queries.query(FREEZE, [publication.revisionId, publication.publishedAt])
  await queries.query(SHOW, [publication.storyId, publication.revisionId, publication.version, publication.firstPublishedAt, publication.publishedAt, publication.embargoedUntil])
  await queries.query(SLICE, [publication.storyId, publication.revisionId])
}

// What was listed under the story's creation moves to its publication; the rest has a public time of its own.
const RELIST = statement('relist', `
  WITH a AS (UPDATE "Attribution" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz),
    n AS (UPDATE "AnonymousAttribution" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz),
    q AS (UPDATE "Quote" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz),
    p AS (UPDATE "PersonCitation" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid),
    o AS (UPDATE "OrganizationCitation" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid),
    t AS (UPDATE "RevisionTopic" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid),
    b AS (UPDATE "Byline" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid)
  UPDATE "StatementCitation" SET "listedAt" = $3::timestamptz WHERE "revisionId" = $1::uuid AND "listedAt" = $2::timestamptz`)

/** Moves what has no public time of its own from one place in newest-first lists to another. Only before publication. */
export async function relist(queries: Queries, revisionId: string, from: Date, to: Date): Promise<void> {
  await queries.query(RELIST, [revisionId, from, to])
}
