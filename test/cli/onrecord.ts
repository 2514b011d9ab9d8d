import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { openEmbeddedDatabase } from '../../src/database/embedded-database.js'
import { openDatabase, type Database } from '../../src/database/index.js'
import { freshServerUrl } from '../support/database.js'
import { COMMAND, ROOT } from '../support/programs.js'
import { runHere } from './run-here.js'

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Given {
  readonly input?: string | Uint8Array | undefined
  readonly env?: Record<string, string> | undefined
}

/** A folder of one's own with a migrated, empty newsroom in it, or on the server that DATABASE_URL names; and the command that works on it. */
export class CliPlace {
  readonly env: Record<string, string> = {}
  #drop = async () => {}

  private constructor(readonly folder: string) {}

  static async open(options: { readonly isEmbedded?: boolean; readonly isEmpty?: boolean } = {}): Promise<CliPlace> {
    const place = new CliPlace(await mkdtemp(path.join(tmpdir(), 'onrecord-cli-')))
    Object.assign(place.env, { ONRECORD_DATA: place.data, ONRECORD_SECRETS: path.join(place.folder, 'secrets'), DATABASE_URL: '' })
    const server = options.isEmbedded ? undefined : await freshServerUrl()
    if (server) {
      place.env['DATABASE_URL'] = server.url
      place.#drop = server.drop
    } else if (!options.isEmpty) {
      const template = inject('embeddedTemplate')
      // Where the suite runs on a server there is no template.
      const database = existsSync(template) ? await openEmbeddedDatabase({ folder: place.data, loadDataDir: await openAsBlob(template) }) : await openDatabase({ url: undefined, poolSize: 1, folder: place.data })
      await database.close()
    }
    return place
  }

  get data(): string {
    return path.join(this.folder, 'data')
  }

  /** Writes a file into the folder; gives its path. */
  async file(name: string, content: string | Uint8Array): Promise<string> {
    const file = path.join(this.folder, name)
    await writeFile(file, content)
    return file
  }

  start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, [COMMAND, ...args], { cwd: ROOT, env: { ...process.env, FORCE_COLOR: '', ...this.env, ...env } })
  }

  /** Runs the command's program in this process, where all that it loads is loaded already: a tenth of the time. */
  run(args: readonly string[], { input, env }: Given = {}): Promise<Result> {
    return runHere(args, { input, env: { ...process.env, FORCE_COLOR: '', ...this.env, ...env } })
  }

  /** Runs the built command in a process of its own, as its users do. What it says is what `run` says. */
  async runApart(args: readonly string[], options: Given = {}): Promise<Result> {
    const child = this.start(args, options.env)
    let [out, err] = ['', '']
    child.stdout!.setEncoding('utf8').on('data', (text: string) => { out += text })
    child.stderr!.setEncoding('utf8').on('data', (text: string) => { err += text })
    // A command that refuses its arguments does not read its input.
    child.stdin!.on('error', () => undefined).end(options.input ?? '')
    const [code] = (await once(child, 'close')) as [number | null]
    return { code, out, err }
  }

  /** The newsroom, opened in this process; no command can use an embedded one meanwhile. */
  async inside<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ url: this.env['DATABASE_URL'] || undefined, poolSize: 2, folder: this.data })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }

  async remove(): Promise<void> {
    await this.#drop()
    await rm(this.folder, { recursive: true, force: true })
  }
}

export const lines = (text: string) => text.split('\n').filter((line) => line !== '')
export const jsonl = (documents: readonly unknown[]) => documents.map((document) => `${JSON.stringify(document)}\n`).join('')
