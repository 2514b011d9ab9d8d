import type { Staff } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'
import type { Refused } from './edit-register.js'
import type { Kind } from './register.js'

export type MergeCode = 'NOT_FOUND' | 'SAME_ENTRY' | 'CYCLE' | 'ALREADY_MERGED' | 'NOT_MERGED'
export type MergeResult = { readonly ok: true; readonly id: string } | Refused<MergeCode>

interface Merged { readonly id: string; readonly key: string; readonly mergedIntoId: string | null; readonly survivorId: string | null }

// Merges are rare; one at a time, so that two cannot make a circle between them.
const LOCK = statement('lock_merges', `SELECT pg_advisory_xact_lock(hashtextextended('merge ' || $1, 0))`)
const find = (kind: Kind) => statement('merge_entry', `SELECT e."id", e."key", e."mergedIntoId", e."survivorId" FROM "${kind}" AS e WHERE e."key" = $1`)
const merge = (kind: Kind) => statement('merge_entries', `
  UPDATE "${kind}" SET "survivorId" = $2::uuid, "mergedIntoId" = CASE WHEN "id" = $1::uuid THEN $2::uuid ELSE "mergedIntoId" END,
    "mergedAt" = CASE WHEN "id" = $1::uuid THEN $3::timestamptz ELSE "mergedAt" END, "mergedBy" = CASE WHEN "id" = $1::uuid THEN $4 ELSE "mergedBy" END
  WHERE "id" = $1::uuid OR "survivorId" = $1::uuid`)
const unmerge = (kind: Kind) => statement('unmerge_entry', `
  WITH RECURSIVE below AS (SELECT $1::uuid AS id UNION SELECT e."id" FROM below JOIN "${kind}" AS e ON e."mergedIntoId" = below.id)
  UPDATE "${kind}" AS e SET "survivorId" = CASE WHEN e."id" = $1::uuid THEN NULL ELSE $1::uuid END, "mergedIntoId" = CASE WHEN e."id" = $1::uuid THEN NULL ELSE e."mergedIntoId" END,
    "mergedAt" = CASE WHEN e."id" = $1::uuid THEN NULL ELSE e."mergedAt" END, "mergedBy" = CASE WHEN e."id" = $1::uuid THEN NULL ELSE e."mergedBy" END
  FROM below WHERE e."id" = below.id`)

/**
 * Makes one entry the duplicate of another, with all that was merged into it. No revision changes: lists join, and what asks for the
 * duplicate gets the survivor. Merged already the same way is done already.
 */
export async function mergeEntries(queries: Queries, kind: Kind, keys: { readonly into: string; readonly from: string }, staff: Staff, now: Date): Promise<MergeResult> {
  await queries.query(LOCK, [kind])
  const [into] = await queries.query<Merged>(find(kind), [keys.into])
  const [from] = await queries.query<Merged>(find(kind), [keys.from])
  if (!into || !from) return { ok: false, code: 'NOT_FOUND', message: 'There is no such entry.', path: into ? 'fromId' : 'intoId' }
  if (into.id === from.id) return { ok: false, code: 'SAME_ENTRY', message: 'Both are the same entry.', path: 'fromId' }
  const survivor = into.survivorId ?? into.id
  if (survivor === from.id) return { ok: false, code: 'CYCLE', message: `"${into.key}" was merged into "${from.key}"; unmerge it first to merge them the other way round.`, path: 'intoId' }
  if (from.survivorId === survivor) return { ok: true, id: survivor }
  if (from.survivorId !== null) return { ok: false, code: 'ALREADY_MERGED', message: `"${from.key}" was merged into another entry; unmerge it first, or merge that one.`, path: 'fromId' }
  await queries.query(merge(kind), [from.id, survivor, now, staff.name])
  return { ok: true, id: survivor }
}

/** Takes a merge back: the entry stands for itself again, with what had been merged into it before. */
export async function unmergeEntry(queries: Queries, kind: Kind, key: string): Promise<MergeResult> {
  await queries.query(LOCK, [kind])
  const [entry] = await queries.query<Merged>(find(kind), [key])
  if (!entry) return { ok: false, code: 'NOT_FOUND', message: 'There is no such entry.', path: 'id' }
  if (entry.mergedIntoId === null) return { ok: false, code: 'NOT_MERGED', message: `"${entry.key}" was merged into nobody.`, path: 'id' }
  await queries.query(unmerge(kind), [entry.id])
  return { ok: true, id: entry.id }
}
