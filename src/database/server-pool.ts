import type { Socket } from 'node:net'
import pg from 'pg'

/** How long a server is waited for, in milliseconds. One that hangs is as bad as one that is gone. */
export interface Patience {
  /** For a connection, be it a new one or one that others use. */
  readonly connect: number
  /** For one statement: the server gives it up then; where it does not answer even that, so do we, a second later. Without it, as long as it takes. */
  readonly statement?: number
}

/**
 * Prisma's adapters drop the offset of a timestamp, so every session speaks UTC. The statements of the read path are long, and planning
 * one takes longer than running it: each is planned once for a connection, whatever its values. None is worth compiling. A page is read in
 * the order of an index, which PostgreSQL takes for dearer than it is where it expects a disk that has to be waited for.
 */
const SESSION = '-c timezone=UTC -c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1'

export function serverPool(url: string, max: number, patience?: Patience, onConnect?: (client: pg.ClientBase) => Promise<void>): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url, max, options: SESSION, application_name: 'onrecord', keepAlive: true,
    // It is waited for; the types do not say so.
    ...(onConnect && { onConnect: onConnect as (client: pg.ClientBase) => void }),
    ...(patience && { connectionTimeoutMillis: patience.connect }),
    ...(patience?.statement !== undefined && { statement_timeout: patience.statement }),
  })
  if (patience?.statement !== undefined) pool.on('connect', (client) => giveUpOn(client, patience.statement! + 1000))
  return pool
}

/** What pg has of a client beside its types. */
interface Inner { readonly readyForQuery: boolean; readonly connection: { readonly stream: Socket } }

/**
 * Breaks a connection whose server says nothing for so many milliseconds while a statement runs; whoever asked is told so. Not by pg's
 * `query_timeout`: of each statement's timer something stays, and with it all rows, until the whole heap is collected.
 */
function giveUpOn(client: pg.ClientBase, milliseconds: number): void {
  const inner = client as unknown as Inner
  const { stream } = inner.connection
  stream.setTimeout(milliseconds, () => {
    if (!inner.readyForQuery) stream.destroy(Object.assign(new Error('The database server does not answer.'), { code: 'ETIMEDOUT' }))
  })
}
