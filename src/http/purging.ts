import { setTimeout as sleep } from 'node:timers/promises'
import { statement, type Database } from '../database/index.js'
import { globalId } from '../graphql/global-id.js'
import { ALL_STORIES } from './surrogate-keys.js'

/** Wakes whoever waits for changes: `FeedWatch`. */
interface Watch {
  readonly told: number
  join(signal: AbortSignal): Promise<void>
  next(noted: number, milliseconds: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

export interface PurgeSettings {
  readonly url: string
  readonly method: 'POST' | 'PURGE'
  readonly token?: string | undefined
}

export interface PurgeParts extends PurgeSettings {
  readonly database: Database
  readonly watch: Watch
  readonly now: () => Date
  readonly onError: (error: unknown) => void
  /** Milliseconds before the first repetition; each pause is twice the one before. */
  readonly pause?: number
}

/** Told again at a start: what the process before may have left untold. */
const LOOK_BACK = 60 * 60 * 1000
const LONGEST_PAUSE = 60_000
const PATIENCE = 10_000
/** Milliseconds after which it is looked in any case. */
const LOOK_ANYWAY = 15_000
/** Keys of one request. */
const MOST_KEYS = 25

const BEGIN = statement('purge_begin', `SELECT coalesce(min(e."seq") FILTER (WHERE e."at" > $1::timestamptz) - 1, max(e."seq"), 0)::text AS seq FROM "StoryEvent" AS e`)
const NEXT = statement('purge_next', `SELECT e."seq"::text, e."storyId", e."isOpen" FROM "StoryEvent" AS e WHERE e."seq" > $1::bigint ORDER BY e."seq" LIMIT ${MOST_KEYS}`)

/** Tells a cache in front, until it is stopped, of which stories it should forget the answers: of each that changed in public, once that is committed. */
export class Purging {
  readonly #stopped = new AbortController()
  readonly #running: Promise<void>

  constructor(private readonly parts: PurgeParts) {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
    await this.parts.watch.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    await this.parts.watch.join(signal)
    let seq: string | undefined
    let pause = this.parts.pause ?? 1_000
    while (!signal.aborted) {
      const noted = this.parts.watch.told
      try {
        seq ??= await this.#begin()
        const events = await this.parts.database.query<{ seq: string; storyId: string; isOpen: boolean }>(NEXT, [seq])
        // What was never open is in no public answer, and is told to nobody (I6).
        const stories = new Set(events.filter(({ isOpen }) => isOpen).map(({ storyId }) => globalId('Story', storyId)))
        if (stories.size > 0) await this.#purge([...stories, ALL_STORIES])
        seq = events.at(-1)?.seq ?? seq
        pause = this.parts.pause ?? 1_000
        if (events.length === 0) await this.parts.watch.next(noted, LOOK_ANYWAY, signal)
      } catch (error) {
        if (signal.aborted) return
        this.parts.onError(error)
        await sleep(pause, undefined, { signal }).catch(() => undefined)
        pause = Math.min(2 * pause, LONGEST_PAUSE)
      }
    }
  }

  async #begin(): Promise<string> {
    const [first] = await this.parts.database.query<{ seq: string }>(BEGIN, [new Date(this.parts.now().getTime() - LOOK_BACK)])
    return first!.seq
  }

  /** @throws where the cache did not take it */
  async #purge(keys: readonly string[]): Promise<void> {
    const { url, method, token } = this.parts
    const headers = { 'content-type': 'application/json', 'surrogate-key': keys.join(' '), ...(token !== undefined && { authorization: `Bearer ${token}`, 'fastly-key': token }) }
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(PATIENCE)])
    const answer = await fetch(url, { method, headers, body: JSON.stringify({ surrogate_keys: keys, tags: keys }), redirect: 'error', signal })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`The cache in front answered a purge with ${answer.status}.`)
  }
}
