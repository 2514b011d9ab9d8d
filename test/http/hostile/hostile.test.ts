import { runInNewContext } from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import { getNullableType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contract } from '../../../src/graphql/context.js'
import { schemas } from '../../../src/graphql/schemas.js'
import { PATHS } from '../../../src/server.js'
import { story } from '../../support/documents.js'
import { TestNewsroom } from '../../support/newsroom.js'
import { codeOf } from './answers.js'
import { hostileArguments } from './arguments.js'
import { HOSTILE_BYTES } from './bytes.js'
import { HOSTILE_CHANGES, HOSTILE_DOCUMENTS, type HostileDocument } from './documents.js'
import { HOSTILE_REQUESTS, type HostileRequest } from './requests.js'
import { send, sendBytes } from './send.js'

const JSON_TYPE = { 'content-type': 'application/json' }
/** Of all hostile arguments, how many are left out between two that are sent; the numbers go round every argument's values. */
const EVERY = { PUBLIC: 7, NEWSROOM: 13 } as const
let newsroom: TestNewsroom
let staff: Record<string, string>
let partner: Record<string, string>
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  await newsroom.add(story(1), story(2))
  staff = { authorization: `Bearer ${await newsroom.token('EDITOR')}` }
  partner = { authorization: `Bearer ${await newsroom.partnerKey({ desks: ['Metro'] })}` }
})
afterAll(() => newsroom.close())

async function ask(path: string, { query, variables, operationName }: HostileDocument, headers: Record<string, string>, url = newsroom.url): Promise<string> {
  const body = JSON.stringify({ query, variables, operationName })
  return codeOf(await send(url + path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body }), body)
}

async function request(contract: string, { path = '', method = 'POST', headers, body }: HostileRequest, more: Record<string, string>): Promise<{ status: number; code: string }> {
  const url = newsroom.url + (path.startsWith('/') ? path : contract + path)
  const answered = await send(url, { method, headers: { ...headers, ...more }, ...(body !== undefined && { body }) })
  return { status: answered.status, code: codeOf(answered, '') }
}

/** Every row of every table. */
async function dump(): Promise<string> {
  const tables = await (await newsroom.database.prisma()).$queryRawUnsafe<{ name: string }[]>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
  const rows: unknown[] = []
  for (const { name } of tables) rows.push(await (await newsroom.database.prisma()).$queryRawUnsafe(`SELECT '${name}' AS "table", count(*)::int AS count, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash FROM "${name}" AS t`))
  return JSON.stringify(rows)
}

/** Bytes that are still in use once what is not is collected. */
function held(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let n = 0; n < 3; n += 1) collect()
  return process.memoryUsage().heapUsed
}

it('is tried with more than 800 requests, each in several ways', () => {
  expect(HOSTILE_DOCUMENTS.length + HOSTILE_REQUESTS.length + HOSTILE_BYTES.length + HOSTILE_CHANGES.length).toBeGreaterThan(800)
  const names = [...HOSTILE_DOCUMENTS, ...HOSTILE_REQUESTS, ...HOSTILE_BYTES].map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

describe('a hostile document', () => {
  it.each(HOSTILE_DOCUMENTS.map((document) => [document.name, document] as const))('of a reader: %s', async (_name, document) => {
    expect(document.codes).toContain(await ask(PATHS.PUBLIC, document, {}))
  })

  it('of a partner is answered as that of a reader', async () => {
    for (const document of HOSTILE_DOCUMENTS) expect(document.codes, document.name).toContain(await ask(PATHS.PUBLIC, document, partner))
  })

  it.each([...HOSTILE_DOCUMENTS, ...HOSTILE_CHANGES].map((document) => [document.name, document] as const))('of staff: %s', async (_name, document) => {
    expect(document.codes).toContain(await ask(PATHS.NEWSROOM, document, staff))
  })

  it('of nobody learns nothing of the newsroom\'s schema, not even whether it parses', async () => {
    const answers = new Set<string>()
    for (const { query, variables, operationName } of HOSTILE_DOCUMENTS) {
      const { status, text } = await send(newsroom.url + PATHS.NEWSROOM, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query, variables, operationName }) })
      answers.add(`${status} ${text}`)
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toMatch(/^401 .*"UNAUTHENTICATED"/)
  })
})

describe('a hostile request', () => {
  it.each(HOSTILE_REQUESTS.map((one) => [one.name, one] as const))('of a reader: %s', async (_name, one) => {
    const { status, code } = await request(PATHS.PUBLIC, one, {})
    expect(one.codes).toContain(code)
    expect(one.statuses).toContain(status)
  })

  it('of a partner is answered as that of a reader', async () => {
    for (const one of HOSTILE_REQUESTS) expect(one.codes, one.name).toContain((await request(PATHS.PUBLIC, one, partner)).code)
  })

  it.each(HOSTILE_REQUESTS.map((one) => [one.name, one] as const))('of staff: %s', async (_name, one) => {
    const { status, code } = await request(PATHS.NEWSROOM, one, staff)
    expect(one.codes).toContain(code)
    expect(one.statuses).toContain(status)
  })

  it.each(HOSTILE_REQUESTS.map((one) => [one.name, one] as const))('of nobody to the newsroom: %s', async (_name, one) => {
    const { code } = await request(PATHS.NEWSROOM, one, {})
    expect(['UNAUTHENTICATED', ...one.codes.filter((allowed) => allowed !== 'SERVED')]).toContain(code)
  })

  it.each(HOSTILE_BYTES.map((one) => [one.name, one] as const))('that is no HTTP: %s', async (_name, { bytes, status, code, ends }) => {
    const answered = await sendBytes(newsroom.url, bytes, ends)
    expect([answered.status, codeOf(answered, '')]).toEqual([status, code])
  })

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', 'bearer x', `Bearer onr_staff_${'x'.repeat(43)}`, `Bearer ${'x'.repeat(9_000)}`, "Bearer ' OR 1=1 --", 'Bearer onr_staff_%00', 'null', '🙂'.normalize(), 'Digest username="a"'].map((authorization) => [authorization.slice(0, 40), authorization]))('with the authorization %s is nobody\'s', async (_name, authorization) => {
    const headers: Record<string, string> = { ...JSON_TYPE, authorization: Buffer.from(authorization).toString('latin1') }
    const answered = await send(newsroom.url + PATHS.NEWSROOM, { method: 'POST', headers, body: '{"query":"{ __typename }"}' })
    expect([answered.status, codeOf(answered, '')]).toEqual([401, 'UNAUTHENTICATED'])
    expect(answered.headers['www-authenticate']).toBe('Bearer')
  })
})

describe('a hostile argument', () => {
  it.each<readonly [string, Contract, () => Record<string, string>]>([['a reader', 'PUBLIC', () => ({})], ['staff', 'NEWSROOM', () => staff]])('of %s harms nothing, whichever field takes it', async (_who, contract, headers) => {
    const all = hostileArguments(schemas()[contract])
    expect(all.length).toBeGreaterThan(1_000)
    // A part of them, in which every argument has its turn.
    for (const { path, query, variables } of all.filter((_one, index) => index % EVERY[contract] === 0)) {
      const code = await ask(PATHS[contract], { name: path, query, variables, codes: [] }, headers())
      expect(['SERVED', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'LIST_TOO_LONG', 'FORBIDDEN', 'QUERY_TOO_EXPENSIVE'], `${path} ${JSON.stringify(variables).slice(0, 200)}`).toContain(code)
    }
  }, 120_000)

  it('that is SQL is a text like any other', async () => {
    const texts = Object.values(schemas().PUBLIC.getQueryType()!.getFields()).flatMap((field) => field.args.filter(({ type }) => String(getNullableType(type)) === 'String' && field.type !== undefined).map(({ name }) => [field, name] as const))
    expect(texts.length).toBeGreaterThan(10)
    for (const [field, name] of texts) {
      const { query } = hostileArguments(schemas().PUBLIC).find(({ path }) => path === `${field.name}.${name}`)!
      const [one, two, three] = await Promise.all(["zq' OR 1=1 --", "zq' AND 1=2 --", "zq'||pg_sleep(9)||'"].map((text) => newsroom.read(query, { [name]: text })))
      expect([two, three], `${field.name}.${name}`).toEqual([one, one])
    }
  })
})

it('is answered with the same bytes whatever NODE_ENV says', async () => {
  const answers = async (env: string | undefined) => {
    const before = process.env['NODE_ENV']
    if (env === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = env
    const server = await newsroom.beside()
    const told: string[] = []
    for (const { query, variables, operationName } of HOSTILE_DOCUMENTS) told.push((await send(server.url + PATHS.PUBLIC, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query, variables, operationName }) })).text)
    for (const { path = '', method = 'POST', headers, body } of HOSTILE_REQUESTS) if (!path.startsWith('/')) told.push((await send(server.url + PATHS.PUBLIC + path, { method, ...(headers && { headers }), ...(body !== undefined && { body }) })).text)
    await server.close()
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
    return told
  }
  const unset = await answers(undefined)
  expect(unset.length).toBeGreaterThan(500)
  expect(await answers('production')).toEqual(unset)
}, 120_000)

describe('after all of it', () => {
  const everything = async () => {
    for (const document of HOSTILE_DOCUMENTS) await ask(PATHS.PUBLIC, document, {})
    for (const document of [...HOSTILE_DOCUMENTS, ...HOSTILE_CHANGES]) await ask(PATHS.NEWSROOM, document, staff)
    for (const one of HOSTILE_REQUESTS) await request(PATHS.PUBLIC, one, {})
  }

  it('nothing was written, the same answers come, and memory does not grow from round to round', async () => {
    const before = await dump()
    const [answer] = [await newsroom.bytes('{ stories { nodes { slug headline } } }')]
    await everything()
    const first = held()
    await everything()
    // Over 1,100 requests, of up to 6 MB: a server that kept a hundredth of what was sent would hold more.
    expect(held() - first).toBeLessThan(20 * 1024 * 1024)
    expect(await dump()).toBe(before)
    expect(await newsroom.bytes('{ stories { nodes { slug headline } } }')).toBe(answer)
  }, 300_000)
})
