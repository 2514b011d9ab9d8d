import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database/index.js'
import { demoDocuments } from '../../src/demo/index.js'
import { storyDocumentOf, type StoryDocument } from '../../src/document/index.js'
import { act, createStory, entriesOf, exportStories, importStories, type ExportedStory } from '../../src/stories/index.js'
import { arbitraryDocument } from '../support/arbitrary-document.js'
import { freshDatabase } from '../support/database.js'
import { story } from '../support/documents.js'

// A clock that stands still: stories made at one moment must come in the right order all the same.
const NOW = new Date('2026-03-10T12:00:00Z')
const sources = { now: () => NOW, newId: randomUUID }
let database: Database
let drop: () => Promise<void>
beforeAll(async () => { ({ database, drop } = await freshDatabase()) })
afterAll(() => drop())

async function exported(which: 'ALL' | readonly string[], from = database): Promise<{ stories: ExportedStory[]; missing: readonly string[] }> {
  const stories: ExportedStory[] = []
  const missing = await exportStories(from, which, async (written) => { stories.push(written) })
  return { stories, missing }
}

async function imported(documents: readonly unknown[], into = database): Promise<void> {
  async function* bytes() {
    for (const document of documents) yield Buffer.from(`${JSON.stringify(document)}\n`)
  }
  await importStories(into, entriesOf('file', bytes(), { isLines: true }), { sources, concurrency: 3, onRefused: ({ problems }) => { throw new Error(JSON.stringify(problems)) } })
}

let next = 0
const fresh = () => `export-${process.pid}-${next += 1}`

/** Up to four documents, some of which name earlier ones. */
const newsrooms = fc.tuple(fc.array(arbitraryDocument(), { minLength: 1, maxLength: 4 }), fc.array(fc.record({ evolvedFrom: fc.nat(2), translationOf: fc.nat(2), parent: fc.nat(2) }, { requiredKeys: [] }), { minLength: 4, maxLength: 4 }))

describe('import after export, and export after import, is the identity', () => {
  it('for any documents, in whatever order they come', async () => {
    await fc.assert(fc.asyncProperty(newsrooms, fc.boolean(), async ([documents, links], isReversed) => {
      const slugs = documents.map(fresh)
      const linked = documents.map((document, index): StoryDocument => {
        const names = Object.fromEntries(Object.entries(links[index]!).filter(([, at]) => at < index).map(([field, at]) => [field, slugs[at]!]))
        return { ...document, slug: slugs[index]!, ...names }
      })
      await imported(isReversed ? linked.toReversed() : linked)
      const { stories, missing } = await exported(slugs)
      expect(missing).toEqual([])
      expect(stories.map(({ document }) => storyDocumentOf(JSON.parse(JSON.stringify(document))))).toEqual(linked)
      expect(stories.flatMap(({ losses }) => losses)).toEqual([])
    }), { numRuns: 25 })
  })

  it('for the demo newsroom, as a whole, into an empty one', async () => {
    const [first, second] = await Promise.all([freshDatabase(), freshDatabase()])
    try {
      for (const document of demoDocuments(NOW)) expect(await createStory(first.database, document, sources)).toMatchObject({ ok: true })
      const { stories } = await exported('ALL', first.database)
      expect(stories).toHaveLength(demoDocuments(NOW).length)
      await imported(stories.map(({ document }) => document), second.database)
      const written = (all: readonly ExportedStory[]) => all.map(({ document }) => JSON.stringify(document))
      expect(written((await exported('ALL', second.database)).stories)).toEqual(written(stories))
    } finally {
      await Promise.all([first.drop(), second.drop()])
    }
  })
})

describe('an export', () => {
  it('puts every story after those that it names, whenever they were made', async () => {
    const { database: mine, drop: dropMine } = await freshDatabase()
    try {
      const slugs = Array.from({ length: 30 }, fresh)
      for (const [index, slug] of slugs.entries()) {
        const names = index === 0 ? {} : { evolvedFrom: slugs[index - 1]!, ...(index > 3 && { parent: slugs[index - 3]! }) }
        // Some are listed long before the stories that they follow, some at the same moment, some later.
        const publication = index % 3 === 0 ? {} : { publication: { firstPublishedAt: `2026-01-${String(1 + ((index * 7) % 28)).padStart(2, '0')}T00:00:00Z` } }
        const document = story(slug, { slug, ...names, statements: [], quotes: [] })
        delete document.publication
        await createStory(mine, storyDocumentOf({ ...document, ...publication }), sources)
      }
      const { stories } = await exported('ALL', mine)
      const place = new Map(stories.map(({ slug }, index) => [slug, index]))
      expect([...place.keys()].sort()).toEqual([...slugs].sort())
      expect(stories).toHaveLength(slugs.length)
      for (const { slug, document } of stories) {
        for (const named of [document.evolvedFrom, document.parent]) if (named) expect(place.get(named)).toBeLessThan(place.get(slug)!)
      }
    } finally {
      await dropMine()
    }
  })

  it('of some stories keeps the order asked for, and puts those among them that others name first', async () => {
    const [base, other, follower] = [fresh(), fresh(), fresh()]
    await imported([story(base, { slug: base }), story(other, { slug: other }), story(follower, { slug: follower, evolvedFrom: base })])
    const { stories, missing } = await exported([other, follower, base, 'no-such-story', other])
    expect(stories.map(({ slug }) => slug)).toEqual([other, base, follower])
    expect(missing).toEqual(['no-such-story'])
  })

  it('gives a story that is not public now as a draft, and says what is lost', async () => {
    const slug = fresh()
    await imported([story(slug, { slug })])
    const done = await act(database, { slug }, 'HOLD', { name: 'Vo', role: 'ADMIN' }, { removal: { reason: 'checking' } }, NOW, randomUUID)
    expect(done).toMatchObject({ ok: true })
    const { stories: [held] } = await exported([slug])
    expect(held!.document.publication).toBeUndefined()
    expect(held!.losses).toEqual(['it is held, which a document does not tell, and is written as a draft'])
  })

  it('writes the publication in the shortest form', async () => {
    const slug = fresh()
    await imported([story(slug, { slug, publication: { firstPublishedAt: '2026-02-24T12:00:00-05:00', publishedAt: '2026-02-24T17:00:00.000Z', embargoedUntil: '2026-02-24T23:30:00.5+05:30' } })])
    expect((await exported([slug])).stories[0]!.document.publication).toEqual({ firstPublishedAt: '2026-02-24T17:00:00Z', version: 1, embargoedUntil: '2026-02-24T18:00:00.500Z' })
  })
})
