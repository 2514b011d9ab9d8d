import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newlyOverdue, USUAL_DEADLINES } from '../../../src/syndication/ledger/index.js'
import { hashOfPartnerKey } from '../../../src/access/index.js'
import { story } from '../../support/documents.js'
import { REQUEST_ID, TestNewsroom } from '../../support/newsroom.js'
import { DAY, HOUR, MINUTE, Newsdesk, SECOND } from '../newsdesk.js'
import { Receiver } from '../webhooks/receiver.js'

interface Shown { readonly id: string; readonly kind: string; readonly story: { readonly slug: string }; readonly version: number; readonly at: string; readonly dueAt: string; readonly isOverdue: boolean; readonly advisory: string | null; readonly explanation: string | null }
const UNACKNOWLEDGED = '{ unacknowledgedNotices(first: 100) { nodes { id kind slug version dueAt isOverdue partner { name dutyContact { email } } } } }'

describe('a correction or recall', () => {
  let newsroom: TestNewsroom
  let desk: Newsdesk
  const keys: Record<string, string> = {}
  beforeAll(async () => {
    newsroom = await TestNewsroom.open({ syndication: { allowsLoopback: true } })
    desk = new Newsdesk(newsroom)
    for (const [name, contract, scopes] of [
      ['Bay Radio', {}, undefined], ['Early Bird', { embargoAccess: 'ADVANCE' }, undefined], ['Early Web', { embargoAccess: 'ADVANCE' }, ['READ']], ['World Wire', { desks: ['World'] }, undefined], ['Ended Post', {}, undefined], ['Expired Times', {}, undefined], ['Revoked News', {}, undefined],
    ] as const) keys[name] = await newsroom.partnerKey(contract, name, scopes)
  })
  afterAll(() => newsroom.close())

  const notices = async (key: string): Promise<readonly Shown[]> => {
    const response = await fetch(`${newsroom.url}/notices`, { headers: { authorization: `Bearer ${key}` } })
    expect(response.status).toBe(200)
    expect([response.headers.get('cache-control'), response.headers.get('vary')]).toEqual(['no-store, private', 'Authorization, Accept, Accept-Encoding'])
    return ((await response.json()) as { notices: Shown[] }).notices
  }
  const acknowledge = async (key: string | undefined, id: string) => {
    const response = await fetch(`${newsroom.url}/notices/${id}/acknowledgement`, { method: 'POST', headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })
    return { status: response.status, body: (await response.json()) as any }
  }
  const toldOf = async (slug: string) => (await (await newsroom.database.prisma()).notice.findMany({ where: { story: { slug: `harbor-plan-${slug}` } }, include: { partner: true }, orderBy: [{ at: 'asc' }, { partner: { name: 'asc' } }] })).map(({ kind, version, partner }) => `${kind} ${version} ${partner.name}`)
  const endKey = async (key: string, data: object) => (await newsroom.database.prisma()).partnerKey.update({ where: { hash: hashOfPartnerKey(key) }, data })

  it('is told to whoever took the story or could have, also where contract and key have ended since, and to nobody else', async () => {
    await desk.publish('told')
    desk.pass(MINUTE)
    await newsroom.changeContract({ desks: ['World'], validUntil: new Date(newsroom.now.getTime() + SECOND) }, 'Ended Post')
    await endKey(keys['Expired Times']!, { expiresAt: newsroom.now })
    await endKey(keys['Revoked News']!, { revokedAt: newsroom.now, revokedBy: 'admin' })
    desk.pass(DAY)
    await desk.act('told', 'KILL', { removal: { advisory: 'It is wrong.' } })
    await newsroom.partnerKey({}, 'Too Late')
    expect(await toldOf('told')).toEqual(['Bay Radio', 'Early Bird', 'Early Web', 'Ended Post', 'Expired Times', 'Revoked News'].map((name) => `KILLED 1 ${name}`))
    const [notice] = await notices(keys['Bay Radio']!)
    expect(notice).toEqual({ id: expect.any(String), kind: 'KILLED', story: { id: expect.any(String), slug: 'harbor-plan-told' }, version: 1, at: newsroom.now.toISOString(), dueAt: new Date(newsroom.now.getTime() + 30 * MINUTE).toISOString(), isOverdue: false, advisory: 'It is wrong.', explanation: null })
    const { data } = await newsroom.readAsPartner(keys['Ended Post']!, '{ notices { nodes { id kind storyId slug version at dueAt isOverdue advisory explanation } } }')
    const [own] = await notices(keys['Ended Post']!)
    const { story: { id, slug }, ...rest } = own! as Shown & { story: { id: string } }
    expect(data!['notices'].nodes).toEqual([{ ...rest, storyId: id, slug }])
    expect(own!.id).not.toBe(notice!.id)
    for (const name of ['World Wire', 'Too Late']) expect(await (await newsroom.database.prisma()).notice.count({ where: { partner: { name } } }), name).toBe(0)
    expect((await newsroom.read('{ notices { nodes { id } pageInfo { hasNextPage endCursor } } }')).data).toEqual({ notices: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } })
    expect((await newsroom.readAsStaff('{ notices { nodes { id } } }')).data).toEqual({ notices: { nodes: [] } })
  })

  it('is read and acknowledged with an expired key, which is good for nothing else; a revoked one is as good as none', async () => {
    const [expired, revoked] = [keys['Expired Times']!, keys['Revoked News']!]
    const [notice] = await notices(expired)
    expect(notice).toMatchObject({ kind: 'KILLED', story: { slug: 'harbor-plan-told' } })
    expect(await newsroom.readAsPartner(expired, '{ notices { nodes { id } } }')).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    expect(await newsroom.bytes('{ notices { nodes { id } } }', expired)).toBe(await newsroom.bytes('{ notices { nodes { id } } }', `onr_partner_${'x'.repeat(43)}`))
    expect(await acknowledge(expired, notice!.id)).toEqual({ status: 200, body: { id: notice!.id, acknowledgedAt: newsroom.now.toISOString() } })
    expect(await notices(expired)).toEqual([])
    const unknown = await acknowledge(`onr_partner_${'x'.repeat(43)}`, notice!.id)
    expect(unknown).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } })
    for (const key of [revoked, undefined, '', await newsroom.token('ADMIN')]) expect(await acknowledge(key, notice!.id)).toEqual(unknown)
    expect((await fetch(`${newsroom.url}/notices`, { headers: { authorization: `Bearer ${revoked}` } })).status).toBe(401)
    expect((await fetch(`${newsroom.url}/notices`)).status).toBe(401)
  })

  it('is acknowledged once, by the partner that it is for alone', async () => {
    const key = keys['Bay Radio']!
    const [notice] = await notices(key)
    const none = { status: 404, body: { errors: [{ message: expect.any(String), extensions: { code: 'NOT_FOUND', requestId: REQUEST_ID } }] } }
    const foreign = await acknowledge(keys['World Wire'], notice!.id)
    expect(foreign).toEqual(none)
    for (const id of [Buffer.from('Notice:00000000-0000-4000-8000-000000000000').toString('base64url'), Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url'), 'nonsense', '%00', '..%2f..']) expect(await acknowledge(keys['World Wire'], id), id).toEqual(foreign)
    expect(await notices(key)).toHaveLength(1)
    const at = newsroom.now.toISOString()
    expect(await acknowledge(key, notice!.id)).toMatchObject({ status: 200, body: { acknowledgedAt: at } })
    desk.pass(HOUR)
    expect(await acknowledge(key, notice!.id)).toMatchObject({ status: 200, body: { acknowledgedAt: at } })
    expect(await notices(key)).toEqual([])
    expect((await newsroom.readAsPartner(key, '{ notices { nodes { id } } }')).data).toEqual({ notices: { nodes: [] } })
    for (const [url, method] of [['/notices', 'POST'], ['/notices', 'DELETE'], [`/notices/${notice!.id}/acknowledgement`, 'GET']] as const) {
      const response = await fetch(newsroom.url + url, { method, headers: { authorization: `Bearer ${key}` } })
      expect([response.status, response.headers.get('allow')], `${method} ${url}`).toEqual([405, method === 'GET' ? 'POST' : 'GET'])
    }
  })

  it('is not acknowledged by a webhook that arrives', async () => {
    const receiver = await Receiver.open()
    await desk.endpoint('Bay Radio', receiver.url)
    await desk.publish('pushed')
    await desk.act('pushed', 'HOLD')
    await desk.sender().sendWhatIsDue()
    expect(receiver.told).toEqual(['HELD harbor-plan-pushed 1'])
    const [notice] = await notices(keys['Bay Radio']!)
    expect(notice).toMatchObject({ id: receiver.received[0]!.event.data.notice, kind: 'HELD' })
    await receiver.close()
  })

  it('that was a hold is over once the story is restored; whoever acknowledged it before has', async () => {
    await desk.publish('held')
    await desk.act('held', 'HOLD')
    const [mine] = (await notices(keys['Early Bird']!)).filter(({ story: { slug } }) => slug === 'harbor-plan-held')
    await acknowledge(keys['Early Bird'], mine!.id)
    await desk.act('held', 'RESTORE')
    for (const name of ['Early Bird', 'Early Web']) expect((await notices(keys[name]!)).filter(({ story: { slug } }) => slug === 'harbor-plan-held'), name).toEqual([])
    expect(await (await newsroom.database.prisma()).notice.findUniqueOrThrow({ where: { id: Buffer.from(mine!.id, 'base64url').toString().slice('Notice:'.length) } })).toMatchObject({ acknowledgedBy: 'test', liftedAt: null })
    await desk.act('held', 'HOLD')
    expect((await notices(keys['Early Bird']!)).filter(({ story: { slug } }) => slug === 'harbor-plan-held')).toHaveLength(1)
  })

  it('under embargo is told to those who had it in advance, and shown to keys that read embargoed copy', async () => {
    await desk.publish('secret', {}, { until: undefined })
    await desk.revise('secret', 'CORRECT')
    await desk.act('secret', 'KILL')
    expect(await toldOf('secret')).toEqual(['CORRECTED 2 Early Bird', 'KILLED 2 Early Bird'])
    expect((await notices(keys['Early Bird']!)).map(({ kind, story: { slug } }) => `${kind} ${slug}`)).toContain('KILLED harbor-plan-secret')
    const { data } = await newsroom.readAsPartner(keys['Early Bird']!, '{ notices(first: 100) { nodes { kind slug explanation } } }')
    expect(data!['notices'].nodes).toContainEqual({ kind: 'CORRECTED', slug: 'harbor-plan-secret', explanation: 'It is berth 2.' })
    const site = await (await newsroom.database.prisma()).partnerKey.update({ where: { hash: hashOfPartnerKey(keys['Early Bird']!) }, data: { scopes: ['READ'] } })
    expect((await notices(keys['Early Bird']!)).filter(({ story: { slug } }) => slug === 'harbor-plan-secret')).toEqual([])
    expect(JSON.stringify((await newsroom.readAsPartner(keys['Early Bird']!, '{ notices(first: 100) { nodes { slug } } }')).data)).not.toContain('secret')
    await (await newsroom.database.prisma()).partnerKey.update({ where: { id: site.id }, data: { scopes: ['READ', 'EMBARGOED'] } })
  })

  it('goes with the story to its translations and posts', async () => {
    await desk.publish('live')
    await newsroom.add(story('post', { parent: 'harbor-plan-live', publication: { firstPublishedAt: newsroom.now.toISOString() } }))
    await desk.act('live', 'KILL')
    expect((await notices(keys['Early Web']!)).filter(({ story: { slug } }) => /live|post/.test(slug)).map(({ kind, story: { slug } }) => `${kind} ${slug}`).toSorted()).toEqual(['KILLED harbor-plan-live', 'KILLED harbor-plan-post'])
  })

  it('is the newsroom\'s to see until everybody has acknowledged it, with whom to call, and when it is overdue', async () => {
    await (await newsroom.database.prisma()).webhookDelivery.deleteMany()
    await (await newsroom.database.prisma()).notice.deleteMany()
    await desk.publish('open')
    await desk.revise('open', 'CORRECT')
    const corrected = newsroom.now
    await desk.act('open', 'KILL')
    const open = async (args = '') => (await newsroom.readAsStaff(UNACKNOWLEDGED.replace('first: 100', `first: 100${args}`))).data!['unacknowledgedNotices'].nodes as { id: string; kind: string; isOverdue: boolean; dueAt: string; partner: object }[]
    expect((await open()).map(({ kind, partner }: any) => `${kind} ${partner.name}`).toSorted()).toEqual(['Bay Radio', 'Early Bird', 'Early Web', 'Expired Times', 'Revoked News', 'Too Late'].flatMap((name) => [`CORRECTED ${name}`, `KILLED ${name}`]).toSorted())
    expect((await open())[0]).toMatchObject({ kind: 'CORRECTED', slug: 'harbor-plan-open', version: 2, isOverdue: false, dueAt: new Date(corrected.getTime() + DAY).toISOString(), partner: { dutyContact: { email: 'night@partner.example' } } })
    expect(await open(', overdue: true')).toEqual([])
    expect(await newlyOverdue(newsroom.database, USUAL_DEADLINES, newsroom.now)).toEqual([])
    const changes = newsroom.database.publicChanges!()
    await expect.poll(() => changes.count).toBeDefined()
    const before = changes.count!
    desk.pass(30 * MINUTE)
    expect(new Set((await open(', overdue: true')).map(({ kind, isOverdue }) => `${kind} ${isOverdue}`))).toEqual(new Set(['KILLED true']))
    // Told once, whichever node asks.
    const told = await Promise.all([1, 2].map(() => newlyOverdue(newsroom.database, USUAL_DEADLINES, newsroom.now)))
    expect(told.flat()).toEqual(Array.from({ length: 6 }, () => 'KILLED'))
    expect(await newlyOverdue(newsroom.database, USUAL_DEADLINES, newsroom.now)).toEqual([])
    const [first] = await open(', overdue: true')
    const record = 'mutation ($input: RecordAcknowledgementInput!) { recordAcknowledgement(input: $input) { notice { acknowledgedAt acknowledgedBy isOverdue } errors { code } } }'
    const by = async (role: 'REPORTER' | 'EDITOR') => (await newsroom.readAsStaff(record, { input: { noticeId: first!.id } }, role)).data!['recordAcknowledgement']
    expect(await by('REPORTER')).toEqual({ notice: null, errors: [{ code: 'FORBIDDEN' }] })
    expect(await by('EDITOR')).toEqual({ notice: { acknowledgedAt: newsroom.now.toISOString(), acknowledgedBy: 'editor', isOverdue: false }, errors: [] })
    // Answers that are kept are forgotten for what partners can read, and not because somebody looked for what is overdue.
    expect(changes.count).toBe(before + 1)
    expect(await by('EDITOR')).toEqual({ notice: null, errors: [{ code: 'ACKNOWLEDGED_BEFORE' }] })
    expect(await open(', overdue: true')).toHaveLength(5)
    desk.pass(DAY)
    expect(await newlyOverdue(newsroom.database, USUAL_DEADLINES, newsroom.now)).toEqual(Array.from({ length: 6 }, () => 'CORRECTED'))
    expect((await newsroom.readAsStaff(UNACKNOWLEDGED, undefined, 'REPORTER')).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  }, 60_000)
})
