import path from 'node:path'
import type { Env } from '../env.js'

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

/** Errors of Node's about a file or folder, and what to say of it. */
const FILES: Record<string, string> = {
  EACCES: 'may not be used by this user. Give access to it',
  EPERM: 'may not be used by this user. Give access to it',
  EROFS: 'is on a disk that may only be read. Make that writable',
  EEXIST: 'is no folder: a file stands there. Move that away',
  ENOTDIR: 'cannot be there: what should be a folder on the way to it is a file. Move that away',
  EISDIR: 'is a folder, and should be a file. Move that away',
  ENOENT: 'is not there. Make it',
}
/** The settings that name a file or a folder, and what to set them to where what they name cannot be used. */
const NAMING_PLACES = {
  ONRECORD_DATA: 'another folder', ONRECORD_SECRETS: 'another folder', ONRECORD_AUDIT_LOG: 'another file', ONRECORD_KEYS: 'another folder',
  ONRECORD_TOKEN_FILE: 'another file', ONRECORD_PASSPHRASE_FILE: 'another file',
} as const

const OURS = new Set(['FolderHeldError', 'UsageError', 'SealError', 'Refusal'])
const BUGS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'EvalError', 'URIError'])

/**
 * What is said of an error: one sentence. Never its stack, and of a bug not its message either, which may hold words of a story.
 * @param isUnavailable whether the database did not answer, for the errors of drivers that have no code.
 */
export function sentenceOf(error: unknown, env: Partial<Env> | undefined, isUnavailable = false): string {
  const { code, message, name } = codeAndMessage(error)
  const databaseUrl = env?.DATABASE_URL
  if (code !== undefined && PLACES[code]) return `The database server ${placeOf(databaseUrl)} cannot be used: ${PLACES[code]}. Check DATABASE_URL, and that the server runs.`
  // PostgreSQL: connection refused for a reason it tells (28 who asks, 3D which database, 53 and 57 its own state, 08 the connection).
  if (code !== undefined && /^(28|3D|53|57|08)[0-9A-Z]{3}$/.test(code)) return `The database server ${placeOf(databaseUrl)} cannot be used: ${message}. Check DATABASE_URL.`
  // The driver's words where none is in the address, its `PGPASSWORD` or its password file.
  if (message.includes('client password must be a string')) return `The database server ${placeOf(databaseUrl)} asks for a password, and there is none. Put it into DATABASE_URL, or set PGPASSWORD.`
  if (isUnavailable) return `The database server ${placeOf(databaseUrl)} cannot be used: it does not answer, or broke the connection off. Check DATABASE_URL, and that the server runs.`
  if (code !== undefined && FILES[code]) {
    const place = placeIn(error, env)
    if (place) return `${place.path} ${FILES[code]}, or ${place.advice}.`
  }
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

/** The file or folder that an error of Node's is about, and what to do where a setting names it, or what it is in. */
function placeIn(error: unknown, env: Partial<Env> | undefined): { path: string; advice: string } | undefined {
  const at = (error as NodeJS.ErrnoException).path
  if (typeof at !== 'string') return undefined
  const named = (Object.keys(NAMING_PLACES) as (keyof typeof NAMING_PLACES)[]).find((setting) => {
    const place = env?.[setting]
    return place !== undefined && isWithin(at, place)
  })
  return { path: at, advice: named === undefined ? 'name another' : `set ${named} to ${NAMING_PLACES[named]}` }
}

function isWithin(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way)
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
