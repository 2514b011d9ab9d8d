import { ed25519 } from '@noble/curves/ed25519.js'
import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { z } from 'zod'
import { fromBase64Url, toBase64Url } from './bytes.js'
import { PURPOSES, cardProblem, fingerprintOf, type MemberCard, type Purpose } from './member-card.js'
import { SealError } from './seal-error.js'

/** Somebody's keys, both parts. */
export interface SecretKey {
  readonly card: MemberCard
  readonly fingerprint: string
  /** age, X25519: `AGE-SECRET-KEY-1…`. */
  readonly identity: string
  /** Ed25519, 32 bytes. */
  readonly signingSecret: Uint8Array
}

export async function makeKey(name: string, purpose: Purpose): Promise<SecretKey> {
  return keyOf(name, purpose, await generateX25519Identity(), ed25519.utils.randomSecretKey())
}

async function keyOf(name: string, purpose: Purpose, identity: string, signingSecret: Uint8Array): Promise<SecretKey> {
  const card: MemberCard = { name, purpose, recipient: await identityToRecipient(identity), signingKey: toBase64Url(ed25519.getPublicKey(signingSecret)) }
  const problem = cardProblem(card)
  if (problem !== undefined) throw new SealError('KEY_WRONG', problem)
  return { card, fingerprint: fingerprintOf(card), identity, signingSecret }
}

const stored = z.strictObject({ onrecordVaultKey: z.literal(1), name: z.string(), purpose: z.enum(PURPOSES), identity: z.string(), signingSecret: z.string() })
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----'

/** The text of a key file: JSON, armoured age under a passphrase where there is one (scrypt, age's own work factor). */
export async function keyFileText({ card, identity, signingSecret }: SecretKey, passphrase: string | undefined): Promise<string> {
  const text = `${JSON.stringify({ onrecordVaultKey: 1, name: card.name, purpose: card.purpose, identity, signingSecret: toBase64Url(signingSecret) } satisfies z.input<typeof stored>, null, 2)}\n`
  if (passphrase === undefined) return text
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  return armor.encode(await encrypter.encrypt(text))
}

export const isUnderPassphrase = (text: string): boolean => text.trimStart().startsWith(ARMOR)

/** Reads a key file. @throws {SealError} where the passphrase is wrong, or the file no key. */
export async function keyFromFile(text: string, passphrase: string | undefined): Promise<SecretKey> {
  const plain = isUnderPassphrase(text) ? await decrypted(text, passphrase ?? '') : text
  const value = stored.safeParse(jsonOf(plain))
  const signingSecret = value.success ? fromBase64Url(value.data.signingSecret, 32) : undefined
  if (!value.success || !signingSecret) throw new SealError('KEY_WRONG', 'The file is no key of the vault, or it is damaged.')
  const { name, purpose, identity } = value.data
  try {
    return await keyOf(name, purpose, identity, signingSecret)
  } catch {
    throw new SealError('KEY_WRONG', 'The file is no key of the vault, or it is damaged.')
  }
}

async function decrypted(text: string, passphrase: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  try {
    return await decrypter.decrypt(armor.decode(text), 'text')
  } catch {
    throw new SealError('WRONG_PASSPHRASE', 'The passphrase does not open the key file, or the file is damaged.')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
