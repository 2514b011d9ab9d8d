import { createHash, randomBytes } from 'node:crypto'
import { statement, type Queries } from '../database/index.js'
import type { Entitlement, Partner } from './viewer.js'

export const PARTNER_SCOPES = ['READ', 'EMBARGOED'] as const
export type PartnerScope = (typeof PARTNER_SCOPES)[number]

const PREFIX = 'onr_partner_'
const KEY = /^onr_partner_[\w-]{43}$/

/** A key: 32 random bytes behind a prefix that secret scanners can look for. */
export function newPartnerKey(): string {
  return PREFIX + randomBytes(32).toString('base64url')
}

/** Only this is stored. A plain hash is enough: the key is random, so it cannot be guessed from it. */
export function hashOfPartnerKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Of the contracts that have begun, the last one holds; where that has ended, none does. What it said of documents goes on: an end gives nobody more freedom. */
const PARTNER_OF_KEY = statement('partner_of_key', `
  SELECT p."id", p."name", 'EMBARGOED' = ANY (k."scopes") AS "readsEmbargoed", coalesce(c."registeredOnly", false) AS "documentsOnly", CASE WHEN c."inForce" THEN json_build_object(
    'desks', CASE WHEN NOT c."allDesks" THEN to_json(c."desks") END, 'topics', CASE WHEN NOT c."allTopics" THEN to_json(c."topics") END, 'archiveDays', c."archiveDays",
    'hasAdvanceAccess', c."embargoAccess" = 'ADVANCE' AND 'EMBARGOED' = ANY (k."scopes")) END AS "entitlement",
    json_build_object('number', CASE WHEN c."inForce" THEN c."number" ELSE 0 END, 'since', CASE WHEN c."inForce" THEN greatest(c."validFrom", c."setAt") ELSE c."validUntil" END) AS "contract"
  FROM "PartnerKey" AS k JOIN "Partner" AS p ON p."id" = k."partnerId"
  LEFT JOIN LATERAL (SELECT l.*, l."validUntil" IS NULL OR l."validUntil" > $2::timestamptz AS "inForce" FROM "PartnerContract" AS l WHERE l."partnerId" = p."id" AND l."validFrom" <= $2::timestamptz ORDER BY l."number" DESC LIMIT 1) AS c ON true
  WHERE k."hash" = $1 AND 'READ' = ANY (k."scopes") AND k."revokedAt" IS NULL AND (k."expiresAt" IS NULL OR k."expiresAt" > $2::timestamptz)`)

/** The partner behind a key, or undefined: unknown, expired and revoked look the same. Asked at every request, so that a revoked key fails at once on every node (A5). */
export async function partnerOf(queries: Queries, key: string, now: Date): Promise<Partner | undefined> {
  if (!KEY.test(key)) return undefined
  const [found] = await queries.query<{ id: string; name: string; readsEmbargoed: boolean; documentsOnly: boolean; entitlement: Entitlement | null; contract: Partner['contract'] }>(PARTNER_OF_KEY, [hashOfPartnerKey(key), now])
  return found && { kind: 'PARTNER', id: found.id, name: found.name, readsEmbargoed: found.readsEmbargoed, documentsOnly: found.documentsOnly, entitlement: found.entitlement ?? undefined, contract: found.contract }
}

const HOLDER_OF_KEY = statement('holder_of_partner_key', `
  SELECT p."id", p."name", k."label", 'EMBARGOED' = ANY (k."scopes") AS "readsEmbargoed" FROM "PartnerKey" AS k JOIN "Partner" AS p ON p."id" = k."partnerId" WHERE k."hash" = $1 AND 'READ' = ANY (k."scopes") AND k."revokedAt" IS NULL`)

/** A partner by a key that may have expired, and is good for nothing but notices then; it reads no story. Undefined for one that is unknown or revoked. */
export async function holderOf(queries: Queries, key: string): Promise<{ readonly partner: Partner; readonly label: string } | undefined> {
  if (!KEY.test(key)) return undefined
  const [found] = await queries.query<{ id: string; name: string; label: string; readsEmbargoed: boolean }>(HOLDER_OF_KEY, [hashOfPartnerKey(key)])
  return found && { partner: { kind: 'PARTNER', id: found.id, name: found.name, readsEmbargoed: found.readsEmbargoed, documentsOnly: false, entitlement: undefined, contract: { number: 0, since: null } }, label: found.label }
}
