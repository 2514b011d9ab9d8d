import { z } from 'zod'
import { hashOfPartnerKey, newPartnerKey, PARTNER_SCOPES } from '../access/index.js'
import { insertRows, statement, type Queries } from '../database/index.js'
import { formProblem, noPartner, refuse, word, type Managing, type Refused } from './edit-partners.js'

/** The result never holds the key: it may be stored, to be given again to whoever repeats the request. */
export type KeyResult = { readonly ok: true; readonly keyId: string } | Refused

/** Takes the key, the one time that it is known. */
export type Show = (key: string) => void

export interface GivenKey {
  readonly label: string
  readonly scopes: readonly string[]
  /** Never, where left out. */
  readonly expiresAt?: Date | undefined
}

const HOUR = 60 * 60 * 1000
const MOST_YEARS = 10
export const MOST_OVERLAP_HOURS = 90 * 24

const keyForm = z.strictObject({
  label: word,
  scopes: z.array(z.enum(PARTNER_SCOPES)).max(PARTNER_SCOPES.length, 'names a scope twice').refine((scopes) => scopes.includes('READ'), 'lacks READ, without which a key opens nothing'),
  expiresAt: z.date().optional(),
})
const rotationForm = z.strictObject({ overlapHours: z.int('is not a whole number of hours').min(0, 'is less than 0').max(MOST_OVERLAP_HOURS, `is more than ${MOST_OVERLAP_HOURS}`), expiresAt: z.date().optional() })
const KNOWN = statement('partner_known', `SELECT 1 FROM "Partner" AS p WHERE p."id" = $1::uuid`)

/** Makes a key and shows it, this one time; only its hash is stored (A5). */
export async function issueKey(queries: Queries, partnerId: string, given: GivenKey, show: Show, managing: Managing): Promise<KeyResult> {
  const wrong = formProblem(keyForm, given) ?? expiryProblem(given.expiresAt, managing.now)
  if (wrong) return wrong
  if ((await queries.query(KNOWN, [partnerId])).length === 0) return noPartner()
  return store(queries, { partnerId, label: given.label.trim(), scopes: [...new Set(given.scopes)], expiresAt: given.expiresAt ?? null, replacesId: null }, show, managing)
}

interface LockedKey {
  readonly partnerId: string
  readonly label: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly isReplaced: boolean
}
const LOCK = statement('lock_partner_key', `
  SELECT k."partnerId", k."label", to_json(k."scopes") AS "scopes", k."createdAt", k."expiresAt", k."revokedAt", EXISTS (SELECT FROM "PartnerKey" AS n WHERE n."replacesId" = k."id") AS "isReplaced"
  FROM "PartnerKey" AS k WHERE k."id" = $1::uuid FOR UPDATE OF k`)
const END = statement('end_partner_key', `UPDATE "PartnerKey" SET "expiresAt" = least("expiresAt", $2::timestamptz) WHERE "id" = $1::uuid`)

export interface GivenRotation {
  /** How long the old key still works, in hours. */
  readonly overlapHours: number
  /** Of the new key. Where left out, it lives as long as the old one was made for. */
  readonly expiresAt?: Date | undefined
}

/** Makes a key that takes the place of another: same partner, label and scopes. Both work until the overlap is over. */
export async function rotateKey(queries: Queries, keyId: string, given: GivenRotation, show: Show, managing: Managing): Promise<KeyResult> {
  const { now } = managing
  const wrong = formProblem(rotationForm, given) ?? expiryProblem(given.expiresAt, now)
  if (wrong) return wrong
  const [old] = await queries.query<LockedKey>(LOCK, [keyId])
  if (!old) return noKey()
  if (old.isReplaced) return refuse('ALREADY_ROTATED', 'Another key has taken its place already; rotate that one, or issue a new one.', 'keyId')
  if (old.revokedAt || (old.expiresAt && old.expiresAt <= now)) return refuse('KEY_ENDED', 'The key is revoked or has expired; issue a new one.', 'keyId')
  const expiresAt = given.expiresAt ?? (old.expiresAt && new Date(now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime()))
  await queries.query(END, [keyId, new Date(now.getTime() + given.overlapHours * HOUR)])
  return store(queries, { partnerId: old.partnerId, label: old.label, scopes: old.scopes, expiresAt, replacesId: keyId }, show, managing)
}

const REVOKE = statement('revoke_partner_key', `UPDATE "PartnerKey" SET "revokedAt" = $2::timestamptz, "revokedBy" = $3 WHERE "id" = $1::uuid`)

/** Ends a key, at once, on every node and for good. */
export async function revokeKey(queries: Queries, keyId: string, { staff, now }: Managing): Promise<KeyResult> {
  const [key] = await queries.query<LockedKey>(LOCK, [keyId])
  if (!key) return noKey()
  if (key.revokedAt) return refuse('ALREADY_REVOKED', `The key was revoked on ${key.revokedAt.toISOString().slice(0, 10)} already.`, 'keyId')
  await queries.query(REVOKE, [keyId, now, staff.name])
  return { ok: true, keyId }
}

interface NewKey { readonly partnerId: string; readonly label: string; readonly scopes: readonly string[]; readonly expiresAt: Date | null; readonly replacesId: string | null }

async function store(queries: Queries, row: NewKey, show: Show, { staff, now, newId }: Managing): Promise<KeyResult> {
  const [key, id] = [newPartnerKey(), newId()]
  await insertRows(queries, { PartnerKey: [{ id, ...row, hash: hashOfPartnerKey(key), createdAt: now, createdBy: staff.name, revokedAt: null, revokedBy: null }] })
  show(key)
  return { ok: true, keyId: id }
}

function expiryProblem(expiresAt: Date | undefined, now: Date): Refused | undefined {
  if (!expiresAt) return undefined
  if (expiresAt <= now) return refuse('INVALID', `${expiresAt.toISOString()} is past; a key ends in the future.`, 'expiresAt')
  const last = new Date(now)
  last.setUTCFullYear(last.getUTCFullYear() + MOST_YEARS)
  return expiresAt > last ? refuse('INVALID', `${expiresAt.toISOString()} is more than ${MOST_YEARS} years ahead; leave it out for a key without an end.`, 'expiresAt') : undefined
}

function noKey(): Refused {
  return refuse('NOT_FOUND', 'There is no such key.', 'keyId')
}
