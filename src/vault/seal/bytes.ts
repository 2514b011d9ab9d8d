import { sha256 } from '@noble/hashes/sha2.js'
import { base64, base64urlnopad, hex } from '@scure/base'

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
export const sha256Hex = (bytes: Uint8Array): string => hex.encode(sha256(bytes))
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes)
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/** Undefined where the text is not base64 with its padding (RFC 4648, section 4), or not in its one canonical form. */
export function fromBase64(text: string): Uint8Array | undefined {
  return decoded(() => base64.decode(text))
}

/** Undefined where the text is not base64url without padding (RFC 4648, section 5), or does not hold `length` bytes. */
export function fromBase64Url(text: string, length: number): Uint8Array | undefined {
  const bytes = decoded(() => base64urlnopad.decode(text))
  return bytes?.length === length ? bytes : undefined
}

function decoded(decode: () => Uint8Array): Uint8Array | undefined {
  try {
    return decode()
  } catch {
    return undefined
  }
}

type Part = string | number | null | readonly string[]

/**
 * The bytes that are hashed or signed: what they are for, then the parts as JSON, in their order. One purpose's bytes are never those of
 * another (domain separation), and JSON of strings, whole numbers and lists of strings has one form.
 */
export function framed(purpose: string, parts: readonly Part[]): Uint8Array {
  return utf8(`onrecord ${purpose} v1\n${JSON.stringify(parts)}`)
}
