import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PATHS } from '../../src/server.js'
import { AgreementDesk, agreement, approval, codes, harbor, type Who } from './desk.js'

const NOBODY = Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url')
const LATER = '2026-03-10T12:00:01Z'

describe('what is agreed with an anonymous source', () => {
  let desk: AgreementDesk
  let count = 0
  beforeAll(async () => {
    desk = await AgreementDesk.open()
  })
  afterAll(() => desk.close())
  const create = (agreed?: object) => desk.create(harbor(`agreed-${++count}`, {}, agreed))
  const granted = async (change: object = {}) => {
    const keys = await create()
    expect(codes(await desk.run('recordAgreement', { ...at(keys), ...agreement(change) }, 'rita'))).toEqual([])
    return keys
  }
  const at = ({ storyId, source }: { storyId: string; source: string }) => ({ storyId, source })
  const saysOneMore = (document: any) => ({
    ...document,
    attributions: [...document.attributions, { key: 'more', source: 'officials', speech: 'INDIRECT', content: [{ paragraph: 5, start: 0, end: 14 }] }],
  })

  describe('an agreement', () => {
    it('tells who granted anonymity, on which terms, why, when, and whether an editor knows; it needs no new revision', async () => {
      const keys = await create()
      const { agreement: made, story } = await desk.run('recordAgreement', { ...at(keys), ...agreement({ identityHeldOffSystem: true }) }, 'rita')
      expect(made).toEqual({
        sourceKey: keys.source, reason: 'Would lose the post.', terms: 'BACKGROUND', agreedAt: '2026-03-09T09:00:00.000Z', editorKnowsIdentity: true, identityHeldOffSystem: true,
        recordedBy: 'Rita Holm', recordedAt: '2026-03-10T12:00:00.000Z', grantedBy: { key: 'sam-reyes', name: 'Sam Reyes' },
      })
      expect(story.revision.number).toBe(1)
      const { story: read } = await desk.read('query ($slug: String!) { story(slug: $slug) { sources { ... on AnonymousSource { agreed { terms reason approvals { id } } } } } }', { slug: keys.document.slug })
      expect(read.sources.filter((entry: any) => entry.agreed)).toEqual([{ agreed: { terms: 'BACKGROUND', reason: 'Would lose the post.', approvals: [] } }])
    })

    it('is granted by whoever records it, where nobody is named', async () => {
      const { agreement: made } = await desk.run('recordAgreement', { ...at(await create()), ...agreement({ grantedBy: undefined }) }, 'rita')
      expect(made.grantedBy).toEqual({ key: 'rita-holm', name: 'Rita Holm' })
    })

    it.each([
      ['a story that is not there', { storyId: NOBODY }, 'NOT_FOUND'], ['a revision that is not current', { expectedRevision: 7 }, 'CONFLICT'], ['a source that the story does not have', { source: '00000000-0000-4000-8000-000000000000' }, 'UNKNOWN_SOURCE'],
      ['a source that is no key at all', { source: 'officials' }, 'UNKNOWN_SOURCE'], ['terms under which one is named', { terms: 'ON_RECORD' }, 'INVALID'], ['no reason', { reason: '  ' }, 'INVALID'], ['a reason without end', { reason: 'x'.repeat(10_001) }, 'INVALID'],
      ['a day to come', { agreedAt: LATER }, 'TIME_IN_THE_FUTURE'], ['a journalist that nobody knows', { grantedBy: 'nobody' }, 'UNKNOWN_JOURNALIST'],
    ])('is refused for %s, and nothing is kept', async (_, wrong, code) => {
      const keys = await create()
      expect(codes(await desk.run('recordAgreement', { ...at(keys), ...agreement(), ...wrong }, 'rita'))).toEqual([code])
      expect(await (await desk.newsroom.database.prisma()).recordedAgreement.count({ where: { source: keys.source } })).toBe(0)
    })

    it('is refused for a named source', async () => {
      const { storyId, named } = await create()
      expect(codes(await desk.run('recordAgreement', { storyId, source: named, ...agreement() }))).toEqual(['NAMED_SOURCE'])
      expect(codes(await desk.run('changeGroundRules', { storyId, source: named, terms: 'OFF_RECORD' }))).toEqual(['NAMED_SOURCE'])
      expect(codes(await desk.run('approveUse', { storyId, source: named, ...approval() }))).toEqual(['NAMED_SOURCE'])
    })

    it('is recorded once for an idempotency key', async () => {
      const keys = await create()
      const input = { ...at(keys), ...agreement(), idempotencyKey: 'agreed-once' }
      const first = await desk.run('recordAgreement', input, 'rita')
      expect(await desk.run('recordAgreement', input, 'rita')).toEqual(first)
      expect(codes(await desk.run('recordAgreement', { ...input, reason: 'Another.' }, 'rita'))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
      expect(await (await desk.newsroom.database.prisma()).recordedAgreement.count({ where: { source: keys.source } })).toBe(1)
    })

    it('is recorded by whoever writes, and by nobody else', async () => {
      const keys = await create()
      expect(codes(await desk.run('recordAgreement', { ...at(keys), ...agreement() }, 'preview'))).toEqual(['FORBIDDEN'])
      for (const who of ['rita', 'linh', 'ruth', 'ada'] as const) expect(codes(await desk.run('recordAgreement', { ...at(keys), ...agreement() }, who)), who).toEqual([])
      const answer = await desk.newsroom.ask(PATHS.NEWSROOM, 'mutation ($input: RecordAgreementInput!) { recordAgreement(input: $input) { errors { code } } }', { input: { ...at(keys), ...agreement() } }, {})
      expect([answer.status, answer.errors![0]!.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    })
  })

  describe('an approval', () => {
    it('says which use, who approved, who recorded it, how, when, and whether the editor knows; and lets the story pass', async () => {
      const keys = await granted()
      expect((await desk.findings(keys.storyId))[0]).toMatchObject({ severity: 'ERROR', message: expect.stringContaining('no editor has approved it') })
      const { approval: made, story, errors } = await desk.run('approveUse', { ...at(keys), ...approval({ approvedBy: 'editor-vo', channel: 'PHONE', at: '2026-03-10T08:30:00Z' }) }, 'rita')
      expect(errors).toEqual([])
      expect(made).toEqual({
        id: expect.any(String), use: 'Both paragraphs.', attributions: keys.attributions, approvedBy: { key: 'editor-vo', name: 'Linh Vo' }, recordedBy: { key: 'rita-holm' }, recorder: 'Rita Holm', at: '2026-03-10T08:30:00.000Z',
        recordedAt: '2026-03-10T12:00:00.000Z', channel: 'PHONE', revision: 1, state: 'CURRENT', lapsedBecause: null, revokedAt: null, revokedBy: null,
      })
      expect(story.revision.number).toBe(1)
      expect(await desk.findings(keys.storyId)).toEqual([])
    })

    it('is needed before the story is published, and enough', async () => {
      const keys = await granted()
      expect(await desk.publish(keys.storyId)).toMatchObject({ errors: [{ code: 'FINDINGS_NOT_WAIVED' }], findings: expect.arrayContaining([{ rule: 'anonymity-without-approval' }]) })
      await desk.run('approveUse', { ...at(keys), ...approval() })
      expect((await desk.publish(keys.storyId)).findings).not.toContainEqual({ rule: 'anonymity-without-approval' })
    })

    it('counts for a document that is only checked, when the story is here', async () => {
      const keys = await granted()
      const check = async () => (await desk.read('query ($document: StoryDocument!) { checkDocument(document: $document) { findings { rule message } errors { message } } }', { document: keys.document })).checkDocument.findings.filter((finding: any) => finding.rule === 'anonymity-without-approval')
      expect(await check()).toHaveLength(1)
      await desk.run('approveUse', { ...at(keys), ...approval() })
      expect(await check()).toEqual([])
    })

    it.each([
      ['a story that is not there', { storyId: NOBODY }, 'NOT_FOUND'], ['a revision that is not current', { expectedRevision: 7 }, 'CONFLICT'], ['a source that the story does not have', { source: '00000000-0000-4000-8000-000000000000' }, 'UNKNOWN_SOURCE'],
      ['an editor that nobody knows', { approvedBy: 'nobody' }, 'UNKNOWN_JOURNALIST'], ['somebody who is no editor', { approvedBy: 'rita-holm' }, 'NOT_AN_EDITOR'], ['somebody in the byline', { approvedBy: 'sam-reyes' }, 'IN_BYLINE'],
      ['a time to come', { at: LATER }, 'TIME_IN_THE_FUTURE'], ['a time before the agreement', { at: '2026-03-09T08:59:59Z' }, 'BEFORE_AGREEMENT'], ['no use', { use: '' }, 'INVALID'], ['a use without end', { use: 'x'.repeat(2_001) }, 'INVALID'],
      ['no attributions', { attributions: [] }, 'INVALID'], ['an attribution of somebody else', { attributions: [Buffer.from('Attribution:00000000-0000-4000-8000-000000000000').toString('base64url')] }, 'UNKNOWN_ATTRIBUTION'],
    ])('is refused for %s, and nothing is kept', async (_, wrong, code) => {
      const keys = await granted()
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval(), ...wrong }))).toEqual([code])
      expect(await (await desk.newsroom.database.prisma()).recordedApproval.count({ where: { source: keys.source } })).toBe(0)
      expect(await desk.findings(keys.storyId)).toHaveLength(1)
    })

    it('comes after an agreement: recorded, or in the document', async () => {
      expect(codes(await desk.run('approveUse', { ...at(await create()), ...approval() }))).toEqual(['NO_AGREEMENT'])
      expect(codes(await desk.run('approveUse', { ...at(await create({ reason: 'Would be dismissed.', approvals: [] })), ...approval() }))).toEqual([])
    })

    it('is given by editors, and written down by reporters for an editor who has a name', async () => {
      const keys = await granted()
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, 'rita'))).toEqual(['FORBIDDEN'])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ approvedBy: 'rita-holm' }) }, 'rita'))).toEqual(['FORBIDDEN'])
      for (const wrong of [{}, { approvedBy: 'editor-vo' }]) expect(codes(await desk.run('approveUse', { ...at(keys), ...approval(wrong) }, 'preview'))).toEqual(['FORBIDDEN'])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, 'nokey'))).toEqual(['UNKNOWN_JOURNALIST'])
      for (const who of ['linh', 'ruth', 'ada'] as const) expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, who)), who).toEqual([])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ approvedBy: 'ora-nye' }) }, 'nokey'))).toEqual([])
    })

    it('is never given for a story of one\'s own, by whatever name', async () => {
      const keys = await granted()
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, 'sam'))).toEqual(['IN_BYLINE'])
    })

    it('is given once by the same editor; the second is another editor\'s', async () => {
      const keys = await granted()
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }))).toEqual([])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ use: 'Again.' }) }))).toEqual(['ALREADY_APPROVED'])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ approvedBy: 'editor-vo', channel: 'PHONE' }) }, 'rita'))).toEqual(['ALREADY_APPROVED'])
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, 'ora'))).toEqual([])
      const other = await granted()
      const answers = await Promise.all(Array.from({ length: 5 }, () => desk.run('approveUse', { ...at(other), ...approval() })))
      expect(answers.flatMap(codes).sort()).toEqual(Array.from({ length: 4 }, () => 'ALREADY_APPROVED'))
    })

    it('of a part leaves the rest unapproved', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval({ attributions: [keys.attributions[0]] }) })
      expect((await desk.findings(keys.storyId))[0]!.message).toContain('not all that is credited to it is approved')
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ attributions: [keys.attributions[1]] }) }))).toEqual([])
      expect(await desk.findings(keys.storyId)).toEqual([])
    })

    it('by an editor who does not know the identity is not enough alone', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval({ knowsIdentity: false }) })
      expect((await desk.findings(keys.storyId))[0]!.message).toContain('no approving editor knows who it is')
      await desk.run('approveUse', { ...at(keys), ...approval() }, 'ora')
      expect(await desk.findings(keys.storyId)).toEqual([])
    })

    it('tells together with the others whether an editor knows the identity, and not which', async () => {
      const keys = await granted({ editorKnowsIdentity: false })
      const known = async () => (await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { agreements { editorKnowsIdentity history { kind knowsIdentity } } } } }', { id: keys.storyId })).node.agreements[0]
      await desk.run('approveUse', { ...at(keys), ...approval({ knowsIdentity: false }) })
      expect((await known()).editorKnowsIdentity).toBe(false)
      const { approval: given } = await desk.run('approveUse', { ...at(keys), ...approval() }, 'ora')
      expect(await known()).toEqual({ editorKnowsIdentity: true, history: [{ kind: 'ANONYMITY_GRANTED', knowsIdentity: false }, { kind: 'APPROVED', knowsIdentity: null }, { kind: 'APPROVED', knowsIdentity: null }] })
      await desk.run('revokeApproval', { approvalId: given.id })
      expect((await known()).editorKnowsIdentity).toBe(false)
    })

    it('lapses when the source gains an attribution, and can be given anew', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval() })
      await desk.save(keys.storyId, 1, saysOneMore)
      const states = async () => (await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { agreements { approvals { state lapsedBecause } } } } }', { id: keys.storyId })).node.agreements[0].approvals
      expect(await states()).toEqual([{ state: 'LAPSED', lapsedBecause: 'NEW_ATTRIBUTION' }])
      expect((await desk.findings(keys.storyId))[0]).toMatchObject({ severity: 'ERROR', message: expect.stringContaining('no approval of it holds any more') })
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval({ use: 'All three.' }) }))).toEqual([])
      expect((await states()).map(({ state }: { state: string }) => state)).toEqual(['LAPSED', 'CURRENT'])
      expect(await desk.findings(keys.storyId)).toEqual([])
    })

    it('does not lapse when words change, or the source loses an attribution', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval() })
      await desk.save(keys.storyId, 1, (document) => ({ ...document, attributions: document.attributions.filter(({ key }: { key: string }) => key !== 'a3') }))
      expect(await desk.findings(keys.storyId)).toEqual([])
    })

    it('that came with the document lapses in the same way', async () => {
      const keys = await create({ reason: 'Would be dismissed.', approvals: [{ use: 'This story.', approvedBy: 'editor-vo', at: '2026-03-01T08:00:00Z', knowsIdentity: true }] })
      expect(await desk.findings(keys.storyId)).toEqual([])
      await desk.save(keys.storyId, 1, saysOneMore)
      expect((await desk.findings(keys.storyId))[0]!.message).toContain('no approval of it holds any more')
    })

    it('ends when whoever gave it comes into the byline', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval() })
      await desk.save(keys.storyId, 1, (document) => ({ ...document, bylines: [...document.bylines, { journalist: 'editor-vo' }] }))
      const { node } = await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { agreements { approvals { state lapsedBecause } } } } }', { id: keys.storyId })
      expect(node.agreements[0].approvals).toEqual([{ state: 'LAPSED', lapsedBecause: 'APPROVER_IN_BYLINE' }])
      expect(await desk.findings(keys.storyId)).toHaveLength(1)
    })

    it('can be revoked, once, by editors; then the finding stands again, and what is scheduled is scheduled no more', async () => {
      const keys = await desk.create(harbor(`agreed-${++count}`, { urgency: 5 }))
      await desk.run('recordAgreement', { ...at(keys), ...agreement() })
      const { approval: made } = await desk.run('approveUse', { ...at(keys), ...approval() })
      expect(codes(await desk.run('scheduleStory', { storyId: keys.storyId, at: '2026-03-11T12:00:00Z' }))).toEqual([])
      for (const who of ['preview', 'rita'] as Who[]) expect(codes(await desk.run('revokeApproval', { approvalId: made.id }, who)), who).toEqual(['FORBIDDEN'])
      for (const approvalId of ['nonsense', '00000000-0000-4000-8000-000000000000']) expect(codes(await desk.run('revokeApproval', { approvalId }))).toEqual(['NOT_FOUND'])
      expect(await desk.run('revokeApproval', { approvalId: made.id }, 'ora')).toMatchObject({ approval: { state: 'REVOKED', revokedAt: '2026-03-10T12:00:00.000Z', revokedBy: 'Ora Nye' }, errors: [] })
      expect(codes(await desk.run('revokeApproval', { approvalId: made.id }))).toEqual(['ALREADY_REVOKED'])
      expect(await desk.findings(keys.storyId)).toHaveLength(1)
      expect((await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { scheduledFor } } }', { id: keys.storyId })).node.scheduledFor).toBeNull()
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }))).toEqual([])
    })

    it('is not given to a story that was killed', async () => {
      const keys = await granted()
      await desk.run('approveUse', { ...at(keys), ...approval() })
      expect((await desk.publish(keys.storyId)).errors).toEqual([])
      await desk.read('mutation ($input: RemoveStoryInput!) { killStory(input: $input) { errors { code } } }', { input: { storyId: keys.storyId, reason: 'A test.', advisory: 'A test.' } })
      expect(codes(await desk.run('approveUse', { ...at(keys), ...approval() }, 'ora'))).toEqual(['WRONG_STATE'])
    })
  })

  describe('the file', () => {
    it('is never rewritten: the database refuses it', async () => {
      const keys = await granted()
      const { approval: made } = await desk.run('approveUse', { ...at(keys), ...approval() })
      await desk.run('changeGroundRules', { ...at(keys), terms: 'BACKGROUND', note: 'As before.' })
      const sql = async (text: string) => (await desk.newsroom.database.prisma()).$executeRawUnsafe(text)
      for (const text of [
        `UPDATE "RecordedApproval" SET "approvedBy" = 'ora-nye' WHERE "id" = '${made.id}'`, `UPDATE "RecordedApproval" SET "use" = 'Another.' WHERE "id" = '${made.id}'`, `DELETE FROM "RecordedApproval" WHERE "id" = '${made.id}'`,
        `UPDATE "RecordedAgreement" SET "agreedAt" = now() WHERE "source" = '${keys.source}'`, `DELETE FROM "RecordedAgreement" WHERE "source" = '${keys.source}'`,
        `UPDATE "RecordedGroundRules" SET "terms" = 'ON_RECORD' WHERE "source" = '${keys.source}'`, `DELETE FROM "RecordedGroundRules" WHERE "source" = '${keys.source}'`,
      ]) await expect(sql(text), text).rejects.toThrow(/is on file and cannot change/)
      await desk.run('revokeApproval', { approvalId: made.id })
      await expect(sql(`UPDATE "RecordedApproval" SET "revokedAt" = NULL, "revokedBy" = NULL, "revokedInRevision" = NULL WHERE "id" = '${made.id}'`)).rejects.toThrow(/is on file and cannot change/)
    })

    it('is read across stories by editor, desk and date, a page at a time, at the same cost', async () => {
      const keys = [await granted(), await granted(), await granted()]
      for (const [index, each] of keys.entries()) await desk.run('approveUse', { ...at(each), ...approval({ at: `2026-03-10T0${index + 1}:00:00Z` }) }, 'ada')
      const list = async (filter: object, page = 'first: 100') => (await desk.read(`query ($filter: ApprovalFilterInput) { approvals(filter: $filter, ${page}) { nodes { at approvedBy { key } story { slug } state } pageInfo { hasNextPage endCursor } } }`, { filter }, 'rita')).approvals
      const mine = { approvedBy: 'ada-root', from: '2026-03-10T00:30:00Z', before: '2026-03-10T06:00:00Z', desks: ['Metro'] }
      expect((await list(mine)).nodes.map((node: any) => node.at)).toEqual(['2026-03-10T03:00:00.000Z', '2026-03-10T02:00:00.000Z', '2026-03-10T01:00:00.000Z'])
      const first = await list(mine, 'first: 2')
      expect([first.nodes.length, first.pageInfo.hasNextPage]).toEqual([2, true])
      expect((await list(mine, `first: 2, after: "${first.pageInfo.endCursor}"`)).nodes).toHaveLength(1)
      expect((await list({ ...mine, desks: ['Sport'] })).nodes).toEqual([])
      expect((await list({ ...mine, revoked: true })).nodes).toEqual([])
      expect((await list({ ...mine, storyId: keys[0]!.storyId })).nodes.map((node: any) => node.story.slug)).toEqual([keys[0]!.document.slug])
      const cost = async (first: number) => (await desk.newsroom.statementsOf(() => desk.read(`{ approvals(filter: {approvedBy: "ada-root"}, first: ${first}) { nodes { at state } } }`))).length
      expect(await cost(100)).toBe(await cost(1))
    })

    it('is not in the public contract', async () => {
      for (const query of ['{ approvals { nodes { at } } }', '{ stories { nodes { agreements { reason } } } }', '{ stories { nodes { sourceChanges { id } } } }', '{ stories { nodes { sources { ... on AnonymousSource { agreed { reason } } } } } }']) {
        expect((await desk.newsroom.read(query)).errors?.[0]?.extensions.code, query).toBe('GRAPHQL_VALIDATION_FAILED')
      }
    })
  })
})
