import { randomUUID } from 'node:crypto'
import { connect, createServer as createProxy, type AddressInfo, type Server, type Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database } from '../../src/database/index.js'
import { openServerDatabase } from '../../src/database/server-database.js'
import { createServer } from '../../src/server.js'
import { createStory } from '../../src/stories/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { freshServerUrl } from '../support/database.js'
import { story } from '../support/documents.js'
import { listens, post } from './cached-newsroom.js'

/** A wire to the server that can be held: nothing comes through, and nobody is told. */
class Wire {
  readonly #sockets = new Set<Socket>()
  #isHeld = false
  private constructor(readonly url: string, private readonly server: Server) {}

  static async to(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url)
    const server = createProxy((near) => {
      const far = connect(Number(port || 5432), hostname)
      for (const [one, other] of [[near, far], [far, near]] as const) {
        wire.#sockets.add(one)
        one.on('data', (data) => other.write(data)).on('error', () => undefined).on('close', () => { wire.#sockets.delete(one); other.destroy() })
        if (wire.#isHeld) one.pause()
      }
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    const through = new URL(url)
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const wire = new Wire(through.href, server)
    return wire
  }

  hold(): void {
    this.#isHeld = true
    for (const socket of this.#sockets) socket.pause()
  }

  release(): void {
    this.#isHeld = false
    for (const socket of this.#sockets) socket.resume()
  }

  close(): Promise<void> {
    return new Promise((resolve) => { this.server.close(() => resolve()); for (const socket of this.#sockets) socket.destroy() })
  }
}

interface Node { readonly database: Database; readonly url: string; close(): Promise<void> }

const now = new Date('2026-03-10T12:00:00Z')
const QUERY = '{ stories(first: 100) { nodes { slug version headline } } }'
const CACHED_FOR = 'onrecord cache'

async function openNode(url: string): Promise<Node> {
  const database = openServerDatabase({ url, poolSize: 4 })
  const server = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => now, logLevel: 'silent', cacheBytes: 1024 * 1024 })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  await listens(database)
  return { database, url: address, close: async () => { await server.close(); await database.close() } }
}

// The embedded database has one process, and no channel that could break.
describe.skipIf(!process.env['DATABASE_URL'])('of two nodes', () => {
  let url: string
  let drop: () => Promise<void>
  let here: Node
  let there: Node
  let administrator: pg.Client
  beforeAll(async () => {
    ({ url, drop } = (await freshServerUrl())!)
    here = await openNode(url)
    there = await openNode(url)
    administrator = new pg.Client({ connectionString: url })
    await administrator.connect()
    for (let n = 0; n < 6; n += 1) await createStory(here.database, storyDocumentOf(story(n), { lineage: randomUUID }), { now: () => now, newId: randomUUID })
  })
  afterAll(async () => {
    await administrator.end()
    await here.close()
    await there.close()
    await drop()
  })

  const slugs = async (node: Node): Promise<string[]> => JSON.parse((await post(node.url, { query: QUERY })).text).data.stories.nodes.map(({ slug }: { slug: string }) => slug)
  const kill = async (node: Node, slug: string) => (await node.database.prisma()).story.update({ where: { slug }, data: { state: 'KILLED', removedAt: now } })
  const untilGone = async (node: Node, slug: string) => {
    const since = performance.now()
    while ((await slugs(node)).includes(slug)) await new Promise((resolve) => { setTimeout(resolve, 5) })
    return performance.now() - since
  }

  it('the one that acknowledged a kill serves nothing of it, and the other forgets it within a second (I9)', async () => {
    for (const n of [0, 1, 2]) {
      for (const node of [here, there]) for (let again = 0; again < 2; again += 1) expect(await slugs(node)).toContain(`harbor-plan-${n}`)
      const [acknowledged, other] = n % 2 === 0 ? [here, there] : [there, here]
      await kill(acknowledged, `harbor-plan-${n}`)
      expect(await slugs(acknowledged)).not.toContain(`harbor-plan-${n}`)
      expect(await untilGone(other, `harbor-plan-${n}`)).toBeLessThan(1_000)
    }
  })

  it('one that has lost its channel serves nothing that it kept, and keeps again when it is back', async () => {
    for (let again = 0; again < 2; again += 1) expect(await slugs(there)).toContain('harbor-plan-3')
    const pool = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1'
    await administrator.query(pool, [CACHED_FOR])
    await expect.poll(() => there.database.publicChanges!().count, { interval: 1, timeout: 2_000 }).toBeUndefined()
    await kill(here, 'harbor-plan-3')
    expect(await slugs(there)).not.toContain('harbor-plan-3')
    await listens(there.database)
    await listens(here.database)
    expect(await slugs(there)).not.toContain('harbor-plan-3')
  })

  it('one whose channel is silent, without a word that it is broken, relies on nothing after a second', async () => {
    const wire = await Wire.to(url)
    const node = openServerDatabase({ url: wire.url, poolSize: 1 })
    await listens(node)
    wire.hold()
    await expect.poll(() => node.publicChanges!().count, { interval: 20, timeout: 1_500 }).toBeUndefined()
    wire.release()
    await listens(node)
    await node.close()
    await wire.close()
  })

  it('never give an answer that is older than a change they acknowledged, with many who write and read at once', async () => {
    const nodes = [here, there]
    const versionAt = async (node: Node): Promise<number> => JSON.parse((await post(node.url, { query: '{ story(slug: "harbor-plan-5") { version } }' })).text).data.story.version
    let written = 0
    let isDone = false
    const write = async (node: Node) => {
      for (let n = 0; n < 25; n += 1) {
        const [row] = await (await node.database.prisma()).$queryRaw<{ version: number }[]>`UPDATE "Story" SET "version" = "version" + 1 WHERE "slug" = 'harbor-plan-5' RETURNING "version"`
        written = Math.max(written, row!.version)
        expect(await versionAt(node)).toBeGreaterThanOrEqual(row!.version)
      }
    }
    const read = async (node: Node) => {
      for (let last = 0; !isDone;) {
        const version = await versionAt(node)
        // On one node time does not run backwards.
        expect(version).toBeGreaterThanOrEqual(last)
        last = version
      }
    }
    const readers = nodes.flatMap((node) => [read(node), read(node)])
    await Promise.all(nodes.map(write))
    isDone = true
    await Promise.all(readers)
    for (const node of nodes) await expect.poll(() => versionAt(node), { timeout: 1_000, interval: 5 }).toBe(written)
  }, 60_000)
})
