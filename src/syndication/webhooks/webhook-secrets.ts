import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const [NONCE, TAG] = [12, 16]

/**
 * Secrets of webhooks as they are stored: encrypted under the server's secret (AES-256-GCM) and bound to their endpoint, since they are
 * needed to sign. A copy of the database alone gives none away.
 */
export class WebhookSecrets {
  readonly #key: Buffer
  readonly #previous: readonly Buffer[]

  /**
   * @param secret at least 32 bytes; the same on every node
   * @param previous secrets of the server's under which some were stored that are still read
   */
  constructor(secret: Buffer, previous: readonly Buffer[] = []) {
    this.#key = keyOf(secret)
    this.#previous = previous.map(keyOf)
  }

  seal(secret: string, endpointId: string): string {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(endpointId))
    return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  }

  /** Undefined where no secret of the server's opens it. `isOld` where only one from before does: it should be stored anew. */
  open(sealed: string, endpointId: string): { readonly secret: string; readonly isOld: boolean } | undefined {
    const bytes = Buffer.from(sealed, 'base64')
    if (bytes.length < NONCE + TAG) return undefined
    for (const key of [this.#key, ...this.#previous]) {
      const secret = decrypted(bytes, key, endpointId)
      if (secret !== undefined) return { secret, isOld: key !== this.#key }
    }
    return undefined
  }
}

function keyOf(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'onrecord webhook secrets', 32))
}

function decrypted(bytes: Buffer, key: Buffer, endpointId: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(endpointId))
  decipher.setAuthTag(bytes.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
