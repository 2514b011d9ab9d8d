import { createHmac, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { AuditHead } from './audit.store.js'

/** A head of the chain as it stands in the log outside the database. */
export interface LoggedHead extends AuditHead { readonly day: string; readonly signature: string }

const bytesOf = ({ number, hash, day }: Pick<LoggedHead, 'number' | 'hash' | 'day'>) => Buffer.from(`onrecord audit head v1\n${JSON.stringify([number, hash, day])}`)

const REASONS: Record<string, string> = {
  EISDIR: 'it is a folder', ENOTDIR: 'a file stands where its folder should be', EEXIST: 'a file stands where its folder should be', EACCES: 'this user may not write there', EPERM: 'this user may not write there', EROFS: 'that disk may only be read', ENOSPC: 'the disk is full',
}

/** An Ed25519 secret key of 32 bytes in its envelope (RFC 8410, PKCS #8). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key that heads are signed with follows from the server's secret: the same on every node, and in no database. */
export function auditKey(secret: Buffer): KeyObject {
  const seed = createHmac('sha256', secret).update('onrecord audit head signing key').digest()
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

/**
 * The signed heads of the audit log, a line each, in a file outside the database: whoever changes the database alone cannot hide it.
 * Copy the file to where the server's administrators cannot write.
 */
export class HeadLog {
  constructor(private readonly file: string, private readonly key: KeyObject) {}

  /** Looks whether heads can be appended. @throws {Error} a sentence that says why they cannot, and what to do */
  async check(): Promise<void> {
    try {
      await (await this.#open()).close()
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException
      throw new Error(`The audit log cannot be appended to ${this.file}: ${REASONS[code] ?? code}. Set ONRECORD_AUDIT_LOG to a file that this user may write, outside the database.`, { cause: error })
    }
  }

  /** Appends a head, and returns once it is on the disk. */
  async write({ number, hash }: AuditHead, day: string): Promise<void> {
    const signature = sign(null, bytesOf({ number, hash, day }), this.key).toString('base64url')
    const handle = await this.#open()
    try {
      await handle.write(`${JSON.stringify({ number, hash, day, signature } satisfies LoggedHead)}\n`)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  async #open(): Promise<FileHandle> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 })
    return open(this.file, 'a', 0o600)
  }
}

export interface HeadLogLine { readonly line: number; readonly head: LoggedHead | undefined; readonly isSigned: boolean }

/** The lines of a log of heads, signed with any of the keys; undefined where there is no file. The last one may be cut off where the machine failed. */
export async function readHeads(file: string, keys: readonly KeyObject[]): Promise<readonly HeadLogLine[] | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    // Of a folder, Node does not say which.
    throw Object.assign(error, { path: file })
  })
  const publicKeys = keys.map((key) => createPublicKey(key))
  return text?.split('\n').flatMap((line, index) => {
    if (line === '') return []
    const head = headFrom(line)
    return [{ line: index + 1, head, isSigned: head !== undefined && publicKeys.some((key) => verify(null, bytesOf(head), key, Buffer.from(head.signature, 'base64url'))) }]
  })
}

function headFrom(line: string): LoggedHead | undefined {
  try {
    const { number, hash, day, signature } = JSON.parse(line) as Record<string, unknown>
    return typeof number === 'number' && typeof hash === 'string' && typeof day === 'string' && typeof signature === 'string' ? { number, hash, day, signature } : undefined
  } catch {
    return undefined
  }
}
