import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'

/** A story in which somebody else says what Ada Quill says, for another body than the port. */
function storyOf(n: string, key: string, name: string, body = 'port', change: Partial<StoryDocumentInput> = {}): StoryDocumentInput {
  const document = story(n, change)
  return {
    ...document,
    people: [{ key, name, affiliations: [{ organization: body, title: 'director' }] }, ...document.people!.slice(1)],
    organizations: [{ key: body, name: body.toUpperCase() }],
    sources: document.sources!.map((source) => ('organization' in source || source.kind === 'PERSON' ? { ...source, ...('person' in source && { person: key }), organization: body } : source)) as StoryDocumentInput['sources'],
    statements: document.statements!.map((statement) => ({ ...statement, issuer: body })),
    claims: [],
  }
}
const draftOf = ({ publication: _published, ...draft }: StoryDocumentInput): StoryDocumentInput => draft
const idOf = (kind: string, key: string) => Buffer.from(`${kind}:${key}`).toString('base64url')

async function merge(newsroom: TestNewsroom, into: string, from: string, kind: 'Person' | 'Organization' = 'Person', role: Parameters<TestNewsroom['token']>[0] = 'EDITOR'): Promise<string[]> {
  const [mutation, field] = kind === 'Person' ? ['mergePeople', 'person'] : ['mergeOrganizations', 'organization']
  const { data, errors } = await newsroom.readAsStaff(`mutation { ${mutation}(input: {intoId: "${idOf(kind, into)}", fromId: "${idOf(kind, from)}"}) { ${field} { key } errors { code } } }`, {}, role)
  expect(errors).toBeUndefined()
  return data![mutation!].errors.map((error: { code: string }) => error.code)
}
async function unmerge(newsroom: TestNewsroom, key: string, role: Parameters<TestNewsroom['token']>[0] = 'EDITOR'): Promise<string[]> {
  const { data } = await newsroom.readAsStaff(`mutation { unmerge(input: {id: "${idOf('Person', key)}"}) { errors { code } } }`, {}, role)
  return data!['unmerge'].errors.map((error: { code: string }) => error.code)
}

describe('merging people and organizations', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(storyOf('1', 'ada-quill', 'Ada Quill'), storyOf('2', 'a-quill', 'A. Quill', 'harbor-port'), storyOf('3', 'a-quill', 'A. Quill', 'harbor-port'), storyOf('4', 'quill-ada', 'Quill', 'port-draft'))
    await newsroom.add(draftOf(storyOf('5', 'draft-quill', 'Draft Quill', 'port-two')))
  })
  afterAll(() => newsroom.close())

  const READ = `query ($key: String!) { person(key: $key) { key name quotes { nodes { text story { slug } speaker { name } } } attributions { nodes { id } } stories { nodes { slug } } } }`
  const reading = async (key: string, staff = false) => (staff ? await newsroom.readAsStaff(READ, { key }) : await newsroom.read(READ, { key })).data!['person']
  const slugs = (list: { nodes: { story?: { slug: string }; slug?: string }[] }) => list.nodes.map((node) => node.story?.slug ?? node.slug)

  it('joins the lists, leads from either to the one that stays, and rewrites no revision', async () => {
    const documents = async () => (await newsroom.database.prisma()).revision.findMany({ select: { document: true, publicDocument: true, documentHash: true }, orderBy: { id: 'asc' } })
    const before = await documents()
    // What a story's own address gives, and who follows the changes is told: a merge is none of them.
    const told = async () => [...(await Promise.all(['1', '2', '3'].map(async (n) => (await fetch(`${newsroom.url}/stories/harbor-plan-${n}`)).text()))), (await (await fetch(`${newsroom.url}/changes?story=whole`)).text()).replaceAll(/"cursor":"[^"]+"/g, '')]
    const toldBefore = await told()
    const apart = { first: await reading('ada-quill'), second: await reading('a-quill') }
    expect(await merge(newsroom, 'ada-quill', 'a-quill')).toEqual([])
    for (const staff of [false, true]) {
      const [one, other] = [await reading('ada-quill', staff), await reading('a-quill', staff)]
      expect(other).toEqual(one)
      expect(one).toMatchObject({ key: 'ada-quill', name: 'Ada Quill' })
      expect(slugs(one.quotes).toSorted()).toEqual([...slugs(apart.first.quotes), ...slugs(apart.second.quotes)].toSorted())
      expect(new Set(one.quotes.nodes.map((node: any) => node.speaker.name))).toEqual(new Set(['Ada Quill', 'A. Quill']))
      expect(slugs(one.stories)).toEqual(['harbor-plan-3', 'harbor-plan-2', 'harbor-plan-1'].toSorted((a, b) => slugs(one.stories).indexOf(a) - slugs(one.stories).indexOf(b)))
    }
    expect(await documents()).toEqual(before)
    expect(await told()).toEqual(toldBefore)
    const { data } = await newsroom.read(`{
      node(id: "${idOf('Person', 'a-quill')}") { ... on Person { key } } persons(first: 100) { nodes { key } } quotes(filter: {speaker: "a-quill"}) { nodes { id } } stories(filter: {person: "ada-quill"}) { nodes { slug } }
      story(slug: "harbor-plan-2") { quotes(first: 1) { speaker { name person { key } } otherQuotes { nodes { story { slug } } } } }
    }`)
    expect(data!['node']).toEqual({ key: 'ada-quill' })
    expect(data!['persons'].nodes.map((node: { key: string }) => node.key)).toEqual(['ada-quill', 'quill-ada'])
    expect(data!['quotes'].nodes).toHaveLength(3)
    expect(data!['stories'].nodes).toHaveLength(3)
    expect(data!['story'].quotes[0].speaker).toEqual({ name: 'A. Quill', person: { key: 'a-quill' } })
    expect(slugs(data!['story'].quotes[0].otherQuotes).toSorted()).toEqual(['harbor-plan-1', 'harbor-plan-3'])
  })

  it('are asked about in a statement of their own, by whoever reads one of those concerned', async () => {
    const askedFor = async (key: string) => (await newsroom.statementsOf(() => reading(key))).filter((text) => text.includes(' AS rows0')).map((text) => text.includes(' AS merged'))
    expect(await askedFor('mayor-lund')).toEqual([true])
    expect(await askedFor('ada-quill')).toEqual([true, false])
    // What is below goes by the one that stays, who is known only then.
    expect(await askedFor('a-quill')).toEqual([true, false, false])
  })

  it('pages through a joined list without losing or repeating a row', async () => {
    for (const [take, from, flag] of [['first', 'after', 'hasNextPage'], ['last', 'before', 'hasPreviousPage']] as const) {
      const seen: string[] = []
      for (let cursor = 'null'; ;) {
        const { nodes, pageInfo } = (await newsroom.read(`{ person(key: "a-quill") { stories(${take}: 1, ${from}: ${cursor}) { nodes { slug } pageInfo { ${flag} startCursor endCursor } } } }`)).data!['person'].stories
        expect(nodes).toHaveLength(1)
        seen.push(nodes[0].slug)
        if (!pageInfo[flag]) break
        cursor = JSON.stringify(take === 'first' ? pageInfo.endCursor : pageInfo.startCursor)
      }
      expect(seen.toSorted()).toEqual(['harbor-plan-1', 'harbor-plan-2', 'harbor-plan-3'])
      expect(seen).toEqual(take === 'first' ? slugs((await reading('ada-quill')).stories) : slugs((await reading('ada-quill')).stories).toReversed())
    }
  })

  it('joins organizations with their statements, and lets a story call the issuer by either name', async () => {
    expect(await merge(newsroom, 'port', 'harbor-port', 'Organization')).toEqual([])
    const { data } = await newsroom.read('{ organization(key: "harbor-port") { key officialStatements { nodes { story { slug } } } quotes { nodes { id } } } officialStatements(filter: {issuer: "port"}) { nodes { id } } organizations(first: 9) { nodes { key } } }')
    expect(data!['organization'].key).toBe('port')
    expect(data!['organization'].officialStatements.nodes).toHaveLength(3)
    expect(data!['organization'].quotes.nodes.length).toBeGreaterThan(3)
    expect(data!['officialStatements'].nodes).toHaveLength(3)
    expect(data!['organizations'].nodes).toEqual([{ key: 'port' }, { key: 'port-draft' }])
    const staff = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { id revision { number } document } }')).data!['story']
    const document = JSON.parse(JSON.stringify(staff.document).replaceAll('"harbor-port"', '"port"'))
    const saved = await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { code message } } }', { input: { storyId: staff.id, expectedRevision: staff.revision.number, document } })
    expect(saved.data!['saveRevision'].errors).toEqual([])
  })

  it('never makes a circle, and says what it was that was merged already', async () => {
    expect(await merge(newsroom, 'a-quill', 'ada-quill')).toEqual(['CYCLE'])
    expect(await merge(newsroom, 'ada-quill', 'ada-quill')).toEqual(['SAME_ENTRY'])
    expect(await merge(newsroom, 'ada-quill', 'a-quill')).toEqual([])
    expect(await merge(newsroom, 'quill-ada', 'a-quill')).toEqual(['ALREADY_MERGED'])
    expect(await merge(newsroom, 'ada-quill', 'nobody')).toEqual(['NOT_FOUND'])
    expect(await merge(newsroom, 'quill-ada', 'ada-quill')).toEqual([])
    expect(await reading('a-quill')).toMatchObject({ key: 'quill-ada' })
    expect(await merge(newsroom, 'a-quill', 'quill-ada')).toEqual(['CYCLE'])
    const { data } = await newsroom.readAsStaff('{ personEntry(key: "a-quill") { mergedInto { key mergedInto { key } } mergedBy } entries: personEntry(key: "quill-ada") { duplicates { key duplicates { key } } } }')
    expect(data).toEqual({ personEntry: { mergedInto: { key: 'ada-quill', mergedInto: { key: 'quill-ada' } }, mergedBy: 'editor' }, entries: { duplicates: [{ key: 'ada-quill', duplicates: [{ key: 'a-quill' }] }] } })
  })

  it('can be taken back, one merge at a time', async () => {
    expect(await unmerge(newsroom, 'quill-ada')).toEqual(['NOT_MERGED'])
    expect(await unmerge(newsroom, 'ada-quill')).toEqual([])
    expect(await reading('a-quill')).toMatchObject({ key: 'ada-quill' })
    expect(await reading('quill-ada')).toMatchObject({ key: 'quill-ada', quotes: { nodes: [{}] } })
    expect(await unmerge(newsroom, 'a-quill')).toEqual([])
    expect(await reading('a-quill')).toMatchObject({ key: 'a-quill', name: 'A. Quill' })
  })

  it('keeps its shape when twenty merge the same three at once, in every direction', async () => {
    const keys = ['ada-quill', 'a-quill', 'quill-ada']
    await Promise.all(Array.from({ length: 20 }, (_, n) => merge(newsroom, keys[n % 3]!, keys[(n + 1 + (n % 2)) % 3]!)))
    const people = await (await newsroom.database.prisma()).person.findMany({ where: { key: { in: keys } } })
    const roots = people.filter((person) => person.survivorId === null)
    expect(roots).toHaveLength(1)
    for (const person of people) expect([null, roots[0]!.id]).toContain(person.survivorId)
    for (const person of people) if (person.mergedIntoId) await unmerge(newsroom, person.key)
    expect(await (await newsroom.database.prisma()).person.count({ where: { survivorId: { not: null } } })).toBe(0)
  }, 60_000)

  it('is for editors', async () => {
    for (const role of ['PREVIEW', 'REPORTER'] as const) {
      expect(await merge(newsroom, 'ada-quill', 'a-quill', 'Person', role)).toEqual(['FORBIDDEN'])
      expect(await merge(newsroom, 'port', 'port-draft', 'Organization', role)).toEqual(['FORBIDDEN'])
      expect(await unmerge(newsroom, 'a-quill', role)).toEqual(['FORBIDDEN'])
    }
    const { errors } = await newsroom.readAsStaff(`mutation { mergePeople(input: {intoId: "${idOf('Person', 'ada-quill')}", fromId: "${idOf('Organization', 'port')}"}) { errors { code } } }`)
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('leads the newsroom to a duplicate that stories know, where none speaks of the entry that stays', async () => {
    const made = await newsroom.readAsStaff('mutation { findOrCreatePerson(input: {name: "Unsung"}) { person { id } } }')
    expect(made.data!['findOrCreatePerson'].person.id).toBe(idOf('Person', 'unsung'))
    expect(await merge(newsroom, 'unsung', 'draft-quill')).toEqual([])
    expect(await reading('unsung', true)).toMatchObject({ key: 'draft-quill', quotes: { nodes: [{}] } })
    expect(await reading('draft-quill', true)).toMatchObject({ key: 'draft-quill' })
  })
})

describe('a merge with somebody who is not public', () => {
  it.each([
    ['into a person of a draft', [['draft-quill', 'ada-quill'], ['draft-quill', 'a-quill']]],
    ['of a person of a draft', [['ada-quill', 'draft-quill']]],
    ['through a person of a draft', [['draft-quill', 'a-quill'], ['unsung', 'draft-quill']]],
  ])('%s changes no byte of the public contract', async (_what, merges) => {
    const open = await TestNewsroom.open()
    const both = await TestNewsroom.open()
    for (const newsroom of [open, both]) await newsroom.add(storyOf('1', 'ada-quill', 'Ada Quill'), storyOf('2', 'a-quill', 'A. Quill', 'harbor-port'))
    await both.add(draftOf(storyOf('5', 'draft-quill', 'Draft Quill', 'port-two')), draftOf(storyOf('6', 'unsung', 'Unsung', 'port-three')))
    for (const [into, from] of merges) expect(await merge(both, into!, from!)).toEqual([])
    expect(await merge(both, 'port-two', 'port', 'Organization')).toEqual([])
    expect(await merge(both, 'harbor-port', 'port-three', 'Organization')).toEqual([])
    const ids = (await open.read('{ stories { nodes { id } } }')).data!['stories'].nodes.map((node: { id: string }) => node.id)
    const fields = walk(schemas().PUBLIC, { story: 'slug: "harbor-plan-1"', tombstone: 'slug: "x"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${ids[0]}"`, nodes: `ids: ${JSON.stringify(ids)}` })
    for (const { path, query } of fields.filter(({ path: of }) => /person|organization|speaker|issuer|quotes/i.test(of))) expect(await both.bytes(query(100)), path).toBe(await open.bytes(query(100)))
    for (const key of ['ada-quill', 'a-quill', 'draft-quill', 'unsung', 'port', 'port-two', 'port-three', 'harbor-port']) {
      for (const query of [
        `{ person(key: "${key}") { key quotes { nodes { id } } stories { nodes { id } } } organization(key: "${key}") { key quotes { nodes { id } } officialStatements { nodes { id } } } nodes(ids: ["${idOf('Person', key)}", "${idOf('Organization', key)}"]) { id } }`,
        `{ quotes(filter: {speaker: "${key}"}) { nodes { id } } stories(filter: {person: "${key}"}) { nodes { id } } officialStatements(filter: {issuer: "${key}"}) { nodes { id } } attributions(filter: {speakerOrganization: "${key}"}) { nodes { id } } }`,
      ]) expect(await both.bytes(query), query).toBe(await open.bytes(query))
    }
    await open.close()
    await both.close()
  }, 120_000)
})
