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
