import type { Viewer } from '../access/index.js'
import type { PublicChanges, Queries } from '../database/index.js'
import type { Taken } from '../graphql/record-takings.js'
import type { Encoding } from './encoding.js'
import { nextArchiveInstant, nextPublicInstant } from '../database/read/index.js'

/** An answer as it was given, with what sending it again must count and record. */
export interface Answer {
  readonly body: Buffer
  /** Name, value, name, value: all but the request's id and what depends on the encoding. */
  readonly headers: readonly string[]
  readonly etag: string | undefined
  readonly viewer: Viewer
  readonly cost: number
  readonly operation: 'query' | undefined
  readonly fields: readonly string[]
  readonly taken: readonly Taken[]
}

/** An answer that is kept. */
export class KeptAnswer {
  /** The body in other encodings, once somebody asked for it. */
  readonly encoded = new Map<Encoding, Buffer>()

  constructor(readonly key: string, readonly answer: Answer, readonly until: number) {}

  get bytes(): number {
    let bytes = OVERHEAD + this.key.length + this.answer.body.length
    for (const body of this.encoded.values()) bytes += body.length
    return bytes
  }
}

/** What an entry takes beside its bodies and its key, roughly. */
const OVERHEAD = 1_000
/** An answer that takes a larger part of the memory than this is not kept: it would push out too many others. */
const LARGEST_PART = 16

/** From one change of what the public reads to the next, or to the next instant at which the clock changes it. */
interface Epoch {
  readonly count: number
  readonly from: number
  /** `Infinity` until it is known; before that nothing is kept. */
  until: number
  readonly known: Promise<boolean>
  readonly answers: Map<string, KeptAnswer>
  readonly misses: Map<string, Miss>
  readonly archives: Map<number, Promise<number>>
  bytes: number
}

export interface CacheParts {
  readonly changes: PublicChanges
  readonly queries: Queries
  readonly now: () => Date
  /** Bytes that all answers together may take. */
  readonly most: number
}

/** An answer that is being made, for the first who asked and for those who wait for it. */
export interface Miss {
  /** To be called once, with what was answered. Undefined for what may not be kept: errors, refusals. */
  settle(answer: Answer | undefined): void
  /** Resolves with what was kept; `GONE` where the first who asked went away, so that somebody else should ask. */
  readonly kept: Promise<KeptAnswer | undefined | typeof GONE>
  /** The first who asked went away before there was an answer. */
  abandon(): void
}
export const GONE = Symbol('gone')

/**
 * Keeps answers as the bytes that were given, for whoever asks the very same. All of them are forgotten at once when something changes
 * that the public reads, before the change is acknowledged here, and when an instant passes at which the clock changes it (I9). While
 * changes may be missed, nothing is found and nothing kept. What was read before a change is not kept after it.
 */
export class AnswerCache {
  #epoch: Epoch | undefined
  hits = 0
  misses = 0

  constructor(private readonly parts: CacheParts) {}

  get bytes(): number {
    return this.#epoch?.bytes ?? 0
  }

  get size(): number {
    return this.#epoch?.answers.size ?? 0
  }

  find(key: string): KeptAnswer | undefined {
    const now = this.parts.now().getTime()
    const epoch = this.#epochAt(now)
    const kept = epoch?.answers.get(key)
    if (!kept) return undefined
    if (now >= kept.until) {
      epoch!.answers.delete(key)
      epoch!.bytes -= kept.bytes
      return undefined
    }
    // The last is the one used last; of no use while there is room for as much again.
    if (2 * epoch!.bytes > this.parts.most) {
      epoch!.answers.delete(key)
      epoch!.answers.set(key, kept)
    }
    this.hits += 1
    return kept
  }

  /** Whether an answer may still be given. */
  has(kept: KeptAnswer): boolean {
    const now = this.parts.now().getTime()
    return now < kept.until && this.#epochAt(now)?.answers.get(kept.key) === kept
  }

  /** Somebody who asks the same at this moment: what they get may be given to others too. */
  underWay(key: string): Miss | undefined {
    return this.#epochAt(this.parts.now().getTime())?.misses.get(key)
  }

  /** To be called before anything is read. Undefined while nothing may be kept. */
  begin(key: string): Miss | undefined {
    const epoch = this.#epochAt(this.parts.now().getTime())
    if (!epoch) return undefined
    this.misses += 1
    let resolve!: (kept: KeptAnswer | undefined | typeof GONE) => void
    const kept = new Promise<KeptAnswer | undefined | typeof GONE>((done) => { resolve = done })
    let isDone = false
    const end = async (result: Promise<KeptAnswer | undefined> | typeof GONE | undefined) => {
      if (isDone) return
      isDone = true
      const ended = await Promise.resolve(result).catch(() => undefined)
      if (epoch.misses.get(key) === miss) epoch.misses.delete(key)
      resolve(ended)
    }
    const miss: Miss = { kept, settle: (answer) => void end(answer && this.#keep(epoch, key, answer)), abandon: () => void end(GONE) }
    epoch.misses.set(key, miss)
    return miss
  }

  /** Keeps the body in another encoding. */
  encoded(kept: KeptAnswer, encoding: Encoding, body: Buffer): void {
    const epoch = this.#epoch
    const isKept = epoch?.answers.get(kept.key) === kept
    if (isKept && !kept.encoded.has(encoding)) epoch.bytes += body.length
    kept.encoded.set(encoding, body)
    if (isKept) this.#shrink(epoch)
  }

  async #keep(epoch: Epoch, key: string, answer: Answer): Promise<KeptAnswer | undefined> {
    if (!(await epoch.known)) return undefined
    const until = await this.#untilOf(epoch, answer.viewer)
    const now = this.parts.now().getTime()
    // Something may have changed while it was read, or since.
    if (this.#epochAt(now) !== epoch || now >= until) return undefined
    const kept = new KeptAnswer(key, answer, until)
    if (kept.bytes > this.parts.most / LARGEST_PART) return undefined
    epoch.bytes += kept.bytes - (epoch.answers.get(key)?.bytes ?? 0)
    epoch.answers.delete(key)
    epoch.answers.set(key, kept)
    this.#shrink(epoch)
    return kept
  }

  #shrink(epoch: Epoch): void {
    for (const [key, kept] of epoch.answers) {
      if (epoch.bytes <= this.parts.most) return
      epoch.answers.delete(key)
      epoch.bytes -= kept.bytes
    }
  }

  #epochAt(now: number): Epoch | undefined {
    const { count } = this.parts.changes
    const epoch = this.#epoch
    if (count !== undefined && epoch?.count === count && now >= epoch.from && now < epoch.until) return epoch
    return (this.#epoch = count === undefined ? undefined : this.#begin(count, now))
  }

  #begin(count: number, now: number): Epoch {
    const bound = async (): Promise<boolean> => {
      try {
        epoch.until = await nextPublicInstant(this.parts.queries, new Date(now))
        return true
      } catch {
        epoch.until = now
        return false
      }
    }
    const epoch: Epoch = {
      count, from: now, until: Infinity, answers: new Map(), misses: new Map(), archives: new Map(), bytes: 0, known: Promise.resolve().then(bound),
    }
    return epoch
  }

  async #untilOf(epoch: Epoch, viewer: Viewer): Promise<number> {
    const days = viewer.kind === 'PARTNER' ? viewer.entitlement?.archiveDays : undefined
    if (days === undefined || days === null) return epoch.until
    let archive = epoch.archives.get(days)
    if (!archive) epoch.archives.set(days, (archive = nextArchiveInstant(this.parts.queries, days, new Date(epoch.from))))
    return Math.min(epoch.until, await archive)
  }
}
