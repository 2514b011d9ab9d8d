/** What a command was given is wrong: the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Errors of Node's and of the database drivers that tell of the surroundings and not of a bug. */
const PLACES: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no machine of that name',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it does not answer in time',
  EHOSTUNREACH: 'it cannot be reached',
  ECONNRESET: 'it broke the connection off',
}

const OURS = new Set(['FolderHeldError', 'UsageError', 'SealError', 'Refusal'])
const BUGS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError'])

/**
 * What is said of an error: one sentence. Never its stack, and of a bug not its message either, which may hold words of a story.
 * @param isUnavailable whether the database did not answer, for the errors of drivers that have no code.
 */
export function sentenceOf(error: unknown, databaseUrl: string | undefined, isUnavailable = false): string {
  const { code, message, name } = codeAndMessage(error)
  if (code !== undefined && PLACES[code]) return `The database server ${placeOf(databaseUrl)} cannot be used: ${PLACES[code]}. Check DATABASE_URL, and that the server runs.`
  // PostgreSQL: connection refused for a reason it tells (28 who asks, 3D which database, 53 and 57 its own state, 08 the connection).
  if (code !== undefined && /^(28|3D|53|57|08)[0-9A-Z]{3}$/.test(code)) return `The database server ${placeOf(databaseUrl)} cannot be used: ${message}. Check DATABASE_URL.`
  // The driver's words where none is in the address, its `PGPASSWORD` or its password file.
  if (message.includes('client password must be a string')) return `The database server ${placeOf(databaseUrl)} asks for a password, and there is none. Put it into DATABASE_URL, or set PGPASSWORD.`
  if (isUnavailable) return `The database server ${placeOf(databaseUrl)} cannot be used: it does not answer, or broke the connection off. Check DATABASE_URL, and that the server runs.`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `There is no permission for ${pathOf(error)}. Give this user access, or set ONRECORD_DATA to another folder.`
  if (code === 'ENOSPC') return 'The disk is full. Make room, and run the command again.'
  // Prisma's engine tells which migration failed, and what to do.
  if (name === 'SchemaConnectorError') return message.trim()
  if (isExpected(error, name, code)) return message
  return 'Something went wrong on our side. Set ONRECORD_LOG=debug to see where, and report it with what you see.'
}

/** Errors that our own code throws as plain `Error`s are meant to be read; so are those with a name of their own from `expected`. */
function isExpected(error: unknown, name: string, code: string | undefined): boolean {
  return error instanceof Error && (OURS.has(name) || (code === undefined && !BUGS.has(name) && error.constructor === Error))
}

function codeAndMessage(error: unknown): { code: string | undefined; message: string; name: string } {
  // Several addresses were tried: the first tells as much as any.
  if (error instanceof AggregateError && error.errors.length > 0) return codeAndMessage(error.errors[0])
  if (!(error instanceof Error)) return { code: undefined, message: String(error), name: '' }
  const { code } = error as { code?: unknown }
  return { code: typeof code === 'string' ? code : undefined, message: error.message, name: error.name }
}

function pathOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).path ?? 'the data folder'
}

/** Host, port and database; never the user or the password. */
function placeOf(url: string | undefined): string {
  try {
    const { host, pathname } = new URL(url!)
    return `${host}${pathname}`
  } catch {
    return 'in DATABASE_URL'
  }
}
