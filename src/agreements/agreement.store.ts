import type { StaffRole } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'
import type { Terms } from '../document/index.js'

export const APPROVAL_CHANNELS = ['IN_PERSON', 'PHONE', 'EMAIL', 'TEXT_MESSAGE'] as const
export type ApprovalChannel = (typeof APPROVAL_CHANNELS)[number]

/** What every row on file tells of how it came there. Instants are RFC 3339. */
interface Recorded {
  readonly id: string
  /** Lineage of the source. */
  readonly source: string
  readonly recordedAt: string
  readonly recordedBy: string
  readonly role: StaffRole
  /** Number of the story's revision by then. */
  readonly revision: number
}

export interface RecordedAgreement extends Recorded {
  readonly terms: Terms
  /** Empty where it was expunged. */
  readonly reason: string
  readonly grantedBy: string
  readonly grantedByName: string
  readonly agreedAt: string
  readonly editorKnowsIdentity: boolean
  readonly heldOffSystem: boolean
}

export interface RecordedGroundRules extends Recorded {
  readonly attributions: readonly string[]
  readonly terms: Terms
  readonly note: string | null
  readonly agreedAt: string
}

export interface RecordedApproval extends Recorded {
  readonly use: string
  readonly attributions: readonly string[]
  readonly present: readonly string[]
  readonly approvedBy: string
  readonly approvedByName: string
  readonly channel: ApprovalChannel
  readonly knowsIdentity: boolean
  readonly approvedAt: string
  readonly recordedByKey: string | null
  readonly revokedAt: string | null
  readonly revokedBy: string | null
  readonly revokedInRevision: number | null
}

export interface RecordedChange {
  readonly id: string
  readonly source: string
  readonly attributions: readonly string[]
  /** A day, YYYY-MM-DD. */
  readonly due: string | null
  readonly recordedOn: string
  readonly recordedBy: string
  readonly revision: number
}

/** Everything on file about the sources of one story, in the order in which it was recorded. */
export interface AgreementFile {
  readonly agreements: readonly RecordedAgreement[]
  readonly groundRules: readonly RecordedGroundRules[]
  readonly approvals: readonly RecordedApproval[]
  readonly changes: readonly RecordedChange[]
  /** Approvals that came with documents, with what the source was credited with in the first revision that has them. */
  readonly noted: readonly { readonly source: string; readonly use: string; readonly approvedBy: string; readonly at: string; readonly present: readonly string[] }[]
}

export const EMPTY_FILE: AgreementFile = { agreements: [], groundRules: [], approvals: [], changes: [], noted: [] }

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const recorded = `'id', x."id", 'source', x."source", 'recordedAt', ${instant('x."recordedAt"')}, 'recordedBy', x."recordedBy", 'role', x."role", 'revision', x."revision"`
const rows = (table: string, columns: string) => `coalesce((SELECT json_agg(json_build_object(${recorded}, ${columns}) ORDER BY x."recordedAt", x."revision", x."id") FROM "${table}" AS x WHERE x."storyId" = s."id"), '[]')`

const APPROVAL_COLUMNS = `'use', x."use", 'attributions', x."attributions", 'present', x."present", 'approvedBy', x."approvedBy", 'approvedByName', x."approvedByName", 'channel', x."channel", 'knowsIdentity', x."knowsIdentity", 'approvedAt', ${instant('x."approvedAt"')},
  'recordedByKey', x."recordedByKey", 'revokedAt', ${instant('x."revokedAt"')}, 'revokedBy', x."revokedBy", 'revokedInRevision', x."revokedInRevision"`
/** A `RecordedApproval` as JSON, over the alias `x` of RecordedApproval. */
export const APPROVAL_SQL = `json_build_object(${recorded}, ${APPROVAL_COLUMNS})`

/** An `AgreementFile` as JSON, over the alias `s` of Story. */
export const FILE_SQL = `json_build_object(
    'agreements', ${rows('RecordedAgreement', `'terms', x."terms", 'reason', x."reason", 'grantedBy', x."grantedBy", 'grantedByName', x."grantedByName", 'agreedAt', ${instant('x."agreedAt"')}, 'editorKnowsIdentity', x."editorKnowsIdentity", 'heldOffSystem', x."heldOffSystem"`)},
    'groundRules', ${rows('RecordedGroundRules', `'attributions', x."attributions", 'terms', x."terms", 'note', x."note", 'agreedAt', ${instant('x."agreedAt"')}`)},
    'approvals', ${rows('RecordedApproval', APPROVAL_COLUMNS)},
    'changes', coalesce((SELECT json_agg(json_build_object('id', x."id", 'source', x."source", 'attributions', x."attributions", 'due', x."due"::text, 'recordedOn', x."recordedOn"::text, 'recordedBy', x."recordedBy", 'revision', x."revision") ORDER BY x."recordedOn", x."id")
      FROM "SourceChange" AS x WHERE x."storyId" = s."id"), '[]'),
    'noted', coalesce((SELECT json_agg(n) FROM (
      SELECT DISTINCT ON (e."lineage", j."key", p."at", p."use") e."lineage" AS "source", p."use", j."key" AS "approvedBy", ${instant('p."at"')} AS "at",
        coalesce((SELECT json_agg(a."lineage" ORDER BY a."lineage") FROM "Attribution" AS a WHERE a."revisionId" = r."id" AND a."sourceId" = e."id"), '[]') AS "present"
      FROM "Revision" AS r JOIN "Approval" AS p ON p."revisionId" = r."id" JOIN "Source" AS e ON e."id" = p."sourceId" JOIN "Journalist" AS j ON j."id" = p."approvedById"
      WHERE r."storyId" = s."id" ORDER BY e."lineage", j."key", p."at", p."use", r."number"
    ) AS n), '[]'))`

const OF_STORIES = statement('agreements_of_stories', `SELECT s."id" AS "storyId", ${FILE_SQL} AS "file" FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[])`)
const OF_SLUGS = statement('agreements_of_slugs', `SELECT s."slug", ${FILE_SQL} AS "file" FROM "Story" AS s WHERE $1::text[] IS NULL OR s."slug" = ANY ($1::text[])`)

/** What is on file about each of these stories, in one SQL statement (I10). */
export async function filesOf(queries: Queries, storyIds: readonly string[]): Promise<ReadonlyMap<string, AgreementFile>> {
  return new Map((await queries.query<{ storyId: string; file: AgreementFile }>(OF_STORIES, [storyIds])).map(({ storyId, file }) => [storyId, file]))
}

/** The same by slug; of all stories, where none is named. */
export async function filesBySlug(queries: Queries, slugs: readonly string[] | undefined): Promise<ReadonlyMap<string, AgreementFile>> {
  return new Map((await queries.query<{ slug: string; file: AgreementFile }>(OF_SLUGS, [slugs ?? null])).map(({ slug, file }) => [slug, file]))
}

const insert = (table: string) => statement(`insert_${table}`, `INSERT INTO "${table}" SELECT x.* FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb) AS x`)
const INSERTS = { agreements: insert('RecordedAgreement'), groundRules: insert('RecordedGroundRules'), approvals: insert('RecordedApproval'), changes: insert('SourceChange') } as const

/** Puts one row on file. */
export async function putOnFile<K extends keyof typeof INSERTS>(queries: Queries, kind: K, row: AgreementFile[K][number] & { readonly storyId: string }): Promise<void> {
  await queries.query(INSERTS[kind], [JSON.stringify([row])])
}

const STORY_OF = statement('story_of_approval', `SELECT x."storyId" FROM "RecordedApproval" AS x WHERE x."id" = $1::uuid`)
const REVOKE = statement('revoke_approval', `UPDATE "RecordedApproval" SET "revokedAt" = $2::timestamptz, "revokedBy" = $3, "revokedInRevision" = $4 WHERE "id" = $1::uuid AND "revokedAt" IS NULL RETURNING 1`)

export async function storyOfApproval(queries: Queries, id: string): Promise<string | undefined> {
  return (await queries.query<{ storyId: string }>(STORY_OF, [id]))[0]?.storyId
}

/** False where it was revoked before. */
export async function revoke(queries: Queries, id: string, at: Date, by: string, revision: number): Promise<boolean> {
  return (await queries.query(REVOKE, [id, at, by, revision])).length > 0
}

const EXPUNGE = [
  statement('expunge_agreements', `UPDATE "RecordedAgreement" SET "reason" = '' WHERE "storyId" = $1::uuid`),
  statement('expunge_ground_rules', `UPDATE "RecordedGroundRules" SET "note" = NULL WHERE "storyId" = $1::uuid`),
  statement('expunge_approvals', `UPDATE "RecordedApproval" SET "use" = '' WHERE "storyId" = $1::uuid`),
]

/** Takes the words of a story's file away for good. Who agreed and approved what, and when, stays. */
export async function expungeAgreements(queries: Queries, storyId: string): Promise<void> {
  for (const expunge of EXPUNGE) await queries.query(expunge, [storyId])
}
