import { statement, type Queries } from '../database/index.js'
import type { CreditChanges } from '../document/index.js'
import { tellPartners } from '../syndication/ledger/index.js'

export type StoryEventKind =
  | 'PUBLISHED' | 'UPDATED' | 'CORRECTED' | 'CLARIFIED' | 'EMBARGO_LIFTED' | 'HELD' | 'WITHDRAWN' | 'KILLED' | 'UNPUBLISHED' | 'RESTORED' | 'EXPUNGED' | 'STATEMENT_CHANGED'

/** Something that happened to stories. */
export interface Happening {
  readonly kind: StoryEventKind
  readonly at: Date
  /** The present instant, where `at` is in the past. */
  readonly now?: Date
  /** For a new version of one story: what became of its quotes and attributions. */
  readonly changes?: CreditChanges | undefined
}

/** A row of the change feed, as whoever tells others of it needs it. */
export interface StoryEvent {
  /** In the order of commits. Never shown. */
  readonly seq: string
  readonly storyId: string
  readonly ordinal: number
  readonly kind: StoryEventKind
  readonly version: number
  readonly at: Date
  readonly isOpen: boolean
  readonly since: Date
  readonly desk: string
  readonly topics: readonly string[]
}

/** Any number will do, as long as it is always the same. */
const EVENT_LOCK = 7_215_001

const LOCK_EVENTS = statement('lock_events', `SELECT pg_advisory_xact_lock(${EVENT_LOCK})`)
/**
 * The embargo of a story may have ended a moment ago, and nobody has recorded it: then that is told first, so that no correction and no
 * kill comes before its story (E5). What is recorded is taken from the story too, so that a node whose clock is a little behind, which
 * sees the event, sees the story.
 */
const APPEND = statement('append_events', `
  WITH given AS (
    SELECT s."id", n, s."state", s."version", s."embargoedUntil", r."desk", ARRAY(SELECT c."code" FROM "RevisionTopic" AS t JOIN "Topic" AS c ON c."id" = t."topicId" WHERE t."revisionId" = r."id" ORDER BY 1) AS topics,
      greatest(s."publishedAt", s."openSince", s."embargoedUntil") AS since, l."ordinal" AS last, l."version" AS "lastVersion", l."desk" AS "lastDesk", l."topics" AS "lastTopics", coalesce(l."isOpen", false) AS "wasOpen",
      $2::text NOT IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'EXPUNGED') AS shows, s."embargoedUntil" <= $4::timestamptz AS over,
      $2 <> 'EMBARGO_LIFTED' AND s."embargoedUntil" <= $4::timestamptz AND NOT l."isOpen" AND l."kind" NOT IN ('HELD', 'WITHDRAWN', 'KILLED', 'UNPUBLISHED', 'EXPUNGED') AS "liftIsDue"
    FROM unnest($1::uuid[]) WITH ORDINALITY AS g(id, n) JOIN "Story" AS s ON s."id" = g.id JOIN "Revision" AS r ON r."id" = coalesce(s."publicRevisionId", s."currentRevisionId")
    LEFT JOIN LATERAL (SELECT e.* FROM "StoryEvent" AS e WHERE e."storyId" = s."id" ORDER BY e."ordinal" DESC LIMIT 1) AS l ON true
  ), recorded AS (
    UPDATE "Story" AS s SET "openSince" = g."embargoedUntil", "embargoedUntil" = NULL FROM given AS g WHERE s."id" = g."id" AND g.over AND g."state" = 'PUBLISHED' AND ($2 <> 'PUBLISHED' OR $3::timestamptz = $4::timestamptz)
  )
  INSERT INTO "StoryEvent" ("storyId", "ordinal", "kind", "version", "at", "isOpen", "since", "desk", "topics", "changes")
  SELECT e.id, e.ordinal, e.kind::"StoryEventKind", e.version, e.at, e.open, e.since, e.desk, e.topics, e.changes FROM (
    SELECT g."id" AS id, g.last + 1 AS ordinal, 'EMBARGO_LIFTED' AS kind, g."lastVersion" AS version, g."embargoedUntil" AS at, true AS open, g."embargoedUntil" AS since, g."lastDesk" AS desk, g."lastTopics" AS topics, NULL::json AS changes, n, 0 AS step
    FROM given AS g WHERE g."liftIsDue"
    UNION ALL
    SELECT g."id", coalesce(g.last, 0) + CASE WHEN g."liftIsDue" THEN 2 ELSE 1 END, $2, g."version", CASE WHEN $2 = 'EMBARGO_LIFTED' THEN least($3::timestamptz, g."embargoedUntil") ELSE $3::timestamptz END,
      g."wasOpen" OR coalesce(g."liftIsDue", false) OR (g.shows AND coalesce(g.over, true)), coalesce(g.since, $3::timestamptz),
      CASE WHEN g.shows OR g.last IS NULL THEN g."desk" ELSE g."lastDesk" END, CASE WHEN g.shows OR g.last IS NULL THEN g.topics ELSE g."lastTopics" END, $5::json, n, 1
    FROM given AS g WHERE $2 <> 'EMBARGO_LIFTED' OR NOT g."wasOpen"
  ) AS e ORDER BY n, step
  RETURNING "seq"::text, "storyId", "ordinal", "kind"::text, "version", "at", "isOpen", "since", "desk", "topics"`)

/**
 * Records what happened in public, inside the transaction of the change, and gives the rows. Positions are given in the order of commits:
 * the lock is taken as late as possible and held until the end, so that no later one is ever visible before an earlier one. Whatever
 * locks rows does it before. That an embargo was lifted is recorded once, whoever comes first.
 */
export async function appendEvents(queries: Queries, storyIds: readonly string[], { kind, at, now = at, changes }: Happening): Promise<StoryEvent[]> {
  await queries.query(LOCK_EVENTS, [])
  const events = await queries.query<StoryEvent>(APPEND, [storyIds, kind, at, now, changes ? JSON.stringify(changes) : null])
  await tellPartners(queries, events.map(({ seq }) => seq), now)
  return events
}
