import type { Database } from '../database/index.js'

/** NOTIFY channel on which the database tells, at each commit, which story changed. */
const CHANNEL = 'onrecord_story'

/** Told to a watcher that may have missed changes: it should ask anew, and watch again. */
export class WatchLostError extends Error {
  constructor() {
    super('The connection to the database was lost; changes may have been missed. Read the stories again, and subscribe again.')
  }
}

interface Watcher {
  readonly storyId: string | undefined
  readonly pending: Set<string>
  wake: (() => void) | undefined
  lost: boolean
}

/** Who waits for changes of stories. One listener for a process, however many wait; it listens as long as somebody does. */
export class StoryWatch {
  readonly #watchers = new Set<Watcher>()
  #listening: Promise<() => Promise<void>> | undefined
  #isLost = false

  constructor(private readonly database: Database) {}

  /**
   * Ids of stories that change from now on, of one story or of all. Changes that come faster than they are read are told once for each
   * story. Throws `WatchLostError` where some may have been missed; ends with the signal.
   */
  async *changes(storyId: string | undefined, signal: AbortSignal): AsyncGenerator<string, void, void> {
    const watcher: Watcher = { storyId, pending: new Set(), wake: undefined, lost: false }
    this.#watchers.add(watcher)
    const wake = () => watcher.wake?.()
    signal.addEventListener('abort', wake)
    try {
      await this.#listen()
      // Whoever comes while nothing is heard would miss changes from the first on.
      if (this.#isLost) throw new WatchLostError()
      while (!signal.aborted) {
        if (watcher.lost) throw new WatchLostError()
        const [next] = watcher.pending
        if (next === undefined) {
          await new Promise<void>((resolve) => { watcher.wake = resolve })
          continue
        }
        watcher.pending.delete(next)
        yield next
      }
    } finally {
      signal.removeEventListener('abort', wake)
      this.#watchers.delete(watcher)
      if (this.#watchers.size === 0) await this.close()
    }
  }

  async close(): Promise<void> {
    const listening = this.#listening
    this.#listening = undefined
    this.#isLost = false
    await (await listening?.catch(() => undefined))?.()
  }

  #listen(): Promise<unknown> {
    this.#listening ??= this.database.listen(CHANNEL, {
      onNotice: (id) => {
        for (const watcher of this.#watchers) {
          if (watcher.storyId !== undefined && watcher.storyId !== id) continue
          watcher.pending.add(id)
          watcher.wake?.()
        }
      },
      onRestored: () => { this.#isLost = false },
      onLost: () => {
        this.#isLost = true
        for (const watcher of this.#watchers) {
          watcher.lost = true
          watcher.wake?.()
        }
      },
    }).catch((error: unknown) => {
      this.#listening = undefined
      throw error
    })
    return this.#listening
  }
}
