import type { StoryDocument } from '../../document/index.js'
import type { Scope } from './scope.js'

/** A story as one viewer reads it: its place in the newsroom and one revision's document. */
export interface StoryRecord {
  readonly id: string
  readonly slug: string
  readonly state: string
  readonly version: number
  readonly listedAt: string
  readonly createdAt: string
  readonly firstPublishedAt: string | null
  readonly publishedAt: string | null
  readonly embargoedUntil: string | null
  readonly revisionId: string
  readonly revisionNumber: number
  readonly savedAt: string
  /** Whether the revision read here is the one the public reads. */
  readonly isPublicRevision: boolean
  readonly document: StoryDocument
}

/** The record as JSON, over the aliases `s` and `r`. */
export function recordSql(scope: Scope): string {
  return `json_build_object('id', s."id", 'slug', s."slug", 'state', s."state", 'version', s."version", 'listedAt', s."listedAt", 'createdAt', s."createdAt",
    'firstPublishedAt', s."firstPublishedAt", 'publishedAt', s."publishedAt", 'embargoedUntil', s."embargoedUntil", 'revisionId', r."id",
    'revisionNumber', r."number", 'savedAt', r."createdAt", 'isPublicRevision', coalesce(s."publicRevisionId" = r."id", false), 'document', r.${scope.document})`
}
