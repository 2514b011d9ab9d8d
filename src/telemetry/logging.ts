import { pino, stdTimeFunctions, type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino'
import { refusalOf, statementOf } from '../database/index.js'

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** An error as it is logged: where it was thrown and what kind it is. */
export interface LoggedError {
  readonly type: string
  readonly code?: string
  readonly statement?: string
  readonly frames: readonly string[]
  readonly cause?: LoggedError
}

/** Headers that prove who somebody is. None is logged; this is the second lock on the door. */
const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'set-cookie', 'x-api-key'])
/** Levels of what is logged that are looked through for them. */
const SECRET_DEPTH = 5
const MOST_FRAMES = 20
const MOST_CAUSES = 3

/** The log: JSON lines, on standard error where no other stream is given. What goes into it is listed here; everything else stays out (I4). */
export function logTo(level: LogLevel, stream: DestinationStream = process.stderr): Logger {
  const log = pino({
    level,
    timestamp: stdTimeFunctions.isoTime,
    // pino's own redaction takes eight times as long as all else of a line.
    formatters: { level: (label) => ({ level: label }), log: (given) => withoutSecrets(given) },
    serializers: { err: logged, error: logged, req: () => undefined, res: () => undefined },
    hooks: {
      // Where no text is given, pino takes the error's, which may hold a story's words.
      logMethod(given, method) {
        const [first, text, ...rest] = given as unknown as [unknown, unknown, ...unknown[]]
        const bindings = first instanceof Error ? { err: first } : first
        const isBare = typeof bindings === 'object' && bindings !== null && 'err' in bindings && typeof text !== 'string'
        method.apply(this, [bindings, isBare ? 'error' : text, ...rest] as unknown as Parameters<typeof method>)
      },
    },
  }, stream)
  const child: (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => Logger = log.child
  return Object.assign(log, { child(this: Logger, bindings: Bindings, options?: ChildLoggerOptions) { return child.call(this, withoutSecrets(bindings), options) } })
}

/** Itself where it holds none, or what is left of it. */
function withoutSecrets<T extends object>(given: T, depth = 1): T {
  let left: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(given)) {
    const clean: unknown = SECRET.has(name) ? undefined : isLookedThrough(value) && depth < SECRET_DEPTH ? withoutSecrets(value, depth + 1) : value
    if (clean !== value) (left ??= (Array.isArray(given) ? [...given] : { ...given }) as Record<string, unknown>)[name] = clean
  }
  return (left as T | undefined) ?? given
}

/** Errors have a form of their own in the log. */
function isLookedThrough(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Error)
}

/**
 * Its type, its code, the names that the database gives (constraint, table, column, routine, our statement), and where it was thrown. Never its
 * message: databases, parsers and validators repeat in it what they were given.
 */
export function logged(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] }
  const given = error as unknown as Record<string, unknown>
  const cause = given['cause'] ?? given['originalError'] ?? (given['meta'] as { driverAdapterError?: unknown } | undefined)?.driverAdapterError
  const statement = statementOf(error)
  return {
    // What the drivers of PostgreSQL are told by it.
    type: error.name === 'error' ? 'DatabaseError' : plain(error.name) ?? 'Error',
    ...names(given),
    ...(refusalOf(error) && { sqlstate: refusalOf(error)!.code }),
    ...(statement && { statement }),
    frames: framesOf(error),
    ...(cause instanceof Error && depth < MOST_CAUSES && { cause: logged(cause, depth + 1) }),
  }
}

/** Names and numbers of the database's and the system's. */
function names(given: Record<string, unknown>): Record<string, string> {
  const found = ['code', 'errorCode', 'constraint', 'schema', 'table', 'column', 'routine', 'syscall'].map((name) => [name, plain(given[name])] as const)
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** A name as programs give them; anything longer or with a space in it could be somebody's words. */
function plain(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z_$][\w$]{0,79}$|^[0-9A-Z]{5}$/.test(value) ? value : undefined
}

const FRAME = /^ {4}at (?:async )?(?:(?:new )?([\w$.<>#]{1,120}) (?:\[as [\w$.]{1,80}\] )?\()?((?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()\s]{1,300}:\d+:\d+)\)?$/

/** The places of its stack, without the message that stands before them: a message could look like a place. */
function framesOf({ message, stack }: Error): string[] {
  if (typeof stack !== 'string') return []
  const at = message === '' ? 0 : stack.indexOf(message)
  if (at < 0) return []
  return stack.slice(at + message.length).split('\n').flatMap((line) => {
    const [, name, place] = FRAME.exec(line) ?? []
    return place === undefined ? [] : [`${name ?? '<anonymous>'} ${place.replace(/^file:\/\//, '')}`]
  }).slice(0, MOST_FRAMES)
}
