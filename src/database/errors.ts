/** What the database refused, told by the constraint's name and the error's code, whichever driver reports it. */
export interface Refusal {
  /** SQLSTATE. */
  readonly code: string
  readonly constraint: string | undefined
}

/** Raised by our own triggers. */
export const RANGE_WORDS_DIFFER = 'ONR01'
export const REVISION_FROZEN = 'ONR02'

const UNIQUE = '23505'
const FOREIGN_KEY = '23503'
const DEADLOCK = '40P01'
const SERIALIZATION = '40001'

/** Undefined where the error does not come from the database. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, constraint, meta } = error as { code?: unknown; constraint?: unknown; meta?: { driverAdapterError?: { cause?: { originalCode?: string; constraint?: { index?: string; fields?: string[] } } } } }
  const cause = meta?.driverAdapterError?.cause
  if (cause?.originalCode) return { code: cause.originalCode, constraint: cause.constraint?.index }
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined
  return { code, constraint: typeof constraint === 'string' ? constraint : undefined }
}

/** Whether the same work may succeed when it is done again: somebody else was faster, or in the way. */
export function isWorthRepeating(refusal: Refusal): boolean {
  if (refusal.code === DEADLOCK || refusal.code === SERIALIZATION) return true
  return (refusal.code === UNIQUE || refusal.code === FOREIGN_KEY) && refusal.constraint !== 'Story_slug_key'
}

export function isTaken(refusal: Refusal, constraint: string): boolean {
  return refusal.code === UNIQUE && refusal.constraint === constraint
}

/** A text with a NUL character, which PostgreSQL cannot hold. */
export const RESTRICTED_TEXT = '22021'
/** Class 22: a value that its type does not take. It came with the request. */
export const isDataException = ({ code }: Refusal): boolean => code.startsWith('22')

/** Node's: nothing answers there, or what did is gone. */
const NO_CONNECTION: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'])
/**
 * SQLSTATEs that tell of the server and not of the work: 08 the connection, 28 and 3D whom and what it lets in, 53 no room, 57 it goes
 * down, comes up or gave a statement up; a standby that may not write yet; a transaction that it ended for its silence.
 */
const OF_THE_SERVER = /^((08|28|3D|53|57)[0-9A-Z]{3}|25006|25P03)$/
/** Prisma's: not reachable, refused or timed out, the connection closed, the pool used up. */
const OF_PRISMA: ReadonlySet<string> = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1011', 'P1017', 'P2024', 'P2037'])
/** What the drivers tell by their words alone. */
const WORDS = /\b(Connection terminated( unexpectedly| due to connection timeout)?|Connection ended unexpectedly|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error and is not queryable|Client was closed and is not queryable|Cannot use a pool after calling end on the pool|PGlite is closed)$/

/**
 * Whether the database could not be asked, or did not answer, so that the same request may succeed later. Of a change it is then not
 * known whether it was made: its idempotency key tells, when it is sent again.
 */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false
  const { code, errorCode, meta, originalError } = error as { code?: unknown; errorCode?: unknown; meta?: { driverAdapterError?: unknown }; originalError?: unknown }
  for (const told of [code, errorCode]) if (typeof told === 'string' && (NO_CONNECTION.has(told) || OF_THE_SERVER.test(told) || OF_PRISMA.has(told))) return true
  if (typeof code !== 'string' && WORDS.test(error.message)) return true
  // Where several addresses were tried, none answered.
  if (error instanceof AggregateError && error.errors.some((inner) => isUnavailable(inner, depth + 1))) return true
  return [error.cause, meta?.driverAdapterError, originalError].some((inner) => isUnavailable(inner, depth + 1)) || isOfAdapter(error.cause)
}

/** Prisma's driver adapters tell the kind of an error in a plain object. */
function isOfAdapter(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null) return false
  const { kind, originalCode } = cause as { kind?: unknown; originalCode?: unknown }
  if (typeof originalCode === 'string' && OF_THE_SERVER.test(originalCode)) return true
  return kind === 'DatabaseNotReachable' || kind === 'ConnectionClosed' || kind === 'SocketTimeout' || kind === 'TooManyConnections' || kind === 'TlsConnectionError'
}
