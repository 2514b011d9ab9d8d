import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statement } from '../../src/database/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { draft, TestDesk } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { walk } from '../support/schema-walk.js'
import { CachedNewsroom } from './cached-newsroom.js'

const HOUR = 60 * 60 * 1000
const SLUGS = ['p0', 'p1', 'p2', 'p3']
const QUERIES = [
  '{ stories(first: 100) { nodes { slug version headline usability { status } corrections { explanation } officialStatements { issuer { name } } } } }',
  ...SLUGS.map((slug) => `{ story(slug: "harbor-plan-${slug}") { version headline quotes { text } } tombstone(slug: "harbor-plan-${slug}") { reason } }`),
  '{ persons { nodes { key name quotes(first: 3) { nodes { text story { slug } } } } } search(query: "berth") { nodes { kind } } }',
]

/** What can happen, each with a number that decides about whom and how. */
const happening = fc.record({
  kind: fc.constantFrom('read', 'read', 'read', 'read', 'publish', 'update', 'correct', 'hold', 'restore', 'kill', 'unpublish', 'embargo', 'lift', 'clock', 'rename', 'statement', 'contract', 'revoke'),
  n: fc.nat(1_000),
})

describe('a server that keeps answers', () => {
  let cached: CachedNewsroom
  let desk: TestDesk
  const keys: string[] = []
  beforeAll(async () => {
    cached = await CachedNewsroom.open()
    desk = new TestDesk(cached.newsroom)
    await cached.newsroom.add(story(0))
    for (const name of ['Bay Radio', 'Hill Press']) keys.push(await cached.newsroom.partnerKey({ embargoAccess: 'ADVANCE', archiveDays: 30 }, name))
  })
  afterAll(() => cached.close())

  it('answers like one that keeps none, whatever happens in whatever order', async () => {
    const ids = new Map<string, string>()
    const { newsroom } = cached
    const act = async (mutation: string, input: object, type = 'StoryActionInput') => {
      // Refused or not: what matters is what is read afterwards.
      expect((await newsroom.readAsStaff(`mutation ($input: ${type}!) { ${mutation}(input: $input) { errors { code } } }`, { input }, 'ADMIN')).errors, mutation).toBeUndefined()
    }
    const happen: Readonly<Record<string, (n: number, storyId: string) => Promise<unknown>>> = {
      publish: (_n, storyId) => act('publishStory', { storyId }),
      update: async (n, storyId) => {
        const { story: found } = (await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { revision { number } } }', { id: storyId })).data!
        await act('editParagraphs', { storyId, expectedRevision: found.revision.number, edits: [{ at: 0, remove: 1, insert: [{ role: 'HEADLINE', text: `Harbor plan ${n}` }] }] }, 'EditParagraphsInput')
        await act('updateStory', { storyId })
      },
      correct: (n, storyId) => act('correctStory', { storyId, explanation: `It is ${n}.` }, 'CorrectStoryInput'),
      hold: (_n, storyId) => act('holdStory', { storyId }, 'RemoveStoryInput'),
      restore: (_n, storyId) => act('restoreStory', { storyId }),
      kill: (n, storyId) => (n % 3 === 0 ? act('killStory', { storyId }, 'RemoveStoryInput') : Promise.resolve()),
      unpublish: (_n, storyId) => act('unpublishStory', { storyId }, 'RemoveStoryInput'),
      embargo: (n, storyId) => act('embargoStory', { storyId, until: new Date(newsroom.now.getTime() + (1 + (n % 5)) * HOUR).toISOString() }, 'EmbargoStoryInput'),
      lift: (_n, storyId) => act('liftEmbargo', { storyId, reason: 'AGREED' }, 'LiftEmbargoInput'),
      clock: async (n) => { newsroom.now = new Date(newsroom.now.getTime() + (n % 7) * HOUR) },
      rename: async (n) => (await newsroom.database.prisma()).person.update({ where: { key: 'ada-quill' }, data: { name: `Ada ${n}` } }),
      statement: async (n) => {
        const { statementId } = await (await newsroom.database.prisma()).statementCitation.findFirstOrThrow({ orderBy: { statementId: 'asc' } })
        const data = { channel: 'WRITTEN_STATEMENT', release: n % 2 ? 'FULL' : 'EXCERPT', embargoedUntil: n % 3 ? new Date(newsroom.now.getTime() + (n % 5) * HOUR) : null } as const
        await (await newsroom.database.prisma()).filedStatement.upsert({ where: { statementId }, update: data, create: { statementId, ...data, fingerprint: 'f', filedAt: newsroom.now, filedBy: 'editor' } as never })
      },
      contract: (n) => newsroom.changeContract({ desks: n % 2 ? ['Metro'] : ['Science'], archiveDays: 1 + (n % 30), embargoAccess: n % 3 ? 'ADVANCE' : 'NONE', ...(n % 5 === 0 && { validUntil: new Date(newsroom.now.getTime() + HOUR) }) }, n % 2 ? 'Bay Radio' : 'Hill Press'),
      revoke: async (n) => (n % 10 === 0 ? (await newsroom.database.prisma()).partnerKey.updateMany({ where: { partner: { name: 'Hill Press' }, revokedAt: null }, data: { revokedAt: newsroom.now, revokedBy: 'admin' } }) : Promise.resolve()),
    }
    const read = async (n: number) => {
      const query = QUERIES[n % QUERIES.length]!
      const key = [undefined, ...keys][n % (keys.length + 1)]
      const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
      expect(await cached.ask(query, headers), query).toEqual(await cached.askAnew(query, headers))
    }
    for (const slug of SLUGS) ids.set(slug, (await desk.create(draft(slug))).id)
    await fc.assert(fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 25 }), async (happenings) => {
      for (const { kind, n } of happenings) {
        if (kind === 'read') await read(n)
        else await happen[kind]!(n, ids.get(SLUGS[n % SLUGS.length]!)!)
      }
      // What was read before, and is no longer so.
      for (let n = 0; n < 3 * QUERIES.length; n += 1) await read(n)
    }), { numRuns: 8, endOnFailure: true })
  }, 120_000)

  it('hears of every table that the public contract reads', async () => {
    const [first] = JSON.parse((await cached.askAnew('{ stories(first: 1) { nodes { id } } }')).text).data.stories.nodes
    const roots = { story: 'slug: "harbor-plan-0"', tombstone: 'slug: "harbor-plan-0"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${first.id}"`, nodes: `ids: ["${first.id}"]` }
    const headers = { authorization: `Bearer ${keys[0]!}` }
    const statements = await cached.newsroom.statementsOf(async () => {
      for (const { path, query } of walk(schemas().PUBLIC, roots)) {
        if (path.split('.').length > 5) continue
        await cached.askAnew(query(2))
        await cached.askAnew(query(2), headers)
      }
    })
    // What is noted of an answer that is given is no part of any.
    const read = new Set(statements.filter((text) => !text.includes('INTO "StoryTaking"')).flatMap((text) => [...text.matchAll(/\b(?:FROM|JOIN) "(\w+)"/g)].map(([, table]) => table!)))
    expect(read.size).toBeGreaterThan(10)
    const triggers = await cached.newsroom.database.query<{ table: string; name: string }>(statement('triggers', `SELECT c.relname AS table, t.tgname AS name FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal`), [])
    const deaf = [...read].filter((table) => !triggers.some((trigger) => trigger.table === table && /_public_|_frozen_update$/.test(trigger.name)))
    expect(deaf).toEqual([])
  }, 120_000)
})
