import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The server's own secret: given, or made on the first start and kept in a file that only its user may read. */
export async function serverSecret(options: { given: string | undefined; folder: string }): Promise<Buffer> {
  if (options.given !== undefined) return Buffer.from(options.given, 'hex')
  const file = path.join(options.folder, 'server-secret')
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = Buffer.from((await readFile(file, 'utf8')).trim(), 'hex')
  if (secret.length < 32) throw new Error(`The secret in ${file} is damaged: it should be 64 hexadecimal digits. Restore it, or delete the file to make a new one (open cursors and the demo token then lapse).`)
  return secret
}
