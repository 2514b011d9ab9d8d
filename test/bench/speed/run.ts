import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util'
import type pg from 'pg'
import { memoryOf } from '../memory.js'
import { documentOfWorkload, mostQuoted, ONRECORD, ONRECORD_ENV, staffToken, start, type Running } from './bench-server.js'
import { fillLimitTables } from './limit-tables.js'
import { freshDatabase, loadStories, withClient, withDatabase } from './load-stories.js'
import { madeUpStories, slugOf, Writer } from './made-up-stories.js'
import { multiplyStories } from './multiply-stories.js'
import { w1, w2, w3, w4 } from './shape.mjs'

// `npm run bench`: this server beside two limits, on the PostgreSQL server that DATABASE_URL names, in interleaved rounds. It measures the
// built server as it is shipped: build it first. See the README, "Speed".
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'w1,w2,w3,w4' }, servers: { type: 'string', default: 'f,g,onrecord' }, stories: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '6' },
    warmup: { type: 'string', default: '2' }, connections: { type: 'string', default: '32' }, port: { type: 'string', default: '4870' }, rate: { type: 'string' }, fresh: { type: 'boolean', default: false },
  },
})
const HERE = path.dirname(fileURLToPath(import.meta.url))
const STORIES = Number(options.stories)
/** More are copies of these. */
const MOST_SAVED = 2000
const SAVED = Math.min(STORIES, MOST_SAVED)
if (STORIES % SAVED !== 0) throw new Error(`--stories beyond ${MOST_SAVED} goes by ${MOST_SAVED}.`)
const TITLES = { w1: 'W1 a story page by slug, with everything in it', w2: 'W2 a front page of 20 stories', w3: 'W3 one person\'s quotes, second page of 20', w4: 'W4 create a story of 20 paragraphs and 12 quotes', search: 'Search for a word, two or a phrase' } as const
type Workload = keyof typeof TITLES
const search = { variables: (parameters: object) => parameters, pick: (data: unknown) => data }
const shape = { w1, w2, w3, w4, search }
const given = process.env['DATABASE_URL']
if (!given) throw new Error('Set DATABASE_URL to a PostgreSQL server on which databases can be made, such as postgresql://postgres@127.0.0.1:5432/postgres.')
const NAME = `onrecord_bench_${STORIES}`
const URL_OF_DATA = withDatabase(given, NAME)

async function prepare(): Promise<void> {
  const isThere = await withClient(given!, async (admin) => (await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [NAME])).rowCount === 1)
  const isWhole = isThere && await withClient(URL_OF_DATA, (client) => client.query('SELECT 1 FROM plain.complete').then(() => true, () => false))
  if (isWhole && !options.fresh) return
  await freshDatabase(given!, NAME)
  async function* stories() { yield* madeUpStories(SAVED) }
  await loadStories(URL_OF_DATA, stories(), (stored) => { if (stored % 1000 === 0) process.stderr.write(`${stored} stories stored\n`) })
  await withClient(URL_OF_DATA, async (client) => {
    await fillLimitTables(client, madeUpStories(SAVED))
    if (STORIES > SAVED) await multiplyStories(client, STORIES / SAVED - 1, (table) => process.stderr.write(`making ${table}\n`))
    await client.query('CREATE TABLE plain.complete ()')
    await client.query('VACUUM ANALYZE')
  })
}

interface Server { readonly id: string; readonly title: string; readonly command: readonly string[]; readonly env: Record<string, string>; path(workload: Workload): string; body(workload: Workload, parameters: any): object; data(workload: Workload, answer: any): any }
const limit = (id: string, title: string): Server => ({
  id, title, command: [path.join(HERE, 'limit-server.mjs')], env: { LIMIT: id }, path: () => '/', body: (op, variables) => ({ op, variables }),
  data: (workload, { data }) => (workload === 'w3' ? { items: data.person.quotes.items } : workload === 'w1' ? data.story : workload === 'w2' ? data.stories : data),
})
const KNOWN: readonly Server[] = [
  limit('f', 'limit: one statement that builds the answer'), limit('g', 'limit: ready bytes from memory'),
  {
    id: 'onrecord', title: 'Onrecord', command: ONRECORD, env: ONRECORD_ENV,
    path: (workload) => (workload === 'w4' ? '/newsroom/graphql' : '/graphql'), body: (workload, parameters) => ({ query: documentOfWorkload(workload), variables: shape[workload].variables(parameters) }), data: (workload, { data }) => shape[workload].pick(data),
  },
]
const SERVERS = KNOWN.filter(({ id }) => options.servers.split(',').includes(id))

async function ask(server: Server, running: Running, workload: Workload, parameters: any): Promise<any> {
  const response = await fetch(`http://127.0.0.1:${running.port}${server.path(workload)}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers(server, workload) }, body: JSON.stringify(server.body(workload, parameters)).replaceAll('@@UNIQUE@@', randomUUID()) })
  const answer = await response.json() as { errors?: unknown }
  if (answer.errors !== undefined) throw new Error(`${server.id} ${workload}: ${JSON.stringify(answer.errors)}`)
  return answer
}

let token = ''
const headers = (server: Server, workload: Workload): Record<string, string> => (server.id === 'onrecord' && workload === 'w4' ? { authorization: `Bearer ${token}` } : {})

/** Of the saved story, or of its copy. */
function slugAt(index: number): string {
  const slug = slugOf(index % SAVED)
  return index < SAVED ? slug : `${slug}-${Math.floor(index / SAVED)}`
}

/** Parameters of the requests, the same for each server. */
async function parametersOf(workload: Workload): Promise<any[]> {
  const writer = new Writer(7)
  if (workload === 'w1') return Array.from({ length: 2048 }, () => ({ slug: slugAt(writer.rank(STORIES)) }))
  if (workload === 'w2') return [{}]
  if (workload === 'w3') {
    return (await withClient(URL_OF_DATA, mostQuoted)).map(({ id }) => ({ id, first: 20 }))
  }
  if (workload === 'search') return Array.from({ length: 256 }, (_, index) => { const words = writer.text(index % 2 === 0 ? 1 : 12).slice(0, -1); return { query: index % 4 === 1 ? `"${words}"` : words } })
  return Array.from({ length: 64 }, (_, index) => {
    const at = new Date(Date.UTC(2018, 0, 1 + index)).toISOString()
    return {
      idempotencyKey: 'key-@@UNIQUE@@',
      input: {
        slug: 'w4-@@UNIQUE@@', headline: writer.text(60), dek: writer.text(120), status: 'draft', publishedAt: at, paragraphs: Array.from({ length: 20 }, (_each, position) => ({ position, text: writer.text(260) })),
        quotes: Array.from({ length: 12 }, (_each, position) => ({ position, text: writer.text(110), saidAt: at, kind: 'direct', personId: position % 5 === 4 ? null : 1 + ((index * 12 + position) % 60), anonymousSource: position % 5 === 4 ? 'a current employee' : null })),
      },
    }
  })
}

async function requestsFor(server: Server, running: Running, workload: Workload, parameters: readonly any[]): Promise<any[]> {
  if (workload !== 'w3') return [...parameters]
  return Promise.all(parameters.map(async (each) => {
    const answer = await ask(server, running, workload, each)
    return { ...each, after: server.id === 'onrecord' ? shape.w3.cursor(answer.data) : answer.data.person.quotes.endCursor }
  }))
}

const instants = (value: any): any => JSON.parse(JSON.stringify(value), (name, inner) => (/At$/.test(name) ? new Date(inner as string).getTime() : name === 'organization' && inner?.name ? inner.name : inner))
const comparable = (workload: Workload, value: any) => {
  const { name: _name, role: _role, ...rest } = workload === 'w3' ? value : { ...value, ...(Array.isArray(value) ? { list: value } : {}) }
  const plain = instants(rest)
  if (Array.isArray(plain.paragraphs)) plain.paragraphs = plain.paragraphs.map((each: any) => each.text ?? each)
  return plain
}

const HERTZ = 100
const statOf = (pid: number) => { try { const text = readFileSync(`/proc/${pid}/stat`, 'utf8'); const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); return { parent: Number(fields[1]), cpu: (Number(fields[11]) + Number(fields[12])) / HERTZ } } catch { return undefined } }
/** CPU seconds of each process of the database server, where it runs on this machine. */
function backends(postmaster: number): Map<string, number> {
  try {
    return new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => { const stat = statOf(Number(name)); return stat?.parent === postmaster ? [[name, stat.cpu] as const] : [] }))
  } catch { return new Map() }
}
const between = (before: Map<string, number>, after: Map<string, number>) => [...after].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0)

interface Sample { rps: number; p50: number; p99: number; longest: number; errors: number; node: number; database: number; memory: number }

async function load(server: Server, running: Running, workload: Workload, file: string, seconds: number, postmaster: number): Promise<Sample> {
  const before = { node: statOf(running.child.pid!)?.cpu ?? NaN, database: backends(postmaster) }
  const settings = { port: running.port, path: server.path(workload), file, headers: headers(server, workload), connections: Number(options.connections), seconds, unique: randomUUID().slice(0, 13), ...(options.rate && { rate: Number(options.rate) }) }
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(HERE, 'client.mjs'), JSON.stringify(settings)])
  const told = JSON.parse(stdout) as { requests: number; seconds: number; p50: number; p99: number; longest: number; errors: number }
  const each = 1000 / told.requests
  return { ...told, rps: told.requests / told.seconds, node: ((statOf(running.child.pid!)?.cpu ?? NaN) - before.node) * each, database: between(before.database, backends(postmaster)) * each, memory: memoryOf(running.child.pid!) }
}

const median = (values: readonly number[]) => { const sorted = [...values].sort((a, b) => a - b); return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2 }
const shown = (value: number, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : '–')

async function measure(workload: Workload, folder: string, postmaster: number): Promise<string> {
  // The limits search nothing, and g keeps what is only read.
  const servers = SERVERS.filter(({ id }) => (workload === 'search' ? id === 'onrecord' : id !== 'g' || workload !== 'w4'))
  const running = new Map<Server, Running>()
  const samples = new Map<Server, Sample[]>()
  const notes: string[] = []
  try {
    const parameters = await parametersOf(workload)
    let truth: any[] | undefined
    for (const [index, server] of servers.entries()) {
      const one = await start(server.command, Number(options.port) + index, URL_OF_DATA, server.env, server.path('w1'))
      running.set(server, one)
      const requests = await requestsFor(server, one, workload, parameters)
      await writeFile(path.join(folder, `${workload}-${server.id}`), `${requests.map((each) => JSON.stringify(server.body(workload, each))).join('\n')}\n`)
      if (workload === 'w4') continue
      const answers = await Promise.all(requests.slice(0, 32).map(async (each) => comparable(workload, server.data(workload, await ask(server, one, workload, each)))))
      truth ??= answers
      const wrong = answers.findIndex((each, at) => !isDeepStrictEqual(each, truth![at]))
      if (wrong >= 0) notes.push(`- ${server.id} answers otherwise than ${servers[0]!.id} to ${JSON.stringify(parameters[wrong])}`)
    }
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const [server, one] of running) {
        const file = path.join(folder, `${workload}-${server.id}`)
        await load(server, one, workload, file, Number(options.warmup), postmaster)
        const sample = await load(server, one, workload, file, Number(options.seconds), postmaster)
        samples.set(server, [...(samples.get(server) ?? []), sample])
        process.stderr.write(`${workload} ${server.id}: ${shown(sample.rps)} requests/s, p99 ${shown(sample.p99, 1)} ms, ${sample.errors} errors\n`)
      }
    }
  } finally {
    for (const one of running.values()) await one.stop()
  }
  const middle = (server: Server, of: (sample: Sample) => number) => median(samples.get(server)!.map(of))
  const best = (server: Server) => Math.max(...samples.get(server)!.map(({ rps }) => rps))
  const baseOf = (id: string) => servers.find((server) => server.id === id)
  const ratio = (server: Server, id: string, of: (server: Server) => number) => { const base = baseOf(id); return base ? shown(of(server) / of(base), 2) : '–' }
  const rows = [...samples.keys()].map((server) => {
    const rate = (each: Server) => middle(each, ({ rps }) => rps)
    const cells = [shown(rate(server)), ratio(server, 'f', rate), ratio(server, 'f', best), ratio(server, 'g', rate), shown(middle(server, ({ p50 }) => p50), 1), shown(middle(server, ({ p99 }) => p99), 1), shown(middle(server, ({ longest }) => longest), 1), shown(middle(server, ({ node }) => node), 2), shown(middle(server, ({ database }) => database), 2), shown(middle(server, ({ memory }) => memory)), String(samples.get(server)!.reduce((sum, { errors }) => sum + errors, 0))]
    return `| ${server.title} (${server.id}) | ${cells.join(' | ')} |`
  })
  return [`### ${TITLES[workload]}`, '', '| server | requests/s | of f | best, of f | of g | p50 ms | p99 ms | longest | Node ms | PostgreSQL ms | MB | errors |', `|---|${'--:|'.repeat(11)}`, ...rows, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

/** Takes away the stories that W4 made, so that the next run finds what this one did. */
async function forgetWritten(client: pg.Client): Promise<void> {
  await client.query(`DELETE FROM plain.story WHERE slug LIKE 'w4-%'`)
  const { rows: tables } = await client.query<{ name: string }>(`SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'revisionId'`)
  // Nothing of Onrecord's ever takes a story away: keys and triggers would refuse it.
  await client.query('SET session_replication_role = replica')
  await client.query(`CREATE TEMP TABLE written AS SELECT r."id", r."storyId" FROM "Revision" AS r JOIN "Story" AS s ON s."id" = r."storyId" WHERE s."slug" LIKE 'w4-%'; ANALYZE written`)
  for (const { name } of tables) await client.query(`DELETE FROM "${name}" AS t USING written AS w WHERE t."revisionId" = w."id"`)
  await client.query(`DELETE FROM "Revision" AS r USING written AS w WHERE r."id" = w."id"`)
  await client.query(`DELETE FROM "Story" AS s USING written AS w WHERE s."id" = w."storyId"`)
  await client.query('DELETE FROM "IdempotencyKey"')
  await client.query('VACUUM ANALYZE')
}

async function postmasterPid(client: pg.Client): Promise<number> {
  const { rows: [row] } = await client.query('SELECT pg_backend_pid() AS pid')
  return statOf(row.pid as number)?.parent ?? -1
}

await prepare()
token = await staffToken(URL_OF_DATA, 'REPORTER')
const postmaster = await withClient(URL_OF_DATA, postmasterPid)
const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-bench-'))
console.log(`## ${new Date().toISOString().slice(0, 10)}: ${STORIES} stories, ${options.connections} connections, ${options.rounds} interleaved rounds of ${options.seconds} s${options.rate ? `, ${options.rate} requests a second` : ''}, Node ${process.version}, ${cpus().length} cores\n\nMedians of the rounds, one process each. Node and PostgreSQL: milliseconds of CPU for a request.\n`)
for (const workload of options.only.split(',') as Workload[]) console.log(await measure(workload, folder, postmaster))
await rm(folder, { recursive: true, force: true })
if (options.only.includes('w4')) await withClient(URL_OF_DATA, forgetWritten)
