import { statement } from '../database.js'
import { limitsSql } from './story-record.js'

/** How a story came to be what it is. For the newsroom alone. */
export interface StoryHistory {
  readonly storyId: string
  /** By number. */
  readonly revisions: readonly RevisionRecord[]
  /** Number of the revision that is to be published by itself. */
  readonly scheduledRevision: number | null
  readonly embargo: EmbargoRecord | null
  /** Embargoes that a person ended, oldest first. */
  readonly lifts: readonly EmbargoLiftRecord[]
}

export interface RevisionRecord {
  readonly number: number
  readonly kind: string
  readonly createdAt: string
  readonly savedBy: string | null
  readonly isAutosave: boolean
  readonly publishedAt: string | null
  /** The version as which it was published. */
  readonly version: number | null
  readonly isPublic: boolean
  readonly documentHash: string
  readonly expungedAt: string | null
  readonly expungeReason: string | null
  readonly expungedBy: string | null
}

export interface EmbargoRecord {
  /** Null for one without an end. */
  readonly until: string | null
  readonly terms: string | null
  readonly setBy: string | null
}

export interface EmbargoLiftRecord {
  readonly reason: string
  readonly outlet: string | null
  readonly url: string | null
  readonly until: string | null
  readonly at: string
  readonly by: string
}

/** Published revisions count backwards from the story's version: an imported story may have none of its earlier ones. */
const VERSION = `CASE WHEN r."publishedAt" IS NOT NULL THEN s."version" - (SELECT count(*) FROM "Revision" AS l WHERE l."storyId" = s."id" AND l."publishedAt" IS NOT NULL AND l."number" > r."number")::integer END`

export const HISTORIES = statement('story_histories', `
  SELECT s."id" AS "storyId", (
    SELECT json_agg(json_build_object('number', r."number", 'kind', r."kind", 'createdAt', r."createdAt", 'savedBy', r."savedBy", 'isAutosave', r."isAutosave", 'publishedAt', r."publishedAt",
      'version', ${VERSION}, 'isPublic', coalesce(r."id" = s."publicRevisionId", false), 'documentHash', r."documentHash", 'expungedAt', r."expungedAt", 'expungeReason', r."expungeReason", 'expungedBy', r."expungedBy") ORDER BY r."number")
    FROM "Revision" AS r WHERE r."storyId" = s."id") AS "revisions",
    (SELECT r."number" FROM "Revision" AS r WHERE r."id" = s."scheduledRevisionId") AS "scheduledRevision",
    CASE WHEN s."embargoedUntil" IS NOT NULL THEN json_build_object('until', CASE WHEN NOT s."embargoIsOpen" THEN s."embargoedUntil" END, 'terms', s."embargoTerms", 'setBy', s."embargoSetBy") END AS "embargo",
    coalesce((SELECT json_agg(json_build_object('reason', e."reason", 'outlet', e."outlet", 'url', e."url", 'until', e."until", 'at', e."at", 'by', e."by") ORDER BY e."at", e."id") FROM "EmbargoLift" AS e WHERE e."storyId" = s."id"), '[]') AS "lifts"
  FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[])`)

/** One revision of a story, by number or, as the public read it, by version. */
export interface RevisionRef {
  readonly storyId: string
  readonly number?: number
  readonly version?: number
}

export const DOCUMENTS = statement('documents_of_revisions', `
  SELECT r."document" FROM ROWS FROM (json_to_recordset($1::json) AS ("storyId" uuid, "number" integer)) WITH ORDINALITY AS g("storyId", "number", "at")
  LEFT JOIN "Revision" AS r ON r."storyId" = g."storyId" AND r."number" = g."number" AND r."expungedAt" IS NULL ORDER BY g."at"`)

/** What the public read as a version; nothing of a revision that was never published leaves here. */
export const VERSIONS = statement('documents_of_versions', `
  SELECT (SELECT json_build_object('document', r."publicDocument", 'limits', ${limitsSql({ now: () => '$2::timestamptz' })}) FROM "Revision" AS r WHERE r."storyId" = s."id" AND r."publishedAt" IS NOT NULL AND r."expungedAt" IS NULL AND ${VERSION} = g."version") AS "public"
  FROM ROWS FROM (json_to_recordset($1::json) AS ("storyId" uuid, "version" integer)) WITH ORDINALITY AS g("storyId", "version", "at") JOIN "Story" AS s ON s."id" = g."storyId" ORDER BY g."at"`)
