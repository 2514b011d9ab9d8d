import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { entriesOf, importStories, type ImportCounts, type ImportEntry, type RefusedDocument } from '../stories/index.js'
import { UsageError } from './failure.js'
import { withNewsroom } from './newsroom.js'
import { count, type Screen } from './screen.js'

const STDIN = '-'
const CHUNK = 256 * 1024
/** Stored at the same time on a PostgreSQL server; the embedded database has one session. */
const AT_ONCE = 4
/** Where standard error is no terminal, one line for so many documents. */
const TOLD_EVERY = 1_000
const MOST_PROBLEMS_SHOWN = 50

/** @throws {UsageError} for what cannot be read at all, before anything is stored. */
export async function checkedFiles(files: readonly string[]): Promise<readonly string[]> {
  for (const file of files) if (file !== STDIN) await checkFile(file)
  if (files.filter((file) => file === STDIN).length > 1) throw new UsageError('Standard input ("-") can be read once.')
  return files
}

async function checkFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`)
  })
  if (found.isDirectory()) throw new UsageError(`${file} is a folder. Name the files in it: ${file.replace(/\/$/, '')}/*.jsonl`)
}

/** Imports the files one after the other; tells of every refused document, of progress, and in the end what was stored. */
export async function importFiles(screen: Screen, files: readonly string[], flags: { readonly publish?: boolean; readonly dryRun?: boolean }): Promise<ImportCounts> {
  return withNewsroom(async ({ database, env, sources, checker }) => {
    const progress = new Progress(screen, flags.dryRun === true)
    try {
      const counts = await importStories(database, allEntries(files), {
        sources, ...flags, savedBy: 'command line', checker: flags.publish ? await checker() : undefined,
        concurrency: database.kind === 'server' ? Math.min(AT_ONCE, env.ONRECORD_POOL) : 1,
        onRefused: (refused) => tell(screen, refused),
        onProgress: (counts) => progress.update(counts),
      })
      await progress.end(counts)
      return counts
    } catch (error) {
      progress.stopped()
      throw error
    }
  })
}

async function* allEntries(files: readonly string[]): AsyncGenerator<ImportEntry> {
  for (const file of files) {
    const isStdin = file === STDIN
    const bytes = isStdin ? process.stdin : createReadStream(file, { highWaterMark: CHUNK })
    yield* entriesOf(isStdin ? 'stdin' : file, bytes as AsyncIterable<Uint8Array>, { isLines: /\.(jsonl|ndjson)$/i.test(file) })
  }
}

/** `stories.jsonl:12: attributions[3].content[0] ends at 55, but …`: a line for each reason. */
function tell(screen: Screen, { entry, problems }: RefusedDocument): void {
  const place = `${entry.file}${entry.line === undefined ? '' : `:${entry.line}`}${entry.index === undefined ? '' : `[${entry.index}]`}`
  for (const { path, message } of problems.slice(0, MOST_PROBLEMS_SHOWN)) {
    screen.say(`${screen.styled(place, 'bold')}: ${path === '' ? '' : `${screen.styled(path, 'yellow')} `}${shown(message)}`)
  }
  if (problems.length > MOST_PROBLEMS_SHOWN) screen.say(`${place}: and ${problems.length - MOST_PROBLEMS_SHOWN} more`)
}

/** A message may quote the document, which may hold anything: nothing of it moves the cursor or forges a line. */
function shown(message: string): string {
  return message.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

class Progress {
  readonly #start = performance.now()
  #counts: ImportCounts = { stored: 0, refused: 0, waiting: 0 }
  #shownAt = 0

  constructor(readonly screen: Screen, readonly isDryRun: boolean) {}

  update(counts: ImportCounts): void {
    this.#counts = counts
    const done = counts.stored + counts.refused
    const now = performance.now()
    if (this.screen.isTerminal && now - this.#shownAt > 100) {
      this.#shownAt = now
      this.screen.show(`${this.#text(counts)}, ${Math.round(done / this.#seconds())} a second`)
    } else if (!this.screen.isTerminal && done > 0 && done % TOLD_EVERY === 0) {
      this.screen.say(`${this.#text(counts)} in ${this.#seconds().toFixed(1)} s`)
    }
  }

  async end(counts: ImportCounts): Promise<void> {
    this.screen.hide()
    await this.screen.line(`${this.#text({ ...counts, waiting: 0 })} in ${this.#seconds().toFixed(1)} s`)
  }

  /** The import could not go on: what was stored stays, and is told. */
  stopped(): void {
    this.screen.hide()
    this.screen.say(`Stopped: ${this.#text(this.#counts)}. What is stored stays.`)
  }

  #seconds(): number {
    return Math.max(0.001, (performance.now() - this.#start) / 1000)
  }

  #text({ stored, refused, waiting }: ImportCounts): string {
    const parts = [`${count(stored, 'document')} ${this.isDryRun ? 'can be stored' : 'stored'}`, `${refused.toLocaleString('en-US')} refused`]
    if (waiting > 0) parts.push(`${waiting.toLocaleString('en-US')} waiting for a story they name`)
    return parts.join(', ')
  }
}
