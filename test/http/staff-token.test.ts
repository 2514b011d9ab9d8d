import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'

let newsroom: TestNewsroom
let expired: string
let revoked: string
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  const { database } = newsroom
  expired = await issueStaffToken(database, { name: 'former', role: 'EDITOR', expiresAt: newsroom.now }, newsroom.sources)
  revoked = await issueStaffToken(database, { name: 'gone', role: 'EDITOR' }, newsroom.sources)
  await (await database.prisma()).staffToken.updateMany({ where: { name: 'gone' }, data: { revokedAt: newsroom.now } })
})
afterAll(() => newsroom.close())

const ask = async (authorization: string | undefined, init: RequestInit = {}) => {
  const response = await fetch(newsroom.url + PATHS.NEWSROOM, {
    method: 'POST', body: '{"query":"{ stories { nodes { slug state } } }"}', ...init,
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
  })
  const headers = Object.fromEntries(response.headers)
  delete headers['date']
  return { status: response.status, headers, body: await response.text() }
}

describe('the newsroom contract', () => {
  it('answers whoever has a token, whatever the case of the scheme', async () => {
    const token = await newsroom.token('PREVIEW')
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) expect(await ask(`${scheme} ${token}`)).toMatchObject({ status: 200, body: '{"data":{"stories":{"nodes":[]}}}\n' })
  })

  it('answers a missing, an unknown, an expired and a revoked token with the same bytes', async () => {
    const token = await newsroom.token('EDITOR')
    const missing = await ask(undefined)
    expect(missing.status).toBe(401)
    expect(JSON.parse(missing.body)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    const refused = [
      '', 'Bearer', 'Bearer ', `Bearer onr_staff_${'x'.repeat(43)}`, 'Bearer nonsense', `Bearer ${expired}`, `Bearer ${revoked}`,
      `Bearer ${token}x`, `Bearer ${token.slice(0, -1)}`, `Bearer ${token} ${token}`, token, `Basic ${Buffer.from(`x:${token}`).toString('base64')}`, `Bearer ${'x'.repeat(8000)}`,
    ]
    for (const authorization of refused) expect(await ask(authorization), authorization).toEqual(missing)
  })

  it('says which kind of token it wants, and that no cache may keep the answer', async () => {
    const { headers, body } = await ask(undefined)
    expect(headers).toMatchObject({ 'www-authenticate': 'Bearer', 'cache-control': 'no-store' })
    expect(JSON.parse(body).errors[0].message).toContain('Authorization: Bearer')
    expect((await ask(`Bearer ${await newsroom.token('EDITOR')}`)).headers).toMatchObject({ 'cache-control': 'no-store' })
  })

  it('tells nothing of its schema without a token', async () => {
    const missing = await ask(undefined)
    for (const query of ['{ __schema { types { name } } }', '{ nothing }', '{', 'mutation { publishStory }']) expect(await ask(undefined, { body: JSON.stringify({ query }) }), query).toEqual(missing)
  })

  it('takes a token until it expires', async () => {
    const soon = await issueStaffToken(newsroom.database, { name: 'soon', role: 'EDITOR', expiresAt: new Date(newsroom.now.getTime() + 1000) }, newsroom.sources)
    expect((await ask(`Bearer ${soon}`)).status).toBe(200)
    newsroom.now = new Date(newsroom.now.getTime() + 1000)
    expect((await ask(`Bearer ${soon}`)).status).toBe(401)
  })
})

describe('two nodes over one database', () => {
  it('both refuse a token from the request after it is revoked', async () => {
    const other = await createServer({ database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent' })
    const address = await other.listen({ port: 0, host: '127.0.0.1' })
    const token = await issueStaffToken(newsroom.database, { name: 'leaver', role: 'LAWYER' }, newsroom.sources)
    const statuses = () => Promise.all([newsroom.url, address].map(async (url) => {
      const { status } = await fetch(url + PATHS.NEWSROOM, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: '{"query":"{ stories { nodes { slug } } }"}' })
      return status
    }))
    expect(await statuses()).toEqual([200, 200])
    await (await newsroom.database.prisma()).staffToken.updateMany({ where: { name: 'leaver' }, data: { revokedAt: newsroom.now } })
    expect(await statuses()).toEqual([401, 401])
    await other.close()
  })
})

describe('two tokens in one name', () => {
  it('are two viewers, to whom the same idempotency key means two things', async () => {
    const tokens = [1, 2].map(() => issueStaffToken(newsroom.database, { name: 'Kim Lee', role: 'REPORTER' }, newsroom.sources))
    const query = 'mutation { findOrCreatePerson(input: {name: "Ada Quill", isAnother: true, idempotencyKey: "k"}) { person { key } errors { code } } }'
    const answers = []
    for (const token of tokens) answers.push(JSON.parse((await ask(`Bearer ${await token}`, { body: JSON.stringify({ query }) })).body).data.findOrCreatePerson)
    expect(answers.map(({ errors }) => errors)).toEqual([[], []])
    expect(answers[0].person.key).not.toBe(answers[1].person.key)
  })
})

describe('the public contract', () => {
  const read = async (authorization: string) => {
    const response = await fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: '{"query":"{ stories { nodes { slug } } }"}' })
    return [response.status, await response.text()] as const
  }

  it('refuses a staff token, and says so without telling whether it is one', async () => {
    const answers = await Promise.all([`onr_staff_${'x'.repeat(43)}`, 'onr_staff_', expired, revoked, await newsroom.token('EDITOR'), await newsroom.token('ADMIN')].map((token) => read(`Bearer ${token}`)))
    expect(answers[0]![0]).toBe(401)
    expect(JSON.parse(answers[0]![1])).toEqual({ errors: [{ message: expect.stringMatching(/^A staff token does not open this contract\..* staff read at \/newsroom\/graphql\.$/), extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) } }] })
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})
