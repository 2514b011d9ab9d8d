import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import { PATHS } from '../../src/server.js'
import { TestNewsroom } from '../support/newsroom.js'
import { errorsOf, waive } from '../support/waivers.js'
import { tellingStory, weakStory } from '../support/weak-story.js'

const MUTATION = 'mutation ($input: WaiveFindingInput!) { waiveFinding(input: $input) { waiver { by } errors { code } } }'

describe('a waiver', () => {
  let newsroom: TestNewsroom
  let count = 0
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
  })
  afterAll(() => newsroom.close())

  const create = async (document: object = weakStory(`waived-${++count}`)) => {
    const { data, errors } = await newsroom.readAsStaff('mutation ($input: CreateStoryInput!) { createStory(input: $input) { story { id } errors { message } } }', { input: { document } })
    expect(errors ?? data!['createStory'].errors).toEqual([])
    const storyId = data!['createStory'].story.id as string
    const [first] = await errorsOf(newsroom, storyId)
    return { storyId, rule: first!.rule, fingerprint: first!.fingerprint }
  }
  /** Somebody with a token of their own. */
  const as = async (name: string, journalist?: string, role: StaffRole = 'EDITOR') => {
    const token = await issueStaffToken(newsroom.database, { name, role, journalist }, newsroom.sources)
    return async (input: object) => {
      const { data } = await newsroom.ask<any>(PATHS.NEWSROOM, MUTATION, { input: { reason: 'FALSE_ALARM', ...input } }, { authorization: `Bearer ${token}` })
      return data.waiveFinding as { waiver: { by: string } | null; errors: { code: string }[] }
    }
  }
  const codes = (answer: { errors: readonly { code: string }[] }) => answer.errors.map(({ code }) => code)

  it('says who decided, in which role, when, on which words of which revision, and why', async () => {
    const finding = await create()
    expect((await waive(newsroom, { ...finding, reason: 'TIME_CRITICAL', note: 'The bridge is falling.' })).waiver).toEqual({
      id: expect.any(String), reason: 'TIME_CRITICAL', note: 'The bridge is falling.', by: 'editor', role: 'EDITOR', at: '2026-03-10T12:00:00.000Z', revision: 1, exact: 'sources said', isInForce: true,
    })
    const { data } = await newsroom.readAsStaff(`{ node(id: "${finding.storyId}") { ... on Story { open: findings(minSeverity: ERROR) { rule } all: findings(minSeverity: ERROR, includeWaived: true) { rule waiver { reason by at } } } } }`)
    expect(data!['node']).toEqual({ open: [], all: [{ rule: 'bare-source-descriptor', waiver: { reason: 'TIME_CRITICAL', by: 'editor', at: '2026-03-10T12:00:00.000Z' } }] })
  })

  it('is for editors: not for previews, not for reporters, not for readers', async () => {
    const finding = await create()
    for (const role of ['PREVIEW', 'REPORTER'] as const) expect(codes(await waive(newsroom, finding, role)), role).toEqual(['FORBIDDEN'])
    const answer = await newsroom.ask(PATHS.NEWSROOM, MUTATION, { input: { reason: 'FALSE_ALARM', ...finding } }, {})
    expect([answer.status, answer.errors![0]!.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect((await newsroom.read(MUTATION, { input: { reason: 'FALSE_ALARM', ...finding } })).data?.['waiveFinding']).toBeUndefined()
    expect(await (await newsroom.database.prisma()).waiver.count({ where: { rule: finding.rule, story: { slug: `waived-${count}` } } })).toBe(0)
  })

  it.each(['EDITOR', 'STANDARDS_EDITOR', 'ADMIN'] as const)('can be given by the role %s', async (role) => {
    expect(codes(await waive(newsroom, await create(), role))).toEqual([])
  })

  it('is never given by somebody in the byline, known by key or by name', async () => {
    const finding = await create()
    expect(codes(await (await as('S. R.', 'sam-reyes', 'ADMIN'))(finding))).toEqual(['IN_BYLINE'])
    expect(codes(await (await as(' sam  REYES'))(finding))).toEqual(['IN_BYLINE'])
    expect(codes(await (await as('Linh Vo', 'linh-vo'))(finding))).toEqual([])
  })

  it('ends when whoever gave it comes into the byline', async () => {
    const { storyId, ...finding } = await create()
    expect(codes(await (await as('Linh Vo', 'linh-vo'))({ storyId, ...finding }))).toEqual([])
    const weak = weakStory(`waived-${count}`)
    const document = { ...weak, journalists: [...weak.journalists!, { key: 'linh-vo', name: 'Linh Vo' }], bylines: [...weak.bylines!, { journalist: 'linh-vo', role: 'contributed reporting' }] }
    const { data } = await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { story { waivers { by isInForce } } errors { code } } }', { input: { storyId, expectedRevision: 1, document } })
    expect(data!['saveRevision']).toEqual({ story: { waivers: [{ by: 'Linh Vo', isInForce: false }] }, errors: [] })
    const published = await newsroom.readAsStaff('mutation ($input: StoryActionInput!) { publishStory(input: $input) { findings { rule } } }', { input: { storyId } })
    expect(published.data!['publishStory'].findings).toEqual([{ rule: 'bare-source-descriptor' }])
  })

  it('is refused for a rule that cannot be waived, whoever asks', async () => {
    const finding = await create(tellingStory(`telling-${++count}`))
    expect(finding.rule).toBe('gendered-pronoun-for-anonymous')
    for (const role of ['EDITOR', 'STANDARDS_EDITOR', 'ADMIN'] as const) expect(codes(await waive(newsroom, finding, role)), role).toEqual(['NOT_WAIVABLE'])
  })

  it('is left to standards editors where the rule asks for an approval', async () => {
    const weak = weakStory(`approval-${++count}`)
    const storyId = (await create({ ...weak, sources: weak.sources!.map((source) => ({ ...source, agreed: { reason: 'Would be dismissed.', approvals: [] } })) })).storyId
    const finding = (await errorsOf(newsroom, storyId)).find(({ rule }) => rule === 'anonymity-without-approval')!
    const { rule, fingerprint } = finding
    expect(codes(await waive(newsroom, { storyId, rule, fingerprint }, 'EDITOR'))).toEqual(['FORBIDDEN'])
    expect(codes(await waive(newsroom, { storyId, rule, fingerprint }, 'STANDARDS_EDITOR'))).toEqual([])
  })

  it('is given once, and is done once for an idempotency key', async () => {
    const finding = await create()
    const first = await waive(newsroom, { ...finding, idempotencyKey: 'w1' })
    expect(await waive(newsroom, { ...finding, idempotencyKey: 'w1' })).toEqual(first)
    expect(codes(await waive(newsroom, { ...finding, reason: 'FALSE_ALARM', idempotencyKey: 'w1' }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    expect(codes(await waive(newsroom, finding))).toEqual(['ALREADY_WAIVED'])
    const other = await create()
    const answers = await Promise.all(Array.from({ length: 6 }, () => waive(newsroom, other)))
    expect(answers.map(codes).filter(([code]) => code === undefined)).toHaveLength(1)
    expect(answers.map(codes).filter(([code]) => code === 'ALREADY_WAIVED')).toHaveLength(5)
  })

  it('is refused for what is not there, with what to do', async () => {
    const finding = await create()
    expect(codes(await waive(newsroom, { ...finding, expectedRevision: 7 }))).toEqual(['CONFLICT'])
    expect(codes(await waive(newsroom, { ...finding, fingerprint: 'other' }))).toEqual(['FINDING_NOT_FOUND'])
    expect(codes(await waive(newsroom, { ...finding, rule: 'no-such-rule' }))).toEqual(['FINDING_NOT_FOUND'])
    expect(codes(await waive(newsroom, { ...finding, note: 'x'.repeat(2_001) }))).toEqual(['NOTE_TOO_LONG'])
    expect(codes(await waive(newsroom, { ...finding, storyId: Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url') }))).toEqual(['NOT_FOUND'])
  })

  it('can be revoked, once, by editors; then the finding stands again', async () => {
    const finding = await create()
    const { waiver } = await waive(newsroom, finding)
    const revoke = async (role: StaffRole, waiverId = waiver!.id) => (await newsroom.readAsStaff('mutation ($input: RevokeWaiverInput!) { revokeWaiver(input: $input) { errors { code } } }', { input: { waiverId } }, role)).data!['revokeWaiver']
    for (const role of ['PREVIEW', 'REPORTER'] as const) expect(codes(await revoke(role)), role).toEqual(['FORBIDDEN'])
    expect(codes(await revoke('EDITOR', '00000000-0000-4000-8000-000000000000'))).toEqual(['NOT_FOUND'])
    expect(codes(await revoke('EDITOR', 'nonsense'))).toEqual(['NOT_FOUND'])
    expect(codes(await revoke('EDITOR'))).toEqual([])
    expect(codes(await revoke('EDITOR'))).toEqual(['ALREADY_REVOKED'])
    expect(await errorsOf(newsroom, finding.storyId)).toHaveLength(1)
    expect(codes(await waive(newsroom, finding))).toEqual([])
  })
})
