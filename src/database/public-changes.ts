/** NOTIFY channel on which the database tells, at each commit, that something changed which readers or partners can read. */
export const PUBLIC_CHANGES = 'onrecord_public'

/** How often what the public reads has changed, as far as this process knows. */
export interface PublicChanges {
  /**
   * Grows with each change, and always before the change is acknowledged here. Undefined while changes may be missed: then nothing that was
   * read before can be relied on (I9).
   */
  readonly count: number | undefined
}

/** Transactions that are remembered, so that one that is heard on several connections counts once. */
const MOST_REMEMBERED = 1_000

/** Counts changes by the transactions that made them. */
export class ChangeCount {
  #count = 0
  readonly #heard = new Set<string>()

  get value(): number {
    return this.#count
  }

  hear(transaction: string): void {
    if (this.#heard.has(transaction)) return
    this.#heard.add(transaction)
    this.#count += 1
    if (this.#heard.size > MOST_REMEMBERED) this.#heard.delete(this.#heard.values().next().value!)
  }

  /** Changes may have been missed. */
  doubt(): void {
    this.#count += 1
  }
}
