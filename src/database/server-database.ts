import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { isUnavailable } from './errors.js'
import { PrismaClient } from './generated/client.js'
import { ServerChanges } from './server-changes.js'
import { listenOnServer } from './server-listener.js'
import { traced } from './tracing.js'
import type { Database, OpenOptions, Queries, Statement } from './database.js'

/** How long a server is waited for, in milliseconds. One that hangs is as bad as one that is gone. */
export interface Patience {
  /** For a connection, be it a new one or one that others use. */
  readonly connect: number
  /** For one statement: the server gives it up then; where it does not answer even that, so do we, a second later. Without it, as long as it takes. */
  readonly statement?: number
}

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
  let prisma: PrismaClient | undefined
  return {
    kind: 'server',
    // Made where it is first used: no public read needs it.
    get prisma() { return (prisma ??= new PrismaClient({ adapter: new PrismaPg(pool) })) },
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
      await prisma?.$disconnect()
      await pool.end()
    },
  }
}

/**
 * Prisma's adapters drop the offset of a timestamp, so every session speaks UTC. The statements of the read path are long, and planning
 * one takes longer than running it: each is planned once for a connection, whatever its values. None is worth compiling.
 */
const SESSION = '-c timezone=UTC -c plan_cache_mode=force_generic_plan -c jit=off'

export function serverPool(url: string, max: number, patience?: Patience, onConnect?: (client: pg.ClientBase) => Promise<void>): pg.Pool {
  return new pg.Pool({
    connectionString: url, max, options: SESSION, application_name: 'onrecord', keepAlive: true,
    // It is waited for; the types do not say so.
    ...(onConnect && { onConnect: onConnect as (client: pg.ClientBase) => void }),
    ...(patience && { connectionTimeoutMillis: patience.connect }),
    ...(patience?.statement !== undefined && { statement_timeout: patience.statement, query_timeout: patience.statement + 1000 }),
  })
}

function queriesOn(client: pg.Pool | pg.PoolClient, prepared: Prepared): Queries {
  return {
    query: async <Row>(statement: Statement, values: readonly unknown[]) =>
      (await traced(statement.name, () => client.query({ ...prepared.nameOf(statement), text: statement.text, values: values as unknown[] }))).rows as Row[],
  }
}

/** A server keeps a prepared statement as long as its connection, and filters can be combined in more ways than it can keep. */
const MOST_PREPARED = 500

/** Which statements are worth preparing: those that come again, as many as there is room for. */
class Prepared {
  readonly #once = new Set<string>()
  readonly #names = new Set<string>()

  nameOf({ name }: Statement): { readonly name?: string } {
    if (this.#names.has(name)) return { name }
    if (this.#once.delete(name) && this.#names.size < MOST_PREPARED) {
      this.#names.add(name)
      return { name }
    }
    this.#once.add(name)
    if (this.#once.size > MOST_PREPARED) this.#once.delete(this.#once.values().next().value!)
    return {}
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
