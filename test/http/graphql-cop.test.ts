import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'

/**
 * What graphql-cop looks for, asked in words of our own, against a server as it is set up with a PostgreSQL server: no schema for
 * readers, no GraphiQL. https://github.com/dolevf/graphql-cop
 */
let newsroom: TestNewsroom
beforeAll(async () => { newsroom = await TestNewsroom.open({ limits: { introspection: false, graphiql: false } }) })
afterAll(() => newsroom.close())

async function answer(init: RequestInit, search = '', path: string = PATHS.PUBLIC): Promise<any> {
  return (await fetch(newsroom.url + path + search, init)).json()
}
const post = (body: unknown) => answer({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const codes = (answered: { errors: { extensions: { code: string } }[] }) => answered.errors.map(({ extensions }) => extensions.code)
const times = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, index) => part(index)).join(' ')

describe('graphql-cop finds', () => {
  it('no answer to 101 aliases', async () => {
    const answered = await post({ query: `{ ${times(101, (n) => `alias${n}: __typename`)} }` })
    expect(answered.data).toBeUndefined()
    expect(codes(answered)).toEqual(['TOO_MANY_ALIASES'])
  })

  it('no answer to a batch of 11', async () => {
    const answered = await post(Array.from({ length: 11 }, () => ({ query: '{ __typename }' })))
    expect(answered).not.toBeInstanceOf(Array)
    expect(codes(answered)).toEqual(['BATCHING_NOT_SUPPORTED'])
  })

  it('one error for ten directives, not ten', async () => {
    expect(codes(await post({ query: `{ __typename ${'@aa'.repeat(10)} }` }))).toEqual(['TOO_MANY_DIRECTIVES'])
  })

  it('no answer to a field 500 times', async () => {
    const answered = await post({ query: `{ ${times(500, () => '__typename')} }` })
    expect(answered.data).toBeUndefined()
    expect(codes(answered)).toEqual(['FIELD_REPEATED'])
  })

  it('no circular introspection', async () => {
    const query = '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }'
    expect((await post({ query })).data).toBeUndefined()
    // Nor where readers may ask for the schema.
    const open = await newsroom.beside()
    expect((await open.read(query)).errors![0]!.extensions.code).toBe('QUERY_TOO_DEEP')
    await open.close()
  })

  it('no introspection', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Story") { name } }', 'query A { ...f } fragment f on Query { x: __schema { queryType { name } } }']) expect(codes(await post({ query }))).toEqual(['INTROSPECTION_DISABLED'])
    expect(await post({ query: '{ __typename }' })).toEqual({ data: { __typename: 'Query' } })
  })

  it('no suggestion of a field', async () => {
    for (const query of ['{ __schema { directive } }', '{ __type(name: "Query") { nam } }', '{ storie { id } }']) expect(JSON.stringify(await post({ query }))).not.toMatch(/did you mean/i)
  })

  it('no GraphiQL, at any of the usual addresses', async () => {
    for (const path of ['/graphiql', '/playground', '/console', '/graphql', '/', '/newsroom/graphiql', '/graphiql/graphiql.js']) {
      const response = await fetch(newsroom.url + path, { headers: { accept: 'text/html' } })
      expect(response.status, path).toBeGreaterThanOrEqual(400)
      expect(await response.text()).not.toMatch(/graphiql|playground/i)
    }
  })

  it('no query by a plain GET', async () => {
    expect((await answer({}, '?query=%7B__typename%7D')).data).toBeUndefined()
  })

  it('no mutation by GET', async () => {
    expect((await answer({}, '?query=mutation%7B__typename%7D')).data).toBeUndefined()
    expect((await answer({ headers: { 'apollo-require-preflight': 'true' } }, '?query=mutation%7B__typename%7D')).data).toBeUndefined()
  })

  it('no query in a form, or in the address of a POST', async () => {
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query=%7B__typename%7D' }
    expect((await answer(form)).data).toBeUndefined()
    expect((await answer({ method: 'POST' }, '?query=%7B__typename%7D')).data).toBeUndefined()
  })

  it('no traces, and no unhandled error', async () => {
    for (const query of ['{ __typename }', 'qwerty cop { abc }', '{ abc }']) {
      const text = JSON.stringify(await post({ query }))
      expect(text).not.toMatch(/tracing|exception|stacktrace/i)
    }
    expect(codes(await post({ query: 'qwerty cop { abc }' }))).toEqual(['GRAPHQL_PARSE_FAILED'])
  })
})

describe('where readers may not ask for the schema', () => {
  it('staff may', async () => {
    expect((await newsroom.readAsStaff('{ __schema { queryType { name } } }')).data).toEqual({ __schema: { queryType: { name: 'Query' } } })
  })
})
