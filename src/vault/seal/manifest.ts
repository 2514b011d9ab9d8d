import { framed, fromBase64Url, sha256Hex } from './bytes.js'
import { fingerprintOf, isSignedBy, type MemberCard } from './member-card.js'
import { SealError } from './seal-error.js'

export const ACTS = ['CREATE', 'UPDATE', 'GRANT', 'REVOKE', 'ROTATE'] as const
export type Act = (typeof ACTS)[number]

/** What the sealer signs: which record this is, which version, for whom, and which bytes. */
export interface Manifest {
  readonly record: string
  /** From 1. */
  readonly version: number
  readonly act: Act
  /** Fingerprints of those it is sealed to, in order, each once. */
  readonly recipients: readonly string[]
  /** SHA-256 of the ciphertext, in hexadecimal. */
  readonly hash: string
  /** Hash of the manifest before; null in version 1. */
  readonly previous: string | null
  /** In version 1, the 16 random bytes (base64url) that the record's id follows from, with the signer; null after it. */
  readonly nonce: string | null
  /** Fingerprint of the signer. */
  readonly signer: string
}

export interface SignedManifest { readonly manifest: Manifest; readonly signature: string }

export function manifestBytes({ record, version, act, recipients, hash, previous, nonce, signer }: Manifest): Uint8Array {
  return framed('vault manifest', [record, version, act, recipients, hash, previous, nonce, signer])
}

export const manifestHash = (manifest: Manifest): string => sha256Hex(manifestBytes(manifest))

/**
 * The id of a record: it follows from who makes it and 16 random bytes. So nobody can ask for a record under the id of another's, and
 * learn from the refusal that there is one (S4).
 */
export function recordIdOf(signer: string, nonce: string): string {
  const digits = sha256Hex(framed('vault record', [signer, nonce]))
  // Version 8, "custom" (RFC 9562).
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${((Number.parseInt(digits[16]!, 16) & 3) | 8).toString(16)}${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

const FINGERPRINT = /^[0-9a-f]{40}$/
const SHA256 = /^[0-9a-f]{64}$/
const RECORD = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isRecordId = (text: string): boolean => RECORD.test(text)

/** What is wrong with a manifest by itself; undefined where nothing is. */
export function manifestProblem(manifest: Manifest): string | undefined {
  const { record, version, act, recipients, hash, previous, nonce, signer } = manifest
  if (!isRecordId(record)) return 'The record is not an id that "onrecord vault" makes.'
  if (!Number.isInteger(version) || version < 1) return 'The version is a whole number from 1.'
  if (![signer, ...recipients].every((each) => FINGERPRINT.test(each))) return 'Signer and recipients are fingerprints: 40 hexadecimal digits.'
  if (recipients.length === 0 || recipients.some((each, index) => index > 0 && recipients[index - 1]! >= each)) return 'The recipients are at least one, in order, each once.'
  if (!SHA256.test(hash)) return 'The hash is SHA-256 in hexadecimal.'
  if (version === 1) {
    if (act !== 'CREATE' || previous !== null) return 'Version 1 is made by CREATE and has nothing before it.'
    return nonce !== null && fromBase64Url(nonce, 16) !== undefined && record === recordIdOf(signer, nonce) ? undefined : 'The record\'s id does not follow from its signer and nonce.'
  }
  return act !== 'CREATE' && previous !== null && SHA256.test(previous) && nonce === null ? undefined : 'A later version names the manifest before it, has no nonce, and is not made by CREATE.'
}

/** What a client knows of a record since it last saw it. */
export interface Pin { readonly version: number; readonly hash: string }

/**
 * Checks the way from what this client saw last to the newest manifest: no version was taken back or replaced, and each was signed by
 * somebody who was cleared by the one before.
 * @param manifests from the pinned version (from the newest where there is no pin) to the newest, in order.
 * @param cards every card that the server knows, by fingerprint; each is checked against its fingerprint.
 * @returns the newest.
 * @throws {SealError}
 */
export function newestOf(record: string, manifests: readonly SignedManifest[], cards: ReadonlyMap<string, MemberCard>, pin: Pin | undefined): SignedManifest {
  const newest = manifests.at(-1)
  if (!newest || manifests.some(({ manifest }) => manifest.record !== record || manifestProblem(manifest) !== undefined)) throw new SealError('RECORD_DIFFERS', 'The server answered with another record than was asked for, or with a damaged manifest. Do not use it, and tell whoever runs the server.')
  if (pin && newest.manifest.version < pin.version) throw new SealError('ROLLED_BACK', `The server gave version ${newest.manifest.version} of the record, and this computer has seen version ${pin.version}: an old state was put back. Do not use it, and tell whoever runs the server.`)
  if (pin && (manifests[0]!.manifest.version !== pin.version || manifestHash(manifests[0]!.manifest) !== pin.hash)) throw new SealError('BRANCHED', `Version ${pin.version} of the record is not the one that this computer has seen: it was replaced. Do not use it, and tell whoever runs the server.`)
  for (const [index, signed] of manifests.entries()) {
    const card = cards.get(signed.manifest.signer)
    if (!card || fingerprintOf(card) !== signed.manifest.signer) throw new SealError('SIGNER_UNKNOWN', `Version ${signed.manifest.version} of the record was signed with a key that the newsroom does not know.`)
    if (!isSignedBy(signed.signature, manifestBytes(signed.manifest), card.signingKey)) throw new SealError('SIGNATURE_WRONG', `The signature of version ${signed.manifest.version} is wrong: its manifest was altered, or signed by somebody else.`)
    const before = manifests[index - 1]?.manifest
    if (!before) continue
    if (signed.manifest.version !== before.version + 1 || signed.manifest.previous !== manifestHash(before)) throw new SealError('BRANCHED', `Version ${signed.manifest.version} does not follow on version ${before.version}: one was replaced or left out.`)
    if (!before.recipients.includes(signed.manifest.signer)) throw new SealError('SIGNER_UNKNOWN', `Version ${signed.manifest.version} was signed by ${card.name}, who was not cleared for version ${before.version}.`)
  }
  return newest
}
