import { Buffer } from 'node:buffer'
import { createClient } from 'graphql-ws'
import { exportSPKI } from 'jose'
import type { FastifyInstance } from 'fastify'
import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openIdFrom } from '../../src/access/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { TestDesk, draft } from '../stories/desk.js'
import { listenTo } from '../support/live.js'
import { REQUEST_ID, TestNewsroom } from '../support/newsroom.js'
import { errorsOf } from '../support/waivers.js'
import { weakStory } from '../support/weak-story.js'
import { AUDIENCE, signingKey, SignInProvider } from './sign-in-provider.js'

const STAFF = {
  preview: { groups: ['site'] }, lawyer: { groups: ['legal', 'everybody'] }, reporter: { groups: 'desk', name: 'Sam Reyes', byline: 'sam-reyes' }, editor: { groups: ['desk', 'masthead', 'legal'], name: 'Linh Vo' },
  standards: { groups: ['standards', 'site'] }, admin: { groups: ['it', 'desk'] }, twin: { groups: ['masthead'], name: 'Linh Vo' }, nobody: { groups: ['everybody'] }, groupless: {},
  odd: { groups: [{ masthead: true }, 7], name: 'Odd' }, forger: { groups: ['desk'], name: 'One\nTwo\u0000 ', byline: 'No Key!' }, long: { groups: ['desk', ...Array.from({ length: 400 }, (_, n) => `group-${n}-of-many`)] },
}
const ROLES = JSON.stringify({ claim: 'groups', roles: { site: 'preview', legal: 'lawyer', desk: 'reporter', masthead: 'editor', standards: 'standards-editor', it: 'ADMIN' } })
const MINUTE = 60_000

let newsroom: TestNewsroom
let provider: SignInProvider
let server: FastifyInstance
let url: string

const serve = async () => {
  const openId = openIdFrom({ ONRECORD_OIDC_ISSUER: provider.issuer, ONRECORD_OIDC_AUDIENCE: AUDIENCE, ONRECORD_OIDC_ROLES: ROLES, ONRECORD_OIDC_JOURNALIST_CLAIM: 'byline' })
  server = await createServer({ newRequestId: () => REQUEST_ID, database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent', openId })
  url = await server.listen({ port: 0, host: '127.0.0.1' })
}
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  provider = await SignInProvider.open(STAFF)
})
// A server of its own for each, since it remembers keys.
beforeEach(async () => {
  newsroom.now = new Date()
  await provider.signWith()
  provider.asked = 0
  await serve()
})
afterEach(() => server.close())
afterAll(async () => {
  await provider.stop()
  await newsroom.close()
})

const later = (milliseconds: number) => { newsroom.now = new Date(newsroom.now.getTime() + milliseconds) }
const ask = async (token: string | undefined, query = '{ stories { nodes { slug } } }', variables: object = {}) => {
  const response = await fetch(url + PATHS.NEWSROOM, { method: 'POST', headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }, body: JSON.stringify({ query, variables }) })
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'))
  return { status: response.status, headers, body: await response.text() }
}
const create = async (token: string, slug: string, more: object = {}) => {
  const { body } = await ask(token, 'mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id slug history: revision { number } } errors { code message } } }', { input: { document: draft(slug), ...more } })
  return JSON.parse(body).data.createStory as { story: { id: string; slug: string } | null; errors: { code: string; message: string }[] }
}

describe('staff of the provider', () => {
  it.each([['preview', 'preview'], ['lawyer', 'lawyer']] as const)('%s signs in as %s, the highest role that a claim gives', async (name, role) => {
    const token = await provider.tokenOf(name)
    expect((await ask(token)).status).toBe(200)
    expect((await create(token, 'denied')).errors).toEqual([{ code: 'FORBIDDEN', message: expect.stringMatching(new RegExp(`you are ${role}\\.$`)) }])
  })

  it.each([['reporter', ['kill', 'withdraw']], ['editor', ['withdraw']], ['standards', []], ['admin', []]] as const)('%s signs in, and may do all but %j', async (name, denied) => {
    const token = await provider.tokenOf(name)
    expect((await create(token, `by-${name}`)).errors).toEqual([])
    for (const action of ['kill', 'withdraw'] as const) {
      const mutation = `${action}Story`
      const { body } = await ask(token, `mutation { ${mutation}(input: {storyId: "${Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url')}"}) { errors { code } } }`)
      expect(JSON.parse(body).data[mutation].errors, action).toEqual([{ code: (denied as readonly string[]).includes(action) ? 'FORBIDDEN' : 'NOT_FOUND' }])
    }
  })

  it('are named as the provider names them, on one line', async () => {
    await create(await provider.tokenOf('reporter'), 'named')
    const savedBy = async (name: string, slug: string) => (await newsroom.database.prisma()).revision.count({ where: { savedBy: name, story: { slug: `harbor-plan-${slug}` } } })
    expect(await savedBy('Sam Reyes', 'named')).toBe(1)
    await create(await provider.forge({ name: ' One\nTwo\u0000', groups: ['desk'] }, newsroom.now), 'one-line')
    expect(await savedBy('One Two', 'one-line')).toBe(1)
  })

  it('of the same name are two people to whom the same idempotency key means two things', async () => {
    const [one, other] = [await provider.tokenOf('editor'), await provider.tokenOf('twin')]
    expect((await create(one, 'mine', { idempotencyKey: 'k' })).errors).toEqual([])
    expect((await create(other, 'theirs', { idempotencyKey: 'k' })).errors).toEqual([])
    expect((await create(await provider.tokenOf('editor'), 'mine', { idempotencyKey: 'k' })).story!.slug).toBe('harbor-plan-mine')
    expect((await create(one, 'else', { idempotencyKey: 'k' })).errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }])
  })

  it('cannot waive findings of a story in whose byline the claim has them', async () => {
    const token = await provider.forge({ groups: ['masthead'], name: 'S. R.', byline: 'sam-reyes' }, newsroom.now)
    await newsroom.add(weakStory('own-story'))
    const { id } = (await newsroom.readAsStaff('{ story(slug: "own-story") { id } }')).data!['story']
    const { rule, fingerprint } = (await errorsOf(newsroom, id))[0]!
    const { body } = await ask(token, 'mutation ($input: WaiveFindingInput!) { waiveFinding(input: $input) { errors { code } } }', { input: { storyId: id, rule, fingerprint, reason: 'FALSE_ALARM' } })
    expect(JSON.parse(body).data.waiveFinding.errors).toEqual([{ code: 'IN_BYLINE' }])
  })

  it('may also have a token of this server', async () => {
    expect((await ask(await newsroom.token('EDITOR'))).status).toBe(200)
    expect(provider.asked).toBe(0)
  })

  it('take nothing from the public contract, which asks no provider', async () => {
    const response = await fetch(url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await newsroom.token('ADMIN')}` }, body: '{"query":"{ stories { nodes { slug } } }"}' })
    expect(response.status).toBe(401)
    expect(provider.asked).toBe(0)
  })
})

describe('a token of the provider is refused, with the bytes of a missing one, where', () => {
  const now = () => newsroom.now
  const at = (seconds: number) => Math.floor(newsroom.now.getTime() / 1000) + seconds
  const [head, body] = [(value: object) => Buffer.from(JSON.stringify(value)).toString('base64url'), (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')]
  const claims = () => ({ iss: provider.issuer, aud: AUDIENCE, sub: 'x', exp: at(600), groups: ['masthead'] })
  const cases: Readonly<Record<string, () => Promise<string>>> = {
    'it gives no role': () => provider.tokenOf('nobody'),
    'it has no such claim': () => provider.tokenOf('groupless'),
    'its claim holds no texts': () => provider.tokenOf('odd'),
    'its byline is no key': () => provider.tokenOf('forger'),
    'it is longer than 8 KB': async () => { const token = await provider.tokenOf('long'); expect(token.length).toBeGreaterThan(8192); return token },
    'it is for another audience': () => provider.tokenOf('editor', 'another-server'),
    'it names another issuer': () => provider.forge({ iss: `${provider.issuer}/` }, now()),
    'it names no issuer': () => provider.forge({ iss: undefined }, now()),
    'it names no audience': () => provider.forge({ aud: undefined }, now()),
    'it names nobody': () => provider.forge({ sub: undefined }, now()),
    'it names an empty somebody': () => provider.forge({ sub: '' }, now()),
    'it has no end': () => provider.forge({ exp: undefined }, now()),
    'it expired a minute ago': () => provider.forge({ exp: at(-60) }, now()),
    'it begins in a minute': () => provider.forge({ nbf: at(60) }, now()),
    'its end is no number': async () => { const token = await provider.forge({}, now()); const [header, , signature] = token.split('.'); return `${header}.${body({ ...claims(), exp: 'never' })}.${signature}` },
    'it is bound to a key of the client\'s': () => provider.forge({ cnf: { jkt: 'x' } }, now()),
    'it is for logging out': () => provider.forge({}, now(), { typ: 'logout+jwt' }),
    'it is not signed (alg none)': async () => `${head({ alg: 'none', typ: 'at+jwt' })}.${body(claims())}.`,
    'it is not signed, and says None': async () => `${head({ alg: 'None', kid: 'first' })}.${body(claims())}.`,
    'it is signed with the public key as a password (HS256)': async () => provider.forge({}, now(), { alg: 'HS256' }, new TextEncoder().encode(await exportSPKI(provider.key.publicKey))),
    'another key signed it under the same key id': async () => provider.forge({}, now(), {}, (await signingKey('first')).privateKey),
    'another key signed it under no key id': async () => provider.forge({}, now(), { kid: undefined }, (await signingKey('first')).privateKey),
    'an unknown key signed it': async () => provider.forge({}, now(), { kid: 'unknown' }, (await signingKey('unknown')).privateKey),
    'it brings its own key along': async () => { const own = await signingKey('own'); const { n, e, kty } = own.jwk; return provider.forge({}, now(), { jwk: { n: n!, e: e!, kty: kty! }, kid: 'own' }, own.privateKey) },
    'it asks for something that must be understood': () => provider.forge({}, now(), { crit: ['x'], x: true }),
    'its claims were changed': async () => { const [header, , signature] = (await provider.tokenOf('lawyer')).split('.'); return `${header}.${body(claims())}.${signature}` },
    'its signature was cut': async () => (await provider.tokenOf('editor')).slice(0, -8),
    'its signature is missing': async () => `${(await provider.tokenOf('editor')).split('.').slice(0, 2).join('.')}.`,
    'it is encrypted': async () => `${head({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`,
    'it is no token': async () => 'nonsense',
    'it is dots': async () => '..',
    'its head is a list': async () => `${head([])}.${body(claims())}.AAAA`,
    'its claims are a text': async () => `${head({ alg: 'RS256', kid: 'first' })}.${Buffer.from('"x"').toString('base64url')}.AAAA`,
    'it is 16 KB of nonsense less its headers': async () => 'x'.repeat(15_000),
  }
  it.each(Object.entries(cases))('%s', async (_what, make) => {
    const missing = await ask(undefined)
    expect(missing).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' }, body: expect.stringContaining('"UNAUTHENTICATED"') })
    expect(await ask(await make())).toEqual(missing)
    // What is refused would be taken but for the one thing.
    expect((await ask(await provider.forge({}, now()))).status).toBe(200)
  })

  it('takes a token whose clock is off by a few seconds', async () => {
    for (const change of [{ exp: at(-20) }, { nbf: at(20) }]) expect((await ask(await provider.forge(change, now()))).status, JSON.stringify(change)).toBe(200)
  })

  it('takes a token of several audiences, and one that does not say its type', async () => {
    expect((await ask(await provider.forge({ aud: ['else', AUDIENCE] }, now()))).status).toBe(200)
    expect((await ask(await provider.forge({}, now(), { typ: undefined }))).status).toBe(200)
    expect((await ask(await provider.forge({}, now(), { typ: 'JWT' }))).status).toBe(200)
  })

  it('has the provider asked by no token that shows without a key that it is not its', async () => {
    for (const token of ['nonsense', await provider.forge({ iss: 'https://else.example' }, now()), `${head({ alg: 'none' })}.${body(claims())}.`]) await ask(token)
    expect(provider.asked).toBe(0)
  })
})

describe('the provider\'s keys', () => {
  it('are asked for once by a hundred requests at once', async () => {
    const token = await provider.tokenOf('editor')
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(token)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(provider.asked).toBe(1)
  })

  it('may change: a new one is fetched when a token has it, the old one is refused after ten minutes', async () => {
    const old = await provider.tokenOf('editor')
    expect((await ask(old)).status).toBe(200)
    await provider.signWith(await signingKey('second'))
    later(MINUTE)
    expect((await ask(old)).status).toBe(200)
    expect((await ask(await provider.tokenOf('editor'))).status).toBe(200)
    expect((await ask(old)).status).toBe(401)
    await provider.signWith(await signingKey('third'))
    const kept = await provider.forge({}, newsroom.now, { kid: 'third' })
    expect((await ask(kept)).status).toBe(401)
    later(31_000)
    expect((await ask(kept)).status).toBe(200)
    await provider.signWith(await signingKey('fourth'))
    later(9 * MINUTE)
    expect((await ask(kept)).status).toBe(200)
    later(MINUTE)
    expect((await ask(kept)).status).toBe(401)
  })

  it('are asked for once in half a minute, however many tokens name keys that are not there', async () => {
    expect((await ask(await provider.tokenOf('editor'))).status).toBe(200)
    later(MINUTE)
    const { privateKey } = await signingKey('x')
    for (let n = 0; n < 20; n += 1) expect((await ask(await provider.forge({}, newsroom.now, { kid: `made-up-${n}` }, privateKey))).status).toBe(401)
    expect(provider.asked).toBe(2)
  })
})

describe('while the provider is down', () => {
  beforeEach(async () => { await provider.stop().catch(() => undefined) })
  afterEach(() => provider.start())

  it('the server starts, and answers neither 500 nor 401 but that it cannot tell', async () => {
    const answer = await ask(await provider.forge({}, newsroom.now))
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } })
    expect(JSON.parse(answer.body)).toEqual({ errors: [{ message: expect.stringMatching(/sign-in provider does not answer.* Try again/), extensions: { code: 'AUTHENTICATION_UNAVAILABLE', requestId: expect.any(String) } }] })
    expect((await ask(await newsroom.token('EDITOR'))).status).toBe(200)
    expect((await ask('nonsense')).status).toBe(401)
  })

  it('keys that were fetched before still tell, and those that were not do when it is back', async () => {
    await provider.start()
    const token = await provider.forge({ exp: Math.floor(newsroom.now.getTime() / 1000) + 7 * 24 * 3600 }, newsroom.now)
    expect((await ask(token)).status).toBe(200)
    await provider.stop()
    later(60 * MINUTE)
    expect((await ask(token)).status).toBe(200)
    await provider.start()
    await provider.signWith(await signingKey('second'))
    const fresh = await provider.forge({}, newsroom.now, { kid: 'second' })
    await provider.stop()
    later(5 * MINUTE)
    expect((await ask(fresh)).status).toBe(503)
    // For a day, not for ever: a key that it took back meanwhile would be taken.
    later(24 * 60 * MINUTE)
    expect((await ask(token)).status).toBe(503)
    await provider.start()
    later(6_000)
    expect((await ask(await provider.forge({}, newsroom.now, { kid: 'second' }))).status).toBe(200)
    expect((await ask(token)).status).toBe(401)
    await provider.stop()
  })

  it('WebSocket clients are told to come back', async () => {
    const authorization = `Bearer ${await provider.forge({}, newsroom.now)}`
    let close!: (code: number) => void
    const closed = new Promise<number>((resolve) => { close = resolve })
    const client = createClient({ url: url.replace('http', 'ws') + PATHS.NEWSROOM, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0, on: { closed: (event) => close((event as { code: number }).code) } })
    await client.iterate({ query: 'subscription { storyChanged { story { slug } } }' }).next().catch(() => undefined)
    expect(await closed).toBe(1013)
  })
})

describe('a provider that is another', () => {
  it('is not believed: its discovery document must name the issuer exactly', async () => {
    await server.close()
    const openId = openIdFrom({ ONRECORD_OIDC_ISSUER: `${provider.issuer}/`, ONRECORD_OIDC_AUDIENCE: AUDIENCE, ONRECORD_OIDC_ROLES: ROLES })
    server = await createServer({ database: newsroom.database, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent', openId })
    url = await server.listen({ port: 0, host: '127.0.0.1' })
    expect((await ask(await provider.forge({ iss: `${provider.issuer}/` }, newsroom.now))).status).toBe(503)
  })
})

describe('a subscription', () => {
  it('ends with the token: an event after it expired reaches nobody', async () => {
    const desk = new TestDesk(newsroom)
    const { id } = await desk.create(draft('live'))
    let close!: (code: number) => void
    const closed = new Promise<number>((resolve) => { close = resolve })
    const authorization = `Bearer ${await provider.tokenOf('lawyer')}`
    const client = createClient({ url: url.replace('http', 'ws') + PATHS.NEWSROOM, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0, on: { closed: (event) => close((event as { code: number }).code) } })
    const changes = await listenTo(client, 'subscription ($id: ID!) { storyChanged(storyId: $id) { story { slug } } }', { id })
    await desk.editEntries(id, 1, [{ collection: 'CLAIMS', key: 'k1', entry: null }])
    expect(await changes.next()).toMatchObject({ data: { storyChanged: { story: { slug: 'harbor-plan-live' } } } })
    later(11 * MINUTE)
    const told = changes.next().catch(() => 'closed')
    await desk.editEntries(id, 2, [{ collection: 'OUTLET_CREDITS', key: 'c1', entry: null }])
    expect(await closed).toBe(4403)
    expect(await told).not.toHaveProperty('data')
  })
})
