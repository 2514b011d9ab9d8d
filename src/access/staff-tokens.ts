import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { PrismaClient } from '../database/index.js'
import type { Staff, StaffRole } from './viewer.js'

const PREFIX = 'onr_staff_'

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
export async function issueStaffToken(prisma: PrismaClient, staff: { name: string; role: StaffRole; journalist?: string | undefined; expiresAt?: Date | undefined }, sources: { now: () => Date; newId: () => string }): Promise<string> {
  const token = newStaffToken()
  await storeStaffToken(prisma, token, staff, sources)
  return token
}

/** Stores the hash of a token made elsewhere; does nothing where it is known already. */
export async function storeStaffToken(prisma: PrismaClient, token: string, staff: { name: string; role: StaffRole; journalist?: string | undefined; expiresAt?: Date | undefined }, sources: { now: () => Date; newId: () => string }): Promise<void> {
  const hash = hashOfToken(token)
  await prisma.staffToken.upsert({
    where: { hash },
    update: {},
    create: { id: sources.newId(), name: staff.name, role: staff.role, journalist: staff.journalist ?? null, hash, createdAt: sources.now(), expiresAt: staff.expiresAt ?? null },
  })
}

/** The member of staff behind a token, or undefined: unknown, expired and revoked look the same. */
export async function staffOf(prisma: PrismaClient, token: string, now: Date): Promise<Staff | undefined> {
  if (!token.startsWith(PREFIX)) return undefined
  const found = await prisma.staffToken.findUnique({ where: { hash: hashOfToken(token) } })
  if (!found || found.revokedAt || (found.expiresAt && found.expiresAt <= now)) return undefined
  return { kind: 'STAFF', role: found.role, name: found.name, journalist: found.journalist ?? undefined }
}
