import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'

const HOUR = 60 * 60 * 1000
const ISSUE = 'mutation ($input: IssuePartnerKeyInput!) { issuePartnerKey(input: $input) { key partnerKey { id label scopes state expiresAt issuedBy } errors { code path } } }'
const ROTATE = 'mutation ($input: RotatePartnerKeyInput!) { rotatePartnerKey(input: $input) { key partnerKey { id label scopes state expiresAt } errors { code path } } }'
const REVOKE = 'mutation ($input: RevokePartnerKeyInput!) { revokePartnerKey(input: $input) { partnerKey { state revokedAt revokedBy } errors { code path } } }'

describe('the key of a partner', () => {
  let newsroom: TestNewsroom
  let partnerId: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), story('later', { publication: { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2027-04-01T00:00:00Z' } }))
    await newsroom.partnerKey({ embargoAccess: 'ADVANCE' })
    partnerId = (await newsroom.readAsStaff('{ partners { nodes { id } } }')).data!['partners'].nodes[0].id
  })
  afterAll(() => newsroom.close())

  const run = async (query: string, input: object): Promise<any> => {
    const answer = await newsroom.readAsStaff(query, { input }, 'ADMIN')
    expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
    return Object.values(answer.data!)[0]
  }
  const issue = (input: object = {}) => run(ISSUE, { partnerId, label: 'website', ...input })
  const slugs = async (key: string) => (await newsroom.readAsPartner(key, '{ stories { nodes { slug } } }')).data?.['stories'].nodes.map((node: { slug: string }) => node.slug)
  const status = async (key: string) => (await newsroom.readAsPartner(key, '{ stories { nodes { slug } } }')).status
  const bytes = async (authorization: string) => {
    const response = await fetch(newsroom.url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: '{"query":"{ stories { nodes { slug } } }"}' })
    return [response.status, ...[...response.headers].filter(([name]) => name !== 'date').map(String), await response.text()].join('\n')
  }
  const after = async (milliseconds: number, work: () => Promise<void>) => {
    const { now } = newsroom
    newsroom.now = new Date(now.getTime() + milliseconds)
    await work().finally(() => { newsroom.now = now })
  }

  it('has a prefix that secret scanners find, is shown once, and is in no table', async () => {
    const { key, partnerKey } = await issue({ idempotencyKey: 'issue-once' })
    expect(key).toMatch(/^onr_partner_[\w-]{43}$/)
    expect(partnerKey).toMatchObject({ label: 'website', scopes: ['READ', 'EMBARGOED'], state: 'VALID', expiresAt: null, issuedBy: 'admin' })
    expect(await slugs(key)).toEqual(['harbor-plan-later', 'harbor-plan-1'])
    const tables = await (await newsroom.database.prisma()).$queryRawUnsafe<{ name: string }[]>(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['PartnerKey', 'IdempotencyKey', 'StoryEvent']))
    for (const { name } of tables) {
      const found = await (await newsroom.database.prisma()).$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${name}" AS t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || $2 || '%'`, key, key.slice('onr_partner_'.length))
      expect(found, name).toEqual([{ n: 0 }])
    }
    const again = await issue({ idempotencyKey: 'issue-once' })
    expect(again).toEqual({ key: null, partnerKey, errors: [] })
    expect(await issue({ idempotencyKey: 'issue-once', label: 'other' })).toMatchObject({ key: null, partnerKey: null, errors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] })
    expect(JSON.stringify((await newsroom.readAsStaff('{ partners { nodes { keys { id label } } } }')).data)).not.toContain('onr_partner_')
  })

  it('works until the instant of its expiry, and not at it', async () => {
    const { key } = await issue({ expiresAt: new Date(newsroom.now.getTime() + HOUR).toISOString() })
    await after(HOUR - 1, async () => expect(await status(key)).toBe(200))
    await after(HOUR, async () => expect(await status(key)).toBe(401))
  })

  it('fails at the next request once it is revoked, and for good', async () => {
    const { key, partnerKey } = await issue()
    expect(await status(key)).toBe(200)
    expect(await run(REVOKE, { keyId: partnerKey.id })).toEqual({ partnerKey: { state: 'REVOKED', revokedAt: newsroom.now.toISOString(), revokedBy: 'admin' }, errors: [] })
    expect(await status(key)).toBe(401)
    expect(await run(REVOKE, { keyId: partnerKey.id })).toEqual({ partnerKey: null, errors: [{ code: 'ALREADY_REVOKED', path: 'keyId' }] })
    expect(await run(ROTATE, { keyId: partnerKey.id, overlapHours: 1 })).toMatchObject({ key: null, errors: [{ code: 'KEY_ENDED' }] })
  })

  it('is refused with the same bytes whether it is unknown, malformed, expired or revoked, and the answer is kept in no cache', async () => {
    const revoked = await issue()
    await run(REVOKE, { keyId: revoked.partnerKey.id })
    const expired = await issue({ expiresAt: new Date(newsroom.now.getTime() + 1).toISOString() })
    const { key } = await issue()
    await after(HOUR, async () => {
      const unknown = await bytes(`Bearer onr_partner_${'x'.repeat(43)}`)
      expect(unknown).toMatch(/^401\n/)
      expect(unknown).toMatch(/cache-control,no-store/)
      expect(unknown).toMatch(/vary,Authorization/)
      expect(unknown).toMatch(/This key is not valid.*UNAUTHENTICATED/)
      for (const authorization of ['', 'Bearer', 'Bearer nonsense', key, `Basic ${Buffer.from(`x:${key}`).toString('base64')}`, `Bearer ${revoked.key}`, `Bearer ${expired.key}`, `Bearer ${key}x`, `Bearer ${key.slice(0, -1)}`, `Bearer ${key} ${key}`, `Bearer ${key.toUpperCase()}`]) {
        expect(await bytes(authorization), authorization).toBe(unknown)
      }
      expect(await bytes(`bearer ${key}`)).toMatch(/^200\n/)
    })
  })

  it('does not open the newsroom contract', async () => {
    const { key } = await issue()
    const answer = await newsroom.ask(PATHS.NEWSROOM, '{ stories { nodes { slug } } }', undefined, { authorization: `Bearer ${key}` })
    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  })

  it('works beside the one that takes its place until the overlap is over', async () => {
    const old = await issue({ scopes: ['READ'], expiresAt: new Date(newsroom.now.getTime() + 1000 * HOUR).toISOString() })
    await after(HOUR, async () => {
      const rotated = await run(ROTATE, { keyId: old.partnerKey.id, overlapHours: 48, idempotencyKey: 'rotate-once' })
      // As long as the old one was made for.
      expect(rotated.partnerKey).toMatchObject({ label: 'website', scopes: ['READ'], state: 'VALID', expiresAt: new Date(newsroom.now.getTime() + 1000 * HOUR).toISOString() })
      expect([await status(old.key), await status(rotated.key)]).toEqual([200, 200])
      expect(await run(ROTATE, { keyId: old.partnerKey.id, overlapHours: 48, idempotencyKey: 'rotate-once' })).toEqual({ ...rotated, key: null })
      expect(await run(ROTATE, { keyId: old.partnerKey.id, overlapHours: 1 })).toMatchObject({ key: null, errors: [{ code: 'ALREADY_ROTATED', path: 'keyId' }] })
      const { keys } = (await newsroom.readAsStaff(`{ partner(id: "${partnerId}") { keys { id replacedBy { id } } } }`)).data!['partner']
      expect(keys).toContainEqual({ id: old.partnerKey.id, replacedBy: { id: rotated.partnerKey.id } })
      await after(48 * HOUR - 1, async () => expect([await status(old.key), await status(rotated.key)]).toEqual([200, 200]))
      await after(48 * HOUR, async () => expect([await status(old.key), await status(rotated.key)]).toEqual([401, 200]))
    })
  })

  it('ends no later through a rotation than by itself, and at once without an overlap', async () => {
    const soon = await issue({ expiresAt: new Date(newsroom.now.getTime() + HOUR).toISOString() })
    await run(ROTATE, { keyId: soon.partnerKey.id, overlapHours: 48 })
    await after(HOUR, async () => expect(await status(soon.key)).toBe(401))
    const other = await issue()
    const { key } = await run(ROTATE, { keyId: other.partnerKey.id, overlapHours: 0 })
    expect([await status(other.key), await status(key)]).toEqual([401, 200])
  })

  it('gives embargoed copy only with the scope for it, whatever the contract says', async () => {
    const { key } = await issue({ scopes: ['READ'] })
    expect(await slugs(key)).toEqual(['harbor-plan-1'])
  })

  it('rotates once for twenty who ask at the same time', async () => {
    const { partnerKey } = await issue()
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(ROTATE, { keyId: partnerKey.id, overlapHours: 1 })))
    expect(answers.filter(({ key }) => key !== null)).toHaveLength(1)
    expect(new Set(answers.flatMap(({ errors }) => errors.map((error: { code: string }) => error.code)))).toEqual(new Set(['ALREADY_ROTATED']))
  }, 60_000)

  it.each([
    [{ label: '' }, 'label'], [{ label: ' ' }, 'label'], [{ label: 'a\nb' }, 'label'], [{ label: 'x'.repeat(201) }, 'label'], [{ scopes: [] }, 'scopes'], [{ scopes: ['EMBARGOED'] }, 'scopes'], [{ scopes: ['READ', 'READ', 'READ'] }, 'scopes'],
    [{ expiresAt: '2026-03-10T12:00:00Z' }, 'expiresAt'], [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'], [{ expiresAt: '2036-03-10T12:00:00.001Z' }, 'expiresAt'],
  ])('is not made of %j', async (input, path) => {
    const before = await (await newsroom.database.prisma()).partnerKey.count()
    expect(await issue(input)).toEqual({ key: null, partnerKey: null, errors: [{ code: 'INVALID', path }] })
    expect(await (await newsroom.database.prisma()).partnerKey.count()).toBe(before)
  })

  it.each([[{ overlapHours: -1 }, 'overlapHours'], [{ overlapHours: 2161 }, 'overlapHours'], [{ overlapHours: 1, expiresAt: '2026-03-10T12:00:00Z' }, 'expiresAt']])('is not rotated with %j', async (input, path) => {
    const { key, partnerKey } = await issue()
    expect(await run(ROTATE, { keyId: partnerKey.id, ...input })).toEqual({ key: null, partnerKey: null, errors: [{ code: 'INVALID', path }] })
    expect(await status(key)).toBe(200)
  })

  it('is not found by an id of nothing, and ids of another kind are refused', async () => {
    const none = (kind: string) => Buffer.from(`${kind}:00000000-0000-4000-8000-000000000000`).toString('base64url')
    expect(await issue({ partnerId: none('Partner') })).toMatchObject({ key: null, errors: [{ code: 'NOT_FOUND', path: 'partnerId' }] })
    expect(await run(ROTATE, { keyId: none('PartnerKey'), overlapHours: 1 })).toMatchObject({ errors: [{ code: 'NOT_FOUND', path: 'keyId' }] })
    expect(await run(REVOKE, { keyId: none('PartnerKey') })).toMatchObject({ errors: [{ code: 'NOT_FOUND', path: 'keyId' }] })
    for (const [query, input] of [[ISSUE, { partnerId: none('PartnerKey'), label: 'x' }], [ROTATE, { keyId: partnerId, overlapHours: 1 }], [REVOKE, { keyId: 'nonsense' }]] as const) {
      expect((await newsroom.readAsStaff(query, { input }, 'ADMIN')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    }
  })

  it('costs one statement a request, and one more where it takes stories', async () => {
    const { key } = await issue()
    const read = (ask: () => Promise<unknown>) => newsroom.statementsOf(ask)
    const reader = await read(() => newsroom.read('{ stories { nodes { slug } } }'))
    const partner = await read(() => newsroom.readAsPartner(key, '{ stories { nodes { slug } } }'))
    const nothing = await read(() => newsroom.readAsPartner(key, '{ story(slug: "nothing") { slug } }'))
    expect([reader.length, partner.length, nothing.length]).toEqual([1, 3, 2])
  })
})
