import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'

let newsroom: TestNewsroom
let expired: string
let revoked: string
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  const { prisma } = newsroom.database
  expired = await issueStaffToken(prisma, { name: 'former', role: 'EDITOR', expiresAt: newsroom.now }, newsroom.sources)
  revoked = await issueStaffToken(prisma, { name: 'gone', role: 'EDITOR' }, newsroom.sources)
  await prisma.staffToken.updateMany({ where: { name: 'gone' }, data: { revokedAt: newsroom.now } })
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
    const soon = await issueStaffToken(newsroom.database.prisma, { name: 'soon', role: 'EDITOR', expiresAt: new Date(newsroom.now.getTime() + 1000) }, newsroom.sources)
    expect((await ask(`Bearer ${soon}`)).status).toBe(200)
    newsroom.now = new Date(newsroom.now.getTime() + 1000)
    expect((await ask(`Bearer ${soon}`)).status).toBe(401)
  })
})

describe('the public contract', () => {
  it('is the same with any token and without', async () => {
    const answers = await Promise.all([undefined, 'Bearer nonsense', `Bearer ${revoked}`, `Bearer ${await newsroom.token('ADMIN')}`].map(async (authorization) => {
      const response = await fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', ...(authorization && { authorization }) }, body: '{"query":"{ stories { nodes { slug } } }"}' })
      return [response.status, await response.text()]
    }))
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})
