import type { Rates } from './doorman.js'

/** Requests a minute for whom nothing else is said. */
export const USUAL_RATE = 6_000
/** Keys and tokens that are not valid, in a minute from one address. */
const MOST_FAILURES = 30

/** Rates from what was set for each kind of viewer: undefined where nothing was, 0 for any number. */
export function ratesFrom(set: { readonly READER: number | undefined; readonly PARTNER: number | undefined; readonly STAFF: number | undefined }): Rates {
  const rate = (requests: number | undefined) => ({ requests: requests === 0 ? undefined : requests ?? USUAL_RATE, countsLoopback: requests !== undefined })
  return { viewers: { READER: rate(set.READER), PARTNER: rate(set.PARTNER), STAFF: rate(set.STAFF) }, failures: MOST_FAILURES }
}
