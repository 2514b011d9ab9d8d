import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, type Action } from '../../src/stories/index.js'
import { draft } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const LINES = { accept: 'application/x-ndjson' }
const EVENTS = { accept: 'text/event-stream' }
const HEARTBEAT = 200

let newsroom: TestNewsroom
beforeAll(async () => {
  newsroom = await TestNewsroom.open({ limits: { feed: { ofOne: 2, heartbeat: HEARTBEAT } } })
  for (let n = 0; n < 3; n += 1) await newsroom.add(story(n))
})
afterAll(() => newsroom.close())

const take = async (n: number | string, action: Action) => {
  newsroom.now = new Date(newsroom.now.getTime() + 1000)
  expect(await act(newsroom.database, { slug: `harbor-plan-${n}` }, action, { name: 'editor', role: 'ADMIN' }, {}, newsroom.now, randomUUID)).toMatchObject({ ok: true })
}
const publish = async (n: number | string, change: object = {}) => {
  await newsroom.add(draft(n, change) as ReturnType<typeof story>)
  await take(n, 'PUBLISH')
}
const get = (query = '', headers: Record<string, string> = LINES, init: RequestInit = {}) => fetch(`${newsroom.url}/changes${query}`, { headers, ...init })
interface Line { readonly cursor: string | null; readonly isComplete?: boolean; readonly change?: { readonly __typename: string; readonly slug: string; readonly kind?: string; readonly reason?: string; readonly story?: any } }
const linesOf = async (response: Response): Promise<Line[]> => (await response.text()).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line)

interface Told { readonly id?: string; readonly event?: string; readonly data?: any; readonly comment?: string }
/** A client of server-sent events, as browsers have one: it takes messages one by one. */
class Events {
  #text = ''
  readonly #reader
  readonly #decoder = new TextDecoder()

  private constructor(readonly response: Response, private readonly ending: AbortController) {
    this.#reader = response.body!.getReader()
  }

  static async open(query = '', headers: Record<string, string> = {}, url = newsroom.url): Promise<Events> {
    const ending = new AbortController()
    return new Events(await fetch(`${url}/changes${query}`, { headers: { ...EVENTS, ...headers }, signal: ending.signal }), ending)
  }

  /** The next message; undefined at the end. */
  async next(): Promise<Told | undefined> {
    for (;;) {
      const at = this.#text.indexOf('\n\n')
      if (at >= 0) {
        const lines = this.#text.slice(0, at).split('\n')
        this.#text = this.#text.slice(at + 2)
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        const data = field('data')
        return { id: field('id'), event: field('event'), data: data === undefined ? undefined : JSON.parse(data), comment: field('') } as Told
      }
      const { value, done } = await this.#reader.read()
      if (done) return undefined
      this.#text += this.#decoder.decode(value, { stream: true })
    }
  }

  async nextEvent(): Promise<Told | undefined> {
    for (;;) {
      const told = await this.next()
      if (!told || told.event) return told
    }
  }

  close(): void {
    this.ending.abort()
  }
}

describe('the changes as lines of JSON', () => {
  it('are all up to now, and the last line says that they are, and where to go on', async () => {
    const response = await get()
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'application/x-ndjson; charset=utf-8', 'no-store'])
    const lines = await linesOf(response)
    expect(lines.map(({ change }) => change?.slug)).toEqual(['harbor-plan-0', 'harbor-plan-1', 'harbor-plan-2', undefined])
    expect(lines.at(-1)).toEqual({ cursor: lines.at(-2)!.cursor, isComplete: true })
    expect(lines[0]!.change).toMatchObject({ __typename: 'ChangedStory', kind: 'PUBLISHED', version: 1, at: '2026-03-01T12:00:00.000Z', story: { headline: 'Harbor plan 0 moves ahead', usability: { status: 'USABLE', reason: null } } })
    expect((await linesOf(await get(`?after=${lines[1]!.cursor}`))).map(({ change }) => change?.slug)).toEqual(['harbor-plan-2', undefined])
    const { changes } = (await newsroom.read('{ changes { edges { cursor } pageInfo { endCursor } } }')).data!
    expect(lines.slice(0, 3).map(({ cursor }) => cursor)).toEqual(changes.edges.map(({ cursor }: { cursor: string }) => cursor))
    expect(await linesOf(await get(`?after=${changes.pageInfo.endCursor}`))).toEqual([{ cursor: changes.pageInfo.endCursor, isComplete: true }])
  })

  it('bring whole stories along where they are asked for, and none of the newsroom', async () => {
    const [{ change }] = (await linesOf(await get('?story=whole'))) as [Line]
    expect(change!.story).toMatchObject({ slug: 'harbor-plan-0', paragraphs: expect.arrayContaining([{ role: 'HEADLINE', text: 'Harbor plan 0 moves ahead' }]), officialStatements: [{ fullText: 'The plan is sound. It is number 0.' }], evolvedFrom: null })
    expect(change!.story.quotes.map(({ text }: { text: string }) => text)).toEqual(['We will build berth 0', 'The plan is sound'])
    expect(JSON.stringify(change)).not.toContain('CANARY')
  })

  it('go on for longer than a page, each once', async () => {
    await newsroom.add(...Array.from({ length: 105 }, (_, n) => story(`long-${n}`)))
    const lines = await linesOf(await get())
    expect(new Set(lines.map(({ cursor }) => cursor)).size).toBe(lines.length - 1)
    expect(lines.filter(({ change }) => change?.slug.startsWith('harbor-plan-long'))).toHaveLength(105)
  })

  it('are a partner\'s own where its key is sent, and nobody\'s where the key is wrong', async () => {
    const key = await newsroom.partnerKey({ desks: ['Own'] }, 'Own Paper')
    await publish('own', { desk: 'Own' })
    const headers = { ...LINES, authorization: `Bearer ${key}` }
    const lines = await linesOf(await get('', headers))
    expect(lines.map(({ change }) => change?.slug)).toEqual(['harbor-plan-own', undefined])
    expect((await get('', headers)).headers.get('vary')).toBe('Authorization, Accept, Accept-Encoding')
    expect((await get('', { ...LINES, authorization: 'Bearer onr_partner_nothing' })).status).toBe(401)
    const refused = await get(`?after=${lines[0]!.cursor}`)
    expect([refused.status, await refused.json()]).toMatchObject([400, { errors: [{ message: expect.stringContaining('leave it out'), extensions: { code: 'BAD_USER_INPUT' } }] }])
  })

  it.each([
    ['?after=x', LINES, 'GET', 400, 'BAD_USER_INPUT'], ['?after=', LINES, 'GET', 400, 'BAD_USER_INPUT'], ['?first=2', LINES, 'GET', 400, 'BAD_USER_INPUT'], ['?story=none', LINES, 'GET', 400, 'BAD_USER_INPUT'], ['?after=a&after=b', LINES, 'GET', 400, 'BAD_USER_INPUT'],
    ['', { accept: 'application/json' }, 'GET', 406, 'NOT_ACCEPTABLE'], ['', { accept: 'text/html' }, 'GET', 406, 'NOT_ACCEPTABLE'], ['', LINES, 'POST', 405, 'METHOD_NOT_ALLOWED'], ['', LINES, 'DELETE', 405, 'METHOD_NOT_ALLOWED'],
  ] as const)('refuse %s %j %s with %i %s', async (query, headers, method, status, code) => {
    const response = await get(query, headers, { method })
    expect([response.status, await response.json()]).toMatchObject([status, { errors: [{ extensions: { code, requestId: expect.any(String) } }] }])
  })
})

describe('the changes as server-sent events', () => {
  it('are those that were, and then each as it happens; they resume at the last id', async () => {
    const after = (await linesOf(await get())).at(-1)!.cursor!
    const events = await Events.open(`?after=${after}`)
    expect([events.response.status, events.response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    await publish('live')
    const first = (await events.nextEvent())!
    expect(first).toMatchObject({ event: 'change', data: { __typename: 'ChangedStory', slug: 'harbor-plan-live', kind: 'PUBLISHED' } })
    await take('live', 'HOLD')
    await take('live', 'RESTORE')
    await take('live', 'KILL')
    const told = [await events.nextEvent()]
    while (told.at(-1)!.data.reason !== 'KILLED') told.push(await events.nextEvent())
    expect(told.map((entry) => entry!.data.slug)).toEqual(told.map(() => 'harbor-plan-live'))
    events.close()
    const resumed = await Events.open('', { 'last-event-id': first.id! })
    expect((await resumed.nextEvent())!.data).toMatchObject({ __typename: 'RemovedStory', reason: 'HELD' })
    resumed.close()
  })

  it('show signs of life while nothing happens', async () => {
    const after = (await linesOf(await get())).at(-1)!.cursor!
    const events = await Events.open(`?after=${after}`)
    expect(await events.next()).toEqual({})
    for (let n = 0; n < 2; n += 1) expect((await events.next())!.event).toBeUndefined()
    events.close()
  })

  it('end when the key does, before anything more is told', async () => {
    const key = await newsroom.partnerKey({}, 'Ending Paper')
    const events = await Events.open('', { authorization: `Bearer ${key}` })
    while ((await events.nextEvent())!.data.slug !== 'harbor-plan-own') { /* what was */ }
    await (await newsroom.database.prisma()).partnerKey.updateMany({ where: { partner: { name: 'Ending Paper' } }, data: { revokedAt: newsroom.now, revokedBy: 'admin' } })
    await publish('after-the-end')
    let last
    for (let told = await events.nextEvent(); told; told = await events.nextEvent()) last = told
    expect(last).toMatchObject({ event: 'end', data: { code: 'UNAUTHENTICATED' } })
  })

  it('tell what a contract takes as soon as it ends', async () => {
    const key = await newsroom.partnerKey({ desks: ['Own'], validUntil: new Date(newsroom.now.getTime() + 3600_000) }, 'Brief Paper')
    const events = await Events.open('', { authorization: `Bearer ${key}` })
    expect((await events.nextEvent())!.data).toMatchObject({ slug: 'harbor-plan-own', kind: 'PUBLISHED' })
    newsroom.now = new Date(newsroom.now.getTime() + 3600_000)
    expect((await events.nextEvent())!.data).toMatchObject({ slug: 'harbor-plan-own', reason: 'LOST' })
    events.close()
  })

  it('are for so many connections of one viewer, and free when one closes', async () => {
    const key = await newsroom.partnerKey({ desks: ['Own'] }, 'Greedy Paper')
    const authorization = `Bearer ${key}`
    const open = [await Events.open('', { authorization }), await Events.open('', { authorization })]
    const refused = await get('', { ...EVENTS, authorization })
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([503, '30', { errors: [{ extensions: { code: 'OVERLOADED' } }] }])
    for (const events of open) events.close()
    let again = await get('', { ...LINES, authorization })
    while (again.status === 503) again = await get('', { ...LINES, authorization })
    expect(again.status).toBe(200)
    await again.text()
  })

  it('end with the server, and say so', async () => {
    const other = await TestNewsroom.open({ limits: { feed: { heartbeat: 60_000 } } })
    await other.add(story(1))
    const events = await Events.open('', {}, other.url)
    expect((await events.nextEvent())!.data).toMatchObject({ slug: 'harbor-plan-1' })
    const closing = other.close()
    expect(await events.next()).toMatchObject({ event: 'end', data: { code: 'SERVER_CLOSES' } })
    expect(await events.next()).toBeUndefined()
    await closing
  })
})
