import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'

/** The server's own secrets. Each is at least 32 bytes. */
export interface Secrets {
  /** New things are made under it. */
  readonly secret: Buffer
  /** What was made under these is still taken, newest first. */
  readonly previous: readonly Buffer[]
}

/** Secrets that a rotation leaves in the file: the new one, and the one before. */
const KEPT = 2
const ONE = /^[0-9a-fA-F]{64,}$/

export const secretFile = (folder: string) => path.join(folder, 'server-secret')

/**
 * Given, newest first and parted by commas; or made on the first start and kept in a file that only its user may read.
 *
 * @throws where others may read the file, or it is damaged; the message says what to do
 */
export async function serverSecrets({ given, folder }: { readonly given: string | undefined; readonly folder: string }): Promise<Secrets> {
  if (given !== undefined) return secretsOf(given.split(','), 'ONRECORD_SECRET')
  const file = secretFile(folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!(await exists(file))) {
    const draft = await written(file, [newSecret()])
    // Of two servers that start at once the first wins, and no one reads half a file.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error })
    await rm(draft)
  }
  return secretsIn(file)
}

/** Puts a new secret before those in the file, and drops all but the last. @throws like `serverSecrets`, and where there is no file yet */
export async function rotateSecret(folder: string): Promise<{ readonly file: string; readonly dropped: number }> {
  const file = secretFile(folder)
  if (!(await exists(file))) throw new Error(`There is no secret in ${file} yet; the server makes one on its first start.`)
  const { secret, previous } = await secretsIn(file)
  const known = [secret, ...previous]
  const kept = [newSecret(), ...known.map((each) => each.toString('hex'))].slice(0, KEPT)
  await rename(await written(file, kept), file)
  return { file, dropped: known.length + 1 - kept.length }
}

const newSecret = () => randomBytes(32).toString('hex')

/** Writes secrets beside the file, and gives where. On the disk before it takes the file's place. */
async function written(file: string, secrets: readonly string[]): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${secrets.join('\n')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}

async function secretsIn(file: string): Promise<Secrets> {
  await refuseWhereOthersReach(file)
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return secretsOf(lines, file)
}

function secretsOf(texts: readonly string[], place: string): Secrets {
  const all = texts.map((text) => text.trim())
  const [secret, ...previous] = all.every((text) => ONE.test(text)) ? all.map((text) => Buffer.from(text, 'hex')) : []
  if (!secret) throw new Error(`The secret in ${place} is damaged: it should be 64 hexadecimal digits or more. Restore it, or remove it to have a new one made (open cursors and the demo token then lapse).`)
  return { secret, previous }
}

/** Windows has no such modes: there the folder's own permissions decide. */
async function refuseWhereOthersReach(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) throw new Error(`Others than its user may read the secret in ${file}. Run "chmod 600 ${file}"; if somebody else may have read it, run "onrecord secret rotate" twice after that.`)
  const folder = path.dirname(file)
  if (((await stat(folder)).mode & 0o022) !== 0) throw new Error(`Others than its user may replace the secret in ${folder}. Run "chmod 700 ${folder}".`)
}

const exists = (file: string) => stat(file).then(() => true, (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return false; throw error })
