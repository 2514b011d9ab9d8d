import { statement, type Queries } from '../../database/index.js'
import { coveredNow } from '../../database/read/index.js'
import { FINAL_REMOVALS, REMOVALS } from '../ledger/index.js'

/** How long whoever took a delivery has for it. Longer than one attempt may take: who is late is taken to be gone. */
export const LEASE = 20_000

/** A delivery that was taken to be sent, with all that is needed for it. */
export interface TakenDelivery {
  readonly id: string
  readonly endpointId: string
  readonly partnerId: string
  readonly storyId: string
  readonly slug: string
  readonly kind: string
  readonly version: number
  readonly at: Date
  readonly since: Date
  readonly noticeId: string | null
  /** This one counted. Who finishes an attempt says which, so that one that was given up for dead overwrites nothing. */
  readonly attempts: number
  readonly url: string
  readonly secret: string
  readonly previousSecret: string | null
  readonly previousUntil: Date | null
  /** Whether it still holds: a recall always does, a hold until the story is restored; of the rest what the partner may read now. */
  readonly holds: boolean
}

export interface Room {
  readonly inAll: number
  readonly perEndpoint: number
  /** How many are under way to an endpoint already. */
  readonly underWay: ReadonlyMap<string, number>
}

const TAKE = statement('take_deliveries', `
  WITH due AS MATERIALIZED (
    SELECT d."id" FROM "WebhookEndpoint" AS e LEFT JOIN unnest($2::uuid[], $3::int[]) AS busy(id, n) ON busy.id = e."id"
    CROSS JOIN LATERAL (
      SELECT w."id", w."nextAttemptAt" FROM "WebhookDelivery" AS w WHERE w."endpointId" = e."id" AND w."state" = 'WAITING' AND w."nextAttemptAt" <= $1::timestamptz
      ORDER BY w."nextAttemptAt", w."id" LIMIT greatest($4::int - coalesce(busy.n, 0), 0) FOR UPDATE SKIP LOCKED
    ) AS d
    WHERE e."state" = 'ACTIVE' ORDER BY d."nextAttemptAt", d."id" LIMIT $5::int
  )
  UPDATE "WebhookDelivery" AS d SET "attempts" = d."attempts" + 1, "nextAttemptAt" = $6::timestamptz, "lastAttemptAt" = $1::timestamptz
  FROM due, "WebhookEndpoint" AS e, "Story" AS s WHERE d."id" = due."id" AND e."id" = d."endpointId" AND s."id" = d."storyId"
  RETURNING d."id", d."endpointId", e."partnerId", d."storyId", s."slug", d."kind"::text, d."version", d."at", d."since", d."noticeId", d."attempts", e."url", e."secret", e."previousSecret", e."previousUntil",
    CASE WHEN d."kind"::text IN (${REMOVALS}) THEN d."kind"::text IN (${FINAL_REMOVALS}) OR s."state" <> 'PUBLISHED' ELSE d."noticeId" IS NOT NULL OR ${coveredNow({ story: 's', partner: 'e."partnerId"', now: '$1::timestamptz' })} END AS "holds"`)

/** Takes what is due, for this process alone, until the lease is over. A slow endpoint takes no more than its own places. */
export async function takeDue(queries: Queries, now: Date, { inAll, perEndpoint, underWay }: Room): Promise<TakenDelivery[]> {
  return queries.query<TakenDelivery>(TAKE, [now, [...underWay.keys()], [...underWay.values()], perEndpoint, inAll, new Date(now.getTime() + LEASE)])
}

// The endpoint is locked before its delivery, as whoever stops an endpoint does: the other way round each could wait for the other.
const FIRST = `held AS (SELECT e."id" FROM "WebhookEndpoint" AS e WHERE e."id" = (SELECT d."endpointId" FROM "WebhookDelivery" AS d WHERE d."id" = $1::uuid) FOR NO KEY UPDATE)`
const ARRIVED = statement('delivery_arrived', `
  WITH ${FIRST}, done AS (UPDATE "WebhookDelivery" SET "state" = 'DELIVERED', "deliveredAt" = $3::timestamptz, "lastStatus" = $4, "lastFailure" = NULL WHERE "id" = $1::uuid AND "attempts" = $2 AND "state" = 'WAITING' AND "endpointId" = (SELECT "id" FROM held) RETURNING "endpointId")
  UPDATE "WebhookEndpoint" SET "failingSince" = NULL WHERE "id" IN (SELECT "endpointId" FROM done) AND "failingSince" IS NOT NULL`)

export async function arrived(queries: Queries, { id, attempts }: TakenDelivery, status: number, now: Date): Promise<void> {
  await queries.query(ARRIVED, [id, attempts, now, status])
}

const FAILED = statement('delivery_failed', `
  WITH ${FIRST}, done AS (
    UPDATE "WebhookDelivery" SET "state" = CASE WHEN $4::timestamptz IS NULL THEN 'UNDELIVERABLE' ELSE 'WAITING' END::"WebhookDeliveryState", "nextAttemptAt" = coalesce($4::timestamptz, "nextAttemptAt"), "lastStatus" = $5, "lastFailure" = $6
    WHERE "id" = $1::uuid AND "attempts" = $2 AND "state" = 'WAITING' AND "endpointId" = (SELECT "id" FROM held) RETURNING "endpointId")
  UPDATE "WebhookEndpoint" SET "failingSince" = coalesce("failingSince", $3::timestamptz) WHERE "id" IN (SELECT "endpointId" FROM done) RETURNING "failingSince"`)

/** @param again when it is tried again; undefined for never. Gives since when the endpoint fails. */
export async function failed(queries: Queries, { id, attempts }: TakenDelivery, again: Date | undefined, why: { readonly status?: number | undefined; readonly failure: string }, now: Date): Promise<Date | undefined> {
  const [endpoint] = await queries.query<{ failingSince: Date }>(FAILED, [id, attempts, now, again ?? null, why.status ?? null, why.failure])
  return endpoint && new Date(endpoint.failingSince)
}

const OBSOLETE = statement('delivery_obsolete', `UPDATE "WebhookDelivery" SET "state" = 'OBSOLETE' WHERE "id" = $1::uuid AND "attempts" = $2 AND "state" = 'WAITING'`)

export async function becameObsolete(queries: Queries, { id, attempts }: TakenDelivery): Promise<void> {
  await queries.query(OBSOLETE, [id, attempts])
}

const GIVE_BACK = statement('give_deliveries_back', `UPDATE "WebhookDelivery" SET "nextAttemptAt" = $3::timestamptz WHERE "id" = $1::uuid AND "attempts" = $2 AND "state" = 'WAITING'`)

/** Whoever is there takes it; this process ends. */
export async function giveBack(queries: Queries, { id, attempts }: TakenDelivery, now: Date): Promise<void> {
  await queries.query(GIVE_BACK, [id, attempts, now])
}

const RESEAL = statement('reseal_webhook_secret', `UPDATE "WebhookEndpoint" SET "secret" = CASE WHEN "secret" = $2 THEN $3 ELSE "secret" END, "previousSecret" = CASE WHEN "previousSecret" = $2 THEN $3 ELSE "previousSecret" END WHERE "id" = $1::uuid`)

export async function reseal(queries: Queries, endpointId: string, from: string, to: string): Promise<void> {
  await queries.query(RESEAL, [endpointId, from, to])
}

const SEALED = statement('sealed_webhook_secrets', `
  SELECT e."id", x.sealed FROM "WebhookEndpoint" AS e CROSS JOIN LATERAL (VALUES (e."secret"), (e."previousSecret")) AS x(sealed) WHERE x.sealed IS NOT NULL`)

export async function sealedSecrets(queries: Queries): Promise<{ readonly id: string; readonly sealed: string }[]> {
  return queries.query(SEALED, [])
}

const COUNTS = statement('waiting_deliveries', `
  SELECT count(*)::int AS waiting, min(d."since") AS "oldestAt", (SELECT count(*)::int FROM "WebhookEndpoint" AS x WHERE x."state" = 'DISABLED') AS disabled FROM "WebhookDelivery" AS d WHERE d."state" = 'WAITING'`)

export async function countWaiting(queries: Queries): Promise<{ readonly waiting: number; readonly oldestAt: Date | null; readonly disabled: number }> {
  return (await queries.query<{ waiting: number; oldestAt: Date | null; disabled: number }>(COUNTS, []))[0]!
}

const KEPT_DAYS = 30
const PRUNE = statement('prune_deliveries', `
  DELETE FROM "WebhookDelivery" WHERE "id" IN (SELECT d."id" FROM "WebhookDelivery" AS d WHERE d."state" <> 'WAITING' AND d."at" < $1::timestamptz - make_interval(days => ${KEPT_DAYS}) ORDER BY d."at" LIMIT 5000)`)

/** Forgets what is done and old; who took what, and the notices, stay. */
export async function pruneDeliveries(queries: Queries, now: Date): Promise<void> {
  await queries.query(PRUNE, [now])
}
