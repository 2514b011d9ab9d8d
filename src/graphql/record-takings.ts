import type { Partner } from '../access/index.js'
import type { Database } from '../database/index.js'
import { recordTakings } from '../syndication/ledger/index.js'
import { again } from './again.js'
import { databaseUnavailable } from './errors.js'

/** A story that an answer gives, in the version that it gives. */
export interface Taken {
  readonly storyId: string
  readonly version: number
}

/** Writes down what an answer gives to a partner, before it goes out (I9). @throws 503 where that cannot be done: then there is no answer */
export type RecordTaken = (partner: Partner, taken: readonly Taken[]) => Promise<void>

/** Writes it into the delivery ledger. */
export function inLedger(database: Database, now: () => Date): RecordTaken {
  return async (partner, taken) => {
    if (taken.length === 0) return
    const takings = taken.map((story) => ({ partnerId: partner.id, ...story }))
    await again(() => recordTakings(database, takings, 'FETCHED', now())).catch((error: unknown) => { throw databaseUnavailable(error) })
  }
}
