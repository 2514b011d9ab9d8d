/**
 * How often work is done that loses races: of new people, organizations and the like several writers may make the same. Every loss leaves
 * less to lose, as what the others made is found at the next attempt; but a document can name many.
 */
export const ATTEMPTS = 20

const LONGEST_PAUSE = 100

/** Before the next attempt, so that who lost does not meet the same others again: up to 2, 4, 8 … milliseconds, at most 100. */
export async function pauseAfterLoss(attempt: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(LONGEST_PAUSE, 2 ** attempt)))
}
