import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READER } from '../../src/access/index.js'
import { scopeOf, SEARCH_KINDS, searchList, type PageRequest, type SearchKind } from '../../src/database/read/index.js'
import { pagesStatement, type PageAnswer } from '../../src/database/read/page.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

/** Two stories each came out at the same time. */
const at = (n: number) => ({ publication: { firstPublishedAt: new Date(Date.UTC(2026, 1, Math.ceil(n / 2))).toISOString() } })

describe('a search', () => {
  let newsroom: TestNewsroom
  let listed: string[]
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    for (let n = 1; n <= 8; n += 1) await newsroom.add(story(n, { ...at(n), ...(n % 3 === 0 && { desk: 'World' }) }))
    listed = (await newsroom.read('{ stories(first: 100) { nodes { publishedAt } } }')).data!['stories'].nodes.map((node: { publishedAt: string }) => node.publishedAt)
  })
  afterAll(() => newsroom.close())

  async function page(readThrough: readonly [number, number], words: string, kinds: readonly SearchKind[], request: PageRequest, desks?: readonly string[]) {
    const stories = desks && { desks }
    const { question } = pagesStatement([{ list: searchList(words, kinds, stories, readThrough), request }], { scope: scopeOf(READER) })
    const [answer] = await newsroom.database.query<{ rows0: PageAnswer['rows'] }>(question.statement, question.valuesAt(newsroom.now))
    return answer!.rows0 ?? []
  }

  async function walk(readThrough: readonly [number, number], words: string, kinds: readonly SearchKind[], order: string, way: 'after' | 'before', desks?: readonly string[]) {
    const limit = 5
    const places: string[] = []
    for (let place: readonly string[] | undefined; ;) {
      const rows = await page(readThrough, words, kinds, { order, limit, backward: way === 'before', ...(place && { [way]: place }) }, desks)
      const shown = way === 'after' ? rows.slice(0, limit) : rows.slice(-limit)
      places.splice(way === 'after' ? places.length : 0, 0, ...shown.map((row) => row.place.join(' ')))
      if (rows.length <= limit) return places
      place = way === 'after' ? shown.at(-1)!.place : shown[0]!.place
    }
  }

  // Reading no story through, some, and all of them.
  describe.each([[0, 0], [3, 5], [2000, 2000]] as const)('that reads %i or %i stories through before it asks the index', (...readThrough) => {
    it.each([['NEWEST', 'after'], ['NEWEST', 'before'], ['RELEVANCE', 'after'], ['RELEVANCE', 'before']] as const)('finds each match once, in order, by %s with %s', async (order, way) => {
      for (const kinds of [['COPY'], ['QUOTE'], ['STATEMENT'], SEARCH_KINDS] as const) {
        const found = await walk(readThrough, 'harbor or plan', kinds, order, way)
        expect(found.length).toBeGreaterThanOrEqual(listed.length)
        expect(new Set(found).size).toBe(found.length)
        expect(found).toEqual((await page([2000, 2000], 'harbor or plan', kinds, { order, limit: 100 })).map((row) => row.place.join(' ')))
      }
    })

    it('keeps to the conditions on stories', async () => {
      const [all, some] = [await walk(readThrough, 'harbor or plan', SEARCH_KINDS, 'NEWEST', 'after'), await walk(readThrough, 'harbor or plan', SEARCH_KINDS, 'NEWEST', 'after', ['World'])]
      expect(some).toHaveLength((all.length / 8) * 2)
      expect(all).toEqual(expect.arrayContaining(some))
    })

    it('finds nothing where there is nothing', async () => {
      for (const words of ['zanzibar', 'the', '']) expect(await walk(readThrough, words, SEARCH_KINDS, 'NEWEST', 'after')).toEqual([])
    })
  })

  it('has the newest first by NEWEST', async () => {
    const found = (await page([3, 5], 'harbor or plan', ['COPY'], { order: 'NEWEST', limit: 100 })).map((row) => row.place[0]!)
    expect([...new Set(found)]).toEqual([...new Set(listed)])
    expect(listed).toEqual([...listed].sort().reverse())
  })
})
