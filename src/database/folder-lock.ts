import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'

export interface FolderLock {
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
  /** Tells a process from a later one with the same number; empty where the system does not say. */
  readonly started: string
}

const STATE = 0
/** In clock ticks since the machine started. */
const START_TIME = 19
const ENDED: ReadonlySet<string> = new Set(['Z', 'X'])

/** The embedded database does not notice a second process in its folder and would be destroyed by it, so a lock file keeps it out. */
export class FolderHeldError extends Error {
  override readonly name = 'FolderHeldError'
}

/**
 * Takes the folder for this process.
 * @throws {FolderHeldError} with who holds it and what to do.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, 'lock')
  const mine: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), started: startOf(process.pid) }
  for (let attempt = 0; ; attempt += 1) {
    try {
      await writeFile(file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
      return { release: () => rm(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = await readHolder(file)
    if (attempt > 2 || (holder && isRunning(holder))) throw new FolderHeldError(refusal(folder, holder))
    // Left behind by a process that was killed.
    await rm(file, { force: true })
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isRunning(holder: Holder): boolean {
  // From here nobody can look into another machine, so a lock of one counts as held.
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // A process that has ended keeps its number until its parent asks what became of it, which in a container nobody may do.
  if (ENDED.has(fieldOf(holder.pid, STATE))) return false
  return holder.started === '' || holder.started === startOf(holder.pid)
}

const startOf = (pid: number) => fieldOf(pid, START_TIME)

/** A field of what proc(5) tells of a process, counted from its state; or '' where there is no /proc. */
function fieldOf(pid: number, field: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field] ?? ''
  } catch {
    return ''
  }
}

function refusal(folder: string, holder: Holder | undefined): string {
  const who = holder ? `process ${holder.pid} on ${holder.host} (since ${holder.since})` : 'another process'
  return `The data folder ${path.resolve(folder)} is held by ${who}. Stop that process, or give this one a folder of its own with ONRECORD_DATA; several processes can share a PostgreSQL server (DATABASE_URL).`
}
