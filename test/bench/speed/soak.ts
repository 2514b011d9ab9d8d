import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { memoryOf } from '../memory.js'
import { documentOfWorkload, mostQuoted, ONRECORD, ONRECORD_ENV, staffToken, start, type Running } from './bench-server.js'
import { withClient, withDatabase } from './load-stories.js'
import { madeUpStories, slugOf, Writer } from './made-up-stories.js'
import { documentOf } from './plain-story.mjs'
import { w1, w2, w3 } from './shape.mjs'

// How the server as it ships bears an hour of readers while the newsroom publishes: of requests, 60% are for story pages, 20% for the front
// page, 20% for a person's quotes. A line for each minute, as a Markdown table. Works on a copy of the bench's stories, which
// `npm run bench -- --stories 2000 --only w2 --rounds 1` makes once; the copy is taken away at the end. Needs Linux. After `npm run build`:
// DATABASE_URL=… node --import @oxc-node/core/register test/bench/speed/soak.ts [--minutes 60] [--rate 1500] [--every 5]
const { values: options } = parseArgs({ options: {
  minutes: { type: 'string', default: '60' }, rate: { type: 'string', default: '1500' }, stories: { type: 'string', default: '2000' }, connections: { type: 'string', default: '32' }, port: { type: 'string', default: '4790' },
  /** Seconds from one publication to the next; 0 for none. */
  every: { type: 'string', default: '5' },
} })
const given = process.env['DATABASE_URL']
if (!given) throw new Error('Set DATABASE_URL to a PostgreSQL server on which databases can be made, such as postgresql://postgres@127.0.0.1:5432/postgres.')
const HERE = path.dirname(fileURLToPath(import.meta.url))
const STORIES = Number(options.stories)
const COPY = 'onrecord_soak'
const URL_OF_COPY = withDatabase(given, COPY)
const METRICS_PORT = Number(options.port) + 1
const ADDRESS = `http://127.0.0.1:${options.port}`
const PUBLISH = 'mutation Publish($input: StoryActionInput!) { publishStory(input: $input) { errors { code message } } }'

async function ask(at: string, query: string, variables: object | undefined, headers: Record<string, string> = {}): Promise<any> {
  const response = await fetch(ADDRESS + at, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) })
  const answer = await response.json() as { data: any; errors?: unknown }
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors))
  return answer.data
}

/** The bodies of the requests, in the order in which they are sent. */
async function bodiesOf(): Promise<string[]> {
  const writer = new Writer(11)
  const people = await withClient(URL_OF_COPY, mostQuoted)
  const pages = await Promise.all(people.map(async ({ id }) => w3.variables({ id, first: 20, after: w3.cursor(await ask('/graphql', documentOfWorkload('w3'), w3.variables({ id, first: 20 }))) })))
  return Array.from({ length: 4000 }, (_, index) => {
    const kind = index % 5
    if (kind === 1) return JSON.stringify({ query: documentOfWorkload('w2'), variables: w2.variables({}) })
    if (kind === 3) return JSON.stringify({ query: documentOfWorkload('w3'), variables: pages[writer.number(0, pages.length - 1)] })
    return JSON.stringify({ query: documentOfWorkload('w1'), variables: w1.variables({ slug: slugOf(writer.rank(STORIES)) }) })
  })
}

/** Writes stories, made up like the others, and publishes each. */
async function* publications(authorization: string): AsyncGenerator<void> {
  for (const { publishedAt, updatedAt: _, ...story } of madeUpStories(STORIES)) {
    const document = { ...documentOf({ ...story, slug: `soak-${story.slug}`, bylines: [{ id: 1, name: 'Sam Reyes 1' }] }), dateline: { place: 'Tidewater', date: publishedAt!.slice(0, 10) } }
    const { createStory } = await ask('/newsroom/graphql', documentOfWorkload('w4'), { input: { document } }, { authorization })
    const { publishStory } = createStory.errors.length > 0 ? { publishStory: createStory } : await ask('/newsroom/graphql', PUBLISH, { input: { storyId: createStory.story.id } }, { authorization })
    if (publishStory.errors.length > 0) throw new Error(`A story was not published: ${JSON.stringify(publishStory.errors)}`)
    yield
  }
}

await withClient(given, async (admin) => {
  await admin.query(`DROP DATABASE IF EXISTS "${COPY}" WITH (FORCE)`)
  await admin.query(`CREATE DATABASE "${COPY}" TEMPLATE "onrecord_bench_${STORIES}"`)
})
const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-soak-'))
let server: Running | undefined
let [published, isOver] = [0, false]
let publishing: Promise<void> | undefined
let failure: unknown
/** Megabytes, as the server tells of itself: what V8 has of objects and for them, and what is outside of its heap; the rest of what is resident is neither. */
async function memory(pid: number): Promise<readonly number[]> {
  const text = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text()
  const [used, total, external] = ['heap_size_used', 'heap_size_total', 'external_memory'].map((name) => Number(new RegExp(`^nodejs_${name}_bytes (\\S+)$`, 'm').exec(text)![1]) / 2 ** 20) as [number, number, number]
  const resident = memoryOf(pid)
  return [resident, used, total, external, resident - total - external]
}
const once = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms) })
try {
  const token = await staffToken(URL_OF_COPY, 'EDITOR')
  const running = server = await start(ONRECORD, Number(options.port), URL_OF_COPY, { ...ONRECORD_ENV, ONRECORD_METRICS_PORT: String(METRICS_PORT) }, '/graphql')
  const file = path.join(folder, 'bodies')
  await writeFile(file, `${(await bodiesOf()).join('\n')}\n`)
  if (Number(options.every) > 0) {
    publishing = (async () => {
      for await (const _ of publications(`Bearer ${token}`)) {
        if (isOver) return
        published += 1
        await once(Number(options.every) * 1000)
      }
    })().catch((error: unknown) => { failure = error })
  }
  console.log('| minute | requests/s | p50 ms | p99 ms | longest | errors | stories published | MB | heap used | heap | external | rest |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
  for (let minute = 1; minute <= Number(options.minutes); minute += 1) {
    const settings = { port: Number(options.port), path: '/graphql', file, connections: Number(options.connections), seconds: 60, rate: Number(options.rate) }
    const told = JSON.parse((await promisify(execFile)(process.execPath, [path.join(HERE, 'client.mjs'), JSON.stringify(settings)])).stdout) as { requests: number; seconds: number; p50: number; p99: number; longest: number; errors: number }
    console.log(`| ${minute} | ${(told.requests / told.seconds).toFixed(0)} | ${told.p50.toFixed(1)} | ${told.p99.toFixed(1)} | ${told.longest.toFixed(0)} | ${told.errors} | ${published} | ${(await memory(running.child.pid!)).map((each) => each.toFixed(0)).join(' | ')} |`)
    if (failure !== undefined) throw failure
  }
} finally {
  isOver = true
  await publishing
  await server?.stop()
  await withClient(given, (admin) => admin.query(`DROP DATABASE IF EXISTS "${COPY}" WITH (FORCE)`))
  await rm(folder, { recursive: true, force: true })
}
