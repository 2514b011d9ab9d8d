import { Decrypter, Encrypter } from 'age-encryption'
import { z } from 'zod'
import { formProblem } from './age-form.js'
import { sha256Hex, toBase64Url, utf8 } from './bytes.js'
import { parseContent, type RecordContent } from './content.js'
import type { SecretKey } from './keys.js'
import { manifestBytes, manifestHash, newestOf, recordIdOf, type Act, type Manifest, type Pin, type SignedManifest } from './manifest.js'
import { cardProblem, fingerprintOf, sign, type MemberCard } from './member-card.js'
import { pad, unpad } from './padding.js'
import { SealError } from './seal-error.js'

export interface SealedRecord extends SignedManifest { readonly ciphertext: Uint8Array }

/** A new record's nonce, and the id that follows. */
export function newRecord(signer: string): { readonly record: string; readonly nonce: string } {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
  return { record: recordIdOf(signer, nonce), nonce }
}

/** Makes a record's first version: sealed to `recipients`, signed by `signer`. @throws {SealError} */
export function sealNew(content: RecordContent, recipients: readonly MemberCard[], signer: SecretKey): Promise<SealedRecord> {
  const { record, nonce } = newRecord(signer.fingerprint)
  return seal(content, { record, version: 1, act: 'CREATE', previous: null, nonce }, recipients, signer)
}

/** Makes the version that follows `before`. @throws {SealError} */
export function sealNext(content: RecordContent, before: Manifest, act: Exclude<Act, 'CREATE'>, recipients: readonly MemberCard[], signer: SecretKey): Promise<SealedRecord> {
  return seal(content, { record: before.record, version: before.version + 1, act, previous: manifestHash(before), nonce: null }, recipients, signer)
}

async function seal(content: RecordContent, head: Pick<Manifest, 'record' | 'version' | 'act' | 'previous' | 'nonce'>, cards: readonly MemberCard[], signer: SecretKey): Promise<SealedRecord> {
  const byFingerprint = new Map(cards.map((card) => [fingerprintOf(card), card]))
  if (byFingerprint.size === 0) throw new SealError('NO_RECIPIENTS', 'A record is sealed to at least one person.')
  const recipients = [...byFingerprint.keys()].sort()
  const encrypter = new Encrypter()
  for (const fingerprint of recipients) {
    const card = byFingerprint.get(fingerprint)!
    const problem = cardProblem(card)
    if (problem !== undefined) throw new SealError('KEY_WRONG', problem)
    encrypter.addRecipient(card.recipient)
  }
  // age binds a ciphertext to nothing, so the record and its version stand inside too.
  const padded = pad(utf8(JSON.stringify({ record: head.record, version: head.version, content })))
  if (!padded) throw new SealError('TOO_LARGE', 'The record is too large to be sealed: at most 192 KiB. Shorten its notes, or part it in two.')
  const ciphertext = await encrypter.encrypt(padded)
  const manifest: Manifest = { ...head, recipients, hash: sha256Hex(ciphertext), signer: signer.fingerprint }
  return { manifest, signature: sign(manifestBytes(manifest), signer.signingSecret), ciphertext }
}

export interface OpenRequest {
  readonly record: string
  readonly ciphertext: Uint8Array
  /** From the pinned version to the newest. */
  readonly manifests: readonly SignedManifest[]
  readonly cards: ReadonlyMap<string, MemberCard>
  readonly pin: Pin | undefined
  /** Whether this person has confirmed a fingerprint out of band. */
  readonly isTrusted: (fingerprint: string) => boolean
}

export interface Opened { readonly content: RecordContent; readonly signed: SignedManifest; readonly pin: Pin }

/** Everything that can be checked without the secret key. @throws {SealError} */
export function verifySealed({ record, ciphertext, manifests, cards, pin, isTrusted }: OpenRequest): { readonly signed: SignedManifest; readonly pin: Pin } {
  const signed = newestOf(record, manifests, cards, pin)
  const { manifest } = signed
  if (sha256Hex(ciphertext) !== manifest.hash) throw new SealError('HASH_DIFFERS', 'The ciphertext is not the one that was signed: it was altered, or belongs to another record or version. Do not use it, and tell whoever runs the server.')
  const form = formProblem(ciphertext, manifest.recipients.length)
  if (form) throw new SealError('FORM_WRONG', form.message)
  if (!isTrusted(manifest.signer)) throw new SealError('SIGNER_UNKNOWN', `The record was sealed by ${cards.get(manifest.signer)!.name}, whose key you have not confirmed. Compare the fingerprint with them, then confirm it, among the keys at the desk or with: onrecord vault trust ${manifest.signer}`)
  return { signed, pin: { version: manifest.version, hash: manifestHash(manifest) } }
}

const inside = z.strictObject({ record: z.string(), version: z.number(), content: z.unknown() })

/** Verifies and opens a record. @throws {SealError} */
export async function openSealed(request: OpenRequest, key: SecretKey): Promise<Opened> {
  const { signed, pin } = verifySealed(request)
  const { manifest } = signed
  if (!manifest.recipients.includes(key.fingerprint)) throw new SealError('NOT_FOR_THIS_KEY', 'The record is not sealed to this key.')
  const value = await decrypted(request.ciphertext, key)
  const parsed = inside.safeParse(value)
  if (!parsed.success) throw new SealError('CONTENT_WRONG', 'The record opens, and does not hold what a record holds: another program sealed it.')
  if (parsed.data.record !== manifest.record || parsed.data.version !== manifest.version) throw new SealError('RECORD_DIFFERS', 'The ciphertext is of another record or version than its manifest says. Do not use it, and tell whoever sealed it.')
  const content = parseContent(parsed.data.content)
  if (!content.ok) throw new SealError('CONTENT_WRONG', `The record opens, and its ${content.problems[0]!.path || 'content'} ${content.problems[0]!.message}: a newer release may have sealed it.`)
  return { content: content.content, signed, pin }
}

async function decrypted(ciphertext: Uint8Array, key: SecretKey): Promise<unknown> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(key.identity)
  let padded: Uint8Array
  try {
    padded = await decrypter.decrypt(ciphertext)
  } catch {
    throw new SealError('ALTERED', 'The ciphertext cannot be opened with this key, although its manifest says so: it was altered, or sealed to other keys than it names.')
  }
  const plain = unpad(padded)
  if (!plain) throw new SealError('CONTENT_WRONG', 'The record opens, and is not padded as records are: another program sealed it.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    return undefined
  }
}
