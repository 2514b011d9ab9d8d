import { base64nopad } from '@scure/base'
import { SIZE_CLASSES } from './padding.js'

/** Bytes of ciphertext that a record may have: the largest size class with its header, and room to spare. */
export const MOST_CIPHERTEXT = 256 * 1024
export const MOST_RECIPIENTS = 64

export type FormCode = 'TOO_LARGE' | 'ARMOURED' | 'NOT_AGE' | 'FOREIGN_STANZA' | 'STANZA_COUNT' | 'NOT_PADDED'
export interface FormProblem { readonly code: FormCode; readonly message: string }

const VERSION = 'age-encryption.org/v1\n'
/** The one form of a stanza that we write: an X25519 share, and a file key of 16 bytes with its tag of 16 (age specification, "The X25519 recipient type"). */
const STANZA = /^-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n/
const MAC = /^--- ([A-Za-z0-9+/]{43})\n/
const CHUNK = 64 * 1024
const TAG = 16
const NONCE = 16

/** Bytes of an age payload: its nonce, and chunks of 64 KiB with a tag each. */
const payloadSize = (plaintext: number) => NONCE + plaintext + TAG * Math.ceil(plaintext / CHUNK)
const PAYLOAD_SIZES: ReadonlySet<number> = new Set(SIZE_CLASSES.map(payloadSize))

/**
 * What is wrong with the form of a ciphertext, without any key: it must be binary age v1, with one X25519 stanza for each recipient and no
 * other, and a payload of one of the padded sizes. Undefined where nothing is.
 */
export function formProblem(ciphertext: Uint8Array, recipients: number): FormProblem | undefined {
  if (ciphertext.length > MOST_CIPHERTEXT) return { code: 'TOO_LARGE', message: `The ciphertext has ${ciphertext.length} bytes; at most ${MOST_CIPHERTEXT} are taken.` }
  // Everything before the payload is ASCII, so one character is one byte.
  const text = latin1(ciphertext.subarray(0, 256 + (MOST_RECIPIENTS + 1) * 100))
  if (/^\s*-----BEGIN /.test(text)) return { code: 'ARMOURED', message: 'The ciphertext is armoured. Send the binary form, as base64.' }
  if (!text.startsWith(VERSION)) return { code: 'NOT_AGE', message: 'This is not a record sealed with age (age-encryption.org/v1). Nothing but ciphertext is taken: seal it with "onrecord vault".' }
  let at = VERSION.length
  let stanzas = 0
  for (let found = STANZA.exec(text.slice(at)); found; found = STANZA.exec(text.slice(at))) {
    if (![found[1]!, found[2]!].every(isCanonical)) return notAge()
    stanzas += 1
    at += found[0].length
  }
  if (text.startsWith('-> ', at)) return { code: 'FOREIGN_STANZA', message: 'The ciphertext has a stanza that is not of a cleared person\'s key (X25519): a passphrase, another kind of key, or a decoy. Seal it with "onrecord vault".' }
  const mac = MAC.exec(text.slice(at))
  if (!mac || !isCanonical(mac[1]!)) return notAge()
  if (stanzas !== recipients) return { code: 'STANZA_COUNT', message: `The ciphertext opens for ${stanzas} keys, and its manifest names ${recipients}. Seal it anew.` }
  if (!PAYLOAD_SIZES.has(ciphertext.length - at - mac[0].length)) return { code: 'NOT_PADDED', message: 'The ciphertext is cut off, or was not padded to a size class. Seal it with "onrecord vault".' }
  return undefined
}

const notAge = (): FormProblem => ({ code: 'NOT_AGE', message: 'The header of the ciphertext is damaged or cut off. Seal it anew.' })

function isCanonical(text: string): boolean {
  try {
    return base64nopad.decode(text).length === 32
  } catch {
    return false
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
