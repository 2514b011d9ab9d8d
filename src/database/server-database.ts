import type pg from 'pg'
import { isUnavailable } from './errors.js'
import { LazyPrisma } from './lazy-prisma.js'
import { ServerChanges } from './server-changes.js'
import { listenOnServer } from './server-listener.js'
import { serverPool, type Patience } from './server-pool.js'
import { traced } from './tracing.js'
import type { Database, OpenOptions, Queries, Statement } from './database.js'

export interface ServerOptions extends OpenOptions {
  readonly url: string
  /** Most connections at once. */
  readonly poolSize?: number
  readonly patience?: Patience | undefined
}

/** Opens a PostgreSQL server, 15 or later. Connects on first use. */
export function openServerDatabase(options: ServerOptions): Database {
  const changes = new ServerChanges(options.url)
  const pool = serverPool(options.url, options.poolSize ?? 10, options.patience, (client) => changes.join(client))
  // A connection that breaks is replaced at the next use; without a listener it would end the process, idle or not.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  if (options.onStatement) pool.on('connect', (client) => observe(client, options.onStatement!))
  const prepared = new Prepared()
  const prisma = new LazyPrisma(async () => new (await import('@prisma/adapter-pg')).PrismaPg(pool))
  return {
    kind: 'server',
    prisma: () => prisma.client(),
    query: queriesOn(pool, prepared).query,
    transaction: async (work) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(queriesOn(client, prepared))
        await client.query('COMMIT')
        client.release()
        return result
      } catch (error) {
        // The connection is thrown away with its transaction where it broke, and where even ROLLBACK fails.
        if (isUnavailable(error)) client.release(true)
        else await client.query('ROLLBACK').then(() => client.release(), (broken: Error) => client.release(broken))
        throw error
      }
    },
    listen: (channel, listener) => listenOnServer(options.url, channel, listener),
    publicChanges: () => changes.start(),
    connections: () => ({ inUse: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await changes.stop()
      await prisma.close()
      await pool.end()
    },
  }
}

function queriesOn(client: pg.Pool | pg.PoolClient, prepared: Prepared): Queries {
  return {
    query: async <Row>(statement: Statement, values: readonly unknown[]) =>
      (await traced(statement.name, () => client.query({ name: prepared.nameOf(statement), text: statement.text, values: values as unknown[] } as pg.QueryConfig))).rows as Row[],
  }
}

/** A server keeps a prepared statement as long as its connection, and filters can be combined in more ways than it can keep. */
const MOST_PREPARED = 500

/** Which statements are worth preparing: those that come again, as many as there is room for. */
class Prepared {
  readonly #once = new Set<string>()
  readonly #names = new Set<string>()

  nameOf({ name, isOnce }: Statement): string | undefined {
    if (isOnce) return undefined
    if (this.#names.has(name)) return name
    if (this.#once.delete(name) && this.#names.size < MOST_PREPARED) {
      this.#names.add(name)
      return name
    }
    this.#once.add(name)
    if (this.#once.size > MOST_PREPARED) this.#once.delete(this.#once.values().next().value!)
    return undefined
  }
}

function observe(client: pg.ClientBase, onStatement: (text: string) => void): void {
  const run = client.query.bind(client) as (...args: unknown[]) => unknown
  client.query = ((...args: unknown[]) => {
    const [first] = args
    onStatement(typeof first === 'string' ? first : (first as { text: string }).text)
    return run(...args)
  }) as typeof client.query
}
