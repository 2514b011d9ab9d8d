import type { Database } from '../database/index.js'

/** NOTIFY channel on which the database tells, at each commit, that there is something new in the change feed. */
const CHANNEL = 'onrecord_change'
/** How often it is looked while the database cannot tell. */
const LOOK_ANYWAY = 1_000

/** Wakes whoever waits for changes. One listener for a process, however many wait; it listens as long as somebody does. */
export class FeedWatch {
  /** How often something was told. Whoever reads notes it before. */
  told = 0
  readonly #waiting = new Set<() => void>()
  #listening: Promise<() => Promise<void>> | undefined
  #isLost = false
  #followers = 0

  constructor(private readonly database: Database) {}

  /** Counts a follower in until the signal comes. What is told from then on is not missed. */
  async join(signal: AbortSignal): Promise<void> {
    this.#followers += 1
    signal.addEventListener('abort', () => {
      this.#followers -= 1
      if (this.#followers === 0) void this.close()
    }, { once: true })
    this.#listening ??= this.database.listen(CHANNEL, {
      onNotice: () => this.#wake(),
      onLost: () => { this.#isLost = true; this.#wake() },
      onRestored: () => { this.#isLost = false; this.#wake() },
    })
    await this.#listening.catch(() => { this.#listening = undefined; this.#isLost = true })
  }

  /** Resolves once more is told than was noted, after so many milliseconds, or with the signal; whichever comes first. */
  next(noted: number, milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, this.#isLost ? Math.min(milliseconds, LOOK_ANYWAY) : milliseconds)
      this.#waiting.add(done)
      signal.addEventListener('abort', done)
      if (signal.aborted || this.told !== noted) done()
    })
  }

  async close(): Promise<void> {
    const listening = this.#listening
    this.#listening = undefined
    this.#isLost = false
    await (await listening?.catch(() => undefined))?.()
  }

  #wake(): void {
    this.told += 1
    for (const wake of this.#waiting) wake()
  }
}
