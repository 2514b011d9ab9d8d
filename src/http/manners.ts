import { createHash } from 'node:crypto'

/**
 * For what everybody may read. A browser asks each time (and is mostly told 304); a shared cache may answer for two seconds and never
 * longer, also when we do not answer: with the second that a node may take to hear of a kill, that is within the five of I9. The number
 * is the same always: one that follows the next embargo would tell that there is one (S12).
 */
export const SHARED = 'public, max-age=0, s-maxage=2, must-revalidate'
/** For what is for one partner alone. */
export const PRIVATE = 'no-store, private'
/** For errors, and for what is not there: it may be there the next moment. */
export const NOT_KEPT = 'no-store'
/** What the answer depends on beside the address and the body. */
export const VARY = 'Authorization, Accept, Accept-Encoding'

/** Told from the body alone, the same for every encoding of it, and so a weak one. */
export function etagOf(body: Buffer | string): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

/** Whether the client has these bytes already (RFC 9110, 13.1.2: compared weakly). */
export function isKnown(etag: string | undefined, ifNoneMatch: string | undefined): boolean {
  if (etag === undefined || ifNoneMatch === undefined) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  const opaque = etag.replace(/^W\//, '')
  return [...ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === opaque)
}
