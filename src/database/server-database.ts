import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.js'
import { listenOnServer } from './server-listener.js'
import type { Database, OpenOptions, Queries, Statement } from './database.js'

export interface ServerOptions extends OpenOptions {
  readonly url: string
  /** Most connections at once. */
  readonly poolSize?: number
}

/** Opens a PostgreSQL server, 15 or later. Connects on first use. */
export function openServerDatabase(options: ServerOptions): Database {
  const pool = serverPool(options.url, options.poolSize ?? 10)
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  if (options.onStatement) pool.on('connect', (client) => observe(client, options.onStatement!))
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    kind: 'server',
    prisma,
    query: queriesOn(pool).query,
    transaction: async (work) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(queriesOn(client))
        await client.query('COMMIT')
        client.release()
        return result
      } catch (error) {
        // If even ROLLBACK fails, the connection is thrown away with its transaction.
        await client.query('ROLLBACK').then(() => client.release(), (broken: Error) => client.release(broken))
        throw error
      }
    },
    listen: (channel, listener) => listenOnServer(options.url, channel, listener),
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** Prisma's adapters drop the offset of a timestamp, so every session speaks UTC. */
export function serverPool(url: string, max: number): pg.Pool {
  return new pg.Pool({ connectionString: url, max, options: '-c timezone=UTC', application_name: 'onrecord' })
}

function queriesOn(client: pg.Pool | pg.PoolClient): Queries {
  return {
    query: async <Row>(statement: Statement, values: readonly unknown[]) =>
      (await client.query({ name: statement.name, text: statement.text, values: values as unknown[] })).rows as Row[],
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
