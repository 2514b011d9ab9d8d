import { createHash } from 'node:crypto'
import { checkDocument, profileOf, type Finding, type Profile } from '../checks/index.js'
import { NOTHING_ON_FILE, type AgreementsOnFile, type StoryDocument } from '../document/index.js'
import { TextWorkers, type WorkerReading } from '../workers/index.js'

/** A revision of a story, told from every other content that it ever had: an autosave keeps its id and takes another number. */
export interface CheckedRevision {
  readonly revisionId: string
  readonly number: number
  readonly firstPublishedAt: Date | string | null
  readonly document: StoryDocument
  /** What the newsroom has on file about its sources. */
  readonly onFile: AgreementsOnFile
}

/** A text with the document proposed for it, nothing of it confirmed. */
export type CheckedText = WorkerReading

type CheckWorkers = Pick<TextWorkers, 'check' | 'readAndCheck'>

/** A check that came to no end: too long, or too many others before it. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed'
}

/**
 * What is larger is checked in a worker, so that it holds up nobody else. UTF-16 units, with marked entries counted for their cost. Of a
 * paragraph too: a rule's time grows with the square of its length where somebody means it to.
 */
const LARGE = 100_000
const LARGE_PARAGRAPH = 4_000
const COST_OF_ENTRY = 100
/** Findings kept at most, over all revisions: some 30 MB. */
const MOST_KEPT = 20_000

/** Runs the checks of one newsroom: with its profile, off the event loop where the text is large, and once for a revision. */
export class Checker {
  readonly profile: Profile
  readonly #kept = new Map<string, readonly Finding[]>()
  readonly #names = new Map<Profile, number>()
  #weight = 0
  #last: Promise<void> = Promise.resolve()
  readonly #workers: CheckWorkers
  readonly #own: TextWorkers | undefined

  /**
   * @param options.profile of the newsroom: what its gate goes by. `house` where it is left out.
   * @param options.workers that check what is large; whoever gives them closes them. Without them the checker has its own, until it is closed.
   */
  constructor({ profile = 'house', workers }: { readonly profile?: Profile | string | undefined; readonly workers?: CheckWorkers } = {}) {
    this.profile = profileOf(profile)
    this.#workers = workers ?? (this.#own = new TextWorkers())
  }

  /** The findings of a stored revision. @throws {CheckFailed} */
  async ofRevision(revision: CheckedRevision, profile: Profile = this.profile): Promise<readonly Finding[]> {
    const firstPublishedAt = revision.firstPublishedAt && new Date(revision.firstPublishedAt).toISOString()
    const key = [revision.revisionId, revision.number, firstPublishedAt, this.#nameOf(profile), digestOf(revision.onFile)].join()
    const known = this.#kept.get(key)
    if (known) {
      // The most recently used ones come last.
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    const { document } = revision
    // Stored documents leave their publication to the story, and some rules ask whether there was one.
    const findings = await this.of(!firstPublishedAt ? document : { ...document, publication: { firstPublishedAt, version: 1 } }, profile, revision.onFile)
    this.#keep(key, findings)
    return findings
  }

  /** The findings of any document. @throws {CheckFailed} */
  async of(document: StoryDocument, profile: Profile = this.profile, onFile?: AgreementsOnFile): Promise<readonly Finding[]> {
    if (isLarge(document)) return this.#inWorker((workers) => workers.check(document, profile, onFile))
    await this.#turn()
    return checkDocument(document, { profile, onFile })
  }

  /** One check for each round of the event loop, so that a hundred of them hold up no request for longer than one takes. */
  #turn(): Promise<void> {
    return (this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve))))
  }

  /** Reads a text and checks what was read. The tagger takes long to load, so it stays with the workers. @throws {CheckFailed} */
  ofText(text: string, options: { readonly language?: string }, profile: Profile = this.profile): Promise<CheckedText> {
    return this.#inWorker((workers) => workers.readAndCheck(text, options, profile))
  }

  async close(): Promise<void> {
    await this.#own?.close()
  }

  async #inWorker<T>(work: (workers: CheckWorkers) => Promise<T>): Promise<T> {
    try {
      return await work(this.#workers)
    } catch (error) {
      throw new CheckFailed(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }

  #nameOf(profile: Profile): number {
    const known = this.#names.get(profile) ?? this.#names.size
    this.#names.set(profile, known)
    return known
  }

  #keep(key: string, findings: readonly Finding[]): void {
    if (!this.#kept.has(key)) this.#weight += 1 + findings.length
    this.#kept.set(key, findings)
    for (const [oldest, { length }] of this.#kept) {
      if (this.#weight <= MOST_KEPT) break
      this.#kept.delete(oldest)
      this.#weight -= 1 + length
    }
  }
}

/** The same revision has other findings once more is on file. */
function digestOf(onFile: AgreementsOnFile): string {
  return onFile === NOTHING_ON_FILE ? '' : createHash('sha256').update(JSON.stringify(onFile)).digest('base64url')
}

function isLarge({ paragraphs, statements, records, attributions, quotes, claims, sources }: StoryDocument): boolean {
  const texts = [paragraphs, ...statements.map((statement) => statement.texts), ...records.map((record) => record.segments ?? [])].flat()
  const entries = attributions.length + quotes.length + claims.length + sources.length
  return texts.some(({ text }) => text.length > LARGE_PARAGRAPH) || texts.reduce((sum, { text }) => sum + text.length, entries * COST_OF_ENTRY) > LARGE
}
