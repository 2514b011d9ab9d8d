import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READER } from '../../src/access/index.js'
import type { Database } from '../../src/database/index.js'
import { StoryReader } from '../../src/database/read/index.js'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { entriesOf, importStories, type ImportCounts, type ImportOptions } from '../../src/stories/index.js'
import { freshDatabase } from '../support/database.js'
import { story } from '../support/documents.js'

const NOW = new Date('2026-03-10T12:00:00Z')
let database: Database
let drop: () => Promise<void>
beforeAll(async () => { ({ database, drop } = await freshDatabase()) })
afterAll(() => drop())

/** Imports the documents, one a line; gives what is told of the refused ones and the counts. */
async function take(documents: readonly unknown[], options: Partial<ImportOptions> = {}): Promise<ImportCounts & { told: string[] }> {
  async function* bytes() {
    for (const document of documents) yield Buffer.from(`${typeof document === 'string' ? document : JSON.stringify(document)}\n`)
  }
  const told: string[] = []
  const counts = await importStories(database, entriesOf('file', bytes(), { isLines: true }), {
    sources: { now: () => NOW, newId: randomUUID },
    onRefused: ({ entry, problems }) => told.push(...problems.map(({ path, code, message }) => `${entry.line}: ${path}: ${code}: ${message}`)),
    ...options,
  })
  return { ...counts, told }
}

let next = 0
/** A story of its own each time. */
const fresh = (change: Partial<StoryDocumentInput> = {}) => story(`${process.pid}-${next += 1}`, change)
const small = (change: Partial<StoryDocumentInput> = {}): StoryDocumentInput => ({ onrecord: 1, slug: `small-${next += 1}`, desk: 'Metro', paragraphs: [{ text: 'The ferry 🚢 stops.' }], ...change })
const isStored = async (slug: string | undefined) => (await (await database.prisma()).story.count({ where: { slug: slug! } })) === 1
const rows = async () => Promise.all([(await database.prisma()).story.count(), (await database.prisma()).revision.count(), (await database.prisma()).paragraph.count(), (await database.prisma()).textRange.count(), (await database.prisma()).person.count(), (await database.prisma()).officialStatement.count()])
const publicStory = (slug: string) => new StoryReader(database, READER, NOW).storyBySlug(slug)

describe('import', () => {
  it('stores all of many that name the same new people at once, however often they lose to each other', async () => {
    // Every document shares some of its people with each of the others, so that it can lose to all of them, one after the other.
    const people = (n: number) => Array.from({ length: 16 }, (_, other) => ({ key: `pair-${Math.min(n, other)}-${Math.max(n, other)}`, name: 'Ada Quill' }))
    const documents = Array.from({ length: 16 }, (_, n) => small({ people: people(n) }))
    const { told, stored } = await take(documents, { concurrency: 8 })
    expect({ told, stored }).toEqual({ told: [], stored: 16 })
  })

  it('stores drafts as drafts and published stories as published', async () => {
    const [draft, published] = [fresh(), fresh()]
    delete draft.publication
    expect(await take([draft, published])).toMatchObject({ stored: 2, refused: 0, told: [] })
    expect(await publicStory(draft.slug)).toBeUndefined()
    expect(await publicStory(published.slug)).toMatchObject({ version: 1, slug: published.slug })
  })

  it('publishes, where asked, the documents without a publication of their own, now', async () => {
    const [draft, published] = [small(), small({ publication: { firstPublishedAt: '2026-01-01T00:00:00Z', version: 3 } })]
    await take([draft, published], { publish: true })
    expect(await publicStory(draft.slug)).toMatchObject({ version: 1, firstPublishedAt: expect.stringContaining('2026-03-10T12:00:00') })
    expect(await publicStory(published.slug)).toMatchObject({ version: 3, firstPublishedAt: expect.stringContaining('2026-01-01T00:00:00') })
  })

  it('refuses a wrong document and stores those around it', async () => {
    const [first, wrong, last] = [small(), small({ desk: '' }), small()]
    expect(await take([first, wrong, '{"onrecord":1,', last])).toMatchObject({ stored: 2, refused: 2, told: ['2: desk: INVALID_DOCUMENT: is empty; leave the field out instead', '3: : CUT_OFF: breaks off in the middle; the file may be cut off'] })
    expect(await Promise.all([first, wrong, last].map(({ slug }) => isStored(slug)))).toEqual([true, false, true])
  })

  it('checks without storing anything in a dry run, references within the input included', async () => {
    const before = await rows()
    const base = fresh()
    const follower = fresh({ evolvedFrom: base.slug })
    const documents = [base, follower, base, small({ parent: 'no-such-story' }), small({ desk: '' })]
    const { stored, refused, told } = await take(documents, { dryRun: true })
    expect({ stored, refused }).toEqual({ stored: 2, refused: 3 })
    expect(told).toEqual([
      `3: slug: SLUG_TAKEN: "${base.slug}" belongs to an earlier document of this import; choose another slug`,
      '5: desk: INVALID_DOCUMENT: is empty; leave the field out instead',
      '4: parent: UNKNOWN_STORY: names the story "no-such-story", which is not here; import that one first',
    ])
    expect(await rows()).toEqual(before)
  })

  it('tells of refused documents in the order of the input, however many are stored at once', async () => {
    const documents = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? fresh({ desk: '' }) : fresh()))
    const { told, stored } = await take(documents, { concurrency: 5 })
    expect(stored).toBe(26)
    expect(told.map((line) => Number(line.split(':')[0]))).toEqual(documents.flatMap(({ desk }, index) => (desk === '' ? [index + 1] : [])))
  })
})

describe('stories that name other stories', () => {
  it.each([1, 4])('wait for those that come later in the same input (%i at once)', async (concurrency) => {
    const base = fresh()
    const second = fresh({ evolvedFrom: base.slug })
    const third = fresh({ evolvedFrom: second.slug, translationOf: base.slug })
    const post = fresh({ parent: third.slug })
    expect(await take([post, third, second, small(), base], { concurrency })).toMatchObject({ stored: 5, refused: 0, waiting: 0 })
    expect(await (await database.prisma()).revision.count({ where: { evolvedFrom: { slug: second.slug } } })).toBe(1)
  })

  it('come in long chains, in whatever order', async () => {
    const prefix = `chain-${next += 1}`
    const chain = Array.from({ length: 30 }, (_, index) => small({ slug: `${prefix}-${index}`, ...(index > 0 && { evolvedFrom: `${prefix}-${index - 1}` }) }))
    const shuffled = [...chain].sort((a, b) => (a.slug.length * 7 + a.slug.charCodeAt(a.slug.length - 1) * 13) % 11 - ((b.slug.length * 7 + b.slug.charCodeAt(b.slug.length - 1) * 13) % 11))
    expect(await take(shuffled, { concurrency: 4 })).toMatchObject({ stored: 30, refused: 0 })
  })

  it('are refused in the end where nobody brings the other story', async () => {
    const [a, b] = [small(), small()]
    const circle = [{ ...a, evolvedFrom: b.slug }, { ...b, evolvedFrom: a.slug }]
    const { told, refused } = await take([...circle, small({ translationOf: 'nowhere' }), small({ desk: '' })])
    expect(refused).toBe(4)
    expect(told).toEqual([
      '4: desk: INVALID_DOCUMENT: is empty; leave the field out instead',
      `1: evolvedFrom: UNKNOWN_STORY: names the story "${b.slug}", which is not here; import that one first`,
      `2: evolvedFrom: UNKNOWN_STORY: names the story "${a.slug}", which is not here; import that one first`,
      '3: translationOf: UNKNOWN_STORY: names the story "nowhere", which is not here; import that one first',
    ])
  })

  it('wait in a limited number', async () => {
    const orphans = Array.from({ length: 8 }, () => small({ evolvedFrom: 'never-there' }))
    const { told, refused } = await take([...orphans, fresh()], { mostWaiting: 5 })
    expect(refused).toBe(8)
    expect(told.slice(0, 3).map((line) => line.split(':')[0])).toEqual(['6', '7', '8'])
  })
})

describe('two stories with one slug: the second is refused,', () => {
  it.each([1, 4])('in one input (%i at once)', async (concurrency) => {
    const documents = Array.from({ length: 4 }, () => fresh({ slug: `twice-${concurrency}` }))
    const { stored, told } = await take(documents, { concurrency })
    expect(stored).toBe(1)
    expect(told).toEqual([2, 3, 4].map((line) => `${line}: slug: SLUG_TAKEN: "twice-${concurrency}" belongs to another story; choose another slug`))
  })

  it('against one that is there already', async () => {
    const document = small()
    await take([document])
    expect((await take([document])).told).toEqual([`1: slug: SLUG_TAKEN: "${document.slug}" belongs to another story; choose another slug`])
  })

  it('against one that waits', async () => {
    const base = small()
    const waiting = small({ evolvedFrom: base.slug })
    expect((await take([waiting, { ...waiting, evolvedFrom: undefined }, base])).told).toEqual([expect.stringMatching(/^2: slug: SLUG_TAKEN: .* belongs to an earlier document of this import, which waits/)])
    expect(await isStored(waiting.slug)).toBe(true)
  })
})

describe('what is refused leaves nothing behind:', () => {
  const text = 'The ferry 🚢 stops.'
  const at = (start: number, end: number) => ({ paragraph: 0, start, end })
  const cases: [string, object, RegExp][] = [
    ['a range outside its paragraph', { attributions: [{ key: 'a', speech: 'DIRECT', content: [at(0, 99)] }] }, /^1: attributions\[0\]\.content\[0\]: RANGE_OUTSIDE: ends at 99/],
    ['a range across a surrogate pair', { attributions: [{ key: 'a', speech: 'DIRECT', content: [at(0, text.indexOf('🚢') + 1)] }] }, /^1: attributions\[0\]\.content\[0\]: RANGE_CUTS_CHARACTER/],
    ['a range whose words differ', { attributions: [{ key: 'a', speech: 'DIRECT', content: [{ ...at(0, 3), exact: 'the' }] }] }, /^1: attributions\[0\]\.content\[0\]: RANGE_WORDS_DIFFER/],
    ['a quote without its attribution', { quotes: [{ key: 'q', attribution: 'a', ranges: [at(0, 3)] }] }, /^1: quotes\[0\]\.attribution: UNKNOWN_REFERENCE/],
    ['a cycle of antecedents', { attributions: [{ key: 'a', speech: 'DIRECT', content: [at(0, 3)], antecedent: 'a' }] }, /^1: attributions\[0\]\.antecedent: CYCLE/],
    ['fewer people exactly than at least', { sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'two', headcount: { min: 2, exact: 1, range: at(0, 3) } }] }, /^1: sources\[0\]\.headcount: HEADCOUNT/],
    ['an unknown enum value', { kind: 'RUMOUR' }, /^1: kind: INVALID_DOCUMENT/],
    ['an unknown field', { rumour: true }, /^1: : INVALID_DOCUMENT: has an unknown field: rumour/],
    ['a lone surrogate', { paragraphs: [{ text: 'Cut \ud83d' }] }, /^1: paragraphs\[0\]\.text: INVALID_DOCUMENT: holds half of a surrogate pair/],
    ['a NUL character', { desk: 'Me\u0000tro' }, /^1: desk: INVALID_DOCUMENT: holds the control character U\+0000/],
    ['2 MB of one word', { paragraphs: [{ text: 'x'.repeat(2_000_000) }] }, /^1: paragraphs\[0\]\.text: INVALID_DOCUMENT: is longer than/],
    ['100,000 attributions', { attributions: Array.from({ length: 100_000 }, (_, index) => ({ key: `a${index}`, speech: 'DIRECT', content: [at(0, 3)] })) }, /^1: attributions: TOO_LONG/],
    ['an empty story', { paragraphs: [] }, /^1: paragraphs: INVALID_DOCUMENT: is empty/],
    ['a newer version', { onrecord: 2 }, /^1: onrecord: NEWER_VERSION/],
  ]
  it.each(cases)('%s', async (_name, change, reason) => {
    const before = await rows()
    const { stored, refused, told } = await take([{ ...small({ paragraphs: [{ text }] }), ...change }])
    expect({ stored, refused }).toEqual({ stored: 0, refused: 1 })
    expect(told[0]).toMatch(reason)
    expect(await rows()).toEqual(before)
  })

  it('a document that is no object', async () => {
    expect((await take(['42', '[]', '"text"', 'null'])).told.map((line) => line.split(':')[2])).toEqual(Array.from({ length: 4 }, () => ' INVALID_DOCUMENT'))
  })

  it('a statement on file as another organization\'s', async () => {
    const lineage = randomUUID()
    const organizations = [{ key: 'port', name: 'Port' }, { key: 'city', name: 'City' }]
    const [first, second] = ['port', 'city'].map((issuer) => small({ organizations, statements: [{ key: 't', lineage, issuer, channel: 'EMAIL' }] }))
    expect((await take([first, second])).told).toEqual([expect.stringMatching(/^2: statements\[0\]\.issuer: STATEMENT_DIFFERS/)])
  })
})
