import { isWorthRepeating, refusalOf, type Refusal } from './errors.js'

/**
 * How often work is done that loses races: of new people, organizations and the like several writers may make the same. Every loss leaves
 * less to lose, as what the others made is found at the next attempt; but a document can name many.
 */
const ATTEMPTS = 20
const LONGEST_PAUSE = 100

/**
 * Does work again, as a whole, where it lost a race. Before the next attempt it waits up to 2, 4, 8 … milliseconds, at most 100, so that it
 * does not meet the same others again.
 * @param isLost which refusals tell of a lost race
 */
export async function repeatLost<T>(work: () => Promise<T>, isLost: (refusal: Refusal) => boolean = isWorthRepeating): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal || attempt === ATTEMPTS || !isLost(refusal)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(LONGEST_PAUSE, 2 ** attempt)))
    }
  }
}
