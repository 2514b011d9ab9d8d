import DataLoader from 'dataloader'
import { statement, type Queries } from '../../database/index.js'
import type { DutyContact } from '../partners.js'
import { overdueSql, type NoticeDeadlines } from './deadlines.js'
import type { NoticeKind } from './events.js'

/** What a partner must acknowledge. Instants are RFC 3339. */
export interface NoticeRecord {
  readonly id: string
  readonly partnerId: string
  readonly storyId: string
  readonly slug: string
  readonly kind: NoticeKind
  readonly version: number
  readonly at: string
  /** What those who took a story are told about its removal. */
  readonly advisory: string | null
  /** What a correction puts right. */
  readonly explanation: string | null
  readonly acknowledgedAt: string | null
  readonly acknowledgedBy: string | null
}

const NOTICE = `json_build_object('id', n."id", 'partnerId', n."partnerId", 'storyId', n."storyId", 'slug', s."slug", 'kind', n."kind", 'version', n."version", 'at', n."at",
  'advisory', CASE WHEN n."kind" <> 'CORRECTED' AND s."removedAt" = n."at" THEN s."advisory" END,
  'explanation', CASE WHEN n."kind" = 'CORRECTED' THEN (SELECT c."explanation" FROM "Correction" AS c WHERE c."storyId" = n."storyId" AND c."version" = n."version" LIMIT 1) END,
  'acknowledgedAt', n."acknowledgedAt", 'acknowledgedBy', n."acknowledgedBy")`
export const IS_OPEN = 'n."acknowledgedAt" IS NULL AND n."liftedAt" IS NULL'

const BY_ID = statement('notices', `SELECT ${NOTICE} AS notice FROM "Notice" AS n JOIN "Story" AS s ON s."id" = n."storyId" WHERE n."id" = ANY ($1::uuid[])`)

/** What staff and partners read of notices, the oldest first. */
export const NOTICE_LIST = {
  name: 'notice_list', from: '"Notice" AS n', id: 'n."id"', order: [{ sql: 'n."at"', type: 'timestamptz', descending: false }, { sql: 'n."id"', type: 'uuid', descending: false }],
} as const

/** Who took which version of a story, and when. */
export interface TakingRecord {
  readonly storyId: string
  readonly partnerId: string
  readonly version: number
  readonly way: string
  readonly firstAt: string
  readonly lastAt: string
}

const TAKINGS = statement('takings_of_stories', `
  SELECT json_build_object('storyId', k."storyId", 'partnerId', k."partnerId", 'version', k."version", 'way', k."way", 'firstAt', k."firstAt", 'lastAt', k."lastAt") AS taking
  FROM "StoryTaking" AS k JOIN "Partner" AS p ON p."id" = k."partnerId" WHERE k."storyId" = ANY ($1::uuid[]) ORDER BY p."name", p."id", k."version" DESC, k."way"`)

/** Who took what of all stories, what was taken last first. The place tells the whole row apart. */
export const TAKING_LIST = {
  name: 'taking_list', from: '"StoryTaking" AS k', id: 'k."storyId"',
  order: [{ sql: 'k."firstAt"', type: 'timestamptz', descending: true }, { sql: 'k."storyId"', type: 'uuid', descending: true }, { sql: 'k."partnerId"', type: 'uuid', descending: true }, { sql: 'k."version"', type: 'numeric', descending: true }, { sql: 'k."way"::text', type: 'text', descending: true }],
} as const

/** Loads notices and takings for one request (I10). */
export class Ledger {
  readonly noticeById: DataLoader<string, NoticeRecord | undefined>
  readonly takingsOfStory: DataLoader<string, readonly TakingRecord[]>

  constructor(queries: Queries) {
    this.noticeById = new DataLoader(async (ids) => {
      const found = new Map((await queries.query<{ notice: NoticeRecord }>(BY_ID, [ids])).map(({ notice }) => [notice.id, notice]))
      return ids.map((id) => found.get(id))
    })
    this.takingsOfStory = new DataLoader(async (ids) => {
      const byStory = new Map<string, TakingRecord[]>(ids.map((id) => [id, []]))
      for (const { taking } of await queries.query<{ taking: TakingRecord }>(TAKINGS, [ids])) byStory.get(taking.storyId)!.push(taking)
      return ids.map((id) => byStory.get(id)!)
    })
  }
}

/** Whose notices are asked for. A key that does not read embargoed copy learns of no story by its recall. */
export interface NoticeReader {
  readonly partnerId: string
  readonly readsEmbargoed: boolean
}

const MOST_LISTED = 100
const OPEN = statement('open_notices', `
  SELECT ${NOTICE} AS notice FROM "Notice" AS n JOIN "Story" AS s ON s."id" = n."storyId" WHERE n."partnerId" = $1::uuid AND (NOT n."isEmbargoed" OR $2::boolean) AND ${IS_OPEN} ORDER BY n."at", n."id" LIMIT ${MOST_LISTED}`)

/** The oldest open notices of a partner, at most 100. */
export async function openNotices(queries: Queries, { partnerId, readsEmbargoed }: NoticeReader): Promise<NoticeRecord[]> {
  return (await queries.query<{ notice: NoticeRecord }>(OPEN, [partnerId, readsEmbargoed])).map(({ notice }) => notice)
}

// Acknowledged twice, it stays as it was the first time.
const ACKNOWLEDGE = statement('acknowledge_notice', `
  UPDATE "Notice" SET "acknowledgedAt" = coalesce("acknowledgedAt", $4::timestamptz), "acknowledgedBy" = coalesce("acknowledgedBy", $5) WHERE "id" = $1::uuid AND ($2::uuid IS NULL OR "partnerId" = $2) AND (NOT "isEmbargoed" OR $3::boolean)
  RETURNING "acknowledgedAt", "acknowledgedBy" = $5 AND "acknowledgedAt" = $4::timestamptz AS "isFirst"`)

/** A partner acknowledges a notice of its own. When it was, the first time; undefined where the partner has no such notice (I5). */
export async function acknowledge(queries: Queries, { partnerId, readsEmbargoed }: NoticeReader, noticeId: string, by: string, now: Date): Promise<Date | undefined> {
  const [row] = await queries.query<{ acknowledgedAt: Date }>(ACKNOWLEDGE, [noticeId, partnerId, readsEmbargoed, now, by])
  return row && new Date(row.acknowledgedAt)
}

const LOCK = statement('lock_notice', `SELECT n."acknowledgedAt" FROM "Notice" AS n WHERE n."id" = $1::uuid FOR UPDATE`)

/** Somebody of the staff heard it by phone. */
export async function recordAcknowledgement(queries: Queries, noticeId: string, by: string, now: Date): Promise<'DONE' | 'NOT_FOUND' | 'ACKNOWLEDGED_BEFORE'> {
  const [notice] = await queries.query<{ acknowledgedAt: Date | null }>(LOCK, [noticeId])
  if (!notice) return 'NOT_FOUND'
  if (notice.acknowledgedAt !== null) return 'ACKNOWLEDGED_BEFORE'
  await queries.query(ACKNOWLEDGE, [noticeId, null, true, now, by])
  return 'DONE'
}

const TELL_OVERDUE = statement('tell_overdue_notices', `
  UPDATE "Notice" SET "overdueToldAt" = $1::timestamptz WHERE "id" IN (
    SELECT n."id" FROM "Notice" AS n WHERE ${IS_OPEN} AND n."overdueToldAt" IS NULL AND ${overdueSql('n', '$1::timestamptz', '$2::int', '$3::int')} ORDER BY n."at", n."id" LIMIT 1000 FOR UPDATE SKIP LOCKED
  ) RETURNING "kind"::text`)

/** The kinds of the notices that are overdue since it was asked last. Each is told once, whichever node asks. */
export async function newlyOverdue(queries: Queries, { recall, correction }: NoticeDeadlines, now: Date): Promise<string[]> {
  return (await queries.query<{ kind: string }>(TELL_OVERDUE, [now, recall, correction])).map(({ kind }) => kind)
}

const COUNT_OPEN = statement('count_open_notices', `SELECT count(*)::int AS open, (count(*) FILTER (WHERE ${overdueSql('n', '$1::timestamptz', '$2::int', '$3::int')}))::int AS overdue FROM "Notice" AS n WHERE ${IS_OPEN}`)

export async function countOpenNotices(queries: Queries, { recall, correction }: NoticeDeadlines, now: Date): Promise<{ readonly open: number; readonly overdue: number }> {
  return (await queries.query<{ open: number; overdue: number }>(COUNT_OPEN, [now, recall, correction]))[0]!
}

export interface OpenNotice extends NoticeRecord {
  readonly partner: string
  readonly dutyContact: DutyContact
}

const UNACKNOWLEDGED = statement('unacknowledged_notices', `
  SELECT ${NOTICE} AS notice, p."name" AS partner, json_build_object('name', p."dutyName", 'email', p."dutyEmail", 'phone', p."dutyPhone") AS contact FROM "Notice" AS n JOIN "Story" AS s ON s."id" = n."storyId" JOIN "Partner" AS p ON p."id" = n."partnerId"
  WHERE ${IS_OPEN} AND ($1::uuid IS NULL OR n."partnerId" = $1) ORDER BY n."at", p."name", n."id" LIMIT 1000`)

/** Who has not acknowledged what, with whom to call; the oldest first, at most 1,000. For staff. */
export async function unacknowledged(queries: Queries, partnerId: string | undefined): Promise<OpenNotice[]> {
  const rows = await queries.query<{ notice: NoticeRecord; partner: string; contact: DutyContact }>(UNACKNOWLEDGED, [partnerId ?? null])
  return rows.map(({ notice, partner, contact }) => ({ ...notice, partner, dutyContact: contact }))
}
