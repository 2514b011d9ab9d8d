import { createHash, randomBytes } from 'node:crypto'

/** What the audit log tells of: grants, seals, fetches, refusals, and what happens to keys, holds and the log itself. */
export const AUDIT_ACTS = ['SEAL', 'GRANT', 'REVOKE', 'FETCH', 'DESTROY', 'REFUSAL', 'KEY_REGISTERED', 'KEY_ATTESTED', 'KEY_RETIRED', 'HOLD_PLACED', 'HOLD_LIFTED', 'EXPIRE'] as const
export type AuditAct = (typeof AUDIT_ACTS)[number]

/** One thing that happened. It names record and person; never a story, a descriptor or a time of day (design, "Source protection" 4). */
export interface AuditEntry {
  readonly act: AuditAct
  readonly person: string
  readonly record?: string | undefined
  /** Whom it concerns, where that is another: who was cleared, whose key it is. */
  readonly subject?: string | undefined
  /** Fingerprint of the key concerned. */
  readonly key?: string | undefined
  /** Of a refusal: what was asked, and the code of the answer. */
  readonly asked?: string | undefined
  readonly code?: string | undefined
  /** Of EXPIRE: payloads up to this number expired. */
  readonly until?: number | undefined
}

export interface ChainLink {
  readonly number: number
  /** YYYY-MM-DD. */
  readonly day: string
  readonly commitment: string
  readonly previous: string
  readonly hash: string
}

export interface Payload { readonly salt: string; readonly text: string }

/** What the first record follows on. */
export const GENESIS = '0'.repeat(64)

const sha256 = (purpose: string, parts: readonly (string | number)[]) => createHash('sha256').update(`onrecord ${purpose} v1\n${JSON.stringify(parts)}`).digest('hex')

/** A salted commitment: without the payload nothing can be learned from it, and no guess can be confirmed by it. */
export const commitmentOf = ({ salt, text }: Payload): string => sha256('audit payload', [salt, text])

export const hashOf = ({ number, day, commitment, previous }: Omit<ChainLink, 'hash'>): string => sha256('audit record', [number, day, commitment, previous])

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The record that follows, with its payload. */
export function follow(previous: Pick<ChainLink, 'number' | 'hash'>, entry: AuditEntry, now: Date): { readonly link: ChainLink; readonly payload: Payload } {
  const payload = { salt: randomBytes(16).toString('base64url'), text: JSON.stringify(entry) }
  const link = { number: previous.number + 1, day: dayOf(now), commitment: commitmentOf(payload), previous: previous.hash }
  return { link: { ...link, hash: hashOf(link) }, payload }
}
