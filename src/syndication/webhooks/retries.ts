const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000]

/** How long an event is tried for, and for how long an endpoint may fail before it is disabled. */
export const RETRIED_FOR = 72 * HOUR
/** Pauses after the first attempt, the second, and so on; then the last one again. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]
/** A pause is longer or shorter by so much at most, so that what failed together does not come back together. */
const JITTER = 0.2
const LONGEST_WISH = 24 * HOUR

/**
 * Milliseconds until the next attempt.
 *
 * @param attempts how many there were, from 1
 * @param random from 0 up to 1
 * @param retryAfter seconds that the receiver asked for
 */
export function pauseAfter(attempts: number, random: number, retryAfter = 0): number {
  const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1]!
  return Math.max(pause * (1 - JITTER + 2 * JITTER * random), Math.min(retryAfter * SECOND, LONGEST_WISH))
}
