import { createServer, type IncomingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ALL_STORIES, Purging } from '../../src/http/index.js'
import { FeedWatch } from '../../src/syndication/index.js'
import { draft } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { Newsdesk } from './newsdesk.js'

interface Purge { readonly method: string; readonly headers: IncomingHttpHeaders; readonly keys: readonly string[] }

/** A cache in front, as far as it is told what to forget. */
class Cache {
  readonly purges: Purge[] = []
  status = 200
  readonly #server = createServer((request, response) => {
    request.setEncoding('utf8')
    let body = ''
    request.on('data', (chunk: string) => { body += chunk })
    request.on('end', () => {
      this.purges.push({ method: request.method!, headers: request.headers, keys: (JSON.parse(body) as { surrogate_keys: string[] }).surrogate_keys })
      response.writeHead(this.status).end()
    })
  })

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    onTestFinished(() => { this.#server.close(); this.#server.closeAllConnections() })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/purge`
  }
}

describe('a cache in front', () => {
  let newsroom: TestNewsroom
  let desk: Newsdesk
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    desk = new Newsdesk(newsroom)
    await newsroom.add(story(1), story(2, { evolvedFrom: 'harbor-plan-1' }))
    await newsroom.add(...[draft('d'), story('embargo', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' } })] as ReturnType<typeof story>[])
  })
  afterAll(() => newsroom.close())

  const idOf = async (n: string) => Buffer.from(`Story:${(await (await newsroom.database.prisma()).story.findUniqueOrThrow({ where: { slug: `harbor-plan-${n}` } })).id}`).toString('base64url')
  const tagsOf = async (path: string, query?: string) => {
    const answer = await fetch(newsroom.url + path, query === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) })
    const keys = answer.headers.get('surrogate-key')
    expect(answer.headers.get('cache-tag')).toBe(keys?.replaceAll(' ', ',') ?? null)
    return keys?.split(' ')
  }

  it('is told which stories an answer holds, and of no other', async () => {
    const [first, second] = [await idOf('1'), await idOf('2')]
    expect(await tagsOf('/stories/harbor-plan-1')).toContain(first)
    expect(await tagsOf('/stories/harbor-plan-2')).toEqual(expect.arrayContaining([second, first]))
    expect(await tagsOf('/graphql', '{ stories { nodes { headline } } }')).toEqual([...[first, second].toSorted(byUuid), ALL_STORIES])
    for (const slug of ['harbor-plan-d', 'harbor-plan-embargo', 'never']) {
      expect(await tagsOf(`/stories/${slug}`)).toBeUndefined()
      expect(await tagsOf('/graphql', `{ story(slug: "${slug}") { headline } }`)).toEqual([ALL_STORIES])
    }
    const key = await newsroom.partnerKey({})
    expect((await fetch(`${newsroom.url}/stories/harbor-plan-1`, { headers: { authorization: `Bearer ${key}` } })).headers.get('surrogate-key')).toBeNull()
  })

  it('hears of each change in public, also of one that it did not take at first, and never of what was not open', async () => {
    const cache = new Cache()
    const url = await cache.open()
    const errors: unknown[] = []
    const purging = new Purging({ database: newsroom.database, watch: new FeedWatch(newsroom.database), now: () => newsroom.now, url, method: 'PURGE', token: 'secret', onError: (error) => errors.push(error), pause: 20 })
    const told = (keys: readonly string[]) => expect.poll(() => cache.purges.flatMap((purge) => purge.keys), { timeout: 10_000 }).toEqual(expect.arrayContaining([...keys]))
    await desk.act('1', 'HOLD')
    await told([await idOf('1'), ALL_STORIES])
    expect(cache.purges[0]).toMatchObject({ method: 'PURGE', headers: { authorization: 'Bearer secret', 'surrogate-key': cache.purges[0]!.keys.join(' ') } })
    cache.status = 503
    cache.purges.length = 0
    await desk.act('embargo', 'KILL')
    await desk.act('2', 'KILL')
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBeGreaterThan(1)
    cache.status = 204
    cache.purges.length = 0
    await told([await idOf('2')])
    await purging.stop()
    expect(cache.purges.flatMap(({ keys }) => keys)).not.toContain(await idOf('embargo'))
    // Stopped, it tells nothing more; begun anew, what was told in the last hour is told again.
    const count = cache.purges.length
    await desk.act('1', 'RESTORE')
    expect(cache.purges).toHaveLength(count)
    const next = new Purging({ database: newsroom.database, watch: new FeedWatch(newsroom.database), now: () => newsroom.now, url, method: 'POST', onError: (error) => errors.push(error), pause: 20 })
    await told([await idOf('1'), await idOf('2')])
    await next.stop()
  })
})

const byUuid = (a: string, b: string) => (Buffer.from(a, 'base64url').toString() < Buffer.from(b, 'base64url').toString() ? -1 : 1)
