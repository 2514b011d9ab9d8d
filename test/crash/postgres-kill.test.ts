import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createClient } from 'graphql-ws'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { issueStaffToken } from '../../src/access/index.js'
import { migrateServer } from '../../src/database/migrations.js'
import { openServerDatabase } from '../../src/database/server-database.js'
import { createServer, PATHS } from '../../src/server.js'
import { expectWholeStories } from '../support/whole-stories.js'
import { DeskAtWork, numbersFrom } from './desk-at-work.js'
import { PostgresCluster, postgresBinaries } from '../support/postgres-cluster.js'
import { ServerProcess } from './server-process.js'
import { COMMAND, SERVER } from '../support/programs.js'

/** A few at every run of the suite; before a release, CRASH_ROUNDS=20. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 4)
const WRITERS = 4
/** The kill comes after so many acknowledged writes at most, and so many milliseconds. */
const [MOST_WRITES, LATEST] = [20, 30]
const QUERY = '{ stories(first: 1) { nodes { slug } } }'
const UNAVAILABLE = '503 DATABASE_UNAVAILABLE with Retry-After'

const binaries = process.platform === 'linux' ? postgresBinaries() : undefined
if (!binaries) console.warn('SKIPPED: kill -9 of PostgreSQL. It needs Linux and the programs "initdb" and "postgres", in /usr/lib/postgresql/*/bin or on the path.')

describe.runIf(binaries)('kill -9 of PostgreSQL in the middle of writes', () => {
  const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000)
  let cluster: PostgresCluster
  let folder: string
  let env: Record<string, string>
  let server: ServerProcess
  let token: string
  beforeAll(async () => {
    cluster = await PostgresCluster.make(binaries!)
    await migrateServer(cluster.url)
    const database = openServerDatabase({ url: cluster.url, poolSize: 1 })
    token = await issueStaffToken(database, { name: 'Linh Vo', role: 'STANDARDS_EDITOR' }, { now: () => new Date(), newId: () => crypto.randomUUID() })
    await database.close()
    folder = await mkdtemp(path.join(tmpdir(), 'onrecord-crash-'))
    env = { DATABASE_URL: cluster.url, ONRECORD_POOL: '5', ONRECORD_SECRETS: path.join(folder, 'secrets') }
    server = await ServerProcess.start(env)
  })
  afterAll(async () => {
    cluster?.hang(false)
    await server?.end('SIGTERM')
    await cluster?.remove()
    await rm(folder, { recursive: true, force: true })
  })

  // One test that fails takes no other with it.
  beforeEach(async () => {
    if (!cluster.isRunning) await cluster.start()
    await untilReady()
  })

  const get = async (where: string, at = server.url) => { const response = await fetch(at + where); return { status: response.status, retryAfter: response.headers.get('retry-after'), body: (await response.json()) as any } }
  const desk = (name = 'desk', random = () => 0, at = server.url) => new DeskAtWork(at, token, name, random)
  /** What a query of either contract is answered with: the status and the code. */
  const asked = async (contract: keyof typeof PATHS, at?: string) => {
    const { status, headers, body } = await desk(undefined, undefined, at).ask(QUERY, {}, PATHS[contract])
    return body.errors ? `${status} ${body.errors[0]!.extensions.code}${headers.has('retry-after') ? ' with Retry-After' : ''}` : status
  }
  const untilReady = async () => {
    while ((await get('/readyz')).status !== 200) await new Promise((resolve) => { setTimeout(resolve, 20) })
  }
  const expectDown = async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200 })
    expect(await get('/readyz')).toMatchObject({ status: 503, retryAfter: '1', body: { errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] } })
    for (const contract of ['PUBLIC', 'NEWSROOM'] as const) expect(await asked(contract), contract).toBe(UNAVAILABLE)
  }

  it(`loses no acknowledged write, leaves no story half-written and repeats every answer, ${ROUNDS} times; the server stays up, says 503, and finds its way back (I7; CRASH_SEED=${seed})`, async () => {
    const random = numbersFrom(seed)
    let [acknowledged, cutOff] = [0, 0]
    for (let round = 0; round < ROUNDS; round += 1) {
      const writers = desk(`round-${round}`, random)
      const [enough, writing] = [writers.acknowledged(1 + Math.floor(random() * MOST_WRITES)), writers.write(WRITERS)]
      await enough
      await new Promise((resolve) => { setTimeout(resolve, random() * LATEST) })
      await cluster.kill()
      await writing
      // A write whose commit was not confirmed is told as unavailable, too: its key tells later what became of it.
      expect(writers.refusals.filter((refusal) => refusal !== UNAVAILABLE), 'answers but "unavailable"').toEqual([])
      await expectDown()
      await cluster.start()
      await untilReady()
      await writers.lookAt(server.url)
      expect(server.isRunning).toBe(true)
      acknowledged += writers.stories.reduce((sum, story) => sum + story.acknowledged.length, 0)
      cutOff += writers.stories.filter((story) => story.unknown).length
    }
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS)
    expect(cutOff).toBeGreaterThanOrEqual(ROUNDS)
    expect(server.log.join('')).not.toContain('unexpected error')
    const database = openServerDatabase({ url: cluster.url, poolSize: 1 })
    expect(await expectWholeStories(database)).toBeGreaterThan(0)
    await database.close()
    console.log(`PostgreSQL killed ${ROUNDS} times (seed ${seed}): ${acknowledged} acknowledged writes, ${cutOff} cut off`)
  }, 900_000)

  it('tells watchers that changes may have been missed, and whoever subscribes meanwhile that it is down; afterwards they hear of changes again', async () => {
    const events = watch()
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    await cluster.kill()
    expect(await events.next()).toMatchObject({ errors: [{ extensions: { code: 'CHANGES_MISSED', requestId: expect.any(String) } }] })
    expect(await closingOf()).toBe(1013)
    await cluster.start()
    await untilReady()
    const again = watch()
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    const writers = desk('watched')
    const writing = writers.write(1)
    expect(await again.next()).toMatchObject({ data: { storyChanged: { story: { slug: 'watched-0-0' } } } })
    writers.stop()
    await writing
  }, 60_000)

  it('publishes on time again what was scheduled, once the database is back', async () => {
    const { body } = await desk().ask('mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id } errors { message } } }', { input: { document: { onrecord: 1, slug: 'scheduled', desk: 'Metro', paragraphs: [{ text: 'The ferries stop on Friday.' }], journalists: [{ key: 'sam', name: 'Sam' }], bylines: [{ journalist: 'sam' }] } } })
    const at = new Date(Date.now() + 1500).toISOString()
    const scheduled = await desk().ask('mutation ($input: ScheduleStoryInput!) { scheduleStory(input: $input) { errors { code message } } }', { input: { storyId: body.data.createStory.story.id, at } })
    expect(scheduled.body).toEqual({ data: { scheduleStory: { errors: [] } } })
    await cluster.kill()
    await new Promise((resolve) => { setTimeout(resolve, 2000) })
    await cluster.start()
    const isPublished = async () => (await desk().ask('{ story(slug: "scheduled") { slug } }', {}, PATHS.PUBLIC)).body.data?.story !== null
    await untilReady()
    while (!(await isPublished())) await new Promise((resolve) => { setTimeout(resolve, 100) })
  }, 60_000)

  it('is told of a server that hangs as well: nobody waits for longer than some seconds, and it goes on where it was', async () => {
    expect(await asked('NEWSROOM')).toBe(200)
    cluster.hang(true)
    try {
      expect(await Promise.all([asked('PUBLIC'), asked('NEWSROOM'), ...Array.from({ length: 8 }, () => asked('PUBLIC'))])).toEqual(Array.from({ length: 10 }, () => UNAVAILABLE))
      await expectDown()
    } finally {
      cluster.hang(false)
    }
    await untilReady()
    expect([await asked('PUBLIC'), await asked('NEWSROOM')]).toEqual([200, 200])
  }, 90_000)

  it('is told in the same way of a server without room for another connection', async () => {
    const taken: pg.Client[] = []
    const take = async () => {
      const client = new pg.Client({ connectionString: cluster.url })
      client.on('error', () => undefined)
      await client.connect()
      taken.push(client)
    }
    const database = openServerDatabase({ url: cluster.url, poolSize: 2 })
    const crowded = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'silent' })
    const at = await crowded.listen({ port: 0, host: '127.0.0.1' })
    onTestFinished(async () => {
      await Promise.all(taken.map((client) => client.end()))
      await crowded.close()
      await database.close()
    })
    while (await take().then(() => true, (error: { code?: string }) => { expect(error.code).toBe('53300'); return false }));
    for (const contract of ['PUBLIC', 'NEWSROOM'] as const) expect(await asked(contract, at), contract).toBe(UNAVAILABLE)
    await Promise.all(taken.splice(0).map((client) => client.end()))
    while ((await asked('NEWSROOM', at)) !== 200) await new Promise((resolve) => { setTimeout(resolve, 50) })
  }, 60_000)

  it('keeps a command and a server from starting, with a sentence that says which server and what to do', async () => {
    await cluster.kill()
    const run = (program: string, ...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { env: { ...process.env, ...env, PORT: '0' } }).then(() => ({ code: 0, stderr: '' }), (error: { code: number; stderr: string }) => error)
    for (const { code, stderr } of [await run(COMMAND, 'export', '--all'), await run(SERVER)]) {
      expect(stderr).toContain(`The database server 127.0.0.1:${cluster.port}/postgres cannot be used: nothing answers there. Check DATABASE_URL, and that the server runs.`)
      expect(code).toBe(1)
    }
    await cluster.start()
    await untilReady()
  }, 60_000)

  function watch() {
    const client = createClient({ url: server.url.replace('http', 'ws') + PATHS.NEWSROOM, webSocketImpl: WebSocket, connectionParams: { authorization: `Bearer ${token}` }, retryAttempts: 0 })
    onTestFinished(async () => { await client.dispose() })
    const stream = client.iterate<any>({ query: 'subscription { storyChanged { story { slug } } }' })
    const first = stream.next()
    return { next: async () => (await first).value }
  }

  /** The code with which a new connection is closed. */
  function closingOf(): Promise<number> {
    return new Promise((resolve) => {
      const socket = new WebSocket(server.url.replace('http', 'ws') + PATHS.NEWSROOM, 'graphql-transport-ws')
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })))
      socket.on('close', resolve)
    })
  }
})
