import DataLoader from 'dataloader'
import { statement, type Queries } from '../../database/index.js'

export const WEBHOOK_STATES = ['ACTIVE', 'DISABLED'] as const
export const DISABLED_REASONS = ['BY_HAND', 'GONE', 'FAILING', 'SECRET_LOST'] as const
export const DELIVERY_STATES = ['WAITING', 'DELIVERED', 'UNDELIVERABLE', 'OBSOLETE'] as const

/** An endpoint, never with its secret. Instants are RFC 3339. */
export interface WebhookRecord {
  readonly id: string
  readonly partnerId: string
  readonly url: string
  readonly events: readonly string[]
  readonly state: (typeof WEBHOOK_STATES)[number]
  readonly disabledReason: (typeof DISABLED_REASONS)[number] | null
  readonly disabledAt: string | null
  readonly failingSince: string | null
  readonly previousUntil: string | null
  readonly createdAt: string
  readonly createdBy: string
}

/** An event for an endpoint, and what became of it. */
export interface DeliveryRecord {
  readonly id: string
  readonly endpointId: string
  readonly storyId: string
  readonly slug: string
  readonly kind: string
  readonly version: number
  readonly at: string
  readonly state: (typeof DELIVERY_STATES)[number]
  readonly attempts: number
  readonly nextAttemptAt: string
  readonly lastAttemptAt: string | null
  readonly lastStatus: number | null
  readonly lastFailure: string | null
  readonly deliveredAt: string | null
}

const WEBHOOK = `json_build_object('id', e."id", 'partnerId', e."partnerId", 'url', e."url", 'events', to_json(e."events"), 'state', e."state", 'disabledReason', e."disabledReason", 'disabledAt', e."disabledAt",
  'failingSince', e."failingSince", 'previousUntil', e."previousUntil", 'createdAt', e."createdAt", 'createdBy', e."createdBy")`
const BY_ID = statement('webhooks', `SELECT ${WEBHOOK} AS webhook FROM "WebhookEndpoint" AS e WHERE e."id" = ANY ($1::uuid[]) AND e."state" <> 'REMOVED'`)
const BY_PARTNER = statement('webhooks_by_partner', `SELECT ${WEBHOOK} AS webhook FROM "WebhookEndpoint" AS e WHERE e."partnerId" = ANY ($1::uuid[]) AND e."state" <> 'REMOVED' ORDER BY e."createdAt", e."id"`)
const DELIVERIES = statement('webhook_deliveries', `
  SELECT json_build_object('id', d."id", 'endpointId', d."endpointId", 'storyId', d."storyId", 'slug', s."slug", 'kind', d."kind", 'version', d."version", 'at', d."at", 'state', d."state", 'attempts', d."attempts",
    'nextAttemptAt', d."nextAttemptAt", 'lastAttemptAt', d."lastAttemptAt", 'lastStatus', d."lastStatus", 'lastFailure', d."lastFailure", 'deliveredAt', d."deliveredAt") AS delivery
  FROM "WebhookDelivery" AS d JOIN "Story" AS s ON s."id" = d."storyId" WHERE d."id" = ANY ($1::uuid[])`)

/** Loads endpoints and what was sent to them for one request (I10). For staff. */
export class Webhooks {
  readonly byId: DataLoader<string, WebhookRecord | undefined>
  readonly ofPartner: DataLoader<string, readonly WebhookRecord[]>
  readonly deliveries: DataLoader<string, DeliveryRecord | undefined>

  constructor(queries: Queries) {
    this.byId = new DataLoader(async (ids) => {
      const found = new Map((await queries.query<{ webhook: WebhookRecord }>(BY_ID, [ids])).map(({ webhook }) => [webhook.id, webhook]))
      return ids.map((id) => found.get(id))
    })
    this.ofPartner = new DataLoader(async (ids) => {
      const found = (await queries.query<{ webhook: WebhookRecord }>(BY_PARTNER, [ids])).map(({ webhook }) => webhook)
      return ids.map((id) => found.filter(({ partnerId }) => partnerId === id))
    })
    this.deliveries = new DataLoader(async (ids) => {
      const found = new Map((await queries.query<{ delivery: DeliveryRecord }>(DELIVERIES, [ids])).map(({ delivery }) => [delivery.id, delivery]))
      return ids.map((id) => found.get(id))
    })
  }
}

/** The list of an endpoint's deliveries, the newest first. */
export const DELIVERY_LIST = {
  name: 'webhook_delivery_list', from: '"WebhookDelivery" AS d', id: 'd."id"',
  order: [{ sql: 'd."at"', type: 'timestamptz', descending: true }, { sql: 'd."id"', type: 'uuid', descending: false }],
} as const
