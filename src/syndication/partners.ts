import DataLoader from 'dataloader'
import type { PartnerScope } from '../access/index.js'
import { statement, type Queries } from '../database/index.js'

export const EMBARGO_ACCESS = ['NONE', 'ADVANCE'] as const
export type EmbargoAccess = (typeof EMBARGO_ACCESS)[number]

/** Another outlet that takes stories under a contract. Instants are RFC 3339. */
export interface PartnerFile {
  readonly id: string
  readonly name: string
  readonly dutyContact: DutyContact
  readonly createdAt: string
  readonly createdBy: string
  /** The last one first. */
  readonly contracts: readonly ContractRecord[]
  /** The newest first. */
  readonly keys: readonly KeyRecord[]
}

/** Whom to reach at night, and how. */
export interface DutyContact {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** What a contract covers: all that is named must hold. Null where there is no limit. */
export interface ContractRecord {
  readonly number: number
  readonly desks: readonly string[] | null
  readonly topics: readonly string[] | null
  readonly embargoAccess: EmbargoAccess
  readonly archiveDays: number | null
  readonly registeredOnly: boolean
  readonly validFrom: string
  readonly validUntil: string | null
  readonly setAt: string
  readonly setBy: string
}

/** A key, never the words of it. */
export interface KeyRecord {
  readonly id: string
  readonly partnerId: string
  readonly label: string
  readonly scopes: readonly PartnerScope[]
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly revokedBy: string | null
  /** The key that takes its place. */
  readonly replacedById: string | null
}

const KEY = `json_build_object('id', k."id", 'partnerId', k."partnerId", 'label', k."label", 'scopes', to_json(k."scopes"), 'createdAt', k."createdAt", 'createdBy', k."createdBy", 'expiresAt', k."expiresAt",
  'revokedAt', k."revokedAt", 'revokedBy', k."revokedBy", 'replacedById', (SELECT n."id" FROM "PartnerKey" AS n WHERE n."replacesId" = k."id"))`

const PARTNERS = statement('partners', `
  SELECT json_build_object('id', p."id", 'name', p."name", 'dutyContact', json_build_object('name', p."dutyName", 'email', p."dutyEmail", 'phone', p."dutyPhone"), 'createdAt', p."createdAt", 'createdBy', p."createdBy",
    'contracts', coalesce((SELECT json_agg(json_build_object('number', c."number", 'desks', CASE WHEN NOT c."allDesks" THEN to_json(c."desks") END, 'topics', CASE WHEN NOT c."allTopics" THEN to_json(c."topics") END,
      'embargoAccess', c."embargoAccess", 'archiveDays', c."archiveDays", 'registeredOnly', c."registeredOnly", 'validFrom', c."validFrom", 'validUntil', c."validUntil", 'setAt', c."setAt", 'setBy', c."setBy") ORDER BY c."number" DESC)
      FROM "PartnerContract" AS c WHERE c."partnerId" = p."id"), '[]'),
    'keys', coalesce((SELECT json_agg(${KEY} ORDER BY k."createdAt" DESC, k."id") FROM "PartnerKey" AS k WHERE k."partnerId" = p."id"), '[]')) AS partner
  FROM "Partner" AS p WHERE p."id" = ANY ($1::uuid[])`)
const KEYS = statement('partner_keys', `SELECT ${KEY} AS key FROM "PartnerKey" AS k WHERE k."id" = ANY ($1::uuid[])`)
const ALL = statement('all_partners', `SELECT p."id" FROM "Partner" AS p ORDER BY p."name", p."id"`)
const NAMED = statement('partner_named', `SELECT p."id" FROM "Partner" AS p WHERE lower(p."name") = lower($1) OR p."id"::text = lower($1)`)

/** Loads partners and keys for one request: whatever is asked at the same time is one SQL statement each (I10). For staff. */
export class Partners {
  readonly byId: DataLoader<string, PartnerFile | undefined>
  readonly keyById: DataLoader<string, KeyRecord | undefined>

  constructor(private readonly queries: Queries) {
    this.byId = new DataLoader(async (ids) => {
      const found = new Map((await queries.query<{ partner: PartnerFile }>(PARTNERS, [ids])).map(({ partner }) => [partner.id, partner]))
      return ids.map((id) => found.get(id))
    })
    this.keyById = new DataLoader(async (ids) => {
      const found = new Map((await queries.query<{ key: KeyRecord }>(KEYS, [ids])).map(({ key }) => [key.id, key]))
      return ids.map((id) => found.get(id))
    })
  }

  /** All of them, by name. */
  async all(): Promise<PartnerFile[]> {
    const rows = await this.queries.query<{ id: string }>(ALL, [])
    return (await Promise.all(rows.map(({ id }) => this.byId.load(id)))).filter((partner) => partner !== undefined)
  }

  /** By name, without regard to case, or by id. */
  async named(nameOrId: string): Promise<PartnerFile | undefined> {
    const [found] = await this.queries.query<{ id: string }>(NAMED, [nameOrId])
    return found && this.byId.load(found.id)
  }
}

/** The contract in force: of those that have begun, the last one, unless it has ended. The same rule as that by which keys are read. */
export function contractInForce({ contracts }: PartnerFile, now: Date): ContractRecord | undefined {
  const last = contracts.find((contract) => new Date(contract.validFrom) <= now)
  return last && (last.validUntil === null || new Date(last.validUntil) > now) ? last : undefined
}

export const KEY_STATES = ['VALID', 'EXPIRED', 'REVOKED'] as const

export function keyState({ revokedAt, expiresAt }: KeyRecord, now: Date): (typeof KEY_STATES)[number] {
  if (revokedAt !== null) return 'REVOKED'
  return expiresAt !== null && new Date(expiresAt) <= now ? 'EXPIRED' : 'VALID'
}
