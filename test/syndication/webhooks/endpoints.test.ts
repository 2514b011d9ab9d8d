import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '../../../src/syndication/ledger/index.js'
import type { Lookup } from '../../../src/syndication/webhooks/index.js'
import { TestNewsroom } from '../../support/newsroom.js'

const WEBHOOK = '{ id url events state disabledReason disabledAt failingSince previousSecretUntil createdAt createdBy partner { name } }'
const ADD = `mutation ($input: AddWebhookInput!) { addWebhook(input: $input) { secret webhook ${WEBHOOK} errors { code message path } } }`
const ROTATE = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secret webhook ${WEBHOOK} errors { code path } } }`
const on = (mutation: string) => `mutation ($input: OnWebhookInput!) { ${mutation}(input: $input) { ${mutation === 'removeWebhook' ? 'removed' : 'webhook { state disabledReason disabledAt }'} errors { code path } } }`
const REPLAY = 'mutation ($input: ReplayWebhookDeliveriesInput!) { replayWebhookDeliveries(input: $input) { replayed errors { code path } } }'
const URL = 'https://desk.example/onrecord'
const HOUR = 3_600_000

describe('the endpoints of a partner', () => {
  let newsroom: TestNewsroom
  let partnerId: string
  const hosts: Record<string, string[]> = { 'desk.example': ['93.184.215.14'], 'inside.example': ['93.184.215.14', '10.0.0.7'], 'metadata.example': ['169.254.169.254'] }
  const lookup: Lookup = async (host) => (hosts[host] ?? []).map((address) => ({ address, family: 4 }))
  beforeAll(async () => {
    newsroom = await TestNewsroom.open({ syndication: { lookup }, logLevel: 'debug' })
    await newsroom.partnerKey()
    partnerId = (await newsroom.readAsStaff('{ partners { nodes { id } } }')).data!['partners'].nodes[0].id
  })
  afterAll(() => newsroom.close())

  const run = async (query: string, input: object): Promise<any> => {
    const answer = await newsroom.readAsStaff(query, { input }, 'ADMIN')
    expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
    return Object.values(answer.data!)[0]
  }
  const add = (input: object = {}) => run(ADD, { partnerId, url: URL, ...input })
  const remove = (webhookId: string) => run(on('removeWebhook'), { webhookId })

  it('are added with a secret that is shown once, and is in no table and no log', async () => {
    const { secret, webhook, errors } = await add({ idempotencyKey: 'once' })
    expect(errors).toEqual([])
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(webhook).toEqual({ id: expect.any(String), url: URL, events: EVENT_KINDS, state: 'ACTIVE', disabledReason: null, disabledAt: null, failingSince: null, previousSecretUntil: null, createdAt: newsroom.now.toISOString(), createdBy: 'admin', partner: { name: 'Bay Radio' } })
    expect(await add({ idempotencyKey: 'once' })).toEqual({ secret: null, webhook, errors: [] })
    const rotated = await run(ROTATE, { webhookId: webhook.id, overlapHours: 1, idempotencyKey: 'rotate' })
    expect(rotated.secret).toMatch(/^whsec_/)
    expect(rotated.secret).not.toBe(secret)
    expect(await run(ROTATE, { webhookId: webhook.id, overlapHours: 1, idempotencyKey: 'rotate' })).toEqual({ ...rotated, secret: null })
    const tables = await (await newsroom.database.prisma()).$queryRawUnsafe<{ name: string }[]>(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
    expect(tables.map(({ name }) => name)).toContain('WebhookEndpoint')
    for (const { name } of tables) {
      for (const words of [secret, rotated.secret].flatMap((each: string) => [each.slice(6), Buffer.from(each.slice(6), 'base64').toString('hex')])) {
        expect(await (await newsroom.database.prisma()).$queryRawUnsafe(`SELECT count(*)::int AS n FROM "${name}" AS t WHERE position($1 IN t::text) > 0`, words), name).toEqual([{ n: 0 }])
      }
    }
    expect(newsroom.log.length).toBeGreaterThan(0)
    expect(newsroom.log.join('')).not.toMatch(/whsec_|desk\.example/)
    await remove(webhook.id)
  })

  it.each([
    ['https://inside.example/', /^The address is not on the internet/], ['https://metadata.example/', /^The address is not on the internet/], ['https://nowhere.example/', /^The address has a host that cannot be found/], ['http://desk.example/', /^The address is not "https:"/], ['https://127.0.0.1/', /^The address is not on the internet/],
    ['https://[::ffff:7f00:1]/', /^The address is not on the internet/], ['https://user:pass@desk.example/', /^The address holds a name or password/], ['https://desk.example:22/', /^The address has port 22/], ['nonsense', /^The address is not an address such as/],
  ])('are not added at %s', async (url, message) => {
    const before = await (await newsroom.database.prisma()).webhookEndpoint.count()
    expect(await add({ url })).toEqual({ secret: null, webhook: null, errors: [{ code: 'INVALID', message: expect.stringMatching(message), path: 'url' }] })
    expect(await (await newsroom.database.prisma()).webhookEndpoint.count()).toBe(before)
  })

  it('get the events they are added for, one at least', async () => {
    expect(await add({ events: [] })).toMatchObject({ webhook: null, errors: [{ code: 'INVALID', path: 'events' }] })
    const { webhook } = await add({ events: ['KILLED', 'CORRECTED', 'KILLED'] })
    expect(webhook.events).toEqual(['KILLED', 'CORRECTED'])
    await remove(webhook.id)
  })

  it('are ten of a partner at most, also when they are added at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, (_, n) => add({ url: `${URL}/${n}` })))
    const added = answers.flatMap(({ webhook }) => webhook ?? [])
    expect(added).toHaveLength(10)
    expect(answers.flatMap(({ errors }) => errors).map(({ code, path }) => [code, path])).toEqual(Array.from({ length: 4 }, () => ['INVALID', 'partnerId']))
    expect((await newsroom.readAsStaff(`{ partner(id: "${partnerId}") { webhooks { url } } }`)).data!['partner'].webhooks).toHaveLength(10)
    for (const { id } of added) await remove(id)
    expect((await newsroom.readAsStaff(`{ partner(id: "${partnerId}") { webhooks { url } } }`)).data!['partner'].webhooks).toEqual([])
  }, 60_000)

  it('sign with two secrets for as long as a rotation says', async () => {
    const { webhook } = await add()
    expect((await run(ROTATE, { webhookId: webhook.id, overlapHours: 24 })).webhook.previousSecretUntil).toBe(new Date(newsroom.now.getTime() + 24 * HOUR).toISOString())
    expect((await run(ROTATE, { webhookId: webhook.id, overlapHours: 0 })).webhook.previousSecretUntil).toBeNull()
    for (const overlapHours of [-1, 721]) expect(await run(ROTATE, { webhookId: webhook.id, overlapHours })).toMatchObject({ secret: null, errors: [{ code: 'INVALID', path: 'overlapHours' }] })
    await remove(webhook.id)
  })

  it('are disabled and enabled by hand, and removed for good', async () => {
    const { webhook: { id: webhookId } } = await add()
    expect(await run(on('enableWebhook'), { webhookId })).toMatchObject({ webhook: null, errors: [{ code: 'WRONG_STATE' }] })
    expect(await run(on('disableWebhook'), { webhookId })).toEqual({ webhook: { state: 'DISABLED', disabledReason: 'BY_HAND', disabledAt: newsroom.now.toISOString() }, errors: [] })
    expect((await newsroom.readAsStaff('{ webhooks(state: DISABLED) { nodes { id } } }')).data).toEqual({ webhooks: { nodes: [{ id: webhookId }] } })
    expect(await run(on('disableWebhook'), { webhookId })).toMatchObject({ errors: [{ code: 'WRONG_STATE' }] })
    expect(await run(REPLAY, { webhookId })).toMatchObject({ replayed: null, errors: [{ code: 'WRONG_STATE' }] })
    expect(await run(on('enableWebhook'), { webhookId })).toEqual({ webhook: { state: 'ACTIVE', disabledReason: null, disabledAt: null }, errors: [] })
    expect(await run(REPLAY, { webhookId })).toMatchObject({ replayed: null, errors: [{ code: 'NOT_FOUND' }] })
    expect(await remove(webhookId)).toEqual({ removed: true, errors: [] })
    for (const mutation of ['enableWebhook', 'disableWebhook', 'removeWebhook']) expect(await run(on(mutation), { webhookId }), mutation).toMatchObject({ errors: [{ code: 'NOT_FOUND', path: 'webhookId' }] })
    expect(await run(ROTATE, { webhookId, overlapHours: 1 })).toMatchObject({ secret: null, errors: [{ code: 'NOT_FOUND' }] })
    const [row] = await (await newsroom.database.prisma()).webhookEndpoint.findMany({ where: { state: 'REMOVED' }, orderBy: { createdAt: 'desc' } })
    expect(row).toMatchObject({ secret: null, previousSecret: null })
  })

  it('are looked at by editors and administrators alone', async () => {
    expect((await newsroom.readAsStaff('{ webhooks { nodes { id } } }', undefined, 'EDITOR')).errors).toBeUndefined()
    for (const role of ['REPORTER', 'LAWYER', 'PREVIEW'] as const) expect((await newsroom.readAsStaff('{ webhooks { nodes { id } } }', undefined, role)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    expect((await newsroom.readAsStaff(ADD, { input: { partnerId, url: URL } }, 'EDITOR')).data!['addWebhook'].errors).toMatchObject([{ code: 'FORBIDDEN' }])
  })
})
