import { ATTEMPTS, isWorthRepeating, pauseAfterLoss, refusalOf } from '../database/index.js'

/** A transaction that lost a race is done again as a whole. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal || attempt === ATTEMPTS || !(isWorthRepeating(refusal) || refusal.constraint === 'Story_slug_key')) throw error
      await pauseAfterLoss(attempt)
    }
  }
}
