import type { DocumentProblem, StoryDocument } from '../document/index.js'
import type { ImportEntry } from './import-entries.js'

/** One document on its way in. */
export interface ImportJob {
  readonly number: number
  readonly entry: ImportEntry
  readonly document?: StoryDocument
  /** Slugs of other stories that it names. */
  readonly references: readonly string[]
  /** Why it was not stored at the last try. */
  problems: readonly DocumentProblem[]
  /** A story that it names was stored while it was tried. */
  again: boolean
  /** Published by this import, and not by its own account. */
  readonly isToPublish: boolean
}

/** Documents that wait hold no more than this of the input in memory, together. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024

/** Documents that name a story which is not there yet. */
export class Waiting {
  readonly #jobs = new Map<string, ImportJob>()
  readonly #bySlug = new Map<string, Set<ImportJob>>()
  #bytes = 0

  constructor(readonly most: number) {}

  get size(): number {
    return this.#jobs.size
  }

  /** False where too much waits already. */
  add(job: ImportJob): boolean {
    if (this.#jobs.size >= this.most || this.#bytes + job.entry.bytes > MOST_WAITING_BYTES) return false
    this.#jobs.set(job.document!.slug, job)
    this.#bytes += job.entry.bytes
    for (const slug of job.references) {
      const jobs = this.#bySlug.get(slug)
      if (jobs) jobs.add(job)
      else this.#bySlug.set(slug, new Set([job]))
    }
    return true
  }

  withSlug(slug: string): ImportJob | undefined {
    return this.#jobs.get(slug)
  }

  /** Those that wait for a story; they wait no longer. */
  take(slug: string): ImportJob[] {
    const jobs = [...(this.#bySlug.get(slug) ?? [])]
    for (const job of jobs) {
      this.#jobs.delete(job.document!.slug)
      this.#bytes -= job.entry.bytes
      for (const reference of job.references) {
        const others = this.#bySlug.get(reference)
        others?.delete(job)
        if (others?.size === 0) this.#bySlug.delete(reference)
      }
    }
    return jobs
  }

  /** In the order of the input. */
  all(): ImportJob[] {
    return [...this.#jobs.values()].sort((a, b) => a.number - b.number)
  }
}

/** Hands on what is reported in the order of the input, whichever document is done first. */
export class Reports<T> {
  readonly #done = new Map<number, T | undefined>()
  #last = 0
  #told = 0

  constructor(readonly tell: (report: T) => void) {}

  next(): number {
    return this.#last++
  }

  /** A document is done, or will be later: nothing waits for it any more. A report after that is told at once. */
  settle(number: number, report?: T): void {
    if (number < this.#told) {
      if (report !== undefined) this.tell(report)
      return
    }
    this.#done.set(number, report)
    while (this.#done.has(this.#told)) {
      const next = this.#done.get(this.#told)
      this.#done.delete(this.#told)
      this.#told += 1
      if (next !== undefined) this.tell(next)
    }
  }
}
