import { createHash, createHmac, randomBytes } from 'node:crypto'
import { statement, type Database, type Queries } from '../database/index.js'
import type { Staff, StaffRole } from './viewer.js'

const PREFIX = 'onr_staff_'

export function isStaffToken(token: string): boolean {
  return token.startsWith(PREFIX)
}

/** A token: 32 random bytes behind a prefix that secret scanners can look for. */
export function newStaffToken(): string {
  return PREFIX + randomBytes(32).toString('base64url')
}

/** The same token for the same secret and purpose, so that a demo newsroom can show it again at every start without storing it. */
export function derivedStaffToken(secret: Buffer, purpose: string): string {
  return PREFIX + createHmac('sha256', secret).update(`staff token: ${purpose}`).digest('base64url')
}

/** Only this is stored. A plain hash is enough: the token is random, so it cannot be guessed from it. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Makes a token and stores its hash. The token is shown once, here. */
export async function issueStaffToken(database: Database, staff: { name: string; role: StaffRole; journalist?: string | undefined; expiresAt?: Date | undefined }, sources: { now: () => Date; newId: () => string }): Promise<string> {
  const token = newStaffToken()
  await storeStaffToken(database, token, staff, sources)
  return token
}

/** Stores the hash of a token made elsewhere; does nothing where it is known already. */
export async function storeStaffToken(database: Database, token: string, staff: { name: string; role: StaffRole; journalist?: string | undefined; expiresAt?: Date | undefined }, sources: { now: () => Date; newId: () => string }): Promise<void> {
  const hash = hashOfToken(token)
  await (await database.prisma()).staffToken.upsert({
    where: { hash },
    update: {},
    create: { id: sources.newId(), name: staff.name, role: staff.role, journalist: staff.journalist ?? null, hash, createdAt: sources.now(), expiresAt: staff.expiresAt ?? null },
  })
}

const KNOWN = statement('staff_token_known', `SELECT 1 FROM "StaffToken" AS t WHERE t."hash" = $1`)

/** Whether a token is on file, valid or not. */
export async function isStaffTokenKnown(queries: Queries, token: string): Promise<boolean> {
  return (await queries.query(KNOWN, [hashOfToken(token)])).length > 0
}

/** Ends a token for good; does nothing where it is unknown or ended before. */
export async function revokeStaffToken(database: Database, token: string, now: Date): Promise<void> {
  await (await database.prisma()).staffToken.updateMany({ where: { hash: hashOfToken(token), revokedAt: null }, data: { revokedAt: now } })
}

const OF_TOKEN = statement('staff_of_token', `SELECT t."id", t."name", t."role", t."journalist" FROM "StaffToken" AS t WHERE t."hash" = $1 AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > $2::timestamptz)`)

/** The member of staff behind a token, or undefined: unknown, expired and revoked look the same. */
export async function staffOf(queries: Queries, token: string, now: Date): Promise<Staff | undefined> {
  const [found] = await queries.query<{ id: string; name: string; role: StaffRole; journalist: string | null }>(OF_TOKEN, [hashOfToken(token), now])
  return found && { kind: 'STAFF', role: found.role, name: found.name, subject: `token:${found.id}`, journalist: found.journalist ?? undefined }
}

const BEHIND = statement('staff_behind_journalist', `
  SELECT t."name", t."role" FROM "StaffToken" AS t WHERE t."journalist" = $1 AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > $2::timestamptz) ORDER BY t."createdAt", t."id"`)

/** Who of the staff is in bylines under a journalist's key, with every role in which they can work now. */
export function staffBehind(queries: Queries, journalist: string, now: Date): Promise<{ readonly name: string; readonly role: StaffRole }[]> {
  return queries.query<{ name: string; role: StaffRole }>(BEHIND, [journalist, now])
}
