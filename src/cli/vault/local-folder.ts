import { chmod, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Env } from '../../env.js'
import type { MemberCard, Pin } from '../../vault/seal/index.js'

const trusted = z.record(z.string(), z.object({ name: z.string(), purpose: z.enum(['MEMBER', 'RECOVERY']) }))
const seen = z.record(z.string(), z.object({ version: z.number(), hash: z.string() }))
export type Trusted = z.output<typeof trusted>
type Seen = z.output<typeof seen>

const KEY_NAMES = { key: ['key.age', 'key.json'], next: ['key-next.age', 'key-next.json'] } as const

/** What a cleared person keeps on their own machine: the key, the fingerprints they have confirmed, and the version of each record that they saw last. */
export class LocalFolder {
  constructor(readonly folder: string) {}

  static of(env: Pick<Env, 'ONRECORD_KEYS' | 'XDG_CONFIG_HOME'>): LocalFolder {
    return new LocalFolder(env.ONRECORD_KEYS ?? path.join(env.XDG_CONFIG_HOME ?? path.join(homedir(), '.config'), 'onrecord'))
  }

  fileFor(which: keyof typeof KEY_NAMES, isUnderPassphrase: boolean): string {
    return path.join(this.folder, KEY_NAMES[which][isUnderPassphrase ? 0 : 1])
  }

  /** The key file that is there; undefined where none is. */
  async keyFile(which: keyof typeof KEY_NAMES): Promise<string | undefined> {
    for (const name of KEY_NAMES[which]) {
      const file = path.join(this.folder, name)
      if ((await textAt(file)) !== undefined) return file
    }
    return undefined
  }

  /** The next key takes the place of the present one, which is kept beside it: what was sealed before may be in a backup. */
  async replaceKey(retired: string): Promise<void> {
    const [present, next] = [await this.keyFile('key'), await this.keyFile('next')]
    if (present === undefined || next === undefined) throw new Error(`The keys in ${this.folder} are not where they were; look what is there.`)
    await rename(present, path.join(this.folder, `retired-${retired.slice(0, 8)}${path.extname(present)}`))
    await rename(next, this.fileFor('key', next.endsWith('.age')))
  }

  async trusted(): Promise<Trusted> {
    return this.#read('confirmed.json', trusted)
  }

  async trust(fingerprint: string, { name, purpose }: Pick<MemberCard, 'name' | 'purpose'>): Promise<void> {
    await this.#update('confirmed.json', trusted, (known) => ({ ...known, [fingerprint]: { name, purpose } }))
  }

  async pins(): Promise<Seen> {
    return this.#read('seen.json', seen)
  }

  /** Remembers the version of a record; never an older one than before. */
  async pin(record: string, pin: Pin): Promise<void> {
    await this.#update('seen.json', seen, (known) => ((known[record]?.version ?? 0) >= pin.version ? known : { ...known, [record]: { ...pin } }))
  }

  async forget(record: string): Promise<void> {
    await this.#update('seen.json', seen, ({ [record]: _gone, ...rest }) => rest)
  }

  async #read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    const file = path.join(this.folder, name)
    const text = await textAt(file)
    const parsed = schema.safeParse(text === undefined ? {} : jsonOf(text))
    if (!parsed.success) throw new Error(`${file} is damaged. Restore it; it is what keeps a server from showing you old records or other people's keys.`)
    return parsed.data
  }

  /** One process at a time reads and writes a file, so that two commands at once lose nothing. */
  async #update<T extends object>(name: string, schema: z.ZodType<T>, change: (known: T) => T): Promise<void> {
    const file = path.join(this.folder, name)
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const release = await lock(`${file}.lock`)
    try {
      await writeFile(`${file}.new`, `${JSON.stringify(change(await this.#read(name, schema)), null, 2)}\n`, { mode: 0o600 })
      await rename(`${file}.new`, file)
    } finally {
      await release()
    }
  }
}

const PATIENCE = 5_000
const BETWEEN = 50

async function lock(file: string): Promise<() => Promise<void>> {
  for (let waited = 0; ; waited += BETWEEN) {
    try {
      await (await open(file, 'wx', 0o600)).close()
      return () => unlink(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (waited >= PATIENCE) throw new Error(`Another command holds ${file}. If none runs, delete the file.`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, BETWEEN))
    }
  }
}

/** Writes a key file that only its owner may read. @throws where the file is there already. */
export async function writeKeyFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${file} is there already. A key is never overwritten: move it away, or give --out.`) : error
  })
  await chmod(file, 0o600)
}

/** Undefined where there is no such file. */
export async function textAt(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    // Of a folder, Node does not say which.
    throw Object.assign(error, { path: file })
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
