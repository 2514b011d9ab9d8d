import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { leaking, Pair, watchFields } from '../support/pair.js'
import { operations, operationsSaying, plainOnly, walk, type WalkedOperation, type WalkValues } from '../support/schema-walk.js'
import { like } from '../support/shape.js'
import { HARBOR, PUBLIC_ROOTS } from '../support/walk-values.js'
import { EMBARGOED, happenings, hide, OPEN } from './hidden.js'

const SCHEMA = schemas().PUBLIC
const reached = watchFields(SCHEMA)
const READER = { left: undefined, right: undefined }

describe('what is not published', () => {
  let pair: Pair
  let values: WalkValues
  let all: readonly WalkedOperation[]
  const partners: Record<string, Record<'left' | 'right', string>> = {}
  /** Set by a test that plants a leak: what the right server does with its answers. */
  let wrong: ((reply: { header(name: string, value: string): unknown; code(status: number): unknown }) => void) | undefined

  beforeAll(async () => {
    pair = new Pair(await TestNewsroom.open(), await TestNewsroom.open({ prepare: (server) => { server.addHook('onSend', async (_request, reply) => { wrong?.(reply) }) } }))
    for (const side of ['left', 'right'] as const) {
      const newsroom = pair[side]
      // Before what happens, so that they could have read what is recalled, and are told.
      newsroom.now = new Date('2026-03-10T11:00:00Z')
      for (const [name, contract] of [['Bay Radio', { desks: ['Metro'], archiveDays: 300 }], ['Wire', { embargoAccess: 'ADVANCE' }]] as const) (partners[name] ??= {} as never)[side] = await newsroom.partnerKey(contract, name)
      newsroom.now = new Date('2026-03-10T12:00:00Z')
      // What is public came out in the same order, which the change feed tells.
      await newsroom.add(...(side === 'left' ? OPEN : [OPEN[0]!, EMBARGOED[0]!, ...OPEN.slice(1), EMBARGOED[1]!]))
    }
    await pair.both(happenings)
    await hide(pair.right)
    const { data } = await pair.left.read('{ stories(orderBy: OLDEST) { nodes { id quotes { id } attributions { id } officialStatements { id } } } }')
    const stories = data!['stories'].nodes as { id: string; quotes: { id: string }[]; attributions: { id: string }[]; officialStatements: { id: string }[] }[]
    const ids = [stories[0]!.id, stories[1]!.quotes[0]!.id, stories[1]!.attributions[0]!.id, stories[1]!.officialStatements[0]!.id]
    values = {
      roots: { ...PUBLIC_ROOTS, story: 'slug: "harbor-plan-3"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` },
      values: { ...HARBOR, '(id)': [`"${ids[0]}"`], '(ids)': [JSON.stringify(ids)], 'Query.node(id)': ids.map((id) => `"${id}"`), '(statement)': [`"${ids[3]}"`] },
    }
    all = operations(SCHEMA, values)
  }, 120_000)
  afterAll(() => pair.close())

  it('changes no byte of any answer to a reader (I5, I6)', async () => {
    expect(all.length).toBeGreaterThan(400)
    expect(await pair.differences(all, PATHS.PUBLIC, READER)).toEqual([])
    expect(pair.answers.some((answer) => answer.includes('secret'))).toBe(false)
  }, 240_000)

  it('changes no byte of any answer to a partner without access in advance', async () => {
    expect(await pair.differences(plainOnly(all), PATHS.PUBLIC, partners['Bay Radio']!)).toEqual([])
  }, 120_000)

  it('is answered as what is not there, whatever is asked: by slug, id, key, code, word and in every filter', async () => {
    const { data } = await pair.right.readAsStaff('{ stories(first: 100) { nodes { id slug quotes { id } attributions { id } officialStatements { id } } } filedStatements(first: 1) { nodes { id } } }')
    const [draft, embargoed] = ['secret-draft', 'secret-embargo'].map((slug) => data!['stories'].nodes.find((node: { slug: string }) => node.slug === slug))
    const secrets: string[] = ['secret-draft', 'secret-person', 'medtop:16000000', draft.id, embargoed.id, embargoed.quotes[0].id, draft.attributions.at(-1).id, data!['filedStatements'].nodes[0].id, idOf('Person', 'secret-person'), 'Secret']
    const found: unknown[] = []
    for (const secret of secrets) {
      const [asked, random] = [operationsSaying(SCHEMA, values, secret), operationsSaying(SCHEMA, values, like(secret))]
      expect(asked.length).toBeGreaterThan(35)
      for (const [at, { path, query }] of asked.entries()) {
        const [told, untold] = [await pair.right.bytes(query), await pair.right.bytes(random[at]!.query)]
        if (told.replaceAll(secret, '') !== untold.replaceAll(like(secret), '')) found.push({ path, told, untold })
      }
    }
    expect(found).toEqual([])
  }, 240_000)

  it('is not told by a cursor that points at it', async () => {
    const query = '{ stories(first: 1, orderBy: NEWEST) { nodes { slug } pageInfo { endCursor } } }'
    const before = pair.right.now
    pair.right.now = new Date('2026-04-02T00:00:00Z')
    const cursors = new Set<string>()
    for (let after = ''; cursors.size < 3;) {
      const { stories } = (await pair.right.read(query.replace('first: 1', `first: 1${after}`))).data!
      cursors.add(stories.pageInfo.endCursor)
      after = `, after: "${stories.pageInfo.endCursor}"`
    }
    pair.right.now = before
    for (const cursor of cursors) for (const place of ['after', 'before']) expect((await pair.compare(place, PATHS.PUBLIC, READER, { query: query.replace('first: 1', `first: 1, ${place}: "${cursor}"`) })).difference).toEqual([])
  })

  describe('would be found', () => {
    const found = (fields: readonly string[]) => async () => pair.differences(all.filter((operation) => fields.every((field) => operation.fields.has(field))).slice(0, 4), PATHS.PUBLIC, READER)
    it.each<[string, readonly string[], (value: any) => unknown]>([
      ['a word', ['Story.headline'], (value) => `${String(value)} `], ['a number', ['Story.version'], (value) => value + 1], ['a time', ['Story.publishedAt'], () => new Date('2026-03-09T00:00:00Z')], ['a thing that is there', ['Story.storyline'], () => null],
      ['a count', ['StoryConnection.nodes'], (value) => value.slice(1)], ['the order', ['Story.attributions'], (value) => value.toReversed()], ['a page', ['PageInfo.hasNextPage'], (value) => !value], ['a cursor', ['PageInfo.endCursor'], (value) => value && `${String(value)}A`],
      ['an error', ['Person.name'], () => { throw new Error('x') }], ['a tombstone', ['Query.tombstone'], () => null], ['a change', ['Story.changesSince'], () => null], ['a filter', ['Query.search'], (value) => ({ ...value, edges: [], nodes: [] })],
    ])('in %s', async (_what, fields, plant) => {
      expect(await leaking(fields[0]!, plant, found(fields))).not.toEqual([])
      expect(await found(fields)()).toEqual([])
    })

    it.each<[string, NonNullable<typeof wrong>]>([['a header', (reply) => reply.header('x-stories', '7')], ['the status', (reply) => reply.code(203)]])('in %s', async (_what, leak) => {
      wrong = leak
      const differences = await found(['Story.slug'])()
      wrong = undefined
      expect(differences).not.toEqual([])
    })

    it('in a row of a story that is published', async () => {
      const { query } = { query: '{ stories { nodes { slug } } }' }
      await pair.right.add(story('more'))
      expect((await pair.compare('stories', PATHS.PUBLIC, READER, { query })).difference).not.toEqual([])
      await pair.left.add(story('more'))
      expect((await pair.compare('stories', PATHS.PUBLIC, READER, { query })).difference).toEqual([])
    })

    it('by a walk that meets a field without knowing its arguments', () => {
      const { '(descriptor)': _left, ...others } = values.values
      expect(() => operations(SCHEMA, { ...values, values: others })).toThrow('The walk needs values for AnonymousAttributionFilterInput.descriptor')
      expect(() => operations(SCHEMA, { ...values, roots: { ...values.roots, search: undefined as never } })).toThrow('The walk needs arguments for search: query')
    })
  })

  // From here on the newsrooms have the embargoed stories both.
  it('changes no byte of any answer to a partner with access in advance, where it is not what they have access to', async () => {
    await pair.left.add(...EMBARGOED)
    await pair.both(async (newsroom) => { newsroom.now = new Date('2026-03-11T12:00:00Z') })
    const missing = await pair.compare('embargoed', PATHS.PUBLIC, partners['Wire']!, { query: '{ story(slug: "secret-embargo") { embargo { isOpen until terms } } }' })
    expect(missing).toMatchObject({ difference: [], answer: expect.stringContaining('"until":"2026-04-01') })
    // In which order the embargoed stories came out, and which of them was recalled, is theirs to know.
    const others = plainOnly(all).filter(({ path }) => !/^Query\.(changes|notices)\b/.test(path))
    expect(await pair.differences(others, PATHS.PUBLIC, partners['Wire']!)).toEqual([])
    pair.right.now = pair.left.now = new Date('2026-03-10T12:00:00Z')
  }, 120_000)

  it('was compared in every field that there is', () => {
    const fields = walk(SCHEMA, values.roots).length
    expect(fields).toBeGreaterThan(300)
    const covered = new Set(all.flatMap((operation) => [...operation.fields]))
    expect(covered.size).toBe(fields)
    expect([...covered].filter((field) => !reached.has(field)).toSorted()).toEqual([])
  })

  it('appears at the instant its embargo ends, and no earlier (I6)', async () => {
    const query = '{ story(slug: "secret-embargo") { slug } }'
    const { right } = pair
    right.now = new Date('2026-03-31T23:59:59.999Z')
    expect((await right.read(query)).data).toEqual({ story: null })
    right.now = new Date('2026-04-01T00:00:00.000Z')
    expect((await right.read(query)).data).toEqual({ story: { slug: 'secret-embargo' } })
    right.now = new Date('2026-03-10T12:00:00Z')
  })

  it('is there for staff', async () => {
    expect((await pair.right.readAsStaff('{ story(slug: "secret-draft") { state version } }')).data).toEqual({ story: { state: 'DRAFT', version: 0 } })
  })
})

const idOf = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64url')
describe('what stays in the newsroom', () => {
  it('is in no answer of the public contract: agreements, approvals, attempts, claims, notes, off-record words (I4, I11)', async () => {
    const newsroom = await TestNewsroom.open()
    const unconfirmed = story('x')
    await newsroom.add({
      ...unconfirmed,
      attributions: unconfirmed.attributions!.map((entry) => (entry.key === 'a6' ? { ...entry, confirmed: false, proposal: { rule: 'CANARY-RULE', confidence: 0.5 } } : entry)),
      statements: [{ ...unconfirmed.statements![0]!, release: 'EXCERPT', texts: [{ takenAt: '2026-03-01T09:30:00Z', text: 'The plan is sound. CANARY-FULL-TEXT' }] }],
    })
    const ids = (await newsroom.read('{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
    const given = { roots: { ...PUBLIC_ROOTS, story: 'slug: "harbor-plan-x"', search: 'query: "canary"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` }, values: { ...HARBOR, '(id)': [`"${ids[0]}"`], '(ids)': [JSON.stringify(ids)], '(statement)': [`"${idOf('OfficialStatement', 'x')}"`] } }
    for (const { path, query } of plainOnly(operations(SCHEMA, given))) {
      const answer = await newsroom.bytes(query)
      expect(answer, path).not.toMatch(/CANARY-(?!FULL)/)
      expect(answer.includes('CANARY-FULL'), path).toBe(false)
    }
    const { data } = await newsroom.read('{ story(slug: "harbor-plan-x") { attributions { mention { exact } source { kind } saidAt occasion antecedent { mention { exact } } } } search(query: "canary") { nodes { kind } } }')
    expect(data!['search'].nodes).toEqual([])
    const attributions = data!['story'].attributions as { source: { kind: string }; saidAt: string | null; occasion: string | null }[]
    // The unconfirmed one and the off-record one are gone.
    expect(attributions).toHaveLength(6)
    expect(attributions.filter((entry) => entry.source.kind === 'DOCUMENT')).toEqual([])
    // When one spoke with an unnamed source is not told; with a named one it is.
    expect(attributions.map((entry) => [entry.source.kind, entry.saidAt !== null])).toContainEqual(['PERSON', true])
    expect(attributions.filter((entry) => entry.source.kind === 'ANONYMOUS').every((entry) => entry.saidAt === null && entry.occasion === null)).toBe(true)
    await newsroom.close()
  }, 60_000)
})
