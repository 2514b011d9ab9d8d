import { statement, type Queries } from '../database/index.js'
import { follow, GENESIS, type AuditEntry, type ChainLink, type Payload } from './chain.js'

/** One writer at a time, from right before the insert to the end of its transaction. */
const LOCK = statement('audit_lock', `SELECT pg_advisory_xact_lock(hashtext('onrecord audit log'))::text`)
const HEAD = statement('audit_head', 'SELECT a."number", a."hash" FROM "AuditRecord" AS a ORDER BY a."number" DESC LIMIT 1')
const INSERT_LINKS = statement('audit_insert', `INSERT INTO "AuditRecord" ("number", "day", "commitment", "previous", "hash")
  SELECT r."number", r."day", r."commitment", r."previous", r."hash" FROM jsonb_populate_recordset(NULL::"AuditRecord", $1::jsonb) AS r ORDER BY r."number"`)
const INSERT_PAYLOADS = statement('audit_payloads', `INSERT INTO "AuditPayload" ("number", "salt", "text")
  SELECT p."number", p."salt", p."text" FROM jsonb_populate_recordset(NULL::"AuditPayload", $1::jsonb) AS p`)
const ROWS = `SELECT a."number", a."day"::text AS "day", a."commitment", a."previous", a."hash", p."salt", p."text"
  FROM "AuditRecord" AS a LEFT JOIN "AuditPayload" AS p ON p."number" = a."number"`
const AFTER = statement('audit_after', `${ROWS} WHERE a."number" > $1::int ORDER BY a."number" LIMIT $2::int`)
const BEFORE = statement('audit_before', `${ROWS} WHERE ($1::int IS NULL OR a."number" < $1::int) ORDER BY a."number" DESC LIMIT $2::int`)
const LAST_BEFORE_DAY = statement('audit_last_before_day', 'SELECT max(a."number")::int AS "number" FROM "AuditRecord" AS a WHERE a."day" < $1::date')
const ALLOW_EXPIRY = statement('audit_allow_expiry', `SELECT set_config('onrecord.audit_expires_until', $1::text, true)`)
const EXPIRE = statement('audit_expire', `DELETE FROM "AuditPayload" AS p WHERE p."number" <= $1::int AND p."text"::json ->> 'act' <> 'EXPIRE' RETURNING 1`)

export interface AuditHead { readonly number: number; readonly hash: string }

/** A record with its payload, which is absent once it expired. */
export type AuditRow = ChainLink & { readonly [K in keyof Payload]: Payload[K] | null }

/** Appends to the log, in the transaction of what it tells of. Call it last: other writers wait from here to the commit. */
export async function append(queries: Queries, entries: readonly AuditEntry[], now: Date): Promise<AuditHead> {
  await queries.query(LOCK, [])
  let head = await headOf(queries) ?? { number: 0, hash: GENESIS }
  const links: ChainLink[] = []
  const payloads: (Payload & { number: number })[] = []
  for (const entry of entries) {
    const { link, payload } = follow(head, entry, now)
    links.push(link)
    payloads.push({ number: link.number, ...payload })
    head = link
  }
  await queries.query(INSERT_LINKS, [JSON.stringify(links)])
  await queries.query(INSERT_PAYLOADS, [JSON.stringify(payloads)])
  return { number: head.number, hash: head.hash }
}

export async function headOf(queries: Queries): Promise<AuditHead | undefined> {
  return (await queries.query<AuditHead>(HEAD, []))[0]
}

/** Records in order, from the one after `number`. */
export function rowsAfter(queries: Queries, number: number, limit: number): Promise<AuditRow[]> {
  return queries.query(AFTER, [number, limit])
}

/** Records newest first, from the one before `number`, or from the newest. */
export function rowsBefore(queries: Queries, number: number | null, limit: number): Promise<AuditRow[]> {
  return queries.query(BEFORE, [number, limit])
}

/** Deletes the payloads of records before a day; the chain stays, and tells of it. Gives how many, and the new head. */
export async function expirePayloads(queries: Queries, before: string, person: string, now: Date): Promise<{ readonly expired: number; readonly head: AuditHead | undefined }> {
  await queries.query(LOCK, [])
  const until = (await queries.query<{ number: number | null }>(LAST_BEFORE_DAY, [before]))[0]!.number
  if (until === null) return { expired: 0, head: undefined }
  await queries.query(ALLOW_EXPIRY, [String(until)])
  const expired = (await queries.query(EXPIRE, [until])).length
  if (expired === 0) return { expired, head: undefined }
  return { expired, head: await append(queries, [{ act: 'EXPIRE', person, until }], now) }
}
