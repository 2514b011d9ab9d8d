import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'

const JSON_BODY = { 'content-type': 'application/json' }
const PREFLIGHT = { 'apollo-require-preflight': 'true' }
const PING = JSON.stringify({ query: '{ __typename }' })

let newsroom: TestNewsroom
beforeAll(async () => { newsroom = await TestNewsroom.open() })
afterAll(() => newsroom.close())

interface Answered { readonly status: number; readonly headers: Headers; readonly body: any }
async function send(path: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(newsroom.url + path, { redirect: 'manual', ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
}
const post = (body: string, headers: Record<string, string> = JSON_BODY, path: string = PATHS.PUBLIC) => send(path, { method: 'POST', headers, body })
const errorsOf = ({ status, body }: Answered) => [status, ...body.errors.map((error: { extensions: { code: string } }) => error.extensions.code)]

describe('a request that is none', () => {
  it('to an unknown address is not found, and says where the API is', async () => {
    for (const [method, path] of [['GET', '/nothing'], ['POST', '/nothing'], ['GET', '/graphql/'], ['GET', '/graphiql/nothing.js'], ['GET', '/graphiql/..%2f..%2fpackage.json']] as const) {
      const answered = await send(path, { method })
      expect(errorsOf(answered), path).toEqual([404, 'NOT_FOUND'])
      expect(answered.body.errors[0].message).toContain('/graphql')
    }
  })

  it('to an address that is no URL is refused in the same form', async () => {
    expect(errorsOf(await send('/%'))).toEqual([400, 'BAD_REQUEST'])
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('with the method %s is refused, and says which are allowed', async (method) => {
    for (const path of Object.values(PATHS)) {
      const answered = await send(path, { method })
      expect(errorsOf(answered)).toEqual([405, 'METHOD_NOT_ALLOWED'])
      expect(answered.headers.get('allow')).toBe('GET, POST')
    }
  })

  it.each([
    ['cut off JSON', '{"query":'], ['no JSON', 'query { stories }'], ['nothing', ''], ['a string', '"x"'], ['null', 'null'], ['a number', '1'],
    ['an empty object', '{}'], ['a query that is no text', '{"query":1}'], ['variables that are no object', '{"query":"{ __typename }","variables":"x"}'], ['a key that would change every object', '{"query":"{ __typename }","__proto__":{"x":1}}'],
  ])('with %s for a body is a bad request', async (_what, body) => {
    expect(errorsOf(await post(body))).toEqual([400, 'BAD_REQUEST'])
  })

  it.each([['a list', '[]'], ['a batch', `[${PING},${PING}]`], ['a batch of one', `[${PING}]`]])('with %s for a body is answered neither whole nor in part', async (_what, body) => {
    expect(errorsOf(await post(body))).toEqual([400, 'BATCHING_NOT_SUPPORTED'])
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'], ['XML', 'application/xml', 415, 'UNSUPPORTED_MEDIA_TYPE'], ['a file upload', 'multipart/form-data; boundary=x', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['plain text, as a foreign page could send it', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('with %s for a content type is refused', async (_what, type, status, code) => {
    expect(errorsOf(await post(PING, { 'content-type': type }))).toEqual([status, code])
    expect(errorsOf(await post(PING, { 'content-type': type, ...PREFLIGHT }))).toEqual([status, code])
  })

  it('that accepts no JSON gets none', async () => {
    expect(errorsOf(await post(PING, { ...JSON_BODY, accept: 'application/xml' }))).toEqual([406, 'BAD_REQUEST'])
  })

  it('over 1 MiB is too large, and one byte less is not', async () => {
    const filled = (bytes: number) => {
      const [before, after] = ['{"query":"{ __typename }","operationName":null,"extensions":{"x":"', '"}}']
      return before + 'x'.repeat(bytes - before.length - after.length) + after
    }
    expect(errorsOf(await post(filled(1024 * 1024 + 1)))).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    expect((await post(filled(1024 * 1024))).status).toBe(200)
  })

  it('that claims to be small and is over 1 MiB is too large all the same', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { ...JSON_BODY, 'transfer-encoding': 'chunked' } }, (response) => { response.resume(); resolve(response.statusCode!) })
      sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)))
      sent.end(Buffer.alloc(1024 * 1024 + 1, 32))
    })
    expect(status).toBe(413)
  })
})

describe('a query', () => {
  it('that does not parse says where', async () => {
    const answered = await post('{"query":"{ stories("}')
    expect(errorsOf(answered)).toEqual([400, 'GRAPHQL_PARSE_FAILED'])
    expect(answered.body.errors[0].locations).toEqual([{ line: 1, column: 11 }])
  })

  it('for a field that does not exist is told so, without a hint at what does (S10)', async () => {
    const answered = await post('{"query":"{ storys { nodes { slug } } }"}')
    expect(errorsOf(answered)).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
    expect(answered.body.errors[0].message).toBe('Cannot query field "storys" on type "Query".')
  })

  it('for a field of the newsroom gets no hint that there is one', async () => {
    const answered = await post('{"query":"{ stories { nodes { editorsNot claim slugLin } } }"}')
    expect(JSON.stringify(answered.body)).not.toMatch(/editorsNote|claims|slugline/)
  })

  it.each([
    ['a variable', { query: 'query($slug: String) { story(slug: $slug) { id } }', variables: { slug: 'a\0b' } }],
    ['a variable deep inside', { query: 'query($filter: StoryFilterInput) { stories(filter: $filter) { nodes { id } } }', variables: { filter: { desks: ['Metro', '\0'] } } }],
    ['the name of a variable', { query: '{ __typename }', variables: { 'a\0': 'b' } }],
    ['a literal', { query: '{ story(slug: "a\0b") { id } }' }],
    ['a literal, escaped', { query: String.raw`{ story(slug: "a\u0000b") { id } }` }],
    ['a literal, escaped with braces', { query: String.raw`{ story(slug: "a\u{0}b") { id } }` }],
  ])('with a NUL in %s is bad input', async (_where, query) => {
    expect(errorsOf(await post(JSON.stringify(query)))).toEqual([400, 'BAD_USER_INPUT'])
  })

  it('may name the escape sequence of NUL without being one', async () => {
    const search = 'query($words: String!) { search(query: $words) { nodes { kind } } }'
    expect(await post(JSON.stringify({ query: search, variables: { words: String.raw`\u0000` } }))).toMatchObject({ status: 200, body: { data: { search: { nodes: [] } } } })
    expect(await post(JSON.stringify({ query: String.raw`{ search(query: "\\u0000") { nodes { kind } } }` }))).toMatchObject({ status: 200, body: { data: { search: { nodes: [] } } } })
  })

  it('with variables 200,000 levels deep is refused, and the server lives', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(errorsOf(await post(`{"query":"{ __typename }","variables":{"x":${deep}}}`))).toEqual([400, 'VARIABLES_TOO_DEEP'])
    expect((await post(PING)).status).toBe(200)
  })

  it('given as a hash alone is refused with the code on which clients send it whole', async () => {
    const answered = await post(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }))
    expect(answered.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED')
  })
})

describe('a GET', () => {
  const query = encodeURIComponent('{ __typename }')

  it('without the preflight header is refused, because a foreign page could send it', async () => {
    const answered = await send(`${PATHS.PUBLIC}?query=${query}`)
    expect(errorsOf(answered)).toEqual([400, 'BAD_REQUEST'])
    expect(answered.body.errors[0].message).toContain('apollo-require-preflight')
  })

  it.each([['apollo-require-preflight', 'true'], ['content-type', 'application/json']])('with the header %s is answered', async (name, value) => {
    expect(await send(`${PATHS.PUBLIC}?query=${query}`, { headers: { [name]: value } })).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } })
  })

  it('takes variables as JSON', async () => {
    const withVariables = (variables: string) => send(`${PATHS.PUBLIC}?query=${encodeURIComponent('query($n: Int) { stories(first: $n) { nodes { slug } } }')}&variables=${encodeURIComponent(variables)}`, { headers: PREFLIGHT })
    expect(await withVariables('{"n":3}')).toMatchObject({ status: 200, body: { data: { stories: { nodes: [] } } } })
    expect(errorsOf(await withVariables('{"n":'))).toEqual([400, 'BAD_REQUEST'])
  })

  it('with two queries is a bad request', async () => {
    expect(errorsOf(await send(`${PATHS.PUBLIC}?query=${query}&query=${query}`, { headers: PREFLIGHT }))).toEqual([400, 'BAD_REQUEST'])
  })

  it('cannot run a mutation, even with a token', async () => {
    const headers = { ...PREFLIGHT, authorization: `Bearer ${await newsroom.token('ADMIN')}` }
    const mutation = 'mutation { createStory(input: { document: {} }) { __typename } }'
    const answered = await send(`${PATHS.NEWSROOM}?query=${encodeURIComponent(mutation)}`, { headers })
    expect(answered.status).toBe(405)
    expect(answered.headers.get('allow')).toBe('POST')
    expect(answered.body.data).toBeUndefined()
  })

  it('has a HEAD that is refused without a body', async () => {
    expect(await send(`${PATHS.PUBLIC}?query=${query}`, { method: 'HEAD', headers: PREFLIGHT })).toMatchObject({ status: 405, body: null })
  })
})

describe('every answer', () => {
  it('forbids browsers to guess its type', async () => {
    for (const path of ['/healthz', '/nothing', '/graphiql', '/graphql?query=%7B__typename%7D']) expect((await fetch(newsroom.url + path)).headers.get('x-content-type-options'), path).toBe('nosniff')
  })
})
