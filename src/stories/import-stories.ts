import { refusalOf, type Database } from '../database/index.js'
import { parseStoryDocument, type DocumentProblem, type StoryDocument } from '../document/index.js'
import { blockingFindings } from '../checks/index.js'
import { CheckFailed, Checker, findingProblems } from '../findings/index.js'
import { checkStory } from './import-check.js'
import type { ImportEntry } from './import-entries.js'
import { Reports, Waiting, type ImportJob } from './import-order.js'
import { createStory, type SaveResult, type Sources } from './save-story.js'

export interface RefusedDocument {
  readonly entry: ImportEntry
  readonly problems: readonly DocumentProblem[]
}

export interface ImportCounts {
  readonly stored: number
  readonly refused: number
  /** Documents that name a story which has not come yet. */
  readonly waiting: number
}

export interface ImportOptions {
  readonly sources: Sources
  /**
   * Publish documents that have no publication of their own, now; one with findings that are errors is refused (I3). A publication that a
   * document brings with it happened already, and is recorded as it was.
   */
  readonly publish?: boolean | undefined
  /** Runs the checks for `publish`; with the house profile where it is left out. */
  readonly checker?: Checker | undefined
  /** Check only: nothing is stored. */
  readonly dryRun?: boolean | undefined
  /** Documents stored at the same time. One by one where it is left out. */
  readonly concurrency?: number | undefined
  /** Sees every refused document, in the order of the input; those that waited in vain come last. */
  readonly onRefused: (refused: RefusedDocument) => void
  /** How many documents may wait for a story that they name; 2,000 where it is left out. */
  readonly mostWaiting?: number | undefined
  /** Who is noted as the one who saved them. */
  readonly savedBy?: string | undefined
  readonly onProgress?: ((counts: ImportCounts) => void) | undefined
}

/**
 * Stores documents, each of them whole or not at all. A document that names a story which comes later in the same input waits for it,
 * as long as not too many wait.
 * @throws where the database cannot be used any more; what `onProgress` last told is stored.
 */
export async function importStories(database: Database, entries: AsyncIterable<ImportEntry>, options: ImportOptions): Promise<ImportCounts> {
  return new Import(database, options).run(entries)
}

const MOST_WAITING = 2_000

class Import {
  #stored = 0
  #refused = 0
  #failure: { readonly error: unknown } | undefined
  readonly #running = new Map<ImportJob, Promise<void>>()
  readonly #waiting: Waiting
  readonly #ready: ImportJob[] = []
  readonly #reports: Reports<RefusedDocument>
  readonly #checker: Checker
  /** In a dry run, the slugs that would be taken by now. */
  readonly #checked = new Set<string>()

  constructor(readonly database: Database, readonly options: ImportOptions) {
    this.#checker = options.checker ?? new Checker()
    this.#reports = new Reports(options.onRefused)
    this.#waiting = new Waiting(options.mostWaiting ?? MOST_WAITING)
  }

  async run(entries: AsyncIterable<ImportEntry>): Promise<ImportCounts> {
    const most = this.options.dryRun ? 1 : (this.options.concurrency ?? 1)
    for await (const entry of entries) {
      await this.#room(most)
      while (this.#ready.length > 0 && !this.#failure) {
        this.#launch(this.#ready.shift()!)
        await this.#room(most)
      }
      if (this.#failure) break
      this.#read(entry)
    }
    while ((this.#ready.length > 0 || this.#running.size > 0) && !this.#failure) {
      await this.#room(this.#ready.length > 0 ? most : 1)
      if (this.#ready.length > 0) this.#launch(this.#ready.shift()!)
    }
    await Promise.all(this.#running.values())
    if (this.#failure) throw this.#failure.error
    for (const job of this.#waiting.all()) this.#refuse(job, job.problems)
    return this.#counts()
  }

  #counts(): ImportCounts {
    return { stored: this.#stored, refused: this.#refused, waiting: this.#waiting.size }
  }

  async #room(most: number): Promise<void> {
    while (this.#running.size >= most) await Promise.race(this.#running.values())
  }

  #read(entry: ImportEntry): void {
    const number = this.#reports.next()
    const bare = { number, entry, again: false, isToPublish: false, problems: [] }
    if (!entry.content.ok) return this.#refuse({ ...bare, references: [] }, [entry.content.problem])
    const parsed = parseStoryDocument(entry.content.value, { lineage: this.options.sources.newId })
    if (!parsed.ok) return this.#refuse({ ...bare, references: [] }, parsed.problems)
    const document = this.#withPublication(parsed.document)
    const references = [document.evolvedFrom, document.translationOf, document.parent].filter((slug) => slug !== undefined)
    // The document itself is kept, not what it was read from.
    this.#launch({ ...bare, isToPublish: !parsed.document.publication && document.publication !== undefined, entry: { ...entry, content: { ok: true, value: undefined } }, references, document })
  }

  #withPublication(document: StoryDocument): StoryDocument {
    if (!this.options.publish || document.publication) return document
    return { ...document, publication: { firstPublishedAt: this.options.sources.now().toISOString(), version: 1 } }
  }

  #launch(job: ImportJob): void {
    const namesake = [...this.#running.keys()].findLast((other) => other.document?.slug === job.document?.slug)
    // Of two documents with one slug the earlier has it.
    const done = (namesake ? this.#running.get(namesake)! : Promise.resolve())
      .then(() => this.#process(job))
      .catch((error: unknown) => { this.#failure ??= { error } })
      .finally(() => this.#running.delete(job))
    this.#running.set(job, done)
  }

  async #process(job: ImportJob): Promise<void> {
    const document = job.document!
    const namesake = this.#waiting.withSlug(document.slug)
    if (namesake && namesake !== job) {
      return this.#refuse(job, [{ path: 'slug', code: 'SLUG_TAKEN', message: `"${document.slug}" belongs to an earlier document of this import, which waits for another story; choose another slug` }])
    }
    const blocking = job.isToPublish ? await this.#blocking(document) : []
    if (blocking.length > 0) return this.#refuse(job, blocking)
    for (;;) {
      job.again = false
      const result = await this.#store(document)
      if (result.ok) return this.#accept(job, document.slug)
      const isUnknown = result.problems.every((problem) => problem.code === 'UNKNOWN_STORY')
      // While this one was tried, a story that it names was stored.
      if (isUnknown && job.again) continue
      job.problems = result.problems
      if (isUnknown && this.#waiting.add(job)) {
        this.#reports.settle(job.number)
        return this.#progress()
      }
      return this.#refuse(job, result.problems)
    }
  }

  /** I3: what keeps a document from being published now. */
  async #blocking({ publication: _now, ...document }: StoryDocument): Promise<DocumentProblem[]> {
    try {
      return findingProblems(blockingFindings(await this.#checker.of(document)))
    } catch (error) {
      if (error instanceof CheckFailed) return [{ path: '', code: 'CHECKS_FAILED', message: `cannot be published: ${error.message}` }]
      throw error
    }
  }

  async #store(document: StoryDocument): Promise<SaveResult> {
    try {
      if (!this.options.dryRun) return await createStory(this.database, document, this.options.sources, this.options.savedBy)
      return await checkStory(this.database, document, this.options.sources, this.#checked)
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal || !isAboutTheData(refusal.code)) throw error
      // Nothing should get here: what the database refuses is to be found when the document is parsed.
      const where = refusal.constraint ? ` by ${refusal.constraint}` : ''
      return { ok: false, problems: [{ path: '', code: 'DATABASE_REFUSED', message: `cannot be stored: the database refuses it${where} (SQLSTATE ${refusal.code})` }] }
    }
  }

  #accept(job: ImportJob, slug: string): void {
    this.#stored += 1
    if (this.options.dryRun) this.#checked.add(slug)
    for (const other of this.#running.keys()) if (other.references.includes(slug)) other.again = true
    this.#ready.push(...this.#waiting.take(slug))
    this.#reports.settle(job.number)
    this.#progress()
  }

  #refuse(job: ImportJob, problems: readonly DocumentProblem[]): void {
    this.#refused += 1
    this.#reports.settle(job.number, { entry: job.entry, problems })
    this.#progress()
  }

  #progress(): void {
    this.options.onProgress?.(this.#counts())
  }
}

/** Data exceptions, broken constraints, limits, and what our own triggers raise; the rest is the database's own trouble. */
function isAboutTheData(code: string): boolean {
  return /^(22|23|54|ONR)/.test(code)
}
