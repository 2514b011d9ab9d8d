import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createServer, PATHS } from '../../src/server.js'
import { liveClient } from '../support/live.js'
import { TestNewsroom } from '../support/newsroom.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const JSON_BODY = { 'content-type': 'application/json' }
const query = (text: string, variables: object = {}) => ({ method: 'POST', headers: JSON_BODY, body: JSON.stringify({ query: text, variables }) })

interface Line { readonly requestId?: string; readonly level: string; readonly status?: number; readonly codes?: readonly string[]; readonly [more: string]: unknown }

let newsroom: TestNewsroom
let url: string
let close: () => Promise<void>
const log: Line[] = []
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  // With ids as they are in a real newsroom.
  const server = await createServer({ database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'info', logStream: { write: (line) => { log.push(JSON.parse(line) as Line) } } })
  server.get('/broken', () => { throw new Error('CANARY') })
  url = await server.listen({ port: 0, host: '127.0.0.1' })
  close = () => server.close()
})
afterAll(async () => {
  await close()
  await newsroom.close()
})

/** The line of a request is written when its answer has left, which the client may hear of sooner. */
async function lineOf(requestId: string): Promise<Line> {
  for (let tries = 0; tries < 100; tries += 1) {
    const line = log.find((each) => each.requestId === requestId && each['msg'] === 'request')
    if (line) return line
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
  throw new Error(`no line of ${requestId}`)
}

describe('the id of a request', () => {
  it.each<[string, string, RequestInit, number, string]>([
    ['an address where there is nothing', '/nothing', {}, 404, 'NOT_FOUND'],
    ['an address that is no URL', '/%', {}, 400, 'BAD_REQUEST'],
    ['a method that is not allowed', PATHS.PUBLIC, { method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
    ['a body that is no JSON', PATHS.PUBLIC, { method: 'POST', headers: JSON_BODY, body: '{"query":' }, 400, 'BAD_REQUEST'],
    ['a body that is no request', PATHS.PUBLIC, { method: 'POST', headers: JSON_BODY, body: '{}' }, 400, 'BAD_REQUEST'],
    ['a body that is too large', PATHS.PUBLIC, { method: 'POST', headers: JSON_BODY, body: ' '.repeat(1024 * 1024 + 1) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a content type that is not read', PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<x/>' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a GET that a foreign page could send', `${PATHS.PUBLIC}?query=%7B__typename%7D`, {}, 400, 'BAD_REQUEST'],
    ['a query that does not parse', PATHS.PUBLIC, query('{ stories('), 400, 'GRAPHQL_PARSE_FAILED'],
    ['a field that there is not', PATHS.PUBLIC, query('{ storys }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an argument out of range', PATHS.PUBLIC, query('{ stories(first: 500) { nodes { slug } } }'), 400, 'BAD_USER_INPUT'],
    ['a variable of another type', PATHS.PUBLIC, query('query ($n: Int) { stories(first: $n) { nodes { slug } } }', { n: 'x' }), 400, 'BAD_USER_INPUT'],
    ['a mutation where there is none', PATHS.PUBLIC, query('mutation { killStory(input: {storyId: "x"}) { errors { code } } }'), 400, 'BAD_REQUEST'],
    ['a missing token', PATHS.NEWSROOM, query('{ stories { nodes { slug } } }'), 401, 'UNAUTHENTICATED'],
    ['a bug', '/broken', {}, 500, 'INTERNAL_SERVER_ERROR'],
  ])('is in the answer to %s, in its header and in the log', async (_what, path, init, status, code) => {
    const response = await fetch(url + path, init)
    const { errors } = (await response.json()) as { errors: { extensions: { code: string; requestId: string } }[] }
    const { requestId } = errors[0]!.extensions
    expect(requestId).toMatch(UUID)
    expect(response.headers.get('x-request-id')).toBe(requestId)
    expect([response.status, errors.map((error) => error.extensions)]).toEqual([status, [{ code, requestId }]])
    expect(await lineOf(requestId)).toMatchObject({ level: 'info', status, codes: [code] })
  })

  it('is in every error of an answer that has several, and the same', async () => {
    const response = await fetch(url + PATHS.PUBLIC, query('{ a: stories(first: 500) { nodes { slug } } b: stories(first: 501) { nodes { slug } } }'))
    const { errors } = (await response.json()) as { errors: { extensions: { requestId: string } }[] }
    expect(errors.length).toBeGreaterThanOrEqual(1)
    expect(new Set(errors.map((error) => error.extensions.requestId))).toEqual(new Set([response.headers.get('x-request-id')]))
  })

  it('is another one for each request, and in no case the one that a client brings', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await fetch(`${url}/healthz`, { headers: { 'x-request-id': 'mine', 'request-id': 'mine', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } })).headers.get('x-request-id')!))
    expect(new Set(ids).size).toBe(5)
    for (const id of ids) expect(id).toMatch(UUID)
  })

  it('is told to what is no HTTP request at all', async () => {
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = createConnection({ port: Number(new URL(url).port), host: '127.0.0.1' }, () => socket.write('NONSENSE\r\n\r\n'))
      socket.setEncoding('utf8').on('data', (part: string) => { text += part }).on('error', () => undefined).on('close', () => resolve(text))
    })
    const [, id] = /x-request-id: (\S+)/.exec(answer)!
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual({ errors: [{ message: 'This is not a request in HTTP/1.1.', extensions: { code: 'BAD_REQUEST', requestId: id } }] })
    expect(await lineOf(id!)).toMatchObject({ status: 400 })
  })

  it('is told over WebSocket too: with an error, and when the connection is refused', async () => {
    const client = liveClient({ url } as TestNewsroom, `Bearer ${await newsroom.token('EDITOR')}`)
    const wrong = (await client.iterate({ query: 'subscription { storyChanged(storyId: "nonsense") { at } }' }).next()).value as { errors: { extensions: { code: string; requestId: string } }[] }
    expect(wrong.errors[0]!.extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: expect.stringMatching(UUID) })
    const unknown = await client.iterate({ query: 'subscription { nothing }' }).next().catch((errors: unknown) => errors)
    expect(unknown).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: expect.stringMatching(UUID) } }])
    await client.dispose()
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve) => {
      new WebSocket(url.replace('http', 'ws') + PATHS.PUBLIC, 'graphql-transport-ws').on('unexpected-response', (_request, response) => { resolve(response.headers); response.resume() }).on('error', () => undefined)
    })
    expect(headers['x-request-id']).toMatch(UUID)
    for (const { extensions } of [wrong.errors[0]!, ...(unknown as { extensions: { requestId: string } }[])]) expect(log.some((line) => line.requestId === extensions.requestId)).toBe(true)
  })
})

describe('the line of a request', () => {
  it('tells the method, the route and not the address, the status, the time, who asked by role, and what by fields of the schema', async () => {
    const asked = await fetch(`${url}${PATHS.PUBLIC}?query=${encodeURIComponent('query Canary { stories { nodes { slug } } }')}&operationName=Canary`, { headers: { 'apollo-require-preflight': 'true' } })
    expect(await lineOf(asked.headers.get('x-request-id')!)).toMatchObject({ method: 'GET', route: '/graphql', status: 200, ms: expect.any(Number), contract: 'PUBLIC', viewer: 'READER', operation: 'query', fields: ['stories'] })
    const staff = await fetch(url + PATHS.NEWSROOM, { ...query('mutation Canary { killStory(input: {storyId: "x"}) { errors { code } } }'), headers: { ...JSON_BODY, authorization: `Bearer ${await newsroom.token('REPORTER')}` } })
    expect(await lineOf(staff.headers.get('x-request-id')!)).toMatchObject({ contract: 'NEWSROOM', viewer: 'REPORTER', operation: 'mutation', fields: ['killStory'] })
    const page = await fetch(`${url}/graphiql?canary`)
    expect(await lineOf(page.headers.get('x-request-id')!)).toMatchObject({ route: '/graphiql', status: 200 })
    expect(JSON.stringify(log)).not.toMatch(/canary/i)
  })
})
