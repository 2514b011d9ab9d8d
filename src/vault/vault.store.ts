import { statement, type Queries } from '../database/index.js'
import type { Manifest, MemberCard, Purpose, SignedManifest } from './seal/index.js'

export type MemberState = 'PENDING' | 'ACTIVE' | 'RETIRED'
export interface Member extends MemberCard {
  readonly fingerprint: string
  /** By the key itself. */
  readonly signature: string
  /** Key of the viewer who registered it. */
  readonly owner: string
  readonly state: MemberState
  /** YYYY-MM-DD. */
  readonly registeredOn: string
}
export interface Attestation { readonly subject: string; readonly by: string; readonly signature: string }

const MEMBER = `m."fingerprint", m."name", m."purpose"::text AS "purpose", m."recipient", m."signingKey", m."signature", m."owner", m."state"::text AS "state", m."registeredOn"::text AS "registeredOn"`
const MEMBERS = statement('vault_members', `SELECT ${MEMBER} FROM "VaultMember" AS m ORDER BY m."name", m."fingerprint"`)
const ATTESTATIONS = statement('vault_attestations', 'SELECT a."subject", a."by", a."signature" FROM "VaultAttestation" AS a ORDER BY a."subject", a."by"')
/** Locked against being retired until the transaction ends: who was revoked a second ago is seen here. */
const MEMBERS_BY = statement('vault_members_by', `SELECT ${MEMBER} FROM "VaultMember" AS m WHERE m."fingerprint" = ANY ($1::text[]) ORDER BY m."fingerprint" FOR SHARE`)
const MEMBER_FOR_UPDATE = statement('vault_member_lock', `SELECT ${MEMBER} FROM "VaultMember" AS m WHERE m."fingerprint" = $1 FOR UPDATE`)
const ACTIVE_RECOVERY = statement('vault_recovery', `SELECT ${MEMBER} FROM "VaultMember" AS m WHERE m."purpose" = 'RECOVERY' AND m."state" = 'ACTIVE' ORDER BY m."fingerprint" FOR SHARE`)
const REGISTER_LOCK = statement('vault_register_lock', `SELECT pg_advisory_xact_lock(hashtext('onrecord vault members'))::text`)
const COUNTS = statement('vault_member_counts', `
  SELECT (count(*) FILTER (WHERE m."state" = 'ACTIVE' AND m."purpose" = 'MEMBER'))::int AS "active", (count(*) FILTER (WHERE m."owner" = $1 AND m."state" <> 'RETIRED'))::int AS "own" FROM "VaultMember" AS m`)
const INSERT_MEMBER = statement('vault_member_insert', `INSERT INTO "VaultMember" ("fingerprint", "name", "purpose", "recipient", "signingKey", "signature", "owner", "state", "registeredOn")
  VALUES ($1, $2, $3::"VaultPurpose", $4, $5, $6, $7, $8::"VaultMemberState", $9::date)`)
const SET_STATE = statement('vault_member_state', 'UPDATE "VaultMember" SET "state" = $2::"VaultMemberState" WHERE "fingerprint" = $1')
const INSERT_ATTESTATION = statement('vault_attest', 'INSERT INTO "VaultAttestation" ("subject", "by", "signature") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING')

export function allMembers(queries: Queries): Promise<Member[]> {
  return queries.query(MEMBERS, [])
}

export function allAttestations(queries: Queries): Promise<Attestation[]> {
  return queries.query(ATTESTATIONS, [])
}

export async function membersBy(queries: Queries, fingerprints: readonly string[]): Promise<ReadonlyMap<string, Member>> {
  return new Map((await queries.query<Member>(MEMBERS_BY, [fingerprints])).map((member) => [member.fingerprint, member]))
}

export async function lockMember(queries: Queries, fingerprint: string): Promise<Member | undefined> {
  return (await queries.query<Member>(MEMBER_FOR_UPDATE, [fingerprint]))[0]
}

export function activeRecovery(queries: Queries): Promise<Member[]> {
  return queries.query(ACTIVE_RECOVERY, [])
}

/** Registrations one after the other, so that there is one first. */
export async function countMembers(queries: Queries, owner: string): Promise<{ readonly active: number; readonly own: number }> {
  await queries.query(REGISTER_LOCK, [])
  return (await queries.query<{ active: number; own: number }>(COUNTS, [owner]))[0]!
}

export async function insertMember(queries: Queries, member: Member): Promise<void> {
  await queries.query(INSERT_MEMBER, [member.fingerprint, member.name, member.purpose satisfies Purpose, member.recipient, member.signingKey, member.signature, member.owner, member.state, member.registeredOn])
}

export async function setState(queries: Queries, fingerprint: string, state: MemberState): Promise<void> {
  await queries.query(SET_STATE, [fingerprint, state])
}

export async function insertAttestation(queries: Queries, { subject, by, signature }: Attestation): Promise<void> {
  await queries.query(INSERT_ATTESTATION, [subject, by, signature])
}

export interface StoredRecord { readonly id: string; readonly version: number; readonly isDestroyed: boolean; readonly manifest: Manifest | null; readonly manifestHash: string | null; readonly signature: string | null }

// In statements of their own: what is joined to a row that was waited for is read as it was before the wait.
const LOCK = statement('vault_record_lock', 'SELECT 1 FROM "VaultRecord" AS r WHERE r."id" = $1::uuid FOR UPDATE')
const RECORD = statement('vault_record', `SELECT r."id", r."version", r."isDestroyed", v."manifest", v."manifestHash", v."signature" FROM "VaultRecord" AS r LEFT JOIN "VaultVersion" AS v ON v."recordId" = r."id" AND v."version" = r."version" WHERE r."id" = $1::uuid`)
const RECIPIENTS = statement('vault_grants', 'SELECT g."fingerprint" FROM "VaultGrant" AS g WHERE g."recordId" = $1::uuid ORDER BY 1')
const INSERT_RECORD = statement('vault_record_insert', 'INSERT INTO "VaultRecord" ("id", "version") VALUES ($1::uuid, 1)')
const NEXT_VERSION = statement('vault_record_next', 'UPDATE "VaultRecord" SET "version" = $2::int WHERE "id" = $1::uuid')
const INSERT_VERSION = statement('vault_version_insert', 'INSERT INTO "VaultVersion" ("recordId", "version", "manifest", "manifestHash", "signature", "ciphertext") VALUES ($1::uuid, $2::int, $3::json, $4, $5, $6)')
const FORGET = statement('vault_forget', 'UPDATE "VaultVersion" SET "ciphertext" = NULL WHERE "recordId" = $1::uuid AND "version" < $2::int AND "ciphertext" IS NOT NULL')
const CLEAR_GRANTS = statement('vault_grants_clear', 'DELETE FROM "VaultGrant" WHERE "recordId" = $1::uuid')
const INSERT_GRANTS = statement('vault_grants_insert', 'INSERT INTO "VaultGrant" ("recordId", "fingerprint") SELECT $1::uuid, unnest($2::text[])')

/** The record with its newest manifest, locked until the transaction ends. */
export async function lockRecord(queries: Queries, id: string): Promise<StoredRecord | undefined> {
  await queries.query(LOCK, [id])
  return (await queries.query<StoredRecord>(RECORD, [id]))[0]
}

export async function recipientsOf(queries: Queries, id: string): Promise<string[]> {
  return (await queries.query<{ fingerprint: string }>(RECIPIENTS, [id])).map(({ fingerprint }) => fingerprint)
}

/** Stores a version and whom it is for. What it replaces is forgotten, for whoever was revoked could open it, unless a hold keeps it. */
export async function storeVersion(queries: Queries, { manifest, signature, hash, ciphertext }: SignedManifest & { readonly hash: string; readonly ciphertext: Uint8Array }, isOnHold: boolean): Promise<void> {
  const { record, version, recipients } = manifest
  await queries.query(version === 1 ? INSERT_RECORD : NEXT_VERSION, version === 1 ? [record] : [record, version])
  await queries.query(INSERT_VERSION, [record, version, JSON.stringify(manifest), hash, signature, Buffer.from(ciphertext)])
  if (!isOnHold) await queries.query(FORGET, [record, version])
  await queries.query(CLEAR_GRANTS, [record])
  await queries.query(INSERT_GRANTS, [record, recipients])
}

// Of others' records nothing is locked, and nobody waits for them.
const SHARE_CLEARED = statement('vault_cleared_share', 'SELECT 1 FROM "VaultRecord" AS r JOIN "VaultGrant" AS g ON g."recordId" = r."id" AND g."fingerprint" = $2 WHERE r."id" = $1::uuid FOR SHARE OF r')
const CLEARED = statement('vault_cleared', `SELECT r."id", r."version", v."ciphertext" FROM "VaultRecord" AS r JOIN "VaultGrant" AS g ON g."recordId" = r."id" AND g."fingerprint" = $2
  JOIN "VaultVersion" AS v ON v."recordId" = r."id" AND v."version" = r."version" WHERE r."id" = $1::uuid AND NOT r."isDestroyed"`)
const MANIFESTS = statement('vault_manifests', 'SELECT v."manifest", v."signature" FROM "VaultVersion" AS v WHERE v."recordId" = $1::uuid AND v."version" >= $2::int ORDER BY v."version"')
const CLEARED_LIST = statement('vault_cleared_list', `
  SELECT r."id", v."manifest", v."signature", EXISTS (SELECT 1 FROM "LegalHold" AS h WHERE h."recordId" = r."id" AND h."liftedOn" IS NULL) AS "isOnHold"
  FROM "VaultGrant" AS g JOIN "VaultRecord" AS r ON r."id" = g."recordId" AND NOT r."isDestroyed" JOIN "VaultVersion" AS v ON v."recordId" = r."id" AND v."version" = r."version"
  WHERE g."fingerprint" = $1 AND ($2::uuid IS NULL OR r."id" > $2::uuid) ORDER BY r."id" LIMIT $3::int`)
const HAS_CLEARED_KEY = statement('vault_owner_cleared', `SELECT 1 FROM "VaultGrant" AS g JOIN "VaultMember" AS m ON m."fingerprint" = g."fingerprint" AND m."state" = 'ACTIVE' AND m."purpose" = 'MEMBER'
  JOIN "VaultRecord" AS r ON r."id" = g."recordId" AND NOT r."isDestroyed" WHERE g."recordId" = $1::uuid AND m."owner" = $2`)
const EXISTS = statement('vault_exists', 'SELECT 1 FROM "VaultRecord" AS r WHERE r."id" = $1::uuid AND NOT r."isDestroyed"')

/** The ciphertext, where the record is sealed to that key. */
export async function ciphertextFor(queries: Queries, id: string, fingerprint: string): Promise<{ readonly version: number; readonly ciphertext: Uint8Array } | undefined> {
  await queries.query(SHARE_CLEARED, [id, fingerprint])
  return (await queries.query<{ version: number; ciphertext: Uint8Array }>(CLEARED, [id, fingerprint]))[0]
}

export function manifestsFrom(queries: Queries, id: string, version: number): Promise<SignedManifest[]> {
  return queries.query(MANIFESTS, [id, version])
}

export interface ListedRecord extends SignedManifest { readonly id: string; readonly isOnHold: boolean }

/** Records that are sealed to that key, by id. */
export function recordsFor(queries: Queries, fingerprint: string, after: string | null, limit: number): Promise<ListedRecord[]> {
  return queries.query(CLEARED_LIST, [fingerprint, after, limit])
}

export async function isClearedOwner(queries: Queries, id: string, owner: string): Promise<boolean> {
  return (await queries.query(HAS_CLEARED_KEY, [id, owner])).length > 0
}

export async function recordExists(queries: Queries, id: string): Promise<boolean> {
  return (await queries.query(EXISTS, [id])).length > 0
}

const DELETE_VERSIONS = statement('vault_destroy_versions', 'DELETE FROM "VaultVersion" WHERE "recordId" = $1::uuid')
const MARK_DESTROYED = statement('vault_destroy_mark', 'UPDATE "VaultRecord" SET "isDestroyed" = true WHERE "id" = $1::uuid')

/** Takes everything away but the id, which stays taken. */
export async function destroy(queries: Queries, id: string): Promise<void> {
  for (const each of [CLEAR_GRANTS, DELETE_VERSIONS, MARK_DESTROYED]) await queries.query(each, [id])
}

const HOLDS = statement('vault_holds', 'SELECT h."id" FROM "LegalHold" AS h WHERE h."recordId" = $1::uuid AND h."liftedOn" IS NULL')
const PLACE_HOLD = statement('vault_hold_place', 'INSERT INTO "LegalHold" ("id", "recordId", "placedBy", "placedOn") VALUES ($1::uuid, $2::uuid, $3, $4::date)')
const LIFT_HOLD = statement('vault_hold_lift', 'UPDATE "LegalHold" SET "liftedBy" = $2, "liftedOn" = $3::date WHERE "recordId" = $1::uuid AND "liftedOn" IS NULL RETURNING 1')
const FORGET_OLDER = statement('vault_forget_older', 'UPDATE "VaultVersion" AS v SET "ciphertext" = NULL FROM "VaultRecord" AS r WHERE r."id" = v."recordId" AND r."id" = $1::uuid AND v."version" < r."version" AND v."ciphertext" IS NOT NULL')

export async function isOnHold(queries: Queries, record: string): Promise<boolean> {
  return (await queries.query(HOLDS, [record])).length > 0
}

export async function placeHold(queries: Queries, hold: { readonly id: string; readonly record: string; readonly by: string; readonly on: string }): Promise<void> {
  await queries.query(PLACE_HOLD, [hold.id, hold.record, hold.by, hold.on])
}

/** Lifts the hold, and forgets what it kept of replaced versions. False where there is none. */
export async function liftHold(queries: Queries, record: string, by: string, on: string): Promise<boolean> {
  if ((await queries.query(LIFT_HOLD, [record, by, on])).length === 0) return false
  await queries.query(FORGET_OLDER, [record])
  return true
}
