import { createHash } from 'node:crypto'
import type { PrismaClient } from './generated/client.js'
import type { PublicChanges } from './public-changes.js'

/** One SQL text with its name: prepared once per connection and reused. Values are `$1`, `$2`, … */
export interface Statement {
  readonly name: string
  readonly text: string
  /** Not prepared: the text is hardly asked again. */
  readonly isOnce?: boolean
}

/** Names are made of texts that come again and again. */
const MOST_MADE = 1_000
/** PostgreSQL tells prepared statements apart by the first 63 bytes of their names. */
const HASH_LENGTH = 16
const LONGEST_LABEL = 63 - '_'.length - HASH_LENGTH
const made = new Map<string, Statement>()

/** A statement named after its text, so that equal texts share one prepared plan. */
export function statement(label: string, text: string): Statement {
  const known = made.get(text)
  if (known) return known
  const one = { name: `${label.slice(0, LONGEST_LABEL)}_${createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH)}`, text }
  made.set(text, one)
  if (made.size > MOST_MADE) made.delete(made.keys().next().value!)
  return one
}

export interface Queries {
  /** Runs one prepared statement and gives its rows; JSON columns come parsed. */
  query<Row = Record<string, unknown>>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** The newsroom's database: PGlite inside the process, or a PostgreSQL server. Same migrations, same statements. */
export interface Database extends Queries {
  readonly kind: 'embedded' | 'server'
  /** For everything but loading and saving whole documents. Loaded where it is first used: it is large, and no reader needs it. */
  prisma(): Promise<PrismaClient>
  /** Runs `work` in one transaction; it is rolled back if `work` throws. Keep it short: the embedded database has one session. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  /** Hears what is told on a channel (NOTIFY) until it is stopped. On a server it takes a connection of its own, and makes a new one when that breaks. */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>
  /** Begins to follow the changes of what the public reads, at the first call. */
  publicChanges?(): PublicChanges
  /** Of a server: how its connections are used now. */
  connections?(): Connections
  close(): Promise<void>
}

export interface Connections {
  readonly inUse: number
  readonly idle: number
  /** Work that waits for a connection. */
  readonly waiting: number
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
