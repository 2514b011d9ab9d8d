import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase, type Database } from '../../src/database/index.js'
import { migrateServer } from '../../src/database/migrations.js'
import { importStories, type ImportEntry } from '../../src/stories/index.js'
import { story } from '../support/documents.js'

// Documents stored a second, for every thousand of them: on an embedded database in a new folder, or, where DATABASE_URL names a server,
// in a new database there. The CPU time is this process's; an embedded database is part of it, so that it tells of a falling rate on a
// busy machine too. node --import @oxc-node/core/register test/bench/import.ts [--documents 10000] [--concurrency 4]
const { values } = parseArgs({ options: { documents: { type: 'string', default: '10000' }, concurrency: { type: 'string', default: '4' } } })
const total = Number(values.documents)

async function* documents(): AsyncGenerator<ImportEntry> {
  for (let line = 1; line <= total; line += 1) yield { file: 'bench', line, bytes: 0, content: { ok: true, value: story(line) } }
}

async function measure(database: Database): Promise<void> {
  const sources = { now: () => new Date(), newId: randomUUID }
  let thousandAt = performance.now()
  const start = thousandAt
  let used = process.cpuUsage()
  const counts = await importStories(database, documents(), {
    sources,
    concurrency: database.kind === 'server' ? Number(values.concurrency) : 1,
    onRefused: ({ entry, problems }) => { throw new Error(`document ${entry.line} was refused: ${JSON.stringify(problems)}`) },
    onProgress: ({ stored }) => {
      if (stored % 1000 !== 0) return
      const now = performance.now()
      const { user, system } = process.cpuUsage(used)
      const cells = [`${Math.round(1_000_000 / (now - thousandAt))} documents/s`, `${((user + system) / 1_000_000).toFixed(1)} ms CPU each`, `${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`]
      console.log(`${String(stored).padStart(7)}${cells.map((cell) => cell.padStart(18)).join('')}`)
      thousandAt = now
      used = process.cpuUsage()
    },
  })
  console.log(`${database.kind}: ${counts.stored} documents in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

async function onServer(url: string): Promise<void> {
  const name = `onrecord_bench_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`CREATE DATABASE "${name}"`)
  try {
    const place = new URL(url)
    place.pathname = `/${name}`
    await migrateServer(place.href)
    const database = await openDatabase({ url: place.href, poolSize: 10, folder: '' })
    await measure(database).finally(() => database.close())
  } finally {
    await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`)
    await admin.end()
  }
}

async function embedded(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-bench-'))
  try {
    const database = await openDatabase({ url: undefined, poolSize: 1, folder })
    await measure(database).finally(() => database.close())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const url = process.env['DATABASE_URL']
await (url ? onServer(url) : embedded())
