import { limitStatements, type StoryDocument } from '../../document/index.js'
import { sliceSql, wholeSql, type Depth } from './slices.js'
import { underEmbargo, type View } from './visibility.js'

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
  /** Only for partners: whether the embargo has no end yet, and its terms. */
  readonly embargoIsOpen?: boolean
  readonly embargoTerms?: string | null
  readonly scheduledFor: string | null
  readonly revisionId: string
  readonly revisionNumber: number
  readonly savedAt: string
  /** Whether the revision read here is the one the public reads. */
  readonly isPublicRevision: boolean
  /** What later versions put right, oldest first; null where there is nothing. */
  readonly corrections: readonly CorrectionRecord[] | null
  /** What the statements of the public form may not show now; null where there is nothing to withhold, and for the newsroom. */
  readonly limits: { readonly hidden: readonly string[] | null; readonly excerptOnly: readonly string[] | null } | null
  readonly document: StoryDocument
}

export interface CorrectionRecord {
  readonly kind: string
  readonly version: number
  readonly wrongSince: number
  readonly explanation: string
  readonly wrong: { readonly exact: string } | null
  readonly right: { readonly exact: string } | null
  readonly at: string
  readonly by: string
}

/** The record as it may be read: with less of its statements, where they are limited. */
export function withinLimits<R extends Pick<StoryRecord, 'limits' | 'document'>>(record: R): R {
  if (!record.limits) return record
  const { hidden, excerptOnly } = record.limits
  return { ...record, document: limitStatements(record.document, { hidden: new Set(hidden), excerptOnly: new Set(excerptOnly) }) }
}

/** What the statements of the revision behind the alias `r` may not show now, as JSON. */
export function limitsSql(view: Pick<View, 'now'>): string {
  return `(
      SELECT json_build_object('hidden', json_agg(l.id) FILTER (WHERE l.hidden), 'excerptOnly', json_agg(l.id) FILTER (WHERE NOT l.hidden))
      FROM (SELECT lc."statementId" AS id, ${underEmbargo(view, 'lc')} AS hidden, lf."release" AS release FROM "StatementCitation" AS lc LEFT JOIN "FiledStatement" AS lf ON lf."statementId" = lc."statementId"
        WHERE lc."revisionId" = r."id" AND lc."isPublic") AS l WHERE l.hidden OR l.release = 'EXCERPT' HAVING count(*) > 0)`
}

const PLACE = `'id', s."id", 'slug', s."slug", 'state', s."state", 'version', s."version", 'listedAt', s."listedAt", 'createdAt', s."createdAt",
    'firstPublishedAt', s."firstPublishedAt", 'publishedAt', s."publishedAt", 'embargoedUntil', s."embargoedUntil", 'scheduledFor', s."scheduledFor", 'revisionId', r."id",
    'revisionNumber', r."number", 'savedAt', r."createdAt", 'isPublicRevision', coalesce(s."publicRevisionId" = r."id", false)`

/** The record as JSON, over the aliases `s` and `r`; its document may be one of the known ones. */
export function recordSql(view: View, known?: string): string {
  const { scope } = view
  const limits = scope.isNewsroom ? 'NULL' : limitsSql(view)
  const embargo = scope.name === 'PARTNER' ? `, 'embargoIsOpen', s."embargoIsOpen", 'embargoTerms', s."embargoTerms"` : ''
  return `json_build_object(${PLACE}, 'corrections', (
      SELECT json_agg(json_build_object('kind', c."kind", 'version', c."version", 'wrongSince', c."wrongSince", 'explanation', c."explanation", 'wrong', c."wrong", 'right', c."right", 'at', c."at", 'by', c."by") ORDER BY c."version")
      FROM "Correction" AS c WHERE c."storyId" = s."id"), 'limits', ${limits}${embargo}, 'document', ${wholeSql(scope.document, known)})`
}

/** What a page takes along of each story for its head. */
export const HEAD_COLUMNS = 's."slug", s."version", s."firstPublishedAt", s."publishedAt", s."publicRevisionId" AS "revisionId"'

/**
 * No more of the record than a list needs, over an alias of a page's rows. What embargoes of statements withhold is in none of these parts.
 * Those that are held may always be used: a revision that was expunged is not public again.
 */
export function headSql(depth: Exclude<Depth, 'WHOLE'>, story: string, known?: string): string {
  const part = (kind: 'HEAD' | 'OPENING') => sliceSql(kind, `${story}."revisionId"`, known)
  return `json_build_object('id', ${story}."storyId", 'slug', ${story}."slug", 'version', ${story}."version", 'firstPublishedAt', ${story}."firstPublishedAt", 'publishedAt', ${story}."publishedAt", 'revisionId', ${story}."revisionId",
    'document', ${part('HEAD')}${depth === 'OPENING' ? `, 'opening', ${part('OPENING')}` : ''})`
}
