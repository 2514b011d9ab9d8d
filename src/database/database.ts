import { createHash } from 'node:crypto'
import type { PrismaClient } from './generated/client.js'

/** One SQL text with its name: prepared once per connection and reused. Values are `$1`, `$2`, … */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** A statement named after its text, so that equal texts share one prepared plan. */
export function statement(label: string, text: string): Statement {
  return { name: `${label}_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text }
}

export interface Queries {
  /** Runs one prepared statement and gives its rows; JSON columns come parsed. */
  query<Row = Record<string, unknown>>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** The newsroom's database: PGlite inside the process, or a PostgreSQL server. Same migrations, same statements. */
export interface Database extends Queries {
  readonly kind: 'embedded' | 'server'
  /** For everything but loading and saving whole documents. */
  readonly prisma: PrismaClient
  /** Runs `work` in one transaction; it is rolled back if `work` throws. Keep it short: the embedded database has one session. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** Hears what is told on a channel (NOTIFY) until it is stopped. On a server it takes a connection of its own, and makes a new one when that breaks. */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface Listener {
  readonly onNotice: (payload: string) => void
  /** From now on notices may be missed. */
  readonly onLost?: () => void
  /** Notices are heard again; what was told in between is not told anew. */
  readonly onRestored?: () => void
}

export interface OpenOptions {
  /** Sees the text of every SQL statement, Prisma's included. For query budgets (I10). */
  readonly onStatement?: ((text: string) => void) | undefined
}
