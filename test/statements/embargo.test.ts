import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'
import { codes, idOf, run, storyIds } from './desk.js'

const UNTIL = '2026-03-20T08:00:00.000Z'
const LINEAGE = '9b1f6a52-7f0f-4a62-9df5-0c1a3a1d7e11'

/** A public story that quotes a statement of a body and a spokesperson whom it names nowhere else. */
function quoting(embargoedUntil?: string): StoryDocumentInput {
  const base = story(1)
  return {
    ...base,
    people: [...base.people!, { key: 'kim-voice', name: 'Kim Voice', affiliations: [{ organization: 'parent-co', title: 'speaker' }] }],
    organizations: [...base.organizations!, { key: 'ministry', name: 'Ministry' }, { key: 'parent-co', name: 'Parent Co' }],
    statements: [...base.statements!.map((statement) => ({ ...statement, attributions: [] })), {
      key: 'm1', lineage: LINEAGE, issuer: 'ministry', spokesperson: { person: 'kim-voice' }, channel: 'PRESS_RELEASE', issuedAt: '2026-03-02T00:00:00Z', release: 'FULL', attributions: ['a4'],
      texts: [{ takenAt: '2026-03-02T00:00:00Z', text: 'The plan is sound. The ministry pays quietly.' }], ...(embargoedUntil !== undefined && { embargoedUntil }),
    }],
    quotes: base.quotes!.map((quote) => (quote.key === 'q2' ? { ...quote, excerptOf: { statement: 'm1', start: 0, end: 17 } } : quote)),
  }
}
/** The same story as if nobody had filed the statement; whom it names are known, and named by nothing else. */
function without(): StoryDocumentInput {
  const document = quoting()
  return { ...document, statements: document.statements!.slice(0, -1), quotes: document.quotes!.map(({ excerptOf: _none, ...quote }) => quote) }
}
const ROOTS = { tombstone: 'slug: "x"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"' }
const QUERIES = [
  ...['ministry', 'parent-co'].map((key) => `{ organization(key: "${key}") { name officialStatements { nodes { id } } stories { nodes { slug } } } officialStatements(filter: {issuer: "${key}"}) { nodes { id } } stories(filter: {organization: "${key}"}) { nodes { slug } } }`),
  '{ person(key: "kim-voice") { name } stories(filter: {person: "kim-voice"}) { nodes { slug } } persons(name: "kim") { nodes { key } } organizations(name: "minist") { nodes { key } } }',
  `{ node(id: "${idOf('OfficialStatement', LINEAGE)}") { id } people: nodes(ids: ["${idOf('Person', 'kim-voice')}", "${idOf('Organization', 'ministry')}"]) { id } quotes(filter: {statement: "${idOf('OfficialStatement', LINEAGE)}"}) { nodes { text } } }`,
  '{ search(query: "quietly") { nodes { kind snippet { text } } } }',
  '{ story(slug: "harbor-plan-1") { officialStatements { issuer { name } fullText spokesperson { name } } quotes { text excerpt { exact start statement { id } } } } }',
]

describe('a statement under an embargo of its own, in a public story', () => {
  let embargoed: TestNewsroom
  let none: TestNewsroom
  beforeAll(async () => {
    embargoed = await TestNewsroom.open()
    none = await TestNewsroom.open()
    await embargoed.add(quoting(UNTIL), story(2))
    await none.add(without(), story(2))
  })
  afterAll(async () => {
    await embargoed.close()
    await none.close()
  })

  it('is not there on any public path: the contract gives the bytes of a newsroom without it (I6)', async () => {
    const story1 = await storyIds(none, 'harbor-plan-1')
    const ids = [story1.id, ...story1.quotes, ...story1.attributions]
    const roots = { ...ROOTS, story: 'slug: "harbor-plan-1"', person: 'key: "ada-quill"', organization: 'key: "port"', search: 'query: "sound"', node: `id: "${story1.quotes[1]}"`, nodes: `ids: ${JSON.stringify(ids)}` }
    for (const { path, query } of walk(schemas().PUBLIC, roots)) expect(await embargoed.bytes(query(100)), path).toBe(await none.bytes(query(100)))
    for (const query of QUERIES) expect(await embargoed.bytes(query), query).toBe(await none.bytes(query))
  }, 120_000)

  it('keeps the words that the story itself prints, without a way to the statement', async () => {
    const { data } = await embargoed.read('{ story(slug: "harbor-plan-1") { officialStatements { issuer { key } } quotes { text excerpt { exact } } } }')
    expect(data!['story']).toEqual({ officialStatements: [], quotes: [{ text: 'We will build berth 1', excerpt: null }, { text: 'The plan is sound', excerpt: null }] })
  })

  it('is there for staff, and for everyone at the instant the embargo ends, no earlier', async () => {
    const query = '{ story(slug: "harbor-plan-1") { officialStatements { issuer { key } fullText } quotes { excerpt { exact start } } } person(key: "kim-voice") { name } organization(key: "parent-co") { name } search(query: "quietly") { nodes { kind } } }'
    const open = {
      story: { officialStatements: [{ issuer: { key: 'ministry' }, fullText: 'The plan is sound. The ministry pays quietly.' }], quotes: [{ excerpt: null }, { excerpt: { exact: 'The plan is sound', start: 0 } }] },
      person: { name: 'Kim Voice' }, organization: { name: 'Parent Co' }, search: { nodes: [{ kind: 'STATEMENT' }] },
    }
    expect((await embargoed.readAsStaff(query)).data!['story'].officialStatements).toHaveLength(2)
    embargoed.now = new Date(Date.parse(UNTIL) - 1)
    expect((await embargoed.read(query)).data).toMatchObject({ story: { officialStatements: [] }, person: null, organization: null, search: { nodes: [] } })
    embargoed.now = new Date(UNTIL)
    expect((await embargoed.read(query)).data).toEqual(open)
    embargoed.now = new Date('2026-03-10T12:00:00Z')
  })
})

describe('the embargo and release of a statement on file', () => {
  let newsroom: TestNewsroom
  let id: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(2, { publication: undefined, statements: [], quotes: story(2).quotes!.map(({ excerptOf: _none, ...quote }) => quote) }))
    const body = (await newsroom.readAsStaff('mutation { findOrCreateOrganization(input: {name: "Ministry"}) { organization { id } } }')).data!['findOrCreateOrganization'].organization.id
    id = (await run(newsroom, 'fileStatement', { issuerId: body, channel: 'PRESS_RELEASE', text: 'The plan is sound. The ministry pays quietly.', release: 'FULL', embargoedUntil: UNTIL })).statement.id
    const draft = await storyIds(newsroom, 'harbor-plan-2')
    expect(codes(await run(newsroom, 'linkExcerpts', { storyId: draft.id, expectedRevision: draft.revision, statementId: id, excerpts: [{ quoteId: draft.quotes[1], start: 0, end: 17 }] }))).toEqual([])
    await newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${draft.id}"}) { errors { code } } }`)
  })
  afterAll(() => newsroom.close())
  const QUERY = '{ story(slug: "harbor-plan-2") { officialStatements { fullText release } quotes { excerpt { exact start } } } organization(key: "ministry") { name } officialStatements { nodes { id } } search(query: "quietly") { nodes { kind } } }'
  const HIDDEN = { story: { officialStatements: [], quotes: [{ excerpt: null }, { excerpt: null }] }, organization: null, officialStatements: { nodes: [] }, search: { nodes: [] } }
  const read = async () => (await newsroom.read(QUERY)).data
  const release = (given: object, role?: 'REPORTER') => run(newsroom, 'releaseStatement', { statementId: id, ...given }, role)

  it('hold for a story that was published with it, though the story notes none', async () => expect(await read()).toEqual(HIDDEN))

  it('are changed at once: lifted, set again, and narrowed to excerpts', async () => {
    expect(await release({ release: 'FULL' })).toMatchObject({ errors: [], statement: { embargoedUntil: null, isUnderEmbargo: false } })
    expect(await read()).toMatchObject({ story: { officialStatements: [{ fullText: expect.stringContaining('quietly'), release: 'FULL' }], quotes: [{}, { excerpt: { exact: 'The plan is sound', start: 0 } }] }, organization: { name: 'Ministry' }, search: { nodes: [{ kind: 'STATEMENT' }] } })
    expect(codes(await release({ release: 'EXCERPT' }))).toEqual([])
    expect(await read()).toMatchObject({ story: { officialStatements: [{ fullText: null, release: 'EXCERPT' }], quotes: [{}, { excerpt: { exact: 'The plan is sound', start: null } }] }, search: { nodes: [] } })
    expect(codes(await release({ release: 'FULL', embargoedUntil: '2026-03-11T00:00:00Z' }))).toEqual([])
    expect(await read()).toEqual(HIDDEN)
    newsroom.now = new Date('2026-03-11T00:00:00Z')
    expect((await read())!['organization']).toEqual({ name: 'Ministry' })
    newsroom.now = new Date('2026-03-10T12:00:00Z')
  })

  it('are not set to an instant that is past, or before the statement was issued', async () => {
    expect((await release({ release: 'FULL', embargoedUntil: '2026-03-10T11:00:00Z' })).errors).toMatchObject([{ code: 'TIME_IN_THE_PAST', path: 'embargoedUntil' }])
  })

  it('never show a full text that the story holds back', async () => {
    const { document, id: storyId, revision } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { id document revision { number } } }')).data!['story']
    const narrow = { ...document, statements: document.statements.map((statement: object) => ({ ...statement, release: 'EXCERPT' })) }
    await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { code } } }', { input: { storyId, expectedRevision: revision.number, document: narrow } })
    await newsroom.readAsStaff(`mutation { updateStory(input: {storyId: "${storyId}"}) { errors { code } } }`)
    expect(codes(await release({ release: 'FULL' }))).toEqual([])
    expect(await read()).toMatchObject({ story: { officialStatements: [{ fullText: null }] }, search: { nodes: [] } })
  })
})
