import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { TestNewsroom } from '../support/newsroom.js'

const PARTNER = '{ id name dutyContact { name email phone } contract { number } contracts { number desks topics embargoAccess archiveDays registeredOnly validFrom validUntil setAt setBy } createdBy }'
const CREATE = `mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { partner ${PARTNER} errors { code path } } }`
const CONTACT = `mutation ($input: SetDutyContactInput!) { setDutyContact(input: $input) { partner { dutyContact { name email phone } } errors { code path } } }`
const CONTRACT = `mutation ($input: SetPartnerContractInput!) { setPartnerContract(input: $input) { partner ${PARTNER} errors { code path } } }`
const ALL = { allDesks: true, allTopics: true, wholeArchive: true }

describe('the newsroom\'s partners', () => {
  let newsroom: TestNewsroom
  let partnerId: string
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    partnerId = (await run(CREATE, { name: ' Bay Radio ', dutyContact: { name: 'Night desk', email: 'night@bayradio.example', phone: '+1 (555) 0100 ext. 4' } })).partner.id
  })
  afterAll(() => newsroom.close())

  const run = async (query: string, input: object, role: StaffRole = 'ADMIN'): Promise<any> => {
    const answer = await newsroom.readAsStaff(query, { input }, role)
    expect(answer.errors, JSON.stringify(answer.errors)).toBeUndefined()
    return Object.values(answer.data!)[0]
  }
  const counts = async () => {
    const prisma = await newsroom.database.prisma()
    return [await prisma.partner.findMany({ orderBy: { id: 'asc' } }), await prisma.partnerContract.count(), await prisma.partnerKey.count()]
  }

  it('are added once under a name, with whom to reach at night', async () => {
    expect((await newsroom.readAsStaff(`{ partner(id: "${partnerId}") ${PARTNER} }`)).data!['partner']).toEqual({
      id: partnerId, name: 'Bay Radio', dutyContact: { name: 'Night desk', email: 'night@bayradio.example', phone: '+1 (555) 0100 ext. 4' }, contract: null, contracts: [], createdBy: 'admin',
    })
    expect(await run(CREATE, { name: 'BAY radio', dutyContact: { phone: '110' } })).toEqual({ partner: null, errors: [{ code: 'NAME_TAKEN', path: 'name' }] })
    const answers = await Promise.all(Array.from({ length: 10 }, () => run(CREATE, { name: 'Ten At Once', dutyContact: { phone: '110' } })))
    expect(answers.filter(({ partner }) => partner !== null)).toHaveLength(1)
    const input = { name: 'Once Only', dutyContact: { phone: '110' }, idempotencyKey: 'add' }
    expect(await run(CREATE, input)).toEqual(await run(CREATE, input))
  }, 30_000)

  it('get another duty contact whole', async () => {
    expect(await run(CONTACT, { partnerId, dutyContact: { phone: '+44 20 7946 0000' } })).toEqual({ partner: { dutyContact: { name: null, email: null, phone: '+44 20 7946 0000' } }, errors: [] })
  })

  it('keep every contract, and the last one that has begun holds', async () => {
    const first = await run(CONTRACT, { partnerId, desks: ['Metro', 'Metro', 'A desk without stories'], topics: ['medtop:04000000'], archiveDays: 30, embargoAccess: 'ADVANCE', registeredOnly: true, validUntil: '2026-12-31T00:00:00Z' })
    expect(first.partner).toMatchObject({ contract: { number: 1 }, contracts: [{ number: 1, desks: ['Metro', 'A desk without stories'], topics: ['medtop:04000000'], embargoAccess: 'ADVANCE', archiveDays: 30, registeredOnly: true, validFrom: newsroom.now.toISOString(), validUntil: '2026-12-31T00:00:00.000Z', setBy: 'admin' }] })
    const second = await run(CONTRACT, { partnerId, ...ALL, validFrom: '2026-06-01T00:00:00Z' })
    expect(second.partner).toMatchObject({ contract: { number: 1 }, contracts: [{ number: 2, desks: null, topics: null, archiveDays: null, embargoAccess: 'NONE', registeredOnly: false, validUntil: null }, { number: 1 }] })
    for (const sql of [`UPDATE "PartnerContract" SET "archiveDays" = 1`, `DELETE FROM "PartnerContract"`]) await expect((await newsroom.database.prisma()).$executeRawUnsafe(sql)).rejects.toThrow(/cannot change; set a new one/)
    expect((await newsroom.readAsStaff(`{ partner(id: "${partnerId}") { contracts { number } } }`)).data!['partner'].contracts).toHaveLength(2)
  })

  it('number their contracts without a gap, however many are set at once', async () => {
    const { id } = (await run(CREATE, { name: 'Busy Post', dutyContact: { phone: '110' } })).partner
    await Promise.all(Array.from({ length: 10 }, () => run(CONTRACT, { partnerId: id, ...ALL })))
    expect((await newsroom.readAsStaff(`{ partner(id: "${id}") { contracts { number } } }`)).data!['partner'].contracts.map((contract: { number: number }) => contract.number)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  }, 30_000)

  it('are listed by name, page by page, and found by part of it', async () => {
    const all = (await newsroom.readAsStaff('{ partners { nodes { name } } }')).data!['partners'].nodes.map((node: { name: string }) => node.name)
    expect(all).toEqual(['Bay Radio', 'Busy Post', 'Once Only', 'Ten At Once'])
    const { nodes, pageInfo } = (await newsroom.readAsStaff('{ partners(first: 3) { nodes { name } pageInfo { endCursor } } }')).data!['partners']
    expect(nodes).toHaveLength(3)
    expect((await newsroom.readAsStaff(`{ partners(after: "${pageInfo.endCursor}") { nodes { name } } }`)).data!['partners'].nodes).toEqual([{ name: 'Ten At Once' }])
    expect((await newsroom.readAsStaff('{ partners(name: "RADIO") { nodes { name } } }')).data!['partners'].nodes).toEqual([{ name: 'Bay Radio' }])
    expect((await newsroom.readAsStaff('{ partners(name: "%") { nodes { name } } }')).data!['partners'].nodes).toEqual([])
  })

  it.each([
    [{ name: '' }, 'name'], [{ name: ' \t' }, 'name'], [{ name: 'a\u0007' }, 'name'], [{ name: '\ud800' }, 'name'], [{ name: 'x'.repeat(201) }, 'name'], [{ dutyContact: {} }, 'dutyContact'], [{ dutyContact: { name: 'Only a name' } }, 'dutyContact'],
    [{ dutyContact: { email: 'nobody' } }, 'dutyContact.email'], [{ dutyContact: { email: `${'x'.repeat(250)}@x.example` } }, 'dutyContact.email'], [{ dutyContact: { phone: 'call me' } }, 'dutyContact.phone'], [{ dutyContact: { phone: '+-() ' } }, 'dutyContact.phone'],
    [{ dutyContact: { phone: '1'.repeat(99) } }, 'dutyContact.phone'], [{ dutyContact: { phone: '110', name: '' } }, 'dutyContact.name'],
  ])('are not added with %j', async (input, path) => {
    const before = await counts()
    expect(await run(CREATE, { name: 'Bad Post', dutyContact: { phone: '110' }, ...input })).toEqual({ partner: null, errors: [{ code: 'INVALID', path }] })
    if ('dutyContact' in input) expect(await run(CONTACT, { partnerId, ...input })).toEqual({ partner: null, errors: [{ code: 'INVALID', path }] })
    expect(await counts()).toEqual(before)
  })

  it.each([
    [{ allDesks: false }, 'desks'], [{ desks: ['Metro'] }, 'desks'], [{ allTopics: false }, 'topics'], [{ topics: ['medtop:04000000'] }, 'topics'], [{ wholeArchive: false }, 'archiveDays'], [{ archiveDays: 5 }, 'archiveDays'],
    [{ allDesks: false, desks: [' '] }, 'desks[0]'], [{ allDesks: false, desks: Array.from({ length: 201 }, (_, n) => `Desk ${n}`) }, 'desks'], [{ allTopics: false, topics: ['economy'] }, 'topics[0]'],
    [{ allTopics: false, topics: Array.from({ length: 201 }, (_, n) => `medtop:2000${String(n).padStart(4, '0')}`) }, 'topics'],
    [{ wholeArchive: false, archiveDays: 0 }, 'archiveDays'], [{ wholeArchive: false, archiveDays: -30 }, 'archiveDays'], [{ wholeArchive: false, archiveDays: 36_501 }, 'archiveDays'],
    [{ validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-05-01T00:00:00Z' }, 'validUntil'], [{ validFrom: '2026-05-02T00:00:00Z', validUntil: '2026-05-01T00:00:00Z' }, 'validUntil'], [{ validUntil: '2026-01-01T00:00:00Z' }, 'validUntil'],
  ])('are given no contract of %j', async (input, path) => {
    const before = await counts()
    expect(await run(CONTRACT, { partnerId, ...ALL, ...input })).toEqual({ partner: null, errors: [{ code: 'INVALID', path }] })
    expect(await counts()).toEqual(before)
  })

  it('are not found by an id of nothing, and ids of another kind are refused', async () => {
    const none = Buffer.from('Partner:00000000-0000-4000-8000-000000000000').toString('base64url')
    expect(await run(CONTRACT, { partnerId: none, ...ALL })).toEqual({ partner: null, errors: [{ code: 'NOT_FOUND', path: 'partnerId' }] })
    expect(await run(CONTACT, { partnerId: none, dutyContact: { phone: '110' } })).toEqual({ partner: null, errors: [{ code: 'NOT_FOUND', path: 'partnerId' }] })
    expect((await newsroom.readAsStaff(`{ partner(id: "${none}") { name } }`)).data).toEqual({ partner: null })
    expect((await newsroom.readAsStaff('{ partner(id: "U3Rvcnk6eA") { name } }')).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('are changed by administrators alone', async () => {
    const before = await counts()
    const key = Buffer.from('PartnerKey:00000000-0000-4000-8000-000000000000').toString('base64url')
    const changes = [
      [CREATE, { name: 'New Post', dutyContact: { phone: '110' } }], [CONTACT, { partnerId, dutyContact: { phone: '110' } }], [CONTRACT, { partnerId, ...ALL }],
      ['mutation ($input: IssuePartnerKeyInput!) { issuePartnerKey(input: $input) { key errors { code } } }', { partnerId, label: 'x' }],
      ['mutation ($input: RotatePartnerKeyInput!) { rotatePartnerKey(input: $input) { key errors { code } } }', { keyId: key, overlapHours: 1 }],
      ['mutation ($input: RevokePartnerKeyInput!) { revokePartnerKey(input: $input) { errors { code } } }', { keyId: key }],
    ] as const
    for (const role of ['PREVIEW', 'REPORTER', 'EDITOR', 'STANDARDS_EDITOR'] as const) {
      for (const [query, input] of changes) {
        const payload = await run(query, input, role)
        expect(payload.errors, `${role} ${query}`).toMatchObject([{ code: 'FORBIDDEN' }])
        expect(payload.key ?? null).toBeNull()
      }
    }
    expect(await counts()).toEqual(before)
  }, 30_000)

  it('are read by editors and administrators; others are told the same of one that is there and one that is not', async () => {
    const none = Buffer.from('Partner:00000000-0000-4000-8000-000000000000').toString('base64url')
    for (const role of ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN'] as const) expect((await newsroom.readAsStaff(`{ partner(id: "${partnerId}") { name } }`, undefined, role)).data).toEqual({ partner: { name: 'Bay Radio' } })
    for (const role of ['PREVIEW', 'REPORTER'] as const) {
      const answers = await Promise.all([partnerId, none].map((id) => newsroom.readAsStaff(`{ partner(id: "${id}") { name } }`, undefined, role)))
      expect(answers[0]!.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
      expect(answers[1]).toEqual(answers[0])
      expect((await newsroom.readAsStaff('{ partners { nodes { name } } }', undefined, role)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    }
    expect((await newsroom.read('{ partners { nodes { name } } }')).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }])
  })
})
