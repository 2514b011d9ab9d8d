import { isWorthRepeating, repeatLost } from '../database/index.js'

/** A transaction that lost a race is done again as a whole. */
export function again<T>(work: () => Promise<T>): Promise<T> {
  return repeatLost(work, (refusal) => isWorthRepeating(refusal) || refusal.constraint === 'Story_slug_key')
}
