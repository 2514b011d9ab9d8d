import { z } from 'zod'
import { insertRows, statement, type Queries } from '../../database/index.js'
import { formProblem, noPartner, refuse, type Managing, type Refused } from '../edit-partners.js'
import { EVENT_KINDS } from '../ledger/index.js'
import { newWebhookSecret } from './signature.js'
import type { WebhookSecrets } from './webhook-secrets.js'

export type WebhookResult = { readonly ok: true; readonly webhookId: string } | Refused
export type ReplayResult = { readonly ok: true; readonly webhookId: string; readonly replayed: number } | Refused

/** Takes the secret, the one time that it is known outside the server. */
export type ShowSecret = (secret: string) => void

export interface GivenWebhook {
  /** Checked by `endpointProblem`, which asks the network and so belongs in no transaction. */
  readonly url: string
  readonly events: readonly string[]
}

const HOUR = 60 * 60 * 1000
const MOST_OF_PARTNER = 10
const MOST_OVERLAP_HOURS = 30 * 24
export const MOST_REPLAYED = 1_000

const webhookForm = z.strictObject({ url: z.string(), events: z.array(z.enum(EVENT_KINDS)).min(1, 'is empty; name one event at least').max(EVENT_KINDS.length, 'names an event twice') })
const overlapForm = z.strictObject({ overlapHours: z.int('is not a whole number of hours').min(0, 'is less than 0').max(MOST_OVERLAP_HOURS, `is more than ${MOST_OVERLAP_HOURS}`) })

const LOCK_PARTNER = statement('lock_partner', `SELECT 1 FROM "Partner" AS p WHERE p."id" = $1::uuid FOR UPDATE`)
const COUNT = statement('webhooks_of_partner', `SELECT count(*)::int AS n FROM "WebhookEndpoint" AS e WHERE e."partnerId" = $1::uuid AND e."state" <> 'REMOVED'`)

/** Adds an endpoint of a partner and shows its secret, this one time. From the next change on, it is told. */
export async function addWebhook(queries: Queries, partnerId: string, given: GivenWebhook, secrets: WebhookSecrets, show: ShowSecret, { staff, now, newId }: Managing): Promise<WebhookResult> {
  const wrong = formProblem(webhookForm, given)
  if (wrong) return wrong
  if ((await queries.query(LOCK_PARTNER, [partnerId])).length === 0) return noPartner()
  const [count] = await queries.query<{ n: number }>(COUNT, [partnerId])
  if (count!.n >= MOST_OF_PARTNER) return refuse('INVALID', `The partner has ${MOST_OF_PARTNER} endpoints, which is the most. Remove one first.`, 'partnerId')
  const [id, secret] = [newId(), newWebhookSecret()]
  await insertRows(queries, { WebhookEndpoint: [{
    id, partnerId, url: given.url, events: [...new Set(given.events)], state: 'ACTIVE', disabledReason: null, disabledAt: null, failingSince: null, secret: secrets.seal(secret, id), previousSecret: null, previousUntil: null, createdAt: now, createdBy: staff.name,
  }] })
  show(secret)
  return { ok: true, webhookId: id }
}

interface LockedWebhook {
  readonly state: 'ACTIVE' | 'DISABLED'
  readonly secret: string
}
const LOCK = statement('lock_webhook', `SELECT e."state", e."secret" FROM "WebhookEndpoint" AS e WHERE e."id" = $1::uuid AND e."state" <> 'REMOVED' FOR UPDATE`)
const ROTATE = statement('rotate_webhook_secret', `
  UPDATE "WebhookEndpoint" SET "secret" = $2, "previousSecret" = CASE WHEN $3::timestamptz > $4::timestamptz THEN "secret" END, "previousUntil" = CASE WHEN $3::timestamptz > $4::timestamptz THEN $3::timestamptz END WHERE "id" = $1::uuid`)

/** Makes a new secret and shows it, this one time. Until the overlap is over, events are signed with the old one too. */
export async function rotateWebhookSecret(queries: Queries, webhookId: string, overlapHours: number, secrets: WebhookSecrets, show: ShowSecret, { now }: Managing): Promise<WebhookResult> {
  const wrong = formProblem(overlapForm, { overlapHours })
  if (wrong) return wrong
  if (!(await lock(queries, webhookId))) return noWebhook()
  const secret = newWebhookSecret()
  await queries.query(ROTATE, [webhookId, secrets.seal(secret, webhookId), new Date(now.getTime() + overlapHours * HOUR), now])
  show(secret)
  return { ok: true, webhookId }
}

const ENABLE = statement('enable_webhook', `UPDATE "WebhookEndpoint" SET "state" = 'ACTIVE', "disabledReason" = NULL, "disabledAt" = NULL, "failingSince" = NULL WHERE "id" = $1::uuid`)

/** Sends to an endpoint again, from the next change on. What it missed is replayed, or read from the change feed. */
export async function enableWebhook(queries: Queries, webhookId: string): Promise<WebhookResult> {
  const webhook = await lock(queries, webhookId)
  if (!webhook) return noWebhook()
  if (webhook.state === 'ACTIVE') return refuse('WRONG_STATE', 'The endpoint is active already.', 'webhookId')
  await queries.query(ENABLE, [webhookId])
  return { ok: true, webhookId }
}

const DISABLE = statement('disable_webhook', `
  WITH stopped AS (UPDATE "WebhookEndpoint" SET "state" = 'DISABLED', "disabledReason" = $2::"WebhookDisabledReason", "disabledAt" = $3::timestamptz WHERE "id" = $1::uuid AND "state" = 'ACTIVE' RETURNING "id"),
    waiting AS (UPDATE "WebhookDelivery" SET "state" = 'UNDELIVERABLE' WHERE "endpointId" IN (SELECT "id" FROM stopped) AND "state" = 'WAITING')
  SELECT "id" FROM stopped`)

export type DisabledReason = 'BY_HAND' | 'GONE' | 'FAILING' | 'SECRET_LOST'

/** Stops sending to an endpoint; whatever waits can be replayed. Whether it was active until now. */
export async function stopSending(queries: Queries, webhookId: string, reason: DisabledReason, now: Date): Promise<boolean> {
  return (await queries.query(DISABLE, [webhookId, reason, now])).length > 0
}

export async function disableWebhook(queries: Queries, webhookId: string, { now }: Managing): Promise<WebhookResult> {
  if (!(await lock(queries, webhookId))) return noWebhook()
  return (await stopSending(queries, webhookId, 'BY_HAND', now)) ? { ok: true, webhookId } : refuse('WRONG_STATE', 'The endpoint is disabled already.', 'webhookId')
}

const REMOVE = statement('remove_webhook', `
  WITH dropped AS (UPDATE "WebhookDelivery" SET "state" = 'UNDELIVERABLE' WHERE "endpointId" = $1::uuid AND "state" = 'WAITING')
  UPDATE "WebhookEndpoint" SET "state" = 'REMOVED', "disabledReason" = NULL, "disabledAt" = NULL, "failingSince" = NULL, "secret" = NULL, "previousSecret" = NULL, "previousUntil" = NULL WHERE "id" = $1::uuid`)

/** Takes an endpoint away for good, with its secret. */
export async function removeWebhook(queries: Queries, webhookId: string): Promise<WebhookResult> {
  if (!(await lock(queries, webhookId))) return noWebhook()
  await queries.query(REMOVE, [webhookId])
  return { ok: true, webhookId }
}

const REPLAY = statement('replay_deliveries', `
  UPDATE "WebhookDelivery" SET "state" = 'WAITING', "attempts" = 0, "since" = $2::timestamptz, "nextAttemptAt" = $2::timestamptz WHERE "id" IN (
    SELECT d."id" FROM "WebhookDelivery" AS d WHERE d."endpointId" = $1::uuid AND d."state" = 'UNDELIVERABLE' AND ($3::uuid[] IS NULL OR d."id" = ANY ($3)) ORDER BY d."at", d."id" LIMIT ${MOST_REPLAYED}
  ) RETURNING 1`)

/** Sends again what could not be delivered, all of it or some, under the same ids; the oldest first. */
export async function replayDeliveries(queries: Queries, webhookId: string, deliveryIds: readonly string[] | undefined, { now }: Managing): Promise<ReplayResult> {
  const webhook = await lock(queries, webhookId)
  if (!webhook) return noWebhook()
  if (webhook.state !== 'ACTIVE') return refuse('WRONG_STATE', 'The endpoint is disabled; enable it first.', 'webhookId')
  const replayed = (await queries.query(REPLAY, [webhookId, now, deliveryIds ?? null])).length
  if (replayed === 0) return refuse('NOT_FOUND', deliveryIds ? 'None of these is an undeliverable event of this endpoint.' : 'Nothing of this endpoint is undeliverable.', deliveryIds ? 'deliveryIds' : 'webhookId')
  return { ok: true, webhookId, replayed }
}

async function lock(queries: Queries, webhookId: string): Promise<LockedWebhook | undefined> {
  return (await queries.query<LockedWebhook>(LOCK, [webhookId]))[0]
}

function noWebhook(): Refused {
  return refuse('NOT_FOUND', 'There is no such endpoint.', 'webhookId')
}
