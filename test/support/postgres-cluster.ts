import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.js'

interface Settings {
  readonly connections?: number
  /** Whether a commit outlives a crash of the machine. It does where left out. */
  readonly isDurable?: boolean
}

/** Where Debian and its kin keep PostgreSQL, the newest first; or what is on the path. */
export function postgresBinaries(): string | undefined {
  const versions = '/usr/lib/postgresql'
  const folders = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)).map((version) => path.join(versions, version, 'bin')) : []
  return [...folders, ...(process.env['PATH'] ?? '').split(path.delimiter)].find((folder) => ['initdb', 'postgres'].every((program) => existsSync(path.join(folder, program))))
}

/** PostgreSQL refuses to run as root. */
function asWhom(): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {}
  const of = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: of('-u'), gid: of('-g') }
}

/** A PostgreSQL server of one's own, to be killed. */
export class PostgresCluster {
  #server: ChildProcess | undefined

  private constructor(private readonly binaries: string, private readonly folder: string, readonly port: number, private readonly settings: Settings) {}

  static async make(binaries: string, settings: Settings = {}): Promise<PostgresCluster> {
    const folder = mkdtempSync(path.join(tmpdir(), 'onrecord-postgres-'))
    const who = asWhom()
    if (who.uid !== undefined) chownSync(folder, who.uid, who.gid!)
    execFileSync(path.join(binaries, 'initdb'), ['-D', path.join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], { ...who, cwd: folder, stdio: 'ignore' })
    const cluster = new PostgresCluster(binaries, folder, await freePort(), settings)
    await cluster.start()
    return cluster
  }

  get url(): string {
    return `postgresql://postgres@127.0.0.1:${this.port}/postgres`
  }

  get isRunning(): boolean {
    return this.#server?.exitCode === null && this.#server.signalCode === null
  }

  async start(): Promise<void> {
    const { connections = 20, isDurable = true } = this.settings
    const options = ['-D', path.join(this.folder, 'data'), '-p', String(this.port), '-k', this.folder, '-c', 'listen_addresses=127.0.0.1', '-c', `max_connections=${connections}`, '-c', `fsync=${isDurable ? 'on' : 'off'}`]
    this.#server = spawn(path.join(this.binaries, 'postgres'), options, { ...asWhom(), cwd: this.folder, stdio: 'ignore' })
    for (let tries = 0; ; tries += 1) {
      const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2000 })
      const isUp = await client.connect().then(() => true, () => false)
      await client.end().catch(() => undefined)
      if (isUp) return
      if (tries > 300 || this.#server.exitCode !== null) throw new Error('PostgreSQL does not start')
      await new Promise((resolve) => { setTimeout(resolve, 50) })
    }
  }

  /** As a crash of the machine's memory would: the postmaster first, so that it tells nobody, then every process of it. */
  async kill(): Promise<void> {
    const ended = once(this.#server!, 'exit')
    const all = this.processes()
    for (const pid of all) signal(pid, 'SIGKILL')
    await ended
    // Another start is refused while one of them is there.
    while (all.some(isThere)) await new Promise((resolve) => { setTimeout(resolve, 5) })
  }

  /** Stops or continues every process of it: it hangs, and its connections stay open. */
  hang(isHanging: boolean): void {
    for (const pid of this.processes()) signal(pid, isHanging ? 'SIGSTOP' : 'SIGCONT')
  }

  async remove(): Promise<void> {
    if (this.isRunning) {
      this.hang(false)
      await this.kill()
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  private processes(): number[] {
    const postmaster = this.#server!.pid!
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => parentOf(pid) === postmaster)
    return [postmaster, ...children]
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A process that ended and that nobody has asked after yet does not count. */
function isThere(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
