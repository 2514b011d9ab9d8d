import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import type { Place } from '../database/read/index.js'

/** Cursors whose places are remembered, and the characters of one with what it is bound to. */
const [MOST_OPENED, LONGEST_OPENED] = [1_000, 1_000]

/**
 * Cursors are encrypted and bound to what they were made for (contract, list, filter, order): they tell nothing, and one of another
 * contract or filter, or changed by a bit, is refused. The same place gives the same cursor: the nonce is derived from the place
 * (as in SIV modes, RFC 5297), so that answers stay the same bytes.
 */
export class CursorKey {
  readonly #encryption: Buffer
  readonly #nonce: Buffer
  readonly #previous: readonly Buffer[]
  /** Cursors that were opened last: the next pages of a list are asked for by many. */
  readonly #opened = new Map<string, Place>()
  /** The cursor made of a place last, and what it was bound to: pages that are held come again and again. */
  readonly #sealed = new WeakMap<Place, { readonly cursor: string; readonly boundTo: string }>()

  /**
   * @param secret at least 32 bytes; the same on every node. Cursors are made under it.
   * @param previous secrets under which cursors were made that are still taken
   */
  constructor(secret: Buffer, previous: readonly Buffer[] = []) {
    this.#encryption = encryptionOf(secret)
    this.#nonce = Buffer.from(hkdfSync('sha256', secret, '', 'onrecord cursor nonce', 32))
    this.#previous = previous.map(encryptionOf)
  }

  seal(place: Place, boundTo: string): string {
    const known = this.#sealed.get(place)
    if (known?.boundTo === boundTo) return known.cursor
    const cursor = this.#seal(place, boundTo)
    this.#sealed.set(place, { cursor, boundTo })
    return cursor
  }

  #seal(place: Place, boundTo: string): string {
    const plain = Buffer.from(JSON.stringify(place))
    const binding = hashOf(boundTo)
    const iv = createHmac('sha256', this.#nonce).update(binding).update(plain).digest().subarray(0, 12)
    const cipher = createCipheriv('aes-256-gcm', this.#encryption, iv).setAAD(binding)
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /** Undefined where the cursor was not made here for this. */
  open(cursor: string, boundTo: string): Place | undefined {
    const name = `${cursor} ${boundTo}`
    const known = this.#opened.get(name)
    if (known) return known
    const bytes = Buffer.from(cursor, 'base64url')
    if (bytes.length < 28 || bytes.length > 1024) return undefined
    const binding = hashOf(boundTo)
    for (const key of [this.#encryption, ...this.#previous]) {
      const plain = decrypted(bytes, key, binding)
      if (plain) return this.#remember(name, JSON.parse(plain.toString('utf8')) as Place)
    }
    return undefined
  }

  #remember(name: string, place: Place): Place {
    if (this.#opened.size === MOST_OPENED) this.#opened.delete(this.#opened.keys().next().value!)
    if (name.length <= LONGEST_OPENED) this.#opened.set(name, place)
    return place
  }
}

function encryptionOf(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'onrecord cursor encryption', 32))
}

function decrypted(bytes: Buffer, key: Buffer, boundTo: Buffer): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(boundTo)
  decipher.setAuthTag(bytes.subarray(-16))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  } catch {
    return undefined
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
