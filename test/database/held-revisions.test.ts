import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READER } from '../../src/access/index.js'
import type { Queries } from '../../src/database/index.js'
import * as lists from '../../src/database/read/index.js'
import { HeldRevisions, PERSONS, QUOTES, STORIES, StoryReader, type Reads } from '../../src/database/read/index.js'
import { Question } from '../../src/database/read/page.js'
import { story } from '../support/documents.js'
import { codesOf, TestDesk } from '../stories/desk.js'
import { TestNewsroom } from '../support/newsroom.js'

/** Of the bodies, and of nothing else that is sent. */
const WORDS = /berth|Ada Quill|sound/
const LOOKED_AHEAD: Reads = new Map([['stories', 'OPENING'], ['quotes', 'HEAD'], ['persons', 'HEAD']])

describe('published revisions that are held', () => {
  let newsroom: TestNewsroom
  /** JSON of all answers of the database since the last look. */
  let sent = ''
  let statements = 0
  const queries: Queries = {
    query: async <Row>(...asked: Parameters<Queries['query']>) => {
      const rows = await newsroom.database.query<Row>(...asked)
      statements += 1
      sent += JSON.stringify(rows)
      return rows
    },
  }
  const look = () => {
    const seen = sent
    sent = ''
    return seen
  }
  const reader = (held?: HeldRevisions, reads?: Reads) => new StoryReader(queries, READER, newsroom.now, reads, held)

  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), story(2), story(3))
  })
  afterAll(() => newsroom.close())

  it('are sent by the database once, whole or in parts, and read the same', async () => {
    const held = new HeldRevisions(1_000_000)
    const reads: readonly (readonly [Reads | undefined, (from: StoryReader) => Promise<unknown>])[] = [
      [undefined, async (from) => (await from.storyBySlug('harbor-plan-1'))?.document],
      [undefined, async (from) => (await from.page(STORIES, { limit: 2 })).records],
      [LOOKED_AHEAD, async (from) => (await from.page(STORIES, { limit: 2 })).records.map(({ document: { quotes, paragraphs, topics } }) => ({ quotes, paragraphs, topics }))],
      [LOOKED_AHEAD, async (from) => (await from.page(QUOTES, { limit: 2 })).records.map(({ document: { quotes, attributions, sources } }) => ({ quotes, attributions, sources }))],
      [LOOKED_AHEAD, async (from) => (await from.pageOf(PERSONS, 'key', 'ada-quill', { limit: 1 })).records.map(({ document: { people } }) => people)],
    ]
    for (const [ahead, read] of reads) {
      const whole = await read(reader(undefined, ahead))
      look()
      expect(await read(reader(held, ahead))).toEqual(whole)
      const first = look()
      expect(first).toMatch(WORDS)
      expect(await read(reader(held, ahead))).toEqual(whole)
      const second = look()
      expect(second).not.toMatch(WORDS)
      expect(second.length).toBeLessThan(first.length)
    }
  })

  it('give way to the next version at once, and are not read once the story is gone', async () => {
    const held = new HeldRevisions(1_000_000)
    await reader(held).storyBySlug('harbor-plan-2')
    const desk = new TestDesk(newsroom)
    const storyId: string = (await newsroom.read('{ story(slug: "harbor-plan-2") { id } }')).data!['story'].id
    expect(codesOf(await desk.editParagraphs(storyId, 1, [{ at: 0, insert: [{ role: 'HEADLINE', text: 'Another headline' }] }]))).toEqual([])
    expect((await reader(held).storyBySlug('harbor-plan-2'))?.document.paragraphs[0]?.text).toBe('Harbor plan 2 moves ahead')
    expect(codesOf(await desk.mutate('updateStory', { storyId }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    expect((await reader(held).storyBySlug('harbor-plan-2'))?.document.paragraphs[0]?.text).toBe('Another headline')
    expect(codesOf(await desk.mutate('killStory', { storyId }, 'EDITOR', 'RemoveStoryInput'))).toEqual([])
    expect(await reader(held).storyBySlug('harbor-plan-2')).toBeUndefined()
  })

  it('are sent again where their words were expunged', async () => {
    const held = new HeldRevisions(1_000_000)
    await reader(held).storyBySlug('harbor-plan-3')
    // What no operation does to a public revision.
    await newsroom.database.transaction(async (on) => {
      await on.query({ name: 'off', text: 'ALTER TABLE "Revision" DISABLE TRIGGER USER' }, [])
      await on.query({ name: 'expunge', text: `UPDATE "Revision" SET "expungedAt" = now(), "publicDocument" = '{"paragraphs": []}' WHERE "id" = (SELECT "publicRevisionId" FROM "Story" WHERE "slug" = 'harbor-plan-3')` }, [])
      await on.query({ name: 'on', text: 'ALTER TABLE "Revision" ENABLE TRIGGER USER' }, [])
    })
    expect((await reader(held).storyBySlug('harbor-plan-3'))?.document).toEqual({ paragraphs: [] })
  })

  it('make a page that is sent again only when a row of it is another', async () => {
    const held = new HeldRevisions(1_000_000)
    const front = async (from: StoryReader) => (await from.page(STORIES, { limit: 2 })).records.map(({ slug, version, document }) => [slug, version, document.paragraphs[0]!.text])
    const quotes = async (from: StoryReader) => (await from.pageOf(QUOTES, 'person', 'ada-quill', { limit: 5 })).rows.map((row) => [row['lineage'], row.place])
    const isSent = () => /"(rows|stories)\d":\[/.test(look())
    for (const read of [front, quotes]) {
      const first = await read(reader(held, LOOKED_AHEAD))
      expect(first.length).toBeGreaterThan(0)
      expect(isSent()).toBe(true)
      expect(await read(reader(held, LOOKED_AHEAD))).toEqual(first)
      expect(isSent()).toBe(false)
      expect(await read(reader(undefined, LOOKED_AHEAD))).toEqual(first)
      look()
    }
    // Another size, another order and another viewer have pages of their own.
    expect(await (async () => (await reader(held, LOOKED_AHEAD).page(STORIES, { limit: 1 })).records.length)()).toBe(1)
    const oldest = async (from: StoryReader) => (await from.page(STORIES, { limit: 2, order: 'OLDEST' })).records.map(({ slug }) => slug)
    expect(await oldest(reader(held, LOOKED_AHEAD))).toEqual(await oldest(reader(undefined, LOOKED_AHEAD)))
    const elsewhere = { kind: 'PARTNER', id: '00000000-0000-4000-8000-000000000001', entitlement: { desks: ['World'], topics: null, archiveDays: null, hasAdvanceAccess: false } } as never
    expect(await front(new StoryReader(queries, elsewhere, newsroom.now, LOOKED_AHEAD, held))).toEqual([])
    look()
    // A new story, a new version of one, one that is gone, one whose embargo ends: each is there at the next question.
    const before = await front(reader(held, LOOKED_AHEAD))
    await newsroom.add(story(8))
    const slugs = async () => (await front(reader(held, LOOKED_AHEAD))).map(([slug]) => slug)
    expect(await slugs()).toContain('harbor-plan-8')
    const desk = new TestDesk(newsroom)
    const storyId: string = (await newsroom.read('{ story(slug: "harbor-plan-8") { id } }')).data!['story'].id
    expect(codesOf(await desk.editParagraphs(storyId, 1, [{ at: 0, insert: [{ role: 'HEADLINE', text: 'Held no more' }] }]))).toEqual([])
    expect(codesOf(await desk.mutate('updateStory', { storyId }, 'EDITOR', 'StoryActionInput'))).toEqual([])
    expect(await front(reader(held, LOOKED_AHEAD))).toContainEqual(['harbor-plan-8', 2, 'Held no more'])
    expect(codesOf(await desk.mutate('killStory', { storyId }, 'EDITOR', 'RemoveStoryInput'))).toEqual([])
    expect(await front(reader(held, LOOKED_AHEAD))).toEqual(before)
    const embargoedUntil = new Date(newsroom.now.getTime() + 3_600_000)
    await newsroom.add(story(9, { publication: { version: 1, firstPublishedAt: newsroom.now.toISOString(), embargoedUntil: embargoedUntil.toISOString() } }))
    expect(await front(reader(held, LOOKED_AHEAD))).toEqual(before)
    expect(await front(new StoryReader(queries, READER, embargoedUntil, LOOKED_AHEAD, held))).not.toEqual(before)
  })

  it('are asked for in one statement, and in a second one where a page is another than the one that is held', async () => {
    const held = new HeldRevisions(1_000_000)
    /** Both pages are asked for at once. */
    const both = async (from: StoryReader) => {
      statements = 0
      const [front, quotes] = await Promise.all([from.page(STORIES, { limit: 2 }), from.page(QUOTES, { limit: 50 })])
      return { slugs: front.records.map(({ slug }) => slug), quotes: quotes.rows.length, statements }
    }
    const first = await both(reader(held, LOOKED_AHEAD))
    expect(first.statements).toBe(1)
    expect(await both(reader(held, LOOKED_AHEAD))).toEqual(first)
    await newsroom.add(story(10))
    const changed = await both(reader(held, LOOKED_AHEAD))
    expect(changed).toEqual({ slugs: ['harbor-plan-10', first.slugs[0]], quotes: expect.any(Number), statements: 2 })
    expect(changed.quotes).toBeGreaterThan(first.quotes)
    expect(await both(reader(held, LOOKED_AHEAD))).toEqual({ ...changed, statements: 1 })
    expect(await both(reader(undefined, LOOKED_AHEAD))).toEqual({ ...changed, statements: 1 })
  })

  it('leave a partner\'s page when they are too old for its contract, though nothing else changed', async () => {
    const held = new HeldRevisions(1_000_000)
    const partner = { kind: 'PARTNER', id: '00000000-0000-4000-8000-000000000001', entitlement: { desks: null, topics: null, archiveDays: 2, hasAdvanceAccess: false } } as never
    const inDays = (days: number) => new Date(newsroom.now.getTime() + days * 86_400_000)
    const read = async (at: Date, from?: HeldRevisions) => (await new StoryReader(queries, partner, at, LOOKED_AHEAD, from).page(STORIES, { limit: 50 })).records.map(({ slug }) => slug)
    const before = await read(newsroom.now, held)
    await newsroom.add(story(11, { publication: { version: 1, firstPublishedAt: newsroom.now.toISOString() } }))
    expect(await read(newsroom.now, held)).toEqual(['harbor-plan-11', ...before])
    for (const at of [inDays(0), inDays(1.99), inDays(2), inDays(1)]) expect(await read(at, held)).toEqual(await read(at))
    expect(await read(inDays(1.99), held)).toContain('harbor-plan-11')
    expect(await read(inDays(2), held)).not.toContain('harbor-plan-11')
  })

  it('are asked for by a text that is made once for what is asked, and no longer than a thousand others', () => {
    const held = new HeldRevisions(1_000_000)
    let made = 0
    const question = (of: string, isOnce = false) => held.question(of, () => {
      made += 1
      return new Question({ name: of, text: of, isOnce }, ['a', 'b'], 1)
    })
    expect(question('one')).toBe(question('one'))
    expect(made).toBe(1)
    expect(question('one').valuesAt(newsroom.now)).toEqual(['a', newsroom.now])
    for (const [of, isOnce] of [['searched', true], ['many pages'.repeat(250), false]] as const) expect(question(of, isOnce)).not.toBe(question(of, isOnce))
    for (let n = 0; n < 1_000; n += 1) question(`other ${n}`)
    const until = made
    question('other 999')
    expect(made).toBe(until)
    question('one')
    expect(made).toBe(until + 1)
  })

  it('are told apart by their lists, which have names of their own', () => {
    const named = Object.values(lists).filter((value): value is lists.List => typeof value === 'object' && 'spec' in value).map(({ name }) => name)
    expect(named.length).toBeGreaterThan(8)
    expect(new Set(named).size).toBe(named.length)
  })

  it('take no more memory than they may, and the last used stay', async () => {
    const held = new HeldRevisions(20_000)
    const body = (text: string) => ({ keys: [text], bodies: [{ slug: text.padEnd(400, '.') }] })
    for (let n = 0; n < 100; n += 1) {
      held.show(`place ${n}`, body(`key ${n}`))
      held.show('always', body('kept'))
      expect(held.bytes).toBeLessThanOrEqual(20_000)
    }
    expect(held.seenAt(['always']).keys.length).toBe(1)
    expect(Array.from({ length: 99 }, (_, n) => held.seenAt([`place ${n}`]).keys.length).filter(Boolean).length).toBeGreaterThan(15)
    // What is wanted no more often than what it would push out is not held; once it is, it is.
    expect(held.seenAt(['place 99']).keys.length).toBe(0)
    for (let times = 0; times < 50; times += 1) held.show('place 99', body('key 99'))
    expect(held.bytes).toBeLessThanOrEqual(20_000)
    expect(held.seenAt(['place 99']).keys.length).toBe(1)
    // What was wanted long ago makes way in the end.
    for (let n = 0; n < 100_000; n += 1) held.show(`later ${n % 40}`, body(`later ${n % 40}`))
    expect(held.seenAt(['place 99', 'always']).keys.length).toBe(0)
    for (let times = 0; times < 2; times += 1) held.show('large', body('x'.repeat(5_000)))
    expect(held.seenAt(['large']).keys.length).toBe(0)
    // So do pages, which keep what they are made of.
    const pages = new HeldRevisions(40_000)
    for (let n = 0; n < 100; n += 1) {
      for (let times = 0; times < (n === 99 ? 50 : 1); times += 1) pages.show(`page ${n}`, body(`key ${n}`), { mark: String(n), rows: [{}, {}] })
      expect(pages.bytes).toBeLessThanOrEqual(40_000)
      pages.pagesAt(['page 0'])
    }
    expect([pages.pagesAt(['page 0', 'page 99'])?.map(({ mark }) => mark), pages.pagesAt(['page 0', 'page 50'])]).toEqual([['0', '99'], undefined])
    const none = new HeldRevisions(0)
    none.show('place', body('key'))
    expect([none.bytes, none.seenAt(['place']).keys.length]).toEqual([0, 0])
  })
})
