import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Finding, Profile } from '../checks/index.js'
import type { AgreementsOnFile, Paragraph, Rebased, StoryDocument } from '../document/index.js'
import type { Diagnostic, Extraction, ExtractionOptions, ScorerLine } from '../extraction/index.js'
import type { Work } from './text-worker.js'

/** An extraction without its analysis, which stays with the worker. */
export type WorkerExtraction = Omit<Extraction, 'analysis'>

/** A text larger than that, in UTF-8, is not read. */
export const MOST_TEXT_BYTES = 4 * 1024 * 1024
/** Texts that may wait: each holds up to 4 MB of memory. */
const MOST_WAITING = 32
/** A text that takes longer, or waits longer for its turn, is given up. Together shorter than a connection of staff may be silent. */
const LONGEST_READING = 15_000
const LONGEST_WAIT = 12_000
/** A thread takes some 60 MB. One that no text needs for that long ends. */
const LONGEST_IDLE = 600_000

/** Why a text was not read, where the text is not to blame alone. */
export class TextRefused extends Error {
  override readonly name = 'TextRefused'

  constructor(readonly code: 'TOO_LARGE' | 'BUSY' | 'TIMED_OUT' | 'STOPPED', message: string) {
    super(message)
  }
}

/** A text as it was read, and what the checks found in that. */
export interface WorkerReading { readonly document: StoryDocument; readonly diagnostics: readonly Diagnostic[]; readonly findings: readonly Finding[] }

export interface TextWorkersOptions {
  /** Workers at most; they start when they are needed. */
  readonly size?: number
  /** A text that takes longer is given up, and its worker replaced. */
  readonly timeoutMs?: number
  /** A text whose turn has not come by then is given up. */
  readonly waitMs?: number
  /** Texts waiting at most; more are refused at once. */
  readonly queue?: number
  /** A worker without a text for that long ends; the next text starts one again. */
  readonly idleMs?: number
  /** The program that a worker runs; `text-worker` where left out. */
  readonly program?: URL
}

interface Task { readonly work: Work; readonly patience: NodeJS.Timeout; readonly done: (value: never) => void; readonly failed: (error: Error) => void }
/** Its timer ends the text it is at, or where it has none, the worker. */
interface Member { readonly worker: Worker; task: Task | undefined; timer: NodeJS.Timeout | undefined }
interface Answer { readonly number: number; readonly result?: unknown; readonly error?: string }

/** Runs extractions, rebases and checks off the event loop. Close it, or the process stays alive only as long as work is under way. */
export class TextWorkers {
  readonly #size: number
  readonly #timeout: number
  readonly #longestWait: number
  readonly #most: number
  readonly #longestIdle: number
  readonly #program: URL
  readonly #members: Member[] = []
  readonly #waiting: Task[] = []
  #number = 0
  #closed = false

  constructor({ size = Math.max(1, availableParallelism() - 1), timeoutMs = LONGEST_READING, waitMs = LONGEST_WAIT, queue = MOST_WAITING, idleMs = LONGEST_IDLE, program = ownProgram() }: TextWorkersOptions = {}) {
    this.#program = program
    this.#size = Math.max(1, size)
    this.#timeout = timeoutMs
    this.#longestWait = waitMs
    this.#most = queue
    this.#longestIdle = idleMs
  }

  /** @throws {TextRefused} for a text that is too large, or that nobody has time for now. */
  extract(text: string, options: ExtractionOptions = {}): Promise<WorkerExtraction> {
    return this.#run({ kind: 'extract', text, options })
  }

  /** @throws {TextRefused} */
  scorerLine(id: string, text: string): Promise<ScorerLine> {
    return this.#run({ kind: 'scorer-line', text, id })
  }

  /** @throws {TextRefused} */
  rebase(document: StoryDocument, paragraphs: readonly Pick<Paragraph, 'role' | 'text'>[]): Promise<Rebased> {
    return this.#run({ kind: 'rebase', document, paragraphs })
  }

  check(document: StoryDocument, profile: Profile, onFile?: AgreementsOnFile): Promise<readonly Finding[]> {
    return this.#run({ kind: 'check', document, profile, onFile })
  }

  readAndCheck(text: string, options: ExtractionOptions, profile: Profile): Promise<WorkerReading> {
    return this.#run({ kind: 'read-and-check', text, options, profile })
  }

  /** Where there is no thread, starts one and has it load what it needs, so that the first text need not wait for that. Resolves also where it could not. */
  async warm(): Promise<void> {
    if (this.#members.length === 0) await this.#run({ kind: 'warm' }).catch(() => undefined)
  }

  /** Threads there are, those at work, and texts that wait for one. */
  load(): { readonly threads: number; readonly busy: number; readonly waiting: number } {
    return { threads: this.#members.length, busy: this.#members.filter(({ task }) => task !== undefined).length, waiting: this.#waiting.length }
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const task of this.#waiting.splice(0)) {
      clearTimeout(task.patience)
      task.failed(new TextRefused('STOPPED', 'The text workers were stopped.'))
    }
    await Promise.all(this.#members.splice(0).map((member) => this.#stop(member, new TextRefused('STOPPED', 'The text workers were stopped.'))))
  }

  #run<T>(work: Work): Promise<T> {
    if (this.#closed) return Promise.reject(new TextRefused('STOPPED', 'The text workers are stopped.'))
    if ('text' in work && Buffer.byteLength(work.text) > MOST_TEXT_BYTES) return Promise.reject(new TextRefused('TOO_LARGE', `The text is larger than ${MOST_TEXT_BYTES / 1024 / 1024} MB; no story is that large.`))
    if (this.#waiting.length >= this.#most) return Promise.reject(new TextRefused('BUSY', `More than ${this.#most} texts are waiting; try again later.`))
    return new Promise<T>((done, failed) => {
      const patience = setTimeout(() => this.#giveUp(task), this.#longestWait).unref()
      const task: Task = { work, patience, done: done as (value: never) => void, failed }
      this.#waiting.push(task)
      this.#next()
    })
  }

  #next(): void {
    const idle = this.#members.find(({ task }) => task === undefined) ?? (this.#members.length < this.#size && this.#waiting.length > 0 ? this.#start() : undefined)
    const task = idle && this.#waiting.shift()
    if (!task) return
    clearTimeout(task.patience)
    this.#number += 1
    try {
      idle.worker.postMessage({ number: this.#number, work: task.work })
    } catch (error) {
      task.failed(error instanceof Error ? error : new Error(String(error)))
      this.#next()
      return
    }
    idle.task = task
    idle.worker.ref()
    clearTimeout(idle.timer)
    idle.timer = setTimeout(() => this.#replace(idle, new TextRefused('TIMED_OUT', `The text took longer than ${this.#timeout} ms to read.`)), this.#timeout)
  }

  /** Whose turn did not come in time. */
  #giveUp(task: Task): void {
    this.#waiting.splice(this.#waiting.indexOf(task), 1)
    task.failed(new TextRefused('BUSY', `The text waited longer than ${this.#longestWait} ms for its turn.`))
  }

  #start(): Member {
    const member: Member = { worker: new Worker(...startOf(this.#program)), task: undefined, timer: undefined }
    member.worker.on('message', (answer: Answer) => this.#settle(member, answer))
    member.worker.on('error', (error: Error) => this.#replace(member, error))
    member.worker.on('exit', () => this.#replace(member, new Error('The worker that read the text ended before it answered.')))
    this.#members.push(member)
    return member
  }

  #settle(member: Member, { result, error }: Answer): void {
    const { task } = member
    clearTimeout(member.timer)
    member.task = undefined
    member.timer = setTimeout(() => this.#replace(member), this.#longestIdle).unref()
    member.worker.unref()
    if (error !== undefined) task?.failed(new Error(error))
    else task?.done(result as never)
    this.#next()
  }

  /** A worker that hangs or fails takes only its own text with it; one that has none is not missed. */
  #replace(member: Member, error?: Error): void {
    const at = this.#members.indexOf(member)
    if (at < 0) return
    this.#members.splice(at, 1)
    void this.#stop(member, error)
    if (!this.#closed) this.#next()
  }

  async #stop(member: Member, error?: Error): Promise<void> {
    clearTimeout(member.timer)
    if (error) member.task?.failed(error)
    member.task = undefined
    await member.worker.terminate()
  }
}

const ownProgram = (): URL => new URL(import.meta.url.endsWith('.js') ? './text-worker.js' : './text-worker.ts', import.meta.url)

/** Built, the worker is plain JavaScript. In development it needs the same loader as we do, registered inside the worker. */
function startOf(program: URL): [URL | string, { eval?: boolean; execArgv?: string[] }] {
  return program.pathname.endsWith('.js') ? [program, {}] : [`import('@oxc-node/core/register').then(() => import(${JSON.stringify(program.href)}))`, { eval: true, execArgv: [] }]
}
