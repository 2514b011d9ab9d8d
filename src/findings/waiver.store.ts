import type { StaffRole } from '../access/index.js'
import { FILE_SQL, type AgreementFile } from '../agreements/index.js'
import { WAIVER_CODES, type WaiverCode } from '../checks/index.js'
import { statement, type Queries } from '../database/index.js'

export const WAIVER_REASONS = WAIVER_CODES
export type WaiverReason = WaiverCode

export interface StoredWaiver {
  readonly id: string
  readonly storyId: string
  readonly rule: string
  readonly fingerprint: string
  readonly exact: string
  /** About the story as a whole: it holds for one publication. */
  readonly isOfStory: boolean
  readonly reason: WaiverReason
  readonly note: string | null
  readonly by: string
  readonly byJournalist: string | null
  readonly role: StaffRole
  /** RFC 3339. */
  readonly at: string
  readonly revision: number
  readonly version: number
  readonly revokedAt: string | null
  readonly revokedBy: string | null
}

const INSERT = statement('insert_waivers', `INSERT INTO "Waiver" SELECT w.* FROM jsonb_populate_recordset(NULL::"Waiver", $1::jsonb) AS w`)
const WAIVER = `json_build_object('id', w."id", 'storyId', w."storyId", 'rule', w."rule", 'fingerprint', w."fingerprint", 'exact', w."exact", 'isOfStory', w."isOfStory", 'reason', w."reason", 'note', w."note",
    'by', w."by", 'byJournalist', w."byJournalist", 'role', w."role", 'at', w."at", 'revision', w."revision", 'version', w."version", 'revokedAt', w."revokedAt", 'revokedBy', w."revokedBy")`
const OF_STORIES = statement('waivers_of_stories', `SELECT ${WAIVER} AS waiver FROM "Waiver" AS w WHERE w."storyId" = ANY ($1::uuid[]) ORDER BY w."at" DESC, w."id"`)
const BESIDE = statement('beside_stories', `
  SELECT s."id" AS "storyId", coalesce((SELECT json_agg(${WAIVER} ORDER BY w."at" DESC, w."id") FROM "Waiver" AS w WHERE w."storyId" = s."id"), '[]') AS "waivers", ${FILE_SQL} AS "file"
  FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[])`)
const STORY_OF = statement('story_of_waiver', `SELECT w."storyId" FROM "Waiver" AS w WHERE w."id" = $1::uuid`)
const REVOKE = statement('revoke_waiver', `UPDATE "Waiver" SET "revokedAt" = $2::timestamptz, "revokedBy" = $3 WHERE "id" = $1::uuid AND "revokedAt" IS NULL RETURNING 1`)

export async function insertWaivers(queries: Queries, waivers: readonly StoredWaiver[]): Promise<void> {
  if (waivers.length > 0) await queries.query(INSERT, [JSON.stringify(waivers)])
}

/** All waivers of these stories, revoked and lapsed ones too, newest first. */
export async function waiversOf(queries: Queries, storyIds: readonly string[]): Promise<StoredWaiver[]> {
  return (await queries.query<{ waiver: StoredWaiver }>(OF_STORIES, [storyIds])).map(({ waiver }) => waiver)
}

/** What the checks of a story go by beside its revision. */
export interface BesideStory {
  readonly storyId: string
  /** As `waiversOf` gives them. */
  readonly waivers: readonly StoredWaiver[]
  readonly file: AgreementFile
}

/** For each of these stories that there is, in one SQL statement. */
export function besideStories(queries: Queries, storyIds: readonly string[]): Promise<BesideStory[]> {
  return queries.query<BesideStory>(BESIDE, [storyIds])
}

export async function storyOfWaiver(queries: Queries, id: string): Promise<string | undefined> {
  return (await queries.query<{ storyId: string }>(STORY_OF, [id]))[0]?.storyId
}

/** False where it was revoked before. */
export async function revoke(queries: Queries, id: string, at: Date, by: string): Promise<boolean> {
  return (await queries.query(REVOKE, [id, at, by])).length > 0
}
