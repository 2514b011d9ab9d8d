import { framed } from './bytes.js'
import { isSignedBy, sign, type MemberCard } from './member-card.js'
import type { SecretKey } from './keys.js'

/** What is asked of the server under a member's own key, so that a staff token alone gets nothing. */
export const ASKED = ['LIST', 'FETCH', 'DESTROY', 'RETIRE'] as const
export type Asked = (typeof ASKED)[number]

export interface Proof {
  /** Whose key. */
  readonly fingerprint: string
  /** When it was made, RFC 3339 in UTC. */
  readonly at: string
  readonly signature: string
}

/** How far a proof's time may be from the server's, in milliseconds. */
export const PROOF_WINDOW = 5 * 60 * 1000

const proofBytes = (asked: Asked, target: string | null, fingerprint: string, at: string) => framed('vault proof', [asked, target, fingerprint, at])

/** @param target the record or key that is asked about; null for LIST. */
export function prove(asked: Asked, target: string | null, key: SecretKey, now: Date): Proof {
  const at = now.toISOString()
  return { fingerprint: key.fingerprint, at, signature: sign(proofBytes(asked, target, key.fingerprint, at), key.signingSecret) }
}

/** Why a proof does not hold; undefined where it does. */
export function proofProblem(asked: Asked, target: string | null, proof: Proof, card: MemberCard, now: Date): string | undefined {
  if (!isSignedBy(proof.signature, proofBytes(asked, target, proof.fingerprint, proof.at), card.signingKey)) return 'The signature is not of this key, or was made for something else.'
  const distance = Math.abs(Date.parse(proof.at) - now.getTime())
  return distance <= PROOF_WINDOW ? undefined : `The proof was not made now: the server's clock says ${now.toISOString().slice(0, 16)}Z. Set the clock, and ask again.`
}
