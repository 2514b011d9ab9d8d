import { statement, type Queries } from '../database/index.js'

export type StoryEventKind = 'PUBLISHED' | 'UPDATED' | 'CORRECTED' | 'CLARIFIED' | 'EMBARGO_LIFTED' | 'HELD' | 'WITHDRAWN' | 'KILLED' | 'UNPUBLISHED' | 'RESTORED' | 'EXPUNGED'

/** Any number will do, as long as it is always the same. */
const EVENT_LOCK = 7_215_001

const LOCK_EVENTS = statement('lock_events', `SELECT pg_advisory_xact_lock(${EVENT_LOCK})`)
const APPEND = statement('append_event', `INSERT INTO "StoryEvent" ("storyId", "kind", "version", "at")
  SELECT s."id", $2::"StoryEventKind", s."version", $3::timestamptz FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[]) ORDER BY array_position($1::uuid[], s."id")`)

/**
 * Records what happened in public, inside the transaction of the change. Numbers are given in the order of commits: the lock is taken as
 * late as possible and held until the end, so that no later number is ever visible before an earlier one.
 */
export async function appendEvents(queries: Queries, storyIds: readonly string[], kind: StoryEventKind, at: Date): Promise<void> {
  await queries.query(LOCK_EVENTS, [])
  await queries.query(APPEND, [storyIds, kind, at])
}
