import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { act, type Action, type ActDetails } from '../../src/stories/index.js'
import { draft } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type TestContract } from '../support/newsroom.js'

const NOW = new Date('2026-03-10T12:00:00Z')
const DAY = 24 * 60 * 60 * 1000
const [ECONOMY, CONFLICT] = [{ code: 'medtop:04000000', name: 'economy, business and finance' }, { code: 'medtop:16000000', name: 'conflict, war and peace' }]
const published = (firstPublishedAt: string, change: object = {}) => ({ publication: { firstPublishedAt, ...change } })

let newsroom: TestNewsroom
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  await newsroom.add(
    story('metro-economy', { desk: 'Metro', topics: [ECONOMY] }), story('world-economy', { desk: 'World', topics: [ECONOMY] }), story('metro-both', { desk: 'Metro', topics: [ECONOMY, CONFLICT] }), story('world-conflict', { desk: 'World', topics: [CONFLICT] }),
    story('quoted-desk', { desk: `"O'Hara", {x}`, topics: [] }),
    story('old', { desk: 'Old', topics: [], ...published('2025-01-01T12:00:00Z') }),
    story('old-corrected', { desk: 'Old', topics: [], ...published('2025-01-01T12:00:00Z', { publishedAt: '2026-03-05T12:00:00Z', version: 2 }) }),
    story('old-embargo', { desk: 'Old', topics: [], ...published('2025-01-01T12:00:00Z', { embargoedUntil: '2026-03-06T12:00:00Z' }) }),
    story('embargoed', { desk: 'Later', ...published('2026-03-02T12:00:00Z', { embargoedUntil: '2026-04-01T00:00:00Z' }) }),
  )
})
afterEach(() => { newsroom.now = NOW })
afterAll(() => newsroom.close())

let count = 0
const keyOf = (contract: TestContract, scopes?: readonly string[]) => newsroom.partnerKey(contract, `Partner ${count++}`, scopes)
const slugs = async (key: string) => {
  const answer = await newsroom.readAsPartner(key, '{ stories(first: 100) { nodes { slug } } }')
  expect(answer).toMatchObject({ status: 200 })
  return (answer.data!['stories'].nodes as { slug: string }[]).map(({ slug }) => slug.replace('harbor-plan-', '')).toSorted()
}
const read = async (key: string, query: string) => {
  const { data, errors } = await newsroom.readAsPartner(key, query)
  expect(errors).toBeUndefined()
  return data!
}
const take = async (slug: string, action: Action, details: ActDetails = {}) => {
  const result = await act(newsroom.database, { slug }, action, { name: 'editor', role: 'ADMIN' }, details, newsroom.now, randomUUID)
  expect(result).toMatchObject({ ok: true })
}

describe('a contract covers', () => {
  it.each([
    [{}, ['metro-both', 'metro-economy', 'old', 'old-corrected', 'old-embargo', 'quoted-desk', 'world-conflict', 'world-economy']],
    [{ desks: ['Metro'] }, ['metro-both', 'metro-economy']],
    [{ desks: ['metro'] }, []],
    [{ desks: ['Metro', 'World'] }, ['metro-both', 'metro-economy', 'world-conflict', 'world-economy']],
    [{ topics: [CONFLICT.code] }, ['metro-both', 'world-conflict']],
    [{ desks: ['Metro'], topics: [CONFLICT.code] }, ['metro-both']],
    [{ topics: ['medtop:99000000'] }, []],
    [{ desks: [`"O'Hara", {x}`] }, ['quoted-desk']],
    [{ desks: ["' OR 1=1 --", 'NULL', '{}'] }, []],
    [{ desks: ['Old'], archiveDays: 30 }, ['old-corrected', 'old-embargo']],
    [{ desks: ['Old'], archiveDays: 5 }, ['old-embargo']],
    [{ desks: ['Later'] }, []],
    [{ desks: ['Later'], embargoAccess: 'ADVANCE' as const }, ['embargoed']],
    [{ desks: ['Metro'], embargoAccess: 'ADVANCE' as const }, ['metro-both', 'metro-economy']],
  ])('%j', async (contract, expected) => {
    const key = await keyOf(contract)
    expect(await slugs(key)).toEqual(expected)
    for (const slug of ['metro-economy', 'world-conflict', 'old', 'embargoed']) {
      expect((await read(key, `{ story(slug: "harbor-plan-${slug}") { slug } }`))['story'] !== null, slug).toBe(expected.includes(slug))
    }
  })

  it('a story until the instant at which it is too old, and not at it', async () => {
    const key = await keyOf({ desks: ['Metro'], archiveDays: 30 })
    newsroom.now = new Date(Date.parse('2026-03-01T12:00:00Z') + 30 * DAY - 1)
    expect(await slugs(key)).toEqual(['metro-both', 'metro-economy'])
    newsroom.now = new Date(Date.parse('2026-03-01T12:00:00Z') + 30 * DAY)
    expect(await slugs(key)).toEqual([])
    expect((await newsroom.read('{ story(slug: "harbor-plan-metro-both") { slug } }')).data!['story']).not.toBeNull()
  })

  it('nothing before it begins, nor from the instant on at which it ends, though the key is valid', async () => {
    const key = await keyOf({ desks: ['Metro'], validFrom: new Date('2026-05-01T00:00:00Z'), validUntil: new Date('2026-06-01T00:00:00Z') })
    for (const [at, seen] of [['2026-03-10T12:00:00Z', 0], ['2026-04-30T23:59:59.999Z', 0], ['2026-05-01T00:00:00Z', 2], ['2026-05-31T23:59:59.999Z', 2], ['2026-06-01T00:00:00Z', 0]] as const) {
      newsroom.now = new Date(at)
      expect(await slugs(key), at).toHaveLength(seen)
    }
  })

  it('what the last one that has begun says, from its first instant on; one that ended is not followed by the one before', async () => {
    const key = await keyOf({ desks: ['Metro'] }, ['READ'])
    const name = `Partner ${count - 1}`
    await newsroom.changeContract({ desks: ['World'], validFrom: new Date('2026-05-01T00:00:00Z'), validUntil: new Date('2026-06-01T00:00:00Z') }, name)
    for (const [at, expected] of [['2026-04-30T23:59:59.999Z', ['metro-both', 'metro-economy']], ['2026-05-01T00:00:00Z', ['world-conflict', 'world-economy']], ['2026-06-01T00:00:00Z', []]] as const) {
      newsroom.now = new Date(at)
      expect(await slugs(key), at).toEqual(expected)
    }
    newsroom.now = NOW
    await newsroom.changeContract({ desks: ['Old'] }, name)
    expect(await slugs(key)).toEqual(['old', 'old-corrected', 'old-embargo'])
  })

  it('nothing where there is none', async () => {
    const key = await keyOf({ validFrom: new Date('2030-01-01T00:00:00Z'), embargoAccess: 'ADVANCE' })
    expect(await slugs(key)).toEqual([])
    expect(await read(key, '{ persons { nodes { key } } topics { nodes { code } } search(query: "harbor") { nodes { kind } } quotes { nodes { id } } }')).toEqual({ persons: { nodes: [] }, topics: { nodes: [] }, search: { nodes: [] }, quotes: { nodes: [] } })
  })

  it('a story by the desk and topics that are public, not by those of a draft', async () => {
    await newsroom.add(story('moving', { desk: 'East', topics: [] }))
    const [east, west] = [await keyOf({ desks: ['East'] }), await keyOf({ desks: ['West'] })]
    const { id, document } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-moving") { id document } }')).data!['story']
    await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { code } } }', { input: { storyId: id, expectedRevision: 1, document: { ...document, desk: 'West' } } })
    expect([await slugs(east), await slugs(west)]).toEqual([['moving'], []])
    await take('harbor-plan-moving', 'UPDATE')
    expect([await slugs(east), await slugs(west)]).toEqual([[], ['moving']])
  })
})

describe('an embargoed story', () => {
  const QUERY = '{ story(slug: "harbor-plan-embargoed") { embargo { until isOpen terms } usability { status } headline } }'

  it('is read in advance with the embargo on it, and without it from the instant on at which that ends (I6)', async () => {
    const [early, late] = [await keyOf({ embargoAccess: 'ADVANCE' }), await keyOf({})]
    const id = (await read(early, '{ story(slug: "harbor-plan-embargoed") { id } }'))['story'].id
    expect((await read(early, QUERY))['story']).toEqual({ embargo: { until: '2026-04-01T00:00:00.000Z', isOpen: false, terms: null }, usability: { status: 'EMBARGOED' }, headline: 'Harbor plan embargoed moves ahead' })
    newsroom.now = new Date('2026-03-31T23:59:59.999Z')
    const hidden = [`{ node(id: "${id}") { id } }`, `{ story(id: "${id}") { id } }`, QUERY, '{ search(query: "embargoed") { nodes { kind } } }', '{ stories(filter: {desks: ["Later"]}) { nodes { slug } } }']
    for (const query of hidden) expect(await newsroom.bytes(query, late), query).toBe(await newsroom.bytes(query.replace(id, Buffer.from(`Story:${randomUUID()}`).toString('base64url')).replace('plan-embargoed', 'plan-nothing'), late))
    newsroom.now = new Date('2026-04-01T00:00:00Z')
    for (const key of [early, late]) expect((await read(key, QUERY))['story']).toMatchObject({ embargo: null, usability: { status: 'USABLE' } })
    expect((await newsroom.read(QUERY)).data!['story']).toMatchObject({ embargo: null })
  })

  it('tells its terms, and that it has no end, until somebody lifts it', async () => {
    const key = await keyOf({ embargoAccess: 'ADVANCE' })
    const desk = await newsroom.readAsStaff('mutation ($input: CreateStoryInput!) { createStory(input: $input) { errors { code } } }', { input: { document: draft('open', { desk: 'Later' }) } })
    expect(desk.data!['createStory'].errors).toEqual([])
    await take('harbor-plan-open', 'EMBARGO', { embargo: { until: undefined, terms: 'Until the port has told its crews.' } })
    const query = '{ story(slug: "harbor-plan-open") { embargo { until isOpen terms } } }'
    expect(await read(key, query)).toEqual({ story: null })
    await take('harbor-plan-open', 'PUBLISH')
    expect(await read(key, query)).toEqual({ story: { embargo: { until: null, isOpen: true, terms: 'Until the port has told its crews.' } } })
    expect((await newsroom.readAsStaff('{ story(slug: "harbor-plan-open") { embargo { until isOpen terms setBy } } }')).data).toEqual({ story: { embargo: { until: null, isOpen: true, terms: 'Until the port has told its crews.', setBy: 'editor' } } })
    await take('harbor-plan-open', 'LIFT_EMBARGO', { lift: { reason: 'AGREED' } })
    expect(await read(key, query)).toEqual({ story: { embargo: null } })
  })

  it('has nothing of the newsroom in it, and shows no statement that is under an embargo of its own', async () => {
    const base = story('doubly', { desk: 'Later', ...published('2026-03-02T12:00:00Z', { embargoedUntil: '2026-04-01T00:00:00Z' }) })
    await newsroom.add({ ...base, statements: base.statements!.map((statement) => ({ ...statement, embargoedUntil: '2026-04-01T00:00:00Z' })) })
    const key = await keyOf({ embargoAccess: 'ADVANCE' })
    const { story: found } = await read(key, '{ story(slug: "harbor-plan-doubly") { officialStatements { fullText } quotes { text excerpt { exact } } attributions { text } requestsForComment { outcomeLine { exact } } sources { label } anonymousAttributions { descriptor anonymousSource { reason { text } } } } }')
    expect(found).toMatchObject({ officialStatements: [], quotes: [{ excerpt: null }, { excerpt: null }] })
    expect(found.attributions).toHaveLength(7)
    expect(JSON.stringify(found)).not.toContain('CANARY')
    newsroom.now = new Date('2026-04-01T00:00:00Z')
    expect((await read(key, '{ story(slug: "harbor-plan-doubly") { officialStatements { fullText } } }'))['story'].officialStatements).toHaveLength(1)
  })
})

describe('a story that was taken from the public leaves a tombstone', () => {
  const tombstone = async (key: string, n: string) => (await read(key, `{ tombstone(slug: "harbor-plan-${n}") { reason } }`))['tombstone']?.reason ?? null

  it('for partners whose contract covered it while it was there, also when that contract is over', async () => {
    newsroom.now = new Date('2026-03-01T12:00:00Z')
    const [covered, elsewhere, narrowed] = [await keyOf({ desks: ['Metro'] }), await keyOf({ desks: ['World'] }), await keyOf({ desks: ['Metro'] })]
    const name = `Partner ${count - 1}`
    newsroom.now = NOW
    await newsroom.add(story('gone', { desk: 'Metro', topics: [] }))
    await take('harbor-plan-gone', 'KILL', { removal: { advisory: 'Take it down.' } })
    newsroom.now = new Date(NOW.getTime() + DAY)
    await newsroom.changeContract({ desks: ['World'] }, name)
    const since = await keyOf({ desks: ['Metro'] })
    expect(await Promise.all([covered, elsewhere, narrowed, since].map((key) => tombstone(key, 'gone')))).toEqual(['KILLED', null, 'KILLED', null])
    expect(await slugs(narrowed)).not.toContain('gone')
    expect(await newsroom.bytes('{ tombstone(slug: "harbor-plan-gone") { reason } }', elsewhere)).toBe(await newsroom.bytes('{ tombstone(slug: "harbor-plan-nothing") { reason } }', elsewhere))
  })

  it('under its embargo for those who read it in advance, and for nobody else', async () => {
    newsroom.now = new Date('2026-03-01T12:00:00Z')
    const [early, late, withoutScope] = [await keyOf({ embargoAccess: 'ADVANCE' }), await keyOf({}), await keyOf({ embargoAccess: 'ADVANCE' }, ['READ'])]
    newsroom.now = NOW
    await newsroom.add(story('stopped', { desk: 'Later', ...published('2026-03-02T12:00:00Z', { embargoedUntil: '2026-04-01T00:00:00Z' }) }))
    await take('harbor-plan-stopped', 'KILL')
    newsroom.now = new Date('2026-05-01T00:00:00Z')
    expect(await Promise.all([early, late, withoutScope].map((key) => tombstone(key, 'stopped')))).toEqual(['KILLED', null, null])
    expect((await newsroom.read('{ tombstone(slug: "harbor-plan-stopped") { reason } }')).data).toEqual({ tombstone: null })
  })

  it('never where the embargo ended while the story was held: nobody without early access could see it (I5, I6)', async () => {
    newsroom.now = new Date('2026-03-01T12:00:00Z')
    const [early, late] = [await keyOf({ desks: ['Later'], embargoAccess: 'ADVANCE' }), await keyOf({ desks: ['Later'] })]
    newsroom.now = NOW
    const embargo = (n: string) => story(n, { desk: 'Later', topics: [], ...published('2026-03-02T12:00:00Z', { embargoedUntil: '2026-03-15T00:00:00Z' }) })
    await newsroom.add(embargo('unseen'), embargo('seen'), embargo('restored'), story('history', { desk: 'Later', topics: [], ...published('2025-03-02T12:00:00Z', { embargoedUntil: '2025-03-15T00:00:00Z' }) }))
    for (const n of ['unseen', 'restored']) await take(`harbor-plan-${n}`, 'HOLD')
    newsroom.now = new Date('2026-03-20T00:00:00Z')
    // Nobody recorded that the embargo of "seen" ended; it was there to be read all the same.
    expect((await newsroom.read('{ story(slug: "harbor-plan-seen") { slug } }')).data!['story']).not.toBeNull()
    await take('harbor-plan-restored', 'RESTORE')
    newsroom.now = new Date('2026-03-21T00:00:00Z')
    const since = await keyOf({ desks: ['Later'] })
    for (const n of ['unseen', 'seen', 'restored', 'history']) await take(`harbor-plan-${n}`, 'KILL', { removal: { advisory: 'It is wrong.' } })

    const told = async (key: string | undefined, n: string) => {
      const page = await fetch(`${newsroom.url}/stories/harbor-plan-${n}`, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
      const query = `{ tombstone(slug: "harbor-plan-${n}") { reason } search(query: "harbor-plan-${n}") { nodes { kind } } changes(first: 100) { nodes { ... on RemovedStory { slug reason } } } notices(first: 100) { nodes { slug } } }`
      const { data } = key === undefined ? await newsroom.read(query) : await newsroom.readAsPartner(key, query)
      const isOfIt = ({ slug }: { slug?: string }) => slug === `harbor-plan-${n}`
      return [data!['tombstone']?.reason ?? null, page.status, data!['changes'].nodes.filter(isOfIt).length > 0, data!['notices'].nodes.some(isOfIt)]
    }
    const [never, yes] = [[null, 404, false, false], ['KILLED', 410, true, true]]
    for (const key of [undefined, late]) expect(await told(key, 'unseen')).toEqual(never)
    expect(await newsroom.bytes('{ tombstone(slug: "harbor-plan-unseen") { reason } }')).toBe(await newsroom.bytes('{ tombstone(slug: "harbor-plan-nothing") { reason } }'))
    expect(await told(early, 'unseen')).toEqual(yes)
    for (const n of ['seen', 'restored', 'history']) {
      expect(await told(undefined, n), n).toEqual(['KILLED', 410, true, false])
      expect(await told(late, n), n).toEqual(yes)
    }
    expect(await told(since, 'unseen')).toEqual(never)
  })

  it('within the archive depth that the story had then, not now', async () => {
    newsroom.now = new Date('2026-03-01T12:00:00Z')
    const then = await keyOf({ archiveDays: 5 })
    newsroom.now = new Date('2026-03-08T12:00:00Z')
    const tooLate = await keyOf({ archiveDays: 5 })
    newsroom.now = NOW
    await newsroom.add(story('aged', { desk: 'Metro', topics: [] }))
    await take('harbor-plan-aged', 'WITHDRAW')
    expect([await tombstone(then, 'aged'), await tombstone(tooLate, 'aged')]).toEqual(['WITHDRAWN', null])
  })
})

describe('a cursor of a partner', () => {
  const page = (after: string) => `{ stories(first: 2, after: ${JSON.stringify(after)}) { nodes { slug } } }`
  const cursorOf = (answer: { data?: Record<string, any> | null }) => answer.data!['stories'].pageInfo.endCursor as string
  const FIRST = '{ stories(first: 2) { pageInfo { endCursor } } }'

  it('is refused for another partner with the same contract, for readers and for staff; and theirs for it (S8)', async () => {
    const [mine, other] = [await keyOf({ desks: ['Metro'] }), await keyOf({ desks: ['Metro'] })]
    const [ofMine, ofReader, ofStaff] = [cursorOf(await newsroom.readAsPartner(mine, FIRST)), cursorOf(await newsroom.read(FIRST)), cursorOf(await newsroom.readAsStaff(FIRST))]
    const refusals = [await newsroom.readAsPartner(other, page(ofMine)), await newsroom.read(page(ofMine)), await newsroom.readAsStaff(page(ofMine)), await newsroom.readAsPartner(mine, page(ofReader)), await newsroom.readAsPartner(mine, page(ofStaff))]
    for (const refusal of refusals) expect(refusal.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect((await newsroom.readAsPartner(mine, page(ofMine))).errors).toBeUndefined()
  })

  it('outlives a change of its contract: what follows is what may be seen then', async () => {
    const key = await keyOf({ desks: ['Metro', 'World'] })
    const cursor = cursorOf(await newsroom.readAsPartner(key, '{ stories(first: 1) { pageInfo { endCursor } } }'))
    await newsroom.changeContract({ desks: ['Old'] }, `Partner ${count - 1}`)
    expect((await read(key, page(cursor)))['stories'].nodes.map((node: { slug: string }) => node.slug)).toEqual(expect.arrayContaining([expect.stringMatching(/^harbor-plan-old/)]))
  })
})

describe('partners with other contracts', () => {
  it('share prepared statements: there are two texts for each, whatever the contracts', async () => {
    const contracts: TestContract[] = [{}, { archiveDays: 30 }, { embargoAccess: 'ADVANCE' }, { desks: ['Metro'] }, { topics: [ECONOMY.code] }, { desks: ['World', 'Metro'], topics: [CONFLICT.code], archiveDays: 3, embargoAccess: 'ADVANCE' }, { validFrom: new Date('2030-01-01T00:00:00Z') }]
    const keys = await Promise.all(contracts.map((contract) => keyOf(contract)))
    for (const query of ['{ stories { nodes { slug } } }', '{ story(slug: "harbor-plan-old") { slug } }', '{ person(key: "ada-quill") { quotes { nodes { text } } } }', '{ search(query: "harbor") { nodes { kind } } }', '{ officialStatements { nodes { id } } }']) {
      const texts = new Set<string>()
      for (const key of keys) for (const text of await newsroom.statementsOf(() => newsroom.readAsPartner(key, query))) if (!text.includes('INTO "StoryTaking"')) texts.add(text)
      // One tells who asks, and one that is always the same notes what they take. A person's quotes are asked for with the person.
      expect(texts.size, query).toBe(1 + 2)
    }
  })

  it('are answered at the same time, each its own', async () => {
    const [metro, world] = [await keyOf({ desks: ['Metro'] }), await keyOf({ desks: ['World'] })]
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => slugs(n % 2 ? metro : world)))
    for (const [n, answer] of answers.entries()) expect(answer).toEqual(n % 2 ? ['metro-both', 'metro-economy'] : ['world-conflict', 'world-economy'])
  })
})
