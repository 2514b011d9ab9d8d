import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/index.js'
import { PATHS } from '../../../src/server.js'
import { recordTakings } from '../../../src/syndication/ledger/index.js'
import { story } from '../../support/documents.js'
import { TestNewsroom } from '../../support/newsroom.js'
import { MINUTE, Newsdesk, SECOND } from '../newsdesk.js'

const DELIVERIES = '{ deliveries { partner { name } version way firstAt lastAt } }'

describe('what a partner took', () => {
  let newsroom: TestNewsroom
  let desk: Newsdesk
  let key: string
  let isFull = false
  /** A disk that is full: nothing is written. */
  const failing = (database: Database): Database => ({ ...database, query: (statement, values) => (isFull && statement.name.startsWith('record_takings') ? Promise.reject(Object.assign(new Error('no space left'), { code: '53100' })) : database.query(statement, values)) })
  beforeAll(async () => {
    newsroom = await TestNewsroom.open({ database: failing })
    desk = new Newsdesk(newsroom)
    key = await newsroom.partnerKey({ desks: ['Metro'] })
    for (const n of [1, 2, 3]) await newsroom.add(story(n, { publication: { firstPublishedAt: `2026-03-0${n}T12:00:00Z` } }))
    await newsroom.add(story('other', { desk: 'World' }))
  })
  afterAll(() => newsroom.close())

  const taken = async () => (await (await newsroom.database.prisma()).storyTaking.findMany({ include: { story: true }, orderBy: [{ story: { slug: 'asc' } }, { version: 'asc' }] })).map(({ story: { slug }, version, way }) => `${slug.replace('harbor-plan-', '')} ${version} ${way}`)
  const forget = async () => (await newsroom.database.prisma()).storyTaking.deleteMany()
  const read = (query: string) => newsroom.readAsPartner(key, query)

  it.each([
    ['{ story(slug: "harbor-plan-1") { headline } }', ['1 1 FETCHED']],
    // One more is looked at, to know whether there are more; it is not in the answer.
    ['{ stories(first: 1) { nodes { slug } } }', ['3 1 FETCHED']],
    ['{ stories { nodes { headline } } }', ['1 1 FETCHED', '2 1 FETCHED', '3 1 FETCHED']],
    ['{ quotes(first: 1) { nodes { text } } }', ['3 1 FETCHED']],
    ['{ a: story(slug: "harbor-plan-1") { headline } b: story(slug: "harbor-plan-2") { headline } }', ['1 1 FETCHED', '2 1 FETCHED']],
    ['{ changes { nodes { slug } } }', ['1 1 FETCHED', '2 1 FETCHED', '3 1 FETCHED']],
    ['{ persons { nodes { quotes(first: 1) { nodes { text } } } } }', ['3 1 FETCHED']],
    ['{ story(slug: "harbor-plan-other") { headline } }', []], ['{ story(slug: "nothing") { headline } }', []], ['{ tombstone(slug: "harbor-plan-1") { reason } }', []], ['{ __typename }', []], ['{ notices { nodes { id } } }', []], ['{ nonsense }', []],
  ])('is on record for %s', async (query, expected) => {
    await forget()
    await read(query)
    expect(await taken()).toEqual(expected)
  })

  it('is on record for a GET too, and nothing of what readers and staff read', async () => {
    await forget()
    const query = '{ story(slug: "harbor-plan-1") { headline } }'
    await newsroom.read(query)
    await newsroom.readAsStaff(query)
    expect(await taken()).toEqual([])
    await fetch(`${newsroom.url}${PATHS.PUBLIC}?query=${encodeURIComponent(query)}`, { headers: { authorization: `Bearer ${key}`, 'apollo-require-preflight': 'true' } })
    expect(await taken()).toEqual(['1 1 FETCHED'])
  })

  it('is on record before it is sent: where it cannot be written, there is no answer', async () => {
    await forget()
    isFull = true
    const answer = await read('{ story(slug: "harbor-plan-1") { headline } }')
    const empty = await read('{ story(slug: "nothing") { headline } }')
    const reader = await newsroom.read('{ story(slug: "harbor-plan-1") { headline } }')
    isFull = false
    expect(answer).toEqual({ status: 503, errors: [{ message: expect.any(String), extensions: { code: 'DATABASE_UNAVAILABLE', requestId: expect.any(String) } }] })
    expect(JSON.stringify(answer)).not.toMatch(/Harbor plan|no space/)
    expect([empty.status, reader.status]).toEqual([200, 200])
    expect(await taken()).toEqual([])
    expect((await read('{ story(slug: "harbor-plan-1") { headline } }')).status).toBe(200)
  })

  it('is on record before the change feed gives it over HTTP, as lines and as events', async () => {
    for (const accept of ['application/x-ndjson', 'text/event-stream']) {
      await forget()
      const ask = () => fetch(`${newsroom.url}/changes`, { headers: { authorization: `Bearer ${key}`, accept } })
      isFull = true
      const refused = await ask()
      isFull = false
      expect([refused.status, ((await refused.json()) as any).errors[0].extensions.code], accept).toEqual([503, 'DATABASE_UNAVAILABLE'])
      expect(await taken()).toEqual([])
      const { body } = await ask()
      const reader = body!.getReader()
      let text = ''
      while (!text.includes('harbor-plan-1')) text += Buffer.from((await reader.read()).value!).toString()
      expect(await taken(), accept).toEqual(['1 1 FETCHED', '2 1 FETCHED', '3 1 FETCHED'])
      await reader.cancel()
    }
  })

  it('is one row for each version, however often it is asked for, with the first and the last time', async () => {
    await forget()
    const start = newsroom.now
    const query = '{ story(slug: "harbor-plan-1") { headline } }'
    for (let n = 0; n < 5; n += 1) {
      desk.pass(20 * SECOND)
      await read(query)
    }
    const at = (seconds: number) => new Date(start.getTime() + seconds * SECOND).toISOString()
    const look = async () => (await newsroom.readAsStaff(`{ story(slug: "harbor-plan-1") ${DELIVERIES} }`)).data!['story'].deliveries
    // Written once a minute.
    expect(await look()).toEqual([{ partner: { name: 'Bay Radio' }, version: 1, way: 'FETCHED', firstAt: at(20), lastAt: at(80) }])
    await desk.revise('1', 'UPDATE')
    await read(query)
    await Promise.all(Array.from({ length: 10 }, () => read('{ stories { nodes { slug } } }')))
    expect((await look()).map(({ version }: { version: number }) => version)).toEqual([2, 1])
    expect(await taken()).toEqual(['1 1 FETCHED', '1 2 FETCHED', '2 1 FETCHED', '3 1 FETCHED'])
  }, 60_000)

  it('costs one SQL statement, whether or not it is new', async () => {
    for (const minutes of [0, 2, 0]) {
      desk.pass(minutes * MINUTE)
      const statements = await newsroom.statementsOf(() => read('{ stories { nodes { slug } } }'))
      expect(statements.filter((text) => text.includes('INSERT INTO "StoryTaking"'))).toHaveLength(1)
      expect(statements).toHaveLength(3)
    }
  })

  it('is listed for all stories, what was taken last first, page by page, in so many SQL statements however long the page is', async () => {
    await forget()
    for (const n of [1, 2, 3]) {
      desk.pass(MINUTE)
      await read(`{ story(slug: "harbor-plan-${n}") { headline } }`)
    }
    const list = async (args: string) => (await newsroom.readAsStaff(`{ deliveries(${args}) { nodes { partner { name } story { slug headline } version way } pageInfo { hasNextPage endCursor } } }`)).data!['deliveries']
    const first = await list('first: 2')
    expect(first.nodes).toMatchObject([{ partner: { name: 'Bay Radio' }, story: { slug: 'harbor-plan-3' }, version: 1, way: 'FETCHED' }, { story: { slug: 'harbor-plan-2' } }])
    const second = await list(`first: 2, after: "${first.pageInfo.endCursor}"`)
    expect([second.nodes.map(({ story: { slug } }: { story: { slug: string } }) => slug), second.pageInfo.hasNextPage]).toEqual([['harbor-plan-1'], false])
    const partner = Buffer.from(`Partner:${await desk.partnerId('Bay Radio')}`).toString('base64url')
    const nobody = Buffer.from('Partner:00000000-0000-4000-8000-000000000000').toString('base64url')
    expect([(await list(`partnerId: "${partner}"`)).nodes.length, (await list(`partnerId: "${nobody}"`)).nodes.length]).toEqual([3, 0])
    const { story } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { id } }')).data!
    expect((await list(`storyId: "${story.id}"`)).nodes).toMatchObject([{ story: { slug: 'harbor-plan-2' } }])
    expect(await newsroom.statementsOf(() => list('first: 3'))).toHaveLength((await newsroom.statementsOf(() => list('first: 1'))).length)
  })

  it('is for editors to see', async () => {
    expect((await newsroom.readAsStaff('{ deliveries { nodes { version } } }', undefined, 'REPORTER')).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect((await newsroom.readAsStaff(`{ story(slug: "harbor-plan-1") ${DELIVERIES} }`, undefined, 'REPORTER')).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it('is told of a recall that came while its answer was under way (I9)', async () => {
    // A partner that never had a contract: nobody tells it because it could have read the story.
    const [, partnerId] = [await newsroom.partnerKey({ validFrom: new Date('2030-01-01') }, 'No Contract'), await desk.partnerId('No Contract')]
    const { id: storyId } = await (await newsroom.database.prisma()).story.findFirstOrThrow({ where: { slug: 'harbor-plan-2' } })
    desk.pass(SECOND)
    const { actWithin } = await import('../../../src/stories/lifecycle.js')
    const { Checker } = await import('../../../src/findings/index.js')
    let recording: Promise<void> | undefined
    await newsroom.database.transaction(async (queries) => {
      expect(await actWithin(queries, { slug: 'harbor-plan-2' }, 'KILL', { name: 'editor', role: 'ADMIN' }, {}, newsroom.now, randomUUID, new Checker())).toMatchObject({ ok: true })
      recording = recordTakings(newsroom.database, [{ partnerId, storyId, version: 1 }], 'FETCHED', newsroom.now)
      await new Promise((resolve) => { setTimeout(resolve, 300) })
    })
    await recording
    expect(await (await newsroom.database.prisma()).notice.findMany({ where: { partnerId }, select: { kind: true, version: true } })).toEqual([{ kind: 'KILLED', version: 1 }])
  })
})

describe('what one partner took', () => {
  it('changes no byte of what another reads', async () => {
    const [quiet, busy] = [await TestNewsroom.open(), await TestNewsroom.open()]
    const keys: string[] = []
    for (const newsroom of [quiet, busy]) {
      const desk = new Newsdesk(newsroom)
      await newsroom.add(story(1), story(2), story(3, { evolvedFrom: 'harbor-plan-1' }))
      keys.push(await newsroom.partnerKey({}, 'Bay Radio'))
      const other = await newsroom.partnerKey({}, 'Night Owl')
      if (newsroom === busy) await newsroom.readAsPartner(other, '{ stories { nodes { slug headline } } }')
      await desk.act('2', 'KILL')
      if (newsroom === busy) {
        const { notices } = (await (await fetch(`${newsroom.url}/notices`, { headers: { authorization: `Bearer ${other}` } })).json()) as { notices: { id: string }[] }
        await fetch(`${newsroom.url}/notices/${notices[0]!.id}/acknowledgement`, { method: 'POST', headers: { authorization: `Bearer ${other}` } })
      }
    }
    for (const query of [
      '{ stories { edges { cursor node { id slug headline version publishedAt } } pageInfo { hasNextPage endCursor } } }', '{ story(slug: "harbor-plan-1") { headline quotes { text } usability { status } followUps { nodes { slug } } storyline { stories { nodes { slug } } } } }',
      '{ tombstone(slug: "harbor-plan-2") { reason removedAt advisory } }', '{ notices { nodes { id kind slug version at dueAt isOverdue } pageInfo { hasNextPage endCursor } } }', '{ search(query: "harbor") { nodes { kind story { slug } } } }', '{ persons { nodes { key quotes { nodes { text } } } } }', '{ officialStatements { nodes { id } } }',
    ]) {
      expect(await busy.bytes(query, keys[1]), query).toBe(await quiet.bytes(query, keys[0]))
      expect(await busy.bytes(query), query).toBe(await quiet.bytes(query))
    }
    expect((await quiet.readAsPartner(keys[0]!, '{ notices { nodes { kind } } }')).data!['notices'].nodes).toEqual([{ kind: 'KILLED' }])
    await quiet.close()
    await busy.close()
  }, 120_000)
})
