import { readFile } from 'node:fs/promises'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COST_LIMITS, DOCUMENT_LIMITS as LIMITS, limitsTable, REFUSALS, TEXT_OPERATIONS } from '../../src/graphql/limits.js'
import { schemas } from '../../src/graphql/schemas.js'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const times = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(' ')

let newsroom: TestNewsroom
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  await newsroom.add(story(1))
})
afterAll(() => newsroom.close())

const refusal = async (query: string, variables?: object) => {
  const { status, errors, data } = await newsroom.read(query, variables)
  expect(data ?? null).toBeNull()
  expect(errors).toHaveLength(1)
  return [status, errors![0]!.extensions.code, errors![0]!.message] as const
}

describe('a document at a limit is answered, and one over it is refused with the limit', () => {
  it.each([
    ['depth', (n: number) => `{ story(slug: "x") { ${'evolvedFrom { '.repeat(n - 2)}slug${' }'.repeat(n - 2)} } }`, LIMITS.depth, 'QUERY_TOO_DEEP'],
    ['aliases', (n: number) => `{ story(slug: "x") { ${times(n, (i) => `a${i}: slug`)} } }`, LIMITS.aliases, 'TOO_MANY_ALIASES'],
    ['fields at the root', (n: number) => `{ ${times(n, (i) => (i < 2 ? ['__typename', 'tombstone(slug: "x") { __typename }'][i]! : `a${i}: __typename`))} }`, LIMITS.rootFields, 'TOO_MANY_ROOT_FIELDS'],
    ['the same field', (n: number) => `{ ${times(n, () => '__typename')} }`, LIMITS.repeats, 'FIELD_REPEATED'],
    ['fragments', (n: number) => `{ story(slug: "x") { ${times(n, (i) => `...f${i}`)} } } ${times(n, (i) => `fragment f${i} on Story { slug }`)}`, LIMITS.fragments, 'TOO_MANY_FRAGMENTS'],
    ['fragment spreads', (n: number) => `{ story(slug: "x") { ${times(n, () => '...f')} } } fragment f on Story { slug }`, LIMITS.spreads, 'TOO_MANY_FRAGMENTS'],
    ['operations', (n: number) => `${times(n, (i) => `query q${i} { __typename }`)}`, LIMITS.operations, 'QUERY_TOO_LARGE'],
    ['characters', (n: number) => `{ __typename }${' '.repeat(n - '{ __typename }'.length)}`, LIMITS.length, 'QUERY_TOO_LONG'],
    ['a name', (n: number) => `{ ${'a'.repeat(n)}: __typename }`, LIMITS.nameLength, 'QUERY_TOO_LONG'],
    ['a list', (n: number) => `{ stories(filter: {desks: [${times(n, () => '"x"')}]}) { nodes { slug } } }`, LIMITS.literalList, 'LIST_TOO_LONG'],
  ] as const)('%s', async (_what, make, limit, code) => {
    expect(await newsroom.ask(PATHS.PUBLIC, make(limit), undefined, {}, code === 'QUERY_TOO_LARGE' ? 'q0' : undefined)).toMatchObject({ status: 200, data: expect.anything() })
    const [status, over, message] = await refusal(make(limit + 1))
    expect([status, over]).toEqual([400, code])
    expect(message).toContain(String(limit))
  })
})

it('refuses directives by their number in one place, before any of them is looked up', async () => {
  const [, ...refused] = await refusal(`{ __typename ${'@aa'.repeat(LIMITS.directivesInOnePlace + 1)} }`)
  expect(refused).toEqual(['TOO_MANY_DIRECTIVES', `The document has ${LIMITS.directivesInOnePlace + 1} directives in one place; it can have ${LIMITS.directivesInOnePlace}. Ask for less, or in several requests.`])
  expect((await newsroom.read(`{ __typename ${'@aa'.repeat(LIMITS.directivesInOnePlace)} }`)).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
})

describe('cost', () => {
  const headersOf = async (query: string, variables?: object) => {
    const response = await fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) })
    await response.arrayBuffer()
    return [response.status, response.headers.get('x-query-cost'), response.headers.get('x-query-cost-limit')]
  }

  it('is told in headers, and grows with what is asked for, not with what there is', async () => {
    const limit = String(COST_LIMITS.READER)
    expect(await headersOf('{ __typename }')).toEqual([200, '1', limit])
    expect(await headersOf('{ stories(first: 10) { nodes { slug } } }')).toEqual([200, '12', limit])
    expect(await headersOf('{ stories(first: 100) { nodes { slug } } }')).toEqual([200, '102', limit])
    expect(await headersOf('query($n: Int) { stories(first: $n) { nodes { slug } } }', { n: 30 })).toEqual([200, '32', limit])
    expect(await headersOf('{ stories { nodes { slug } pageInfo { hasNextPage } } }')).toEqual([200, '23', limit])
    const before = await headersOf('{ stories(first: 50) { nodes { quotes { text } } } }')
    await newsroom.add(story(2), story(3))
    expect(await headersOf('{ stories(first: 50) { nodes { quotes { text } } } }')).toEqual(before)
  })

  it('over the limit is refused with the cost, the limit and what to do', async () => {
    const query = '{ stories(first: 100) { nodes { topics { stories(first: 100) { nodes { slug } } } } } }'
    const [status, code, message] = await refusal(query)
    expect([status, code]).toEqual([400, 'QUERY_TOO_EXPENSIVE'])
    expect(message).toMatch(/may cost \d+; it can cost 10000\. Ask for shorter pages/)
    expect((await headersOf(query))[1]).toMatch(/^\d{6}$/)
  })

  it('counts a fragment where it is spread, and a list by what its page asks for', async () => {
    const spread = await headersOf('{ stories(first: 10) { ...c } } fragment c on StoryConnection { nodes { quotes { text } } }')
    expect(spread).toEqual(await headersOf('{ stories(first: 10) { nodes { quotes { text } } } }'))
  })

  it('of staff may be more than that of readers', async () => {
    const query = `{ ${times(10, (i) => `s${i}: stories(first: 100) { nodes { quotes { text } } }`)} }`
    expect((await newsroom.read(query)).errors![0]!.extensions.code).toBe('QUERY_TOO_EXPENSIVE')
    expect((await newsroom.readAsStaff(query)).errors).toBeUndefined()
  })
})

describe('the uses that the limits must leave alone', () => {
  it('GraphiQL\'s introspection, whole, of both contracts', async () => {
    for (const query of [getIntrospectionQuery(), getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true })]) {
      expect((await newsroom.read(query)).errors).toBeUndefined()
      expect((await newsroom.readAsStaff(query)).errors).toBeUndefined()
    }
  })

  it('a story of nearly a megabyte, as a variable', async () => {
    const document = { onrecord: 1, slug: 'long', desk: 'Metro', paragraphs: Array.from({ length: 900 }, (_, n) => ({ text: `${n} ${'word '.repeat(200)}` })) }
    const answer = await newsroom.readAsStaff('mutation($document: StoryDocument!) { createStory(input: {document: $document}) { story { slug } errors { code message } } }', { document })
    expect(answer.data!['createStory']).toEqual({ story: { slug: 'long' }, errors: [] })
  })

  it('a text of three megabytes to read, and no other operation that large', async () => {
    const text = 'It rains. '.repeat(300_000)
    const answer = await newsroom.readAsStaff('query($text: String!) { extractStory(text: $text) { errors { code } } }', { text })
    expect(answer).toMatchObject({ status: 200, data: { extractStory: {} } })
    expect(await newsroom.readAsStaff('{ stories { nodes { slug } } }', { text })).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] })
    expect(await newsroom.readAsStaff('query($text: String!) { extractStory(text: $text) { errors { code } } stories { nodes { slug } } }', { text })).toMatchObject({ status: 413 })
  })

  it('names only operations that there are for large texts', () => {
    const schema = schemas().NEWSROOM
    const there = { ...schema.getQueryType()!.getFields(), ...schema.getMutationType()!.getFields() }
    for (const name of TEXT_OPERATIONS) expect(Object.keys(there)).toContain(name)
  })
})

it('lists every limit with its code, in the README', async () => {
  expect(await readFile(new URL('../../README.md', import.meta.url), 'utf8')).toContain(limitsTable())
  for (const { code } of Object.values(REFUSALS)) expect(limitsTable()).toContain(`\`${code}\``)
})
