import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StoryDocument } from '../../src/document/index.js'
import { act, doWhatIsDue, saveRevision, type Action, type ActDetails } from '../../src/stories/index.js'
import { draft } from '../stories/desk.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type TestContract } from '../support/newsroom.js'
import { Replica, type ToldChange } from './replica.js'

const DAY = 24 * 60 * 60 * 1000
const EDITOR = { name: 'editor', role: 'ADMIN' } as const

let newsroom: TestNewsroom
let count = 0
beforeAll(async () => { newsroom = await TestNewsroom.open() })
afterAll(() => newsroom.close())
// Whatever happens, happens after what came before.
beforeEach(() => pass(60_000))

const pass = (milliseconds: number) => { newsroom.now = new Date(newsroom.now.getTime() + milliseconds) }
const tick = async (milliseconds: number) => {
  pass(milliseconds)
  await doWhatIsDue(newsroom.database, newsroom.now, randomUUID)
}
const unique = () => `c${++count}`
const slugOf = (n: string) => `harbor-plan-${n}`
const take = async (n: string, action: Action, details: ActDetails = {}) => {
  pass(1000)
  const result = await act(newsroom.database, { slug: slugOf(n) }, action, EDITOR, details, newsroom.now, randomUUID)
  expect(result).toMatchObject({ ok: true })
}
const revise = async (n: string, change: (document: StoryDocument) => StoryDocument) => {
  pass(1000)
  const { revisionNumber } = (await (await newsroom.database.prisma()).revision.aggregate({ where: { story: { slug: slugOf(n) } }, _max: { number: true } }).then(({ _max }) => ({ revisionNumber: _max.number! })))
  const saved = await newsroom.database.transaction((queries) => saveRevision(queries, { story: { slug: slugOf(n) }, expectedRevision: revisionNumber, isAutosave: false }, EDITOR, change, { now: () => newsroom.now, newId: randomUUID }))
  expect(saved).toMatchObject({ ok: true })
}
const publish = async (n: string, change: object = {}) => {
  await newsroom.add(draft(n, change) as ReturnType<typeof story>)
  await take(n, 'PUBLISH')
}
const partner = async (contract: TestContract = {}, scopes?: readonly string[]) => {
  const name = `Partner ${++count}`
  const key = await newsroom.partnerKey(contract, name, scopes)
  return { name, key, replica: new Replica(newsroom.url, key) }
}
/** What a follower was told of, in short. */
const short = (changes: readonly ToldChange[], n?: string) => changes.filter(({ slug }) => n === undefined || slug === slugOf(n))
  .map((change) => `${change.__typename === 'ChangedStory' ? change.kind : `-${change.reason}`} ${change.version}`)
const isEqual = async (replica: Replica) => expect(replica.copies(newsroom.now)).toEqual(await replica.source())

describe('the change feed', () => {
  it('tells whoever begins of every story that is there, and then of each change in its order', async () => {
    const [old, n] = [unique(), unique()]
    await newsroom.add(story(old))
    const reader = new Replica(newsroom.url)
    expect(short(await reader.followAll(), old)).toEqual(['PUBLISHED 1'])
    await publish(n)
    await revise(n, (document) => ({ ...document, urgency: 3 }))
    await take(n, 'UPDATE')
    await revise(n, (document) => ({ ...document, urgency: 2 }))
    await take(n, 'CORRECT', { correction: { explanation: 'It was 2.' } })
    await revise(n, (document) => ({ ...document, urgency: 1 }))
    await take(n, 'CLARIFY', { correction: { explanation: 'It is 1.' } })
    expect(short(await reader.followAll(2), n)).toEqual(['PUBLISHED 1', 'UPDATED 2', 'CORRECTED 3', 'CLARIFIED 4'])
    await isEqual(reader)
    await take(n, 'HOLD', { removal: { advisory: 'Wait.' } })
    expect(await reader.followAll()).toMatchObject([{ __typename: 'RemovedStory', slug: slugOf(n), version: 4, reason: 'HELD', advisory: 'Wait.', at: newsroom.now.toISOString() }])
    await take(n, 'RESTORE')
    expect(short(await reader.followAll())).toEqual(['RESTORED 4'])
    await take(n, 'UNPUBLISH')
    await take(n, 'WITHDRAW')
    await take(n, 'KILL', { removal: { advisory: 'Take it down.' } })
    expect(short(await reader.followAll())).toEqual(['-UNPUBLISHED 4', '-WITHDRAWN 4', '-KILLED 4'])
    await isEqual(reader)
    // What was away and came back is told in full, on one page too.
    const back = unique()
    await publish(back)
    await take(back, 'HOLD')
    await take(back, 'RESTORE')
    expect(short(await reader.followAll())).toEqual(['PUBLISHED 1', '-HELD 1', 'RESTORED 1'])
    await isEqual(reader)
    // From the beginning, a story that is gone leaves its removals alone.
    const late = new Replica(newsroom.url)
    expect(short(await late.followAll(3), n)).toEqual(['-HELD 4', '-UNPUBLISHED 4', '-WITHDRAWN 4', '-KILLED 4'])
    await isEqual(late)
  })

  it('says which quotes and attributions a version changed, and why what was there is not to be used, without a word of it', async () => {
    const n = unique()
    await publish(n)
    const reader = new Replica(newsroom.url)
    await reader.followAll()
    const { quotes, attributions } = (await newsroom.read(`{ story(slug: "${slugOf(n)}") { quotes { id text } attributions { id text } } }`)).data!['story']
    await revise(n, (document) => ({ ...document, quotes: document.quotes.map((quote) => (quote.key === 'q1' ? { ...quote, standing: 'WITHDRAWN' as const } : quote)) }))
    await take(n, 'CORRECT', { correction: { explanation: 'The port takes the words back.' } })
    const [withdrawn] = await reader.followAll()
    expect(withdrawn).toMatchObject({ kind: 'CORRECTED', quotes: [{ id: quotes[0].id, kind: 'CHANGED', fields: ['standing'], reason: 'WITHDRAWN' }], attributions: [] })
    await revise(n, (document) => ({ ...document, quotes: document.quotes.filter(({ key }) => key !== 'q1'), attributions: document.attributions.filter(({ key }) => key !== 'a1' && key !== 'a7' && key !== 'a8'), sources: document.sources.filter(({ key }) => key !== 'critics') }))
    await take(n, 'UPDATE')
    const [removed] = await reader.followAll()
    expect(removed).toMatchObject({ kind: 'UPDATED', quotes: [{ id: quotes[0].id, kind: 'VANISHED', fields: [], reason: 'WITHDRAWN' }], attributions: [{ id: attributions[0].id, kind: 'VANISHED', reason: 'REMOVED' }, { id: attributions[6].id, kind: 'VANISHED', reason: 'REMOVED' }] })
    const rows = await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug: slugOf(n) } } })
    expect(JSON.stringify(rows.map(({ changes }) => changes))).not.toContain('build')
  })

  it('tells of an embargoed story to those who may read it before, and to the others once it is over; of its end once, whoever ends it', async () => {
    const [timed, open, idle] = [unique(), unique(), unique()]
    const [early, late] = [await partner({ embargoAccess: 'ADVANCE' }), await partner()]
    const reader = new Replica(newsroom.url)
    const all = [reader, early.replica, late.replica]
    for (const replica of all) await replica.followAll()
    for (const n of [timed, open, idle]) await newsroom.add(draft(n) as ReturnType<typeof story>)
    const until = new Date(newsroom.now.getTime() + DAY)
    await take(timed, 'EMBARGO', { embargo: { until } })
    await take(open, 'EMBARGO', { embargo: { until: undefined } })
    await take(idle, 'EMBARGO', { embargo: { until } })
    for (const n of [timed, open, idle]) await take(n, 'PUBLISH')
    await revise(timed, (document) => ({ ...document, urgency: 1 }))
    await take(timed, 'UPDATE')
    const told = async () => Promise.all(all.map(async (replica) => short(await replica.followAll())))
    expect(await told()).toEqual([[], ['PUBLISHED 1', 'PUBLISHED 1', 'PUBLISHED 1', 'UPDATED 2'], []])
    expect(early.replica.copies(newsroom.now).find(({ slug }) => slug === slugOf(timed))!.usability).toEqual({ status: 'EMBARGOED', reason: expect.any(String) })
    newsroom.now = new Date(until.getTime() - 1)
    await tick(0)
    expect(await told()).toEqual([[], [], []])
    // A kill comes in the moment in which the embargo is over and nobody has recorded that.
    pass(1)
    await act(newsroom.database, { slug: slugOf(idle) }, 'KILL', EDITOR, {}, newsroom.now, randomUUID)
    expect(await told()).toEqual([['-KILLED 1'], ['-KILLED 1'], ['-KILLED 1']])
    expect((await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug: slugOf(idle) } }, orderBy: { seq: 'asc' } })).map(({ kind, at }) => [kind, at])).toEqual([['PUBLISHED', expect.any(Date)], ['EMBARGO_LIFTED', until], ['KILLED', until]])
    await tick(0)
    await tick(1)
    const lifted = ['EMBARGO_LIFTED 2']
    expect(await told()).toEqual([lifted, lifted, lifted])
    await take(open, 'LIFT_EMBARGO')
    await tick(1)
    expect(await told()).toEqual([['EMBARGO_LIFTED 1'], ['EMBARGO_LIFTED 1'], ['EMBARGO_LIFTED 1']])
    for (const replica of all) await isEqual(replica)
    // What went on before the end is told to nobody who could not see it then, whenever they begin.
    expect(short(await new Replica(newsroom.url).followAll(), timed)).toEqual(lifted)
  })

  it('never tells of a story that was removed under its embargo to those who could not see it', async () => {
    const n = unique()
    const [early, late, withoutScope] = [await partner({ embargoAccess: 'ADVANCE' }), await partner(), await partner({ embargoAccess: 'ADVANCE' }, ['READ'])]
    await newsroom.add(draft(n) as ReturnType<typeof story>)
    await take(n, 'EMBARGO', { embargo: { until: new Date(newsroom.now.getTime() + DAY) } })
    await take(n, 'PUBLISH')
    await take(n, 'HOLD')
    await tick(2 * DAY)
    await take(n, 'KILL')
    for (const [replica, expected] of [[early.replica, ['-HELD 1', '-KILLED 1']], [late.replica, []], [withoutScope.replica, []], [new Replica(newsroom.url), []]] as const) {
      expect(short(await replica.followAll(), n)).toEqual(expected)
    }
  })

  it('tells when a story shows more or less of a statement', async () => {
    const n = unique()
    const base = story(n)
    await newsroom.add({ ...base, statements: base.statements!.map((statement) => ({ ...statement, embargoedUntil: new Date(newsroom.now.getTime() + DAY).toISOString() })) })
    const reader = new Replica(newsroom.url)
    await reader.followAll()
    await tick(1000)
    expect(await reader.followAll()).toEqual([])
    await tick(DAY)
    expect(short(await reader.followAll())).toEqual(['STATEMENT_CHANGED 1'])
    await isEqual(reader)
    await tick(1000)
    expect(await reader.followAll()).toEqual([])
  })
})

describe('what a contract gives and takes', () => {
  it('is told when it changes: what the partner gained, what it lost, and then what happened meanwhile', async () => {
    const [metro, world, both, later] = [unique(), unique(), unique(), unique()]
    const { name, replica } = await partner({ desks: ['A', 'C'] })
    await publish(metro, { desk: 'A' })
    await publish(world, { desk: 'B' })
    await publish(both, { desk: 'C' })
    expect(short(await replica.followAll())).toEqual(['PUBLISHED 1', 'PUBLISHED 1'])
    pass(1000)
    await newsroom.changeContract({ desks: ['B', 'C'] }, name)
    await publish(later, { desk: 'B' })
    const told = await replica.followAll(1)
    expect(told.slice(0, 2).map(({ slug }) => slug).toSorted()).toEqual([slugOf(metro), slugOf(world)])
    expect(short(told, metro)).toEqual(['-LOST 1'])
    expect(short(told, world)).toEqual(['GAINED 1'])
    expect(short(told, both)).toEqual([])
    expect(short(told, later)).toEqual(['PUBLISHED 1'])
    await isEqual(replica)
    expect(await replica.followAll()).toEqual([])
    // Whoever begins under the contract is told of what it covers, as what it was.
    const fresh = new Replica(newsroom.url, (await partner({ desks: ['B', 'C'] })).key)
    expect(short(await fresh.followAll()).every((line) => line === 'PUBLISHED 1')).toBe(true)
    await isEqual(fresh)
  })

  it('is told also where it begins, ends or changes by the clock, or changes again while the partner reads', async () => {
    const stories = Array.from({ length: 6 }, unique)
    for (const n of stories) await publish(n, { desk: 'D' })
    const { name, replica } = await partner({ desks: ['D'], validUntil: new Date(newsroom.now.getTime() + DAY) })
    await newsroom.changeContract({ desks: ['D', 'E'], validFrom: new Date(newsroom.now.getTime() + 3 * DAY) }, name)
    // The second is the last that has begun only from then on.
    await replica.followAll()
    expect(replica.copies(newsroom.now)).toHaveLength(6)
    pass(2 * DAY)
    expect(new Set(short(await replica.followAll(2)))).toEqual(new Set(['-LOST 1']))
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toEqual([])
    pass(2 * DAY)
    await replica.follow(2)
    await newsroom.changeContract({ desks: ['E'] }, name)
    await replica.follow(2)
    pass(1000)
    await newsroom.changeContract({ desks: ['D'] }, name)
    await replica.followAll(2)
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toHaveLength(6)
  })

  it('is told when a story moves between desks', async () => {
    const n = unique()
    const [from, to] = [await partner({ desks: ['F'] }), await partner({ desks: ['G'] })]
    await publish(n, { desk: 'F' })
    expect([short(await from.replica.followAll()), short(await to.replica.followAll())]).toEqual([['PUBLISHED 1'], []])
    await revise(n, (document) => ({ ...document, desk: 'G' }))
    await take(n, 'UPDATE')
    expect([short(await from.replica.followAll()), short(await to.replica.followAll())]).toEqual([['-LOST 2'], ['GAINED 2']])
    await take(n, 'KILL')
    // Whoever took it is told of its recall.
    expect([short(await from.replica.followAll()), short(await to.replica.followAll())]).toEqual([['-KILLED 2'], ['-KILLED 2']])
    expect(short(await new Replica(newsroom.url, (await partner({ desks: ['F'] })).key).followAll())).toEqual([])
  })

  it('and who moves while the contract does loses nothing and keeps nothing', async () => {
    const n = unique()
    const { name, replica } = await partner({ desks: ['H'] })
    await publish(n, { desk: 'H' })
    await replica.followAll()
    await revise(n, (document) => ({ ...document, desk: 'I' }))
    await take(n, 'UPDATE')
    await newsroom.changeContract({ desks: ['J'] }, name)
    await replica.followAll()
    await isEqual(replica)
  })

  it('is told in full when it changes again between two pages, though stories moved and embargoes ended unread', async () => {
    const [one, two, ended, between] = [unique(), unique(), unique(), unique()]
    const { name, replica } = await partner({ desks: ['P'] })
    await publish(one, { desk: 'P' })
    await publish(two, { desk: 'P' })
    await newsroom.add(draft(ended, { desk: 'Q' }) as ReturnType<typeof story>)
    await take(ended, 'EMBARGO', { embargo: { until: new Date(newsroom.now.getTime() + 3600_000) } })
    await take(ended, 'PUBLISH')
    await replica.followAll()
    await publish(between, { desk: 'Q' })
    for (const n of [one, two]) {
      await revise(n, (document) => ({ ...document, desk: n === one ? 'Q' : 'R' }))
      await take(n, 'UPDATE')
    }
    // Over by the clock, and not yet recorded.
    pass(3600_000)
    await newsroom.changeContract({ desks: ['Q'] }, name)
    // Up to the story between, and no further: the cursor is then of the new contract, and the moves are still to come.
    while (!replica.told.some(({ slug, __typename }) => slug === slugOf(between) && __typename === 'ChangedStory')) await replica.follow(1)
    pass(1000)
    await newsroom.changeContract({ desks: ['S'] }, name)
    await replica.followAll(1)
    await isEqual(replica)
    await tick(0)
    await replica.followAll(1)
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toEqual([])
  })

  it('reaches back as far as the archive: each change says until when, and a new depth tells all again', async () => {
    const [old, young] = [unique(), unique()]
    await publish(old, { desk: 'K' })
    pass(5 * DAY)
    await publish(young, { desk: 'K' })
    const { name, replica } = await partner({ desks: ['K'], archiveDays: 7 })
    await replica.followAll()
    expect(replica.copies(newsroom.now)).toHaveLength(2)
    pass(3 * DAY)
    expect(await replica.followAll()).toEqual([])
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toHaveLength(1)
    await newsroom.changeContract({ desks: ['K'], archiveDays: 30 }, name)
    expect(short(await replica.followAll())).toEqual(['GAINED 1', 'GAINED 1'])
    pass(20 * DAY)
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toHaveLength(2)
  })

  it('counts the age of an embargoed story from the end of its embargo', async () => {
    const n = unique()
    const { replica } = await partner({ archiveDays: 3, topics: ['medtop:04000000'], desks: ['L'] })
    await newsroom.add(draft(n, { desk: 'L' }) as ReturnType<typeof story>)
    await take(n, 'EMBARGO', { embargo: { until: new Date(newsroom.now.getTime() + 10 * DAY) } })
    await take(n, 'PUBLISH')
    await tick(10 * DAY)
    expect(short(await replica.followAll())).toEqual(['EMBARGO_LIFTED 1'])
    await isEqual(replica)
    expect(replica.copies(newsroom.now)).toHaveLength(1)
  })

  it('tells of no story that only others may see, and of recalls after it has ended', async () => {
    const n = unique()
    const { name, replica } = await partner({ desks: ['M'] })
    await publish(n, { desk: 'M' })
    await publish(unique(), { desk: 'N' })
    await replica.followAll()
    pass(1000)
    await newsroom.changeContract({ desks: ['O'] }, name)
    await replica.followAll()
    await take(n, 'WITHDRAW')
    expect(short(await replica.followAll())).toEqual(['-WITHDRAWN 1'])
    expect(new Set(replica.told.map(({ slug }) => slug))).toEqual(new Set([slugOf(n)]))
  })
})

describe('what travels with a story', () => {
  it('are its terms of use for all, and the note to partners for those who have a contract', async () => {
    const n = unique()
    await publish(n, { usageTerms: 'Not for use in print.', noteToPartners: 'Adds the answer of the port.' })
    const { key, replica } = await partner()
    const query = `{ story(slug: "${slugOf(n)}") { usageTerms noteToPartners } }`
    expect((await newsroom.read(query)).data!['story']).toEqual({ usageTerms: 'Not for use in print.', noteToPartners: null })
    expect((await newsroom.readAsPartner(key, query)).data!['story']).toEqual({ usageTerms: 'Not for use in print.', noteToPartners: 'Adds the answer of the port.' })
    await revise(n, (document) => ({ ...document, noteToPartners: 'Adds nothing.' }))
    await take(n, 'UPDATE')
    await replica.followAll()
    expect(replica.told.at(-1)).toMatchObject({ kind: 'UPDATED', story: { noteToPartners: 'Adds nothing.' } })
    expect((await newsroom.read(`{ story(slug: "${slugOf(n)}") { changesSince(version: 1) { fields } } }`)).data!['story']).toEqual({ changesSince: { fields: [] } })
    await take(n, 'WITHDRAW')
    await replica.followAll()
    expect(replica.told.at(-1)).toMatchObject({ reason: 'WITHDRAWN', usability: 'CANCELED' })
  })
})

describe('a cursor of the feed', () => {
  const page = (after?: string, first = 1) => `{ changes(first: ${first}${after === undefined ? '' : `, after: ${JSON.stringify(after)}`}) { nodes { slug } pageInfo { endCursor hasPreviousPage } } }`
  const cursorOf = async (key?: string) => ((key === undefined ? await newsroom.read(page()) : await newsroom.readAsPartner(key, page())).data!['changes'].pageInfo.endCursor as string)

  it('is refused for whoever did not get it, for another list and after a change of one bit, with what to do', async () => {
    const [one, other] = [await partner(), await partner()]
    const mine = await cursorOf(one.key)
    const stories = (await newsroom.read('{ stories(first: 1) { pageInfo { endCursor } } }')).data!['stories'].pageInfo.endCursor as string
    const bytes = Buffer.from(mine, 'base64url')
    bytes[20]! ^= 1
    for (const [key, cursor] of [[other.key, mine], [undefined, mine], [one.key, await cursorOf()], [one.key, bytes.toString('base64url')], [undefined, stories], [undefined, 'nonsense'], [undefined, '']] as const) {
      const answer = key === undefined ? await newsroom.read(page(cursor)) : await newsroom.readAsPartner(key, page(cursor))
      expect(answer.errors, cursor).toMatchObject([{ message: expect.stringMatching(/"after" is not a cursor of the changes that .*leave it out/), extensions: { code: 'BAD_USER_INPUT' } }])
    }
    for (const first of [0, 101, -1]) expect((await newsroom.read(page(undefined, first))).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect((await newsroom.readAsPartner(one.key, page(mine))).data!['changes'].pageInfo.hasPreviousPage).toBe(true)
  })

  it('is the same however many changes of hidden stories lie between (I5, I6)', async () => {
    const other = await TestNewsroom.open()
    const alike = await TestNewsroom.open()
    const run = async (at: TestNewsroom, hidden: boolean) => {
      await at.add(story('x1'))
      if (hidden) await at.add(story('secret', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-06-01T00:00:00Z' } }), draft('d') as ReturnType<typeof story>)
      if (hidden) await act(at.database, { slug: 'harbor-plan-secret' }, 'HOLD', EDITOR, {}, at.now, randomUUID)
      await at.add(story('x2'))
      await act(at.database, { slug: 'harbor-plan-x1' }, 'KILL', EDITOR, { removal: { advisory: 'Take it down.' } }, at.now, randomUUID)
    }
    await run(other, false)
    await run(alike, true)
    const query = (after: string) => `{ changes(first: 1${after}) { edges { cursor node { __typename storyId slug version at ... on ChangedStory { kind story { headline } } ... on RemovedStory { reason } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
    let after = ''
    const keys = [undefined, ...(await Promise.all([{}, { desks: ['Metro'], archiveDays: 100 }].map(async (contract, n) => {
      return [await other.partnerKey(contract, `Same ${n}`), await alike.partnerKey(contract, `Same ${n}`)] as const
    })))] as const
    for (const pair of keys) {
      after = ''
      for (let n = 0; n < 4; n += 1) {
        const [a, b] = [await other.bytes(query(after), pair?.[0]), await alike.bytes(query(after), pair?.[1])]
        expect(b).toBe(a)
        const [, end] = /"endCursor":"([\w-]+)"/.exec(a)!
        after = `, after: "${end}"`
      }
    }
    await other.close()
    await alike.close()
  })

  it('costs one statement a page, whatever is on it (I10)', async () => {
    const { key, name } = await partner({ desks: ['A', 'B', 'K', 'Metro'], archiveDays: 1000 })
    const ask = `{ changes(first: 100) { nodes { slug version ... on ChangedStory { story { headline quotes { text } } quotes { id } } ... on RemovedStory { reason replacedBy { slug } } } pageInfo { endCursor } } }`
    // Who asks is one more, and that the partner took what is on the page.
    const statements = async (query: string) => (await newsroom.statementsOf(async () => expect((await newsroom.readAsPartner(key, query)).errors).toBeUndefined())).filter((text) => !text.includes('INSERT INTO "StoryTaking"')).length - 1
    expect(await statements(ask)).toBe(1)
    const end = (await newsroom.readAsPartner(key, ask)).data!['changes'].pageInfo.endCursor
    pass(1000)
    await newsroom.changeContract({ desks: ['Metro'] }, name)
    expect(await statements(ask.replace('first: 100', `first: 100, after: "${end}"`))).toBe(1)
  })
})

describe('the rows of the feed', () => {
  it('never change, and are numbered in the order of commits (E6)', async () => {
    for (const sql of ['UPDATE "StoryEvent" SET "version" = 0', 'DELETE FROM "StoryEvent"', 'TRUNCATE "StoryEvent"']) await expect((await newsroom.database.prisma()).$executeRawUnsafe(sql)).rejects.toThrow(/append-only/)
  })

  it('are read once each, and none before its story, while twenty publish at the same time (E5, E6)', async () => {
    const stories = Array.from({ length: 20 }, unique)
    for (const n of stories) await newsroom.add(draft(n) as ReturnType<typeof story>)
    const reader = new Replica(newsroom.url)
    await reader.followAll()
    reader.told.length = 0
    let isDone = false
    const writing = Promise.all(stories.map(async (n, index) => {
      const now = () => new Date(newsroom.now.getTime() + index)
      const step = async (action: Action, details: ActDetails = {}) => expect(await act(newsroom.database, { slug: slugOf(n) }, action, EDITOR, details, now(), randomUUID)).toMatchObject({ ok: true })
      await step('PUBLISH')
      await revise(n, (document) => ({ ...document, urgency: 1 }))
      await step('CORRECT', { correction: { explanation: 'It was wrong.' } })
      if (index % 4 === 0) await step('KILL')
    })).finally(() => { isDone = true })
    while (!isDone) await reader.follow(3)
    await writing
    await reader.followAll(3)
    const events = await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug: { in: stories.map(slugOf) } } }, orderBy: { seq: 'asc' }, include: { story: true } })
    expect(events).toHaveLength(45)
    const line = (kind: string, slug: string, version: number) => `${kind} ${slug} ${version}`
    const told = reader.told.map((change) => line(change.__typename === 'ChangedStory' ? change.kind : change.reason, change.slug, change.version))
    expect(new Set(told).size).toBe(told.length)
    // Of a story that was killed before the reader came to it, the kill alone is told.
    const killed = new Set(stories.filter((_, index) => index % 4 === 0).map(slugOf))
    const expected = events.map(({ kind, story: { slug }, version }) => line(kind, slug, version))
    expect(told.filter((entry) => !killed.has(entry.split(' ')[1]!))).toEqual(expected.filter((entry) => !killed.has(entry.split(' ')[1]!)))
    expect(told.filter((entry) => entry.startsWith('KILLED'))).toEqual(expected.filter((entry) => entry.startsWith('KILLED')))
    expect(expected.filter((entry) => told.includes(entry))).toEqual(told)
    await isEqual(reader)
  }, 60_000)
})
