import { ed25519 } from '@noble/curves/ed25519.js'
import { bech32 } from '@scure/base'
import { framed, fromBase64Url, sha256Hex, toBase64Url } from './bytes.js'

export const PURPOSES = ['MEMBER', 'RECOVERY'] as const
export type Purpose = (typeof PURPOSES)[number]

/** The public part of somebody's keys: whom records can be sealed to, and whose signature a manifest carries. */
export interface MemberCard {
  /** A member's name among the staff; what a recovery key is called. */
  readonly name: string
  readonly purpose: Purpose
  /** age, X25519: `age1…`. */
  readonly recipient: string
  /** Ed25519 public key, 32 bytes in base64url. */
  readonly signingKey: string
}

/** 160 bits of a hash over the whole card, name and purpose too, as 40 hexadecimal digits: who has confirmed it has confirmed all of it. */
export function fingerprintOf({ name, purpose, recipient, signingKey }: MemberCard): string {
  return sha256Hex(framed('vault member', [name, purpose, recipient, signingKey])).slice(0, 40)
}

/** A fingerprint as it is read aloud: groups of four. */
export const spoken = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')

/** A fingerprint as somebody typed or pasted it; undefined where it is none. */
export function fingerprintFrom(text: string): string | undefined {
  const digits = text.replaceAll(/[\s:-]/g, '').toLowerCase()
  return /^[0-9a-f]{40}$/.test(digits) ? digits : undefined
}

/** What keeps a card from being one. */
export function cardProblem({ name, recipient, signingKey }: MemberCard): string | undefined {
  if (name.trim() !== name || name === '' || name.length > 200 || /\p{C}/u.test(name)) return 'The name has 1 to 200 characters, none of them a control character, and no space around it.'
  if (!isRecipient(recipient)) return 'The recipient is no age X25519 key ("age1…").'
  const key = fromBase64Url(signingKey, 32)
  return key && isPoint(key) ? undefined : 'The signing key is no Ed25519 public key in base64url.'
}

function isRecipient(text: string): boolean {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(text)
    return prefix === 'age' && bytes.length === 32 && text === text.toLowerCase() && bytes.some((byte) => byte !== 0)
  } catch {
    return false
  }
}

function isPoint(key: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(key).isSmallOrder()
  } catch {
    return false
  }
}

/** Signs bytes with an Ed25519 secret key of 32 bytes; 64 bytes in base64url. */
export function sign(bytes: Uint8Array, secret: Uint8Array): string {
  return toBase64Url(ed25519.sign(bytes, secret))
}

export function isSignedBy(signature: string, bytes: Uint8Array, signingKey: string): boolean {
  const [given, key] = [fromBase64Url(signature, 64), fromBase64Url(signingKey, 32)]
  if (!given || !key) return false
  try {
    return ed25519.verify(given, bytes, key, { zip215: false })
  } catch {
    return false
  }
}

/** What the holder of a card signs to show that the secret part is theirs. */
export const registrationBytes = (card: MemberCard): Uint8Array => framed('vault registration', [fingerprintOf(card)])

/** What a member signs who vouches for another's key. */
export const attestationBytes = (subject: string, by: string): Uint8Array => framed('vault attestation', [subject, by])
