import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import pg from 'pg'
import { openDatabase, statement, type Database } from '../../src/database/index.js'
import { migrateServer } from '../../src/database/migrations.js'
import { createServer } from '../../src/server.js'
import { act, appendEvents, importStories, type ImportEntry } from '../../src/stories/index.js'
import { story } from '../support/documents.js'
import { Replica } from '../syndication/replica.js'

// A consumer that begins with nothing and applies all changes, by GraphQL with the stories in them, through the typed client; then the same
// changes as lines of JSON. Whether it ends with what the source has, and changes a second. On an embedded database in a new folder, or
// where DATABASE_URL names a server, in a new database there. Server and consumer are one process.
// node --import @oxc-node/core/register test/bench/replay.ts [--changes 100000] [--stories 5000]
const { values } = parseArgs({ options: { changes: { type: 'string', default: '100000' }, stories: { type: 'string', default: '5000' } } })
const [changes, stories] = [Number(values.changes), Number(values.stories)]
const KILLED = 50

async function* documents(): AsyncGenerator<ImportEntry> {
  for (let line = 1; line <= stories; line += 1) yield { file: 'bench', line, bytes: 0, content: { ok: true, value: story(line) } }
}

/** Publications, then new versions of the feed in batches, and some kills among them; all by what writes them in production. */
async function fill(database: Database): Promise<void> {
  const sources = { now: () => new Date(), newId: randomUUID }
  await importStories(database, documents(), { sources, concurrency: database.kind === 'server' ? 4 : 1, onRefused: ({ problems }) => { throw new Error(JSON.stringify(problems)) } })
  const ids = (await database.query<{ id: string }>(statement('bench_stories', 'SELECT "id" FROM "Story" ORDER BY "slug"'), [])).map(({ id }) => id)
  let left = changes - stories - KILLED
  for (let at = 0; left > 0; at = (at + 500) % ids.length) {
    const batch = ids.slice(at, at + Math.min(500, left))
    await database.transaction((queries) => appendEvents(queries, batch, { kind: 'STATEMENT_CHANGED', at: new Date() }))
    left -= batch.length
  }
  for (let n = 1; n <= KILLED; n += 1) {
    const killed = await act(database, { slug: `harbor-plan-${n}` }, 'KILL', { name: 'bench', role: 'ADMIN' }, {}, new Date(), randomUUID)
    if (!killed.ok) throw new Error(killed.message)
  }
}

async function measure(database: Database): Promise<void> {
  let start = performance.now()
  const took = () => (performance.now() - start) / 1000
  const rate = (count: number) => `${count} changes in ${took().toFixed(1)} s, ${Math.round(count / took())} a second`
  await fill(database)
  console.log(`${database.kind}: ${changes} changes of ${stories} stories written in ${took().toFixed(1)} s`)
  const server = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'error' })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const replica = new Replica(url)
  start = performance.now()
  let told = 0
  for (let more = true; more;) {
    more = await replica.follow(100)
    told += replica.told.splice(0).length
  }
  console.log(`  replayed by GraphQL, stories included: ${rate(told)}`)
  const source = await replica.source()
  const isEqual = isDeepStrictEqual(replica.copies(new Date()), source)
  console.log(`  ${source.length} stories there; the copies are ${isEqual ? 'equal' : 'NOT EQUAL'}`)
  for (const query of ['', '?story=whole']) {
    start = performance.now()
    const response = await fetch(`${url}/changes${query}`)
    let lines = 0
    let last = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const parts = (last + decoder.decode(chunk, { stream: true })).split('\n')
      lines += parts.length - 1
      last = parts.at(-1)!
    }
    console.log(`  as lines of JSON${query && ', stories included'}: ${rate(lines - 1)}`)
  }
  await server.close()
  if (!isEqual) process.exitCode = 1
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
