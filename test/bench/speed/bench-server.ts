import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { issueStaffToken, type StaffRole } from '../../../src/access/index.js'
import { openDatabase } from '../../../src/database/index.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** The built server, with what `npm start` gives Node.js. */
export const ONRECORD = (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start.split(' ').slice(1)
/** What it needs beside a port and a database. */
export const ONRECORD_ENV = { ONRECORD_DEMO: 'off', ONRECORD_SECRET: '5'.repeat(64), ONRECORD_SECRETS: path.join(tmpdir(), 'onrecord-bench') }

export interface Running { readonly child: ChildProcess; readonly port: number; stop(): Promise<void> }

/** Starts a server of the bench on a database, and waits until it answers something at a path. `command` is what Node.js is given. */
export async function start(command: readonly string[], port: number, url: string, env: Readonly<Record<string, string>>, at: string): Promise<Running> {
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_ENV: 'production', PORT: String(port), DATABASE_URL: url, ...env } })
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()) })
  const stop = async () => { child.kill('SIGTERM'); await ended }
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
    if (await fetch(`http://127.0.0.1:${port}${at}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(() => true, () => false)) return { child, port, stop }
    await new Promise((resolve) => { setTimeout(resolve, 100) })
  }
  await stop()
  throw new Error(`${command.join(' ')} does not start`)
}

/** A token for a member of staff. */
export async function staffToken(url: string, role: StaffRole): Promise<string> {
  const database = await openDatabase({ url, poolSize: 1, folder: '' })
  try {
    return await issueStaffToken(database, { name: 'bench', role }, { now: () => new Date(), newId: randomUUID })
  } finally {
    await database.close()
  }
}

export function documentOfWorkload(workload: string): string {
  return readFileSync(new URL(`workloads/${workload}.graphql`, import.meta.url), 'utf8')
}

/** Who has two pages of quotes and more, most of them first. */
export async function mostQuoted(client: pg.Client): Promise<readonly { readonly id: number }[]> {
  return (await client.query<{ id: number }>('SELECT person_id AS id FROM plain.quote WHERE person_id IS NOT NULL GROUP BY 1 HAVING count(*) >= 45 ORDER BY count(*) DESC, 1 LIMIT 128')).rows
}
