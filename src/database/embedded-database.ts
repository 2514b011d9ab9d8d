import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import type { Database, OpenOptions, Queries, Statement } from './database.js'
import { lockFolder, type FolderLock } from './folder-lock.js'
import { LazyPrisma } from './lazy-prisma.js'
import { ChangeCount, PUBLIC_CHANGES, type PublicChanges } from './public-changes.js'
import { traced } from './tracing.js'

export interface EmbeddedOptions extends OpenOptions {
  /** The data folder. Made if it does not exist. Without it the database lives in memory. */
  readonly folder?: string
  /** A dump of another embedded database to start from. */
  readonly loadDataDir?: Blob
}

export interface EmbeddedDatabase extends Database {
  readonly kind: 'embedded'
  readonly lite: PGlite
}

/** In UTC, as on a server. PostgreSQL's own buffers are filled with zeros at every start, and what is read again and again is in the system's buffers too. */
const START = [...PGlite.defaultStartParams, '-c', 'timezone=UTC', '-c', 'shared_buffers=16MB']

/** Opens PGlite in a folder (or in memory). Refuses a folder that another process holds. */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  let lock: FolderLock | undefined
  let dataDir: string | undefined
  if (options.folder !== undefined) {
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    lock = await lockFolder(options.folder)
    dataDir = path.join(options.folder, 'database')
  }
  try {
    const lite = await PGlite.create({ startParams: START, ...(dataDir && { dataDir }), ...(options.loadDataDir && { loadDataDir: options.loadDataDir }) }).catch((error: Error) => { throw dataDir === undefined || isOfSystem(error) ? error : new Error(damaged(dataDir), { cause: error }) })
    if (options.onStatement) observe(lite, options.onStatement)
    const prisma = new LazyPrisma(async () => new (await import('pglite-prisma-adapter')).PrismaPGlite(lite))
    let changes: PublicChanges | undefined
    return {
      kind: 'embedded',
      lite,
      prisma: () => prisma.client(),
      query: queriesOn(lite).query,
      transaction: async <T>(work: (queries: Queries) => Promise<T>) => (await lite.transaction((tx) => work(queriesOn(tx)))) as T,
      listen: async (channel, { onNotice }) => { const stop = await lite.listen(channel, onNotice); return () => stop() },
      publicChanges: () => (changes ??= changesOf(lite)),
      close: async () => {
        await prisma.close()
        if (!lite.closed) await lite.close()
        await lock?.release()
      },
    }
  } catch (error) {
    await lock?.release()
    throw error
  }
}

/** Node's errors, of which PGlite's own are told by having no code. */
const isOfSystem = (error: object) => 'code' in error

function damaged(dataDir: string): string {
  return `The embedded database in ${path.resolve(dataDir)} cannot be opened: its files are damaged, or another version wrote them. Put a copy of the data folder in its place that was made while no server ran, move it away to begin with an empty newsroom, or set ONRECORD_DATA to another folder.`
}

/** Nobody else writes to it, and no connection can break. */
function changesOf(lite: PGlite): PublicChanges {
  const heard = new ChangeCount()
  let listens = false
  const listen = async () => {
    await lite.listen(PUBLIC_CHANGES, (transaction) => heard.hear(transaction))
    listens = true
  }
  listen().catch(() => undefined)
  return { get count() { return listens ? heard.value : undefined } }
}

function queriesOn(lite: PGlite | Transaction): Queries {
  return { query: async <Row>(statement: Statement, values: readonly unknown[]) => (await traced(statement.name, () => lite.query<Row>(statement.text, values as unknown[]))).rows }
}

function observe(lite: PGlite, onStatement: (text: string) => void): void {
  const spy = (target: PGlite | Transaction) => {
    const run = target.query.bind(target)
    target.query = ((text: string, ...rest: [never]) => {
      onStatement(text)
      return run(text, ...rest)
    }) as typeof target.query
  }
  spy(lite)
  const begin = lite.transaction.bind(lite)
  lite.transaction = ((work: (tx: Transaction) => Promise<unknown>) => begin((tx) => { spy(tx); return work(tx) })) as typeof lite.transaction
}
