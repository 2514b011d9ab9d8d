import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'
import { send, type Answered } from './hostile/send.js'

/**
 * Where the GraphQL server below, as it comes, answers in HTML, with a status of its own fault, or with words of its inside. Each is
 * asked of both contracts, with NODE_ENV unset, which is when it tells most.
 */
const JSON_TYPE = { 'content-type': 'application/json' }
const PING = '{"query":"{ __typename }"}'

let newsroom: TestNewsroom
const nodeEnv = process.env['NODE_ENV']
beforeAll(async () => {
  delete process.env['NODE_ENV']
  newsroom = await TestNewsroom.open()
})
afterAll(async () => {
  await newsroom.close()
  if (nodeEnv !== undefined) process.env['NODE_ENV'] = nodeEnv
})

describe.each(['PUBLIC', 'NEWSROOM'] as const)('of the %s contract', (contract) => {
  const post = async (body: string | Buffer, headers: Record<string, string> = JSON_TYPE) => told(await send(newsroom.url + PATHS[contract], { method: 'POST', headers: { ...headers, ...(contract === 'NEWSROOM' && { authorization: `Bearer ${await newsroom.token('EDITOR')}` }) }, body }))
  const ask = (query: string, variables?: object) => post(JSON.stringify({ query, variables }))

  it.each<readonly [string, string | Buffer, Record<string, string>, number, string]>([
    ['bad JSON', '{"query":', JSON_TYPE, 400, 'BAD_REQUEST'],
    ['a bad character set', PING, { 'content-type': 'application/json; charset=nonsense' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['another character set', Buffer.from(PING, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a bad encoding', PING, { ...JSON_TYPE, 'content-encoding': 'nonsense' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a body that is not compressed as it says', PING, { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('%s is no page of HTML', async (_what, body, headers, status, code) => {
    expect(await post(body, headers)).toMatchObject({ status, type: 'application/json; charset=utf-8', codes: [code] })
  })

  it('a bad hash of a persisted query is no fault of the server', async () => {
    for (const persistedQuery of [{ version: 1, sha256Hash: 'x' }, { version: 2, sha256Hash: 'a'.repeat(64) }, { version: 1 }, { version: 1, sha256Hash: {} }, 'x', []]) {
      expect(await post(JSON.stringify({ extensions: { persistedQuery } }))).toMatchObject({ status: 400, codes: ['PERSISTED_QUERY_INVALID'] })
      expect(await post(JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery } }))).toMatchObject({ status: 400, codes: ['PERSISTED_QUERY_INVALID'] })
    }
  })

  it('a subscription over POST is no fault of the server', async () => {
    const answered = await ask('subscription { storyChanged { at } }')
    expect([answered.status, answered.codes]).toEqual([400, ['BAD_REQUEST']])
  })

  it('what is refused between validation and execution keeps its status', async () => {
    expect(await ask('{ stories(first: 100) { nodes { topics { stories(first: 100) { nodes { slug } } } } } }')).toMatchObject({ status: 400, codes: ['QUERY_TOO_EXPENSIVE'] })
    expect(await post(JSON.stringify({ query: 'query A { __typename }', operationName: 'B' }))).toMatchObject({ status: 400, codes: ['OPERATION_RESOLUTION_FAILURE'] })
  })

  it('literals, lists and selections of any depth tell nothing of the stack', async () => {
    for (const depth of [100, 3_000, 40_000]) {
      for (const query of [`{ nodes(ids: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`, `{ stories(filter: ${'{a:'.repeat(depth)}1${'}'.repeat(depth)}) { nodes { id } } }`, `${'{a'.repeat(depth)}${'}'.repeat(depth)}`, `query($v: ${'['.repeat(depth)}Int${']'.repeat(depth)}) { __typename }`]) {
        const answered = await ask(query)
        expect(answered.status).toBe(400)
        expect(['QUERY_TOO_DEEP', 'QUERY_TOO_LONG']).toContain(answered.codes[0])
        expect(answered.text).not.toMatch(/stack|Range/i)
      }
    }
  })

  it('a wrong value of an enum gets no hint, as a literal or in a variable, and neither does a wrong name', async () => {
    for (const answered of [await ask('{ stories(orderBy: NEWSET) { nodes { slug } } }'), await ask('query($o: StoryOrder!) { stories(orderBy: $o) { nodes { slug } } }', { o: 'NEWSET' }), await ask('{ storys { nodes { slug } } }'), await ask('query($f: StoryFilterInput) { stories(filter: $f) { nodes { slug } } }', { f: { deskz: 1 } })]) {
      expect(answered.status).toBe(400)
      expect(answered.text).not.toMatch(/did you mean|NEWEST|"stories"|desks/i)
    }
  })

  it('no error has a stack', async () => {
    for (const query of ['{', '{ nothing }', '{ stories(first: 0) { nodes { slug } } }', 'query($n: Int!) { stories(first: $n) { nodes { slug } } }', '{ stories(after: "x") { nodes { id } } }']) {
      const answered = await ask(query)
      expect(answered.codes).toHaveLength(1)
      expect(answered.keys).toEqual(['code', 'requestId'])
    }
  })

  it('a body of more than a megabyte is refused, and 50 MB are not read', async () => {
    const limit = contract === 'PUBLIC' ? 1 : 4
    for (const size of [limit * 1024 * 1024 + 1, 50 * 1024 * 1024]) expect(await post(Buffer.alloc(size, 32))).toMatchObject({ status: 413, codes: ['PAYLOAD_TOO_LARGE'] })
  })
})

function told({ status, headers, text }: Answered) {
  const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] }
  return { status, text, type: headers['content-type'], codes: errors.map(({ extensions }) => extensions.code), keys: [...new Set(errors.flatMap(({ extensions }) => Object.keys(extensions)))].toSorted() }
}
