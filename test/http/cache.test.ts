import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Database, Statement } from '../../src/database/index.js'
import type { Taken } from '../../src/graphql/record-takings.js'
import { ratesFrom } from '../../src/http/index.js'
import { Metrics } from '../../src/telemetry/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { walk } from '../support/schema-walk.js'
import { draft, TestDesk } from '../stories/desk.js'
import { CachedNewsroom, listens } from './cached-newsroom.js'

const DAY = 24 * 60 * 60 * 1000
const LIST = '{ stories(first: 100) { nodes { slug headline version corrections { explanation } officialStatements { issuer { name } } } } }'
const PEOPLE = '{ persons { nodes { key name quotes(first: 5) { nodes { text } } } } organizations { nodes { key name officialStatements(first: 5) { nodes { fullText: texts { text } excerpts(first: 2) { nodes { text } } } } } } }'

describe('an answer that is kept', () => {
  let cached: CachedNewsroom
  let desk: TestDesk
  beforeAll(async () => {
    cached = await CachedNewsroom.open()
    desk = new TestDesk(cached.newsroom)
    await cached.newsroom.add(story(1), story(2, { evolvedFrom: 'harbor-plan-1' }))
  })
  afterAll(() => cached.close())

  it('is the same to the byte, its headers too, for fields of every kind, and needs no SQL statement', async () => {
    const [first] = JSON.parse((await cached.askAnew('{ stories { nodes { id } } }')).text).data.stories.nodes
    const roots = { story: 'slug: "harbor-plan-1"', tombstone: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${first.id}"`, nodes: `ids: ["${first.id}"]` }
    // A fifth of them, which still is every kind of field and of type.
    for (const { query } of walk(schemas().PUBLIC, roots).filter((_, index) => index % 5 === 0)) {
      const anew = await cached.askAnew(query(2))
      expect(await cached.ask(query(2)), query(2)).toEqual(anew)
      const statements = await cached.newsroom.statementsOf(async () => expect(await cached.ask(query(2)), query(2)).toEqual(anew))
      expect(statements, query(2)).toEqual([])
    }
  }, 60_000)

  it('is for the same document, variables, operation and kind of answer alone', async () => {
    const query = 'query A ($slug: String!) { story(slug: $slug) { slug } } query B { stories(first: 1) { nodes { slug } } }'
    const ask = async (body: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${cached.newsroom.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
      return [response.headers.get('content-type'), JSON.stringify(((await response.json()) as { data: unknown }).data)]
    }
    const json = 'application/json; charset=utf-8'
    for (let n = 0; n < 2; n += 1) {
      expect(await ask({ query, operationName: 'A', variables: { slug: 'harbor-plan-1' } })).toEqual([json, '{"story":{"slug":"harbor-plan-1"}}'])
      expect(await ask({ query, operationName: 'A', variables: { slug: 'harbor-plan-2' } })).toEqual([json, '{"story":{"slug":"harbor-plan-2"}}'])
      expect(await ask({ query, operationName: 'A', variables: { slug: 'nowhere' } })).toEqual([json, '{"story":null}'])
      expect(await ask({ query, operationName: 'B' })).toEqual([json, '{"stories":{"nodes":[{"slug":"harbor-plan-1"}]}}'])
      expect((await ask({ query, operationName: 'B' }, { accept: 'application/graphql-response+json' }))[0]).toBe('application/graphql-response+json; charset=utf-8')
    }
  })

  it('is none where anything was wrong, and no wrong request gets it', async () => {
    const query = '{ stories(first: 2) { nodes { slug } } }'
    for (const wrong of ['{ stories(first: 500) { nodes { slug } } }', '{ nothing }', '{', '{ story { slug } }']) {
      await cached.expectSame(wrong)
      expect((await cached.ask(wrong)).text).toContain('errors')
    }
    expect((await cached.ask(query)).status).toBe(200)
    const body = JSON.stringify({ query })
    const headersOf = async (headers: Record<string, string>, method = 'POST') => (await fetch(`${cached.newsroom.url}/graphql`, { method, headers, body })).status
    expect(await headersOf({ 'content-type': 'text/plain' })).toBe(415)
    expect(await headersOf({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).toBe(415)
    expect(await headersOf({ 'content-type': 'application/json', authorization: 'Bearer nobody' })).toBe(401)
    expect(await headersOf({ 'content-type': 'application/json', accept: 'image/png' })).toBe(406)
    const get = `/graphql?query=${encodeURIComponent(query)}`
    for (let n = 0; n < 2; n += 1) {
      expect((await cached.get(get, { 'apollo-require-preflight': 'true' })).status).toBe(200)
      // What a web page could send on a visitor's behalf (threat I3).
      expect((await cached.get(get)).status).toBe(400)
      expect((await cached.get(get, { 'content-type': 'text/plain' })).status).toBe(400)
    }
  })

  it('is worked out once, however many ask for it at once', async () => {
    const query = '{ stories(first: 3) { nodes { slug headline paragraphs { text } } } }'
    const alone = (await cached.newsroom.statementsOf(() => cached.askAnew(query))).length
    const answers: string[] = []
    const statements = await cached.newsroom.statementsOf(async () => {
      await Promise.all(Array.from({ length: 40 }, async () => answers.push((await cached.ask(query)).text)))
    })
    expect(new Set(answers).size).toBe(1)
    expect(statements.length).toBeLessThanOrEqual(alone + 1)
  })

  it('is gone when a change is acknowledged, whatever was changed (I9)', async () => {
    const { newsroom } = cached
    const queries = [LIST, PEOPLE, '{ search(query: "berth") { nodes { kind } } }', '{ tombstone(slug: "harbor-plan-c1") { reason advisory } story(slug: "harbor-plan-c1") { version headline usability { status } } }']
    const told: string[][] = []
    const after = async (what: string, change: () => Promise<unknown>, isSeen = true) => {
      for (const query of queries) await cached.expectSame(query)
      await change()
      const now = await Promise.all(queries.map(async (query) => (await cached.ask(query)).text))
      expect(now, what).toEqual(await Promise.all(queries.map(async (query) => (await cached.askAnew(query)).text)))
      if (isSeen) expect(now, what).not.toEqual(told.at(-1))
      told.push(now)
    }
    const run = async (mutation: string, input: object, role: 'EDITOR' | 'STANDARDS_EDITOR' = 'EDITOR') => {
      const type = mutation === 'createStory' || mutation === 'expungeRevisions' || mutation === 'correctStory' ? undefined : 'StoryActionInput'
      const saved = await desk.mutate(mutation, input, role, type)
      expect(saved.errors, mutation).toEqual([])
      return saved.story!
    }
    const { id } = await run('createStory', { document: draft('c1') })
    await after('publishing', () => run('publishStory', { storyId: id }))
    await desk.editParagraphs(id, 1, [{ at: 0, remove: 1, insert: [{ role: 'HEADLINE', text: 'Harbor plan c1 stalls' }] }])
    await after('correcting', () => desk.mutate('correctStory', { storyId: id, explanation: 'It stalls.' }))
    await after('holding', () => desk.mutate('holdStory', { storyId: id, advisory: 'We are checking.' }, 'EDITOR', 'RemoveStoryInput'))
    await after('restoring', () => run('restoreStory', { storyId: id }))
    await after('killing', () => desk.mutate('killStory', { storyId: id, advisory: 'It was wrong.' }, 'EDITOR', 'RemoveStoryInput'))
    await after('renaming a person', async () => (await newsroom.database.prisma()).person.update({ where: { key: 'ada-quill' }, data: { name: 'Ada B. Quill' } }), false)
    const { statementId } = await (await newsroom.database.prisma()).statementCitation.findFirstOrThrow({ where: { revision: { story: { slug: 'harbor-plan-1' } } } })
    await after('an embargo of a statement', async () => (await newsroom.database.prisma()).filedStatement.create({
      data: { statementId, channel: 'WRITTEN_STATEMENT', release: 'FULL', fingerprint: 'f', filedAt: newsroom.now, filedBy: 'editor', embargoedUntil: new Date(newsroom.now.getTime() + DAY) } as never,
    }))
  }, 60_000)

  it('stays while the newsroom works on what the public does not see', async () => {
    await cached.ask(LIST)
    const { id } = await desk.create(draft('d1'))
    await desk.editParagraphs(id, 1, [{ at: 6, insert: [{ role: 'CAPTION', text: 'One.' }] }])
    expect(await cached.isKept(() => cached.ask(LIST))).toBe(true)
  })
})

describe('the clock', () => {
  it('ends an answer at the instant at which another is due: a lifted embargo, a contract, a key, an archive\'s depth', async () => {
    const cached = await CachedNewsroom.open()
    onTestFinished(() => cached.close())
    const { newsroom } = cached
    const start = newsroom.now.getTime()
    const at = (days: number, milliseconds = 0) => new Date(start + days * DAY + milliseconds)
    await newsroom.add(
      story('now', { publication: { firstPublishedAt: at(-1).toISOString() } }),
      story('embargo', { publication: { firstPublishedAt: at(-1).toISOString(), embargoedUntil: at(1).toISOString() } }),
      story('statement', { publication: { firstPublishedAt: at(-1).toISOString() }, statements: [{ ...story('s').statements![0]!, key: 't1', embargoedUntil: at(2).toISOString() } as never] }),
    )
    const advance = await newsroom.partnerKey({ embargoAccess: 'ADVANCE', validUntil: at(5) }, 'Advance')
    const shallow = await newsroom.partnerKey({ archiveDays: 7 }, 'Shallow')
    const late = await newsroom.partnerKey({ validFrom: at(4) }, 'Late')
    await (await newsroom.database.prisma()).partnerKey.updateMany({ where: { partner: { name: 'Late' } }, data: { expiresAt: at(9) } })
    const viewers: readonly Record<string, string>[] = [{}, ...[advance, shallow, late].map((key) => ({ authorization: `Bearer ${key}` }))]
    const query = '{ stories { nodes { slug usability { status } officialStatements { issuer { name } } } } }'
    const seen = new Set<string>()
    for (const days of [1, 2, 4, 5, 6, 8, 9]) {
      for (const milliseconds of [-2, -1, 0]) {
        newsroom.now = at(days, milliseconds)
        for (const viewer of viewers) seen.add((await cached.expectSame(query, viewer)).text)
      }
    }
    expect(seen.size).toBeGreaterThan(5)
    // A clock that is set back sees what was to be seen then.
    newsroom.now = at(0.5)
    for (const viewer of viewers) await cached.expectSame(query, viewer)
  }, 60_000)
})

describe('what a partner reads', () => {
  it('is kept for its key alone, until the key or the contract changes', async () => {
    const taken: [string, readonly Taken[]][] = []
    const cached = await CachedNewsroom.open({ recordTaken: async (partner, stories) => { taken.push([partner.name, stories]) } })
    onTestFinished(() => cached.close())
    const { newsroom } = cached
    await newsroom.add(story(1), story(2, { desk: 'Science' }))
    const [metro, science] = [await newsroom.partnerKey({ desks: ['Metro'] }, 'Metro Radio'), await newsroom.partnerKey({ desks: ['Science'] }, 'Science Weekly')]
    const query = '{ stories { nodes { slug version } } }'
    const slugs = async (key?: string) => JSON.parse((await cached.ask(query, key === undefined ? {} : { authorization: `Bearer ${key}` })).text).data?.stories.nodes.map(({ slug }: { slug: string }) => slug).toSorted()
    for (let n = 0; n < 3; n += 1) {
      expect(await slugs()).toEqual(['harbor-plan-1', 'harbor-plan-2'])
      expect(await slugs(metro)).toEqual(['harbor-plan-1'])
      expect(await slugs(science)).toEqual(['harbor-plan-2'])
    }
    // Whose key it is, is asked each time, and nothing else.
    expect(await newsroom.statementsOf(() => slugs(metro))).toEqual([expect.stringContaining('"PartnerKey"')])
    // Recorded each time, also of what is kept.
    const { id } = await (await newsroom.database.prisma()).story.findFirstOrThrow({ where: { slug: 'harbor-plan-1' } })
    expect(taken.filter(([name]) => name === 'Metro Radio')).toEqual(Array.from({ length: 4 }, () => ['Metro Radio', [{ storyId: id, version: 1 }]]))
    await newsroom.changeContract({ desks: ['Science', 'Metro'] }, 'Metro Radio')
    expect(await slugs(metro)).toEqual(['harbor-plan-1', 'harbor-plan-2'])
    await (await newsroom.database.prisma()).partnerKey.updateMany({ where: { partner: { name: 'Metro Radio' } }, data: { revokedAt: newsroom.now, revokedBy: 'admin' } })
    expect((await cached.ask(query, { authorization: `Bearer ${metro}` })).status).toBe(401)
    expect(await slugs(science)).toEqual(['harbor-plan-2'])
  })

  it('is not sent where it cannot be recorded', async () => {
    let fails = false
    const cached = await CachedNewsroom.open({ recordTaken: async () => { if (fails) throw new Error('The ledger is full.') } })
    onTestFinished(() => cached.close())
    await cached.newsroom.add(story(1))
    const authorization = `Bearer ${await cached.newsroom.partnerKey()}`
    const query = '{ stories { nodes { slug } } }'
    expect((await cached.ask(query, { authorization })).status).toBe(200)
    fails = true
    for (const asked of [query, '{ stories { nodes { headline } } }']) {
      const answer = await cached.ask(asked, { authorization })
      expect(answer.status).toBe(500)
      expect(answer.text).not.toContain('harbor')
    }
    // Nothing of a story is in this one.
    expect((await cached.ask('{ __typename }', { authorization })).status).toBe(200)
  })
})

describe('whoever is given what is kept', () => {
  const query = '{ stories { nodes { slug } } }'

  it('is held to rates like everybody, and refused in the same form', async () => {
    const cached = await CachedNewsroom.open({ limits: { rates: ratesFrom({ READER: 5, STAFF: undefined, PARTNER: undefined }) } })
    onTestFinished(() => cached.close())
    for (let n = 0; n < 5; n += 1) expect((await cached.ask(query)).status).toBe(200)
    for (let n = 0; n < 5; n += 1) await cached.askAnew(query)
    const refused = await cached.ask(query)
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '12', 'cache-control': 'no-store' } })
    expect(refused).toEqual(await cached.askAnew(query))
    cached.newsroom.now = new Date(cached.newsroom.now.getTime() + 12_000)
    expect((await cached.ask(query)).status).toBe(200)
    expect((await cached.ask(query)).status).toBe(429)
  })

  it('is held to what it costs, once for each request', async () => {
    const cached = await CachedNewsroom.open({ limits: { rates: ratesFrom({ READER: 50, STAFF: undefined, PARTNER: undefined }) } })
    onTestFinished(() => cached.close())
    const dear = '{ stories(first: 100) { nodes { quotes { text } } } }'
    const [kept, anew] = [[], []] as [number[], number[]]
    for (let n = 0; n < 8; n += 1) {
      kept.push((await cached.ask(dear)).status)
      anew.push((await cached.askAnew(dear)).status)
    }
    expect(kept).toEqual([200, 200, 200, 200, 429, 429, 429, 429])
    expect(kept).toEqual(anew)
    // Of the requests, none was counted twice.
    expect((await cached.ask('{ __typename }')).status).toBe(200)
  })

  it('is in the log and in the metrics as any request is', async () => {
    const metrics = new Metrics()
    const cached = await CachedNewsroom.open({ metrics, logLevel: 'info' })
    onTestFinished(() => cached.close())
    for (let n = 0; n < 3; n += 1) await cached.ask(query)
    const lines = cached.newsroom.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request').map(({ time: _time, ms: _ms, ...line }) => line)
    expect(lines).toHaveLength(3)
    expect(lines[2]).toEqual(lines[0])
    expect(lines[0]).toMatchObject({ method: 'POST', route: '/graphql', status: 200, contract: 'PUBLIC', viewer: 'READER', operation: 'query', fields: ['stories'] })
    const { body } = await metrics.text()
    expect(body).toContain('onrecord_requests_total{contract="PUBLIC",operation="query",status="200"} 3')
    expect(body).toContain('onrecord_cache_lookups{state="hit"} 2')
    expect(body).toContain('onrecord_requests_in_flight 0')
  })
})

describe('a change while an answer is worked out', () => {
  it('keeps that answer from being kept', async () => {
    let reading: (() => void) | undefined
    let read: Promise<void> | undefined
    const slow = (database: Database): Database => ({
      ...database,
      query: async <Row>(statement: Statement, values: readonly unknown[]) => {
        const rows = await database.query<Row>(statement, values)
        if (/"publicDocument"/.test(statement.text)) { reading?.(); await read }
        return rows
      },
    })
    const cached = await CachedNewsroom.open({ database: slow })
    onTestFinished(() => cached.close())
    await cached.newsroom.add(story(1))
    const query = '{ stories { nodes { slug } } }'
    let go!: () => void
    read = new Promise((resolve) => { go = resolve })
    const started = new Promise<void>((resolve) => { reading = resolve })
    // It was read before the change, and is sent after it.
    const early = cached.ask(query)
    await started
    reading = undefined
    await (await cached.newsroom.database.prisma()).story.updateMany({ data: { state: 'KILLED', removedAt: cached.newsroom.now } })
    const later = cached.ask(query)
    go()
    read = undefined
    expect((await early).text).toContain('harbor-plan-1')
    expect((await later).text).toBe('{"data":{"stories":{"nodes":[]}}}\n')
    expect((await cached.ask(query)).text).toBe('{"data":{"stories":{"nodes":[]}}}\n')
    await listens(cached.newsroom.database)
  })
})

describe('the memory for answers', () => {
  it('is bounded: what was asked for longest ago gives way', async () => {
    const cached = await CachedNewsroom.open({ cacheBytes: 64 * 1024 })
    onTestFinished(() => cached.close())
    await cached.newsroom.add(story(1))
    const query = (n: number) => `{ a${n}: stories(first: 1) { nodes { slug } } }`
    for (let n = 0; n < 100; n += 1) await cached.ask(query(n))
    expect(await cached.isKept(() => cached.ask(query(99)))).toBe(true)
    expect(await cached.isKept(() => cached.ask(query(0)))).toBe(false)
    // Too large to be worth it.
    const large = `{ story(slug: "harbor-plan-1") { ${Array.from({ length: 20 }, (_, n) => `p${n}: paragraphs { text }`).join(' ')} } }`
    await cached.ask(large)
    expect(await cached.isKept(() => cached.ask(large))).toBe(false)
  })
})
