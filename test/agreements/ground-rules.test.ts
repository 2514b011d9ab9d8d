import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDocument, defineProfile } from '../../src/checks/index.js'
import { NOTHING_ON_FILE, storyDocumentOf } from '../../src/document/index.js'
import { doWhatIsDue } from '../../src/stories/index.js'
import { CliPlace, jsonl } from '../cli/onrecord.js'
import { AgreementDesk, agreement, approval, codes, harbor } from './desk.js'

describe('ground rules that change', () => {
  let desk: AgreementDesk
  let count = 0
  beforeAll(async () => {
    desk = await AgreementDesk.open()
  })
  afterAll(() => desk.close())
  const AGREED = { reason: 'Would be dismissed.', approvals: [{ use: 'This story.', approvedBy: 'editor-vo', at: '2026-03-01T08:00:00Z', knowsIdentity: true }] }
  const create = (change: object = {}) => desk.create(harbor(`terms-${++count}`, change, AGREED))
  const RULES = 'query ($id: ID!) { node(id: $id) { ... on Story { attributions { id groundRules { terms history { terms at note recordedBy } } } } } }'
  const publicly = async (id: string) => (await desk.newsroom.read('query ($id: ID!) { node(id: $id) { id } }', { id })).data!['node']
  const rulesOf = async (storyId: string, id: string) => (await desk.read(RULES, { id: storyId })).node.attributions.find((entry: { id: string }) => entry.id === id).groundRules

  it('are kept with their dates and who wrote them down, beside those of the document', async () => {
    const { storyId, source, attributions } = await create()
    const [first, second] = attributions
    expect(await rulesOf(storyId, first!)).toEqual({ terms: 'BACKGROUND', history: [] })
    const { errors, story } = await desk.run('changeGroundRules', { storyId, source, terms: 'DEEP_BACKGROUND', attributions: [first], note: 'By phone.', agreedAt: '2026-03-09T10:00:00Z' }, 'rita')
    expect([errors, story.revision.number]).toEqual([[], 1])
    await desk.run('changeGroundRules', { storyId, source, terms: 'BACKGROUND', agreedAt: '2026-03-09T18:00:00Z' })
    expect(await rulesOf(storyId, first!)).toEqual({
      terms: 'BACKGROUND', history: [{ terms: 'DEEP_BACKGROUND', at: '2026-03-09T10:00:00.000Z', note: 'By phone.', recordedBy: 'Rita Holm' }, { terms: 'BACKGROUND', at: '2026-03-09T18:00:00.000Z', note: null, recordedBy: 'Linh Vo' }],
    })
    expect((await rulesOf(storyId, second!)).history).toHaveLength(1)
  })

  it.each([
    ['a revision that is not current', { expectedRevision: 7 }, 'CONFLICT'], ['a source that is not there', { source: '00000000-0000-4000-8000-000000000000' }, 'UNKNOWN_SOURCE'], ['a time to come', { agreedAt: '2026-03-10T12:00:01Z' }, 'TIME_IN_THE_FUTURE'],
    ['an attribution of somebody else', { attributions: [Buffer.from('Attribution:00000000-0000-4000-8000-000000000000').toString('base64url')] }, 'UNKNOWN_ATTRIBUTION'], ['no attributions', { attributions: [] }, 'INVALID'], ['a note without end', { note: 'x'.repeat(10_001) }, 'INVALID'],
  ])('are refused for %s', async (_, wrong, code) => {
    const { storyId, source } = await create()
    expect(codes(await desk.run('changeGroundRules', { storyId, source, terms: 'OFF_RECORD', ...wrong }))).toEqual([code])
    expect(await (await desk.newsroom.database.prisma()).recordedGroundRules.count({ where: { source } })).toBe(0)
  })

  it('are no preview\'s to change', async () => {
    const { storyId, source } = await create()
    expect(codes(await desk.run('changeGroundRules', { storyId, source, terms: 'OFF_RECORD' }, 'preview'))).toEqual(['FORBIDDEN'])
  })

  it.each(['OFF_RECORD', 'DEEP_BACKGROUND'])('to %s are an error in every version that credits the source, and nobody waives it', async (terms) => {
    const { storyId, source } = await create()
    expect((await desk.publish(storyId)).errors).toEqual([])
    expect(await desk.findings(storyId, 'ground-rules-violated')).toEqual([])
    await desk.run('changeGroundRules', { storyId, source, terms })
    const found = await desk.findings(storyId, 'ground-rules-violated')
    expect(found.map(({ severity }) => severity)).toEqual(['ERROR', 'ERROR'])
    await desk.save(storyId, 1, (document) => ({ ...document, urgency: 3 }))
    expect(await desk.publish(storyId, 'updateStory')).toMatchObject({ story: { version: 1 }, findings: expect.arrayContaining([{ rule: 'ground-rules-violated' }]) })
  })

  it('take a schedule back that they forbid', async () => {
    const { storyId, source } = await create()
    expect(codes(await desk.run('scheduleStory', { storyId, at: '2026-03-11T12:00:00Z' }))).toEqual([])
    await desk.run('changeGroundRules', { storyId, source, terms: 'OFF_RECORD' })
    expect((await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { scheduledFor } } }', { id: storyId })).node.scheduledFor).toBeNull()
  })

  it('that anonymity was granted on take a schedule back, too', async () => {
    const unstated = (document: any) => ({ ...document, attributions: document.attributions.map((entry: any) => ({ ...entry, groundRules: undefined })) })
    const { storyId, source } = await desk.create(unstated(harbor(`terms-${++count}`, {}, AGREED)))
    const scheduledFor = async () => (await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { scheduledFor } } }', { id: storyId })).node.scheduledFor
    expect(codes(await desk.run('scheduleStory', { storyId, at: '2026-03-11T12:00:00Z' }))).toEqual([])
    expect(codes(await desk.run('recordAgreement', { storyId, source, ...agreement() }, 'rita'))).toEqual([])
    expect(await scheduledFor()).not.toBeNull()
    expect(codes(await desk.run('recordAgreement', { storyId, source, ...agreement({ terms: 'OFF_RECORD', agreedAt: '2026-03-09T09:30:00Z' }) }, 'rita'))).toEqual([])
    expect(await scheduledFor()).toBeNull()
  })

  it('that allow words without any attribution leave it out of the next public version', async () => {
    const { storyId, source, attributions } = await create()
    await desk.run('changeGroundRules', { storyId, source, terms: 'DEEP_BACKGROUND', attributions: [attributions[1]] })
    const without = (document: any) => ({ ...document, attributions: document.attributions.map(({ mention, antecedent, ...entry }: any) => (entry.key === 'a3' ? entry : { ...entry, mention, antecedent })) })
    await desk.save(storyId, 1, without)
    expect(await desk.findings(storyId, 'ground-rules-violated')).toEqual([])
    expect((await desk.publish(storyId)).errors).toEqual([])
    expect([await publicly(attributions[0]!), await publicly(attributions[1]!)]).toEqual([{ id: attributions[0] }, null])
  })

  it('leave out what they forbid of a revision that was saved before them: whoever publishes it, and in lists too', async () => {
    const { storyId, source, attributions } = await create()
    expect((await desk.publish(storyId)).errors).toEqual([])
    await desk.save(storyId, 1, (document) => ({ ...document, urgency: 3 }))
    await desk.run('changeGroundRules', { storyId, source, terms: 'OFF_RECORD' })
    const { correctStory } = await desk.read('mutation ($input: CorrectStoryInput!) { correctStory(input: $input) { errors { code } story { version } } }', { input: { storyId, explanation: 'The urgency was wrong.' } })
    expect(correctStory).toEqual({ errors: [], story: { version: 2 } })
    const { story } = (await desk.newsroom.read('query ($slug: String!) { story(slug: $slug) { version sources { kind } attributions { id } } }', { slug: `terms-${count}` })).data!
    expect([story.version, story.sources.map(({ kind }: { kind: string }) => kind)]).toEqual([2, expect.not.arrayContaining(['ANONYMOUS'])])
    expect([await publicly(attributions[0]!), await publicly(attributions[1]!)]).toEqual([null, null])
    const listed = (await desk.newsroom.read('{ anonymousAttributions(first: 100) { nodes { id } } }')).data!['anonymousAttributions'].nodes
    for (const id of attributions) expect(listed).not.toContainEqual({ id })
    const stored = await (await desk.newsroom.database.prisma()).revision.findFirstOrThrow({ where: { story: { slug: `terms-${count}` }, number: 2 }, include: { attributions: { where: { sourceKind: 'ANONYMOUS' } } } })
    expect([stored.savedBy, stored.attributions.map(({ isPublic }) => isPublic)]).toEqual(['Rita Holm', [false, false]])
    // The newsroom has all of it.
    expect(await desk.keys(storyId)).toMatchObject({ source, attributions })
  })

  it('leave out what they forbid of what was scheduled before them', async () => {
    const without = (document: any) => ({ ...document, attributions: document.attributions.map(({ mention, antecedent, ...entry }: any) => (entry.key === 'a3' ? entry : { ...entry, mention, antecedent })) })
    const { storyId, source, attributions } = await desk.create(without(harbor(`terms-${++count}`, {}, AGREED)))
    expect(codes(await desk.run('scheduleStory', { storyId, at: '2026-03-11T12:00:00Z' }))).toEqual([])
    await desk.run('changeGroundRules', { storyId, source, terms: 'DEEP_BACKGROUND', attributions: [attributions[1]] })
    await desk.save(storyId, 1, (document) => ({ ...document, urgency: 3 }))
    expect(await doWhatIsDue(desk.newsroom.database, new Date('2026-03-11T12:00:00Z'), desk.newsroom.sources.newId)).toMatchObject({ published: 1 })
    expect([await publicly(attributions[0]!), await publicly(attributions[1]!)]).toEqual([{ id: attributions[0] }, null])
  })
})

describe('how many editors must approve', () => {
  const document = storyDocumentOf(harbor('two-editors', {}, { reason: 'Would be dismissed.', approvals: [] }))
  const source = document.sources.find(({ kind }) => kind === 'ANONYMOUS')!
  const mine = document.attributions.filter((entry) => entry.source === source.key).map(({ lineage }) => lineage)
  const by = (approvedBy: string, change: object = {}) => ({ source: source.lineage, use: 'All.', attributions: mine, present: mine, approvedBy, approvedByName: approvedBy, at: '2026-03-02T08:00:00Z', knowsIdentity: true, revokedAt: null, ...change })
  const two = defineProfile({ extends: 'house', rules: { 'anonymity-without-approval': { options: { approvals: 2 } } } })
  const found = (approvals: ReturnType<typeof by>[], profile = two) => checkDocument(document, { profile, onFile: { ...NOTHING_ON_FILE, approvals } }).filter(({ rule }) => rule === 'anonymity-without-approval').map(({ what }) => what)

  it('is one, or what the profile says: two who are not the same, each for every use, neither revoked', () => {
    expect(found([by('a')], defineProfile({}))).toEqual([])
    expect(found([by('a')])).toEqual([expect.stringContaining('2 editors must approve all of it, not 1')])
    expect(found([by('a'), by('a')])).toEqual([expect.stringContaining('not 1')])
    expect(found([by('a'), by('b', { attributions: mine.slice(0, 1) })])).toEqual([expect.stringContaining('not 1')])
    expect(found([by('a'), by('b', { revokedAt: '2026-03-02T09:00:00Z' })])).toEqual([expect.stringContaining('not 1')])
    expect(found([by('a'), by('b', { present: mine.slice(0, 1) })])).toEqual([expect.stringContaining('not 1')])
    expect(found([by('a', { knowsIdentity: false }), by('b', { knowsIdentity: false })])).toEqual([expect.stringContaining('no approving editor knows')])
    expect(found([by('a'), by('b', { knowsIdentity: false })])).toEqual([])
  })
})

describe('onrecord check, for a story of the database,', () => {
  it('goes by the approvals that were recorded beside it', async () => {
    const place = await CliPlace.open()
    try {
      expect(await place.run(['import', '-'], { input: jsonl([harbor('on-file', {}, { reason: 'Would be dismissed.', approvals: [] })]) })).toMatchObject({ code: 0 })
      const check = async () => (await place.run(['check', 'on-file', '--format', 'json'])).out.includes('anonymity-without-approval')
      expect(await check()).toBe(true)
      await place.inside(async (database) => {
        const prisma = await database.prisma()
        const source = await prisma.source.findFirstOrThrow({ where: { kind: 'ANONYMOUS' }, include: { attributions: true, revision: true } })
        const present = source.attributions.map(({ lineage }) => lineage)
        const at = new Date('2026-03-02T08:00:00Z')
        await prisma.recordedApproval.create({ data: {
          id: '11111111-1111-4111-8111-111111111111', storyId: source.revision.storyId, source: source.lineage, use: 'All.', attributions: present, present, approvedBy: 'editor-vo', approvedByName: 'Linh Vo', channel: 'PHONE', knowsIdentity: true,
          approvedAt: at, recordedAt: at, recordedBy: 'Rita Holm', role: 'REPORTER', revision: 1,
        } })
      })
      expect(await check()).toBe(false)
    } finally {
      await place.remove()
    }
  }, 90_000)
})

describe('a lawyer, years later,', () => {
  it('reads all that happened about each source, dated, with who wrote it down; also once the story is killed and expunged', async () => {
    const desk = await AgreementDesk.open()
    try {
      const at = (instant: string) => { desk.newsroom.now = new Date(instant) }
      const keys = await desk.create(harbor('years', {}, undefined))
      const on = { storyId: keys.storyId, source: keys.source }
      await desk.run('recordAgreement', { ...on, ...agreement({ identityHeldOffSystem: true }) }, 'rita')
      at('2026-03-10T13:00:00Z')
      await desk.run('approveUse', { ...on, ...approval({ approvedBy: 'editor-vo', channel: 'PHONE', at: '2026-03-10T12:45:00Z' }) }, 'rita')
      expect((await desk.publish(keys.storyId)).errors).toEqual([])
      at('2026-03-11T09:00:00Z')
      await desk.save(keys.storyId, 1, (document) => ({ ...document, attributions: [...document.attributions, { key: 'more', source: 'officials', speech: 'INDIRECT', content: [{ paragraph: 5, start: 0, end: 14 }] }] }))
      at('2026-03-11T10:00:00Z')
      const { approval: second } = await desk.run('approveUse', { ...on, ...approval({ use: 'The third paragraph too.' }) }, 'ora')
      at('2026-03-11T11:00:00Z')
      await desk.read('mutation ($input: CorrectStoryInput!) { clarifyStory(input: $input) { errors { code } } }', { input: { storyId: keys.storyId, explanation: 'The cost is an estimate.' } })
      at('2026-04-02T09:00:00Z')
      await desk.run('changeGroundRules', { ...on, terms: 'OFF_RECORD', note: 'Asked by letter.', agreedAt: '2026-04-01T15:00:00Z' }, 'linh')
      await desk.run('revokeApproval', { approvalId: second.id }, 'ruth')
      await desk.run('recordSourceChange', { ...on, change: 'CONSENT_WITHDRAWN' }, 'ruth')
      // Names change, tokens lapse, the story goes.
      await (await desk.newsroom.database.prisma()).journalist.updateMany({ where: { key: 'editor-vo' }, data: { name: 'Linh Vo-Hansen' } })
      await (await desk.newsroom.database.prisma()).staffToken.updateMany({ where: { journalist: 'ora-nye' }, data: { revokedAt: desk.newsroom.now } })
      await desk.read('mutation ($input: RemoveStoryInput!) { killStory(input: $input) { errors { code } } }', { input: { storyId: keys.storyId } })
      at('2031-06-01T08:00:00Z')
      const HISTORY = 'query ($id: ID!, $revision: Int) { node(id: $id) { ... on Story { agreements { sourceKey history(revision: $revision) { kind at recordedAt recordedBy revision isFromDocument journalist { name } terms words channel knowsIdentity heldOffSystem attributions } } } } }'
      const read = async (revision?: number) => (await desk.read(HISTORY, { id: keys.storyId, revision }, 'rita')).node.agreements as any[]
      const [file] = await read()
      const facts = file.history.map((fact: any) => [fact.kind, fact.at, fact.recordedAt, fact.recordedBy, fact.revision, fact.journalist?.name ?? null, fact.words])
      const all = [
        ['ANONYMITY_GRANTED', '2026-03-09T09:00:00.000Z', '2026-03-10T12:00:00.000Z', 'Rita Holm', 1, 'Sam Reyes', 'Would lose the post.'],
        ['APPROVED', '2026-03-10T12:45:00.000Z', '2026-03-10T13:00:00.000Z', 'Rita Holm', 1, 'Linh Vo', 'Both paragraphs.'],
        ['APPROVAL_LAPSED', '2026-03-11T09:00:00.000Z', '2026-03-11T09:00:00.000Z', 'Rita Holm', 2, 'Linh Vo', 'Both paragraphs.'],
        ['APPROVED', '2026-03-11T10:00:00.000Z', '2026-03-11T10:00:00.000Z', 'Ora Nye', 2, 'Ora Nye', 'The third paragraph too.'],
        ['GROUND_RULES', '2026-04-01T15:00:00.000Z', '2026-04-02T09:00:00.000Z', 'Linh Vo', 2, null, 'Asked by letter.'],
        ['REMOVAL_REQUIRED', '2026-04-02T00:00:00.000Z', '2026-04-02T00:00:00.000Z', 'Ruth Kessler', 2, null, null],
        ['APPROVAL_REVOKED', '2026-04-02T09:00:00.000Z', '2026-04-02T09:00:00.000Z', 'Ruth Kessler', 2, 'Ora Nye', 'The third paragraph too.'],
      ]
      expect([file.sourceKey, facts]).toEqual([keys.source, all])
      expect(file.history[0]).toMatchObject({ terms: 'BACKGROUND', knowsIdentity: true, heldOffSystem: true, isFromDocument: false })
      expect(file.history[1]).toMatchObject({ channel: 'PHONE', knowsIdentity: null, attributions: keys.attributions })
      expect((await read(1))[0].history.map(({ kind }: { kind: string }) => kind)).toEqual(['ANONYMITY_GRANTED', 'APPROVED'])
      await desk.run('expungeRevisions', { storyId: keys.storyId, reason: 'COURT_ORDER' }, 'ruth')
      const [expunged] = await read()
      // What a revision credited when is gone with it, and so is when an approval lapsed over it.
      expect(expunged.history.map((fact: any) => [fact.kind, fact.at, fact.words])).toEqual(all.filter(([kind]) => kind !== 'APPROVAL_LAPSED').map(([kind, when]) => [kind, when, null]))
    } finally {
      await desk.close()
    }
  })

  it('reads what the documents themselves said, from the first revision that said it', async () => {
    const desk = await AgreementDesk.open()
    try {
      const keys = await desk.create(harbor('documents', {}, { reason: 'Would be dismissed.', grantedBy: 'sam-reyes', approvals: [{ use: 'This story.', approvedBy: 'editor-vo', recordedBy: 'sam-reyes', at: '2026-03-01T08:00:00Z', knowsIdentity: true }] }))
      desk.newsroom.now = new Date('2026-03-12T12:00:00Z')
      await desk.save(keys.storyId, 1, (document) => ({ ...document, sources: document.sources.map(({ agreed: _agreed, ...source }: any) => source), attributions: document.attributions.map((entry: any) => (entry.key === 'a2' ? { ...entry, groundRules: { terms: 'BACKGROUND', history: [{ terms: 'BACKGROUND', at: '2026-02-27T10:00:00Z', note: 'Agreed before the talk.' }] } } : entry)) }))
      const { node } = await desk.read('query ($id: ID!) { node(id: $id) { ... on Story { agreements { reason approvals { use } history { kind at recordedAt recordedBy revision isFromDocument words } } } } }', { id: keys.storyId })
      expect(node.agreements).toEqual([{ reason: null, approvals: [], history: [
        { kind: 'GROUND_RULES', at: '2026-02-27T10:00:00.000Z', recordedAt: '2026-03-12T12:00:00.000Z', recordedBy: 'Rita Holm', revision: 2, isFromDocument: true, words: 'Agreed before the talk.' },
        { kind: 'APPROVED', at: '2026-03-01T08:00:00.000Z', recordedAt: '2026-03-10T12:00:00.000Z', recordedBy: 'Sam Reyes', revision: 1, isFromDocument: true, words: 'This story.' },
        { kind: 'ANONYMITY_GRANTED', at: null, recordedAt: '2026-03-10T12:00:00.000Z', recordedBy: 'Rita Holm', revision: 1, isFromDocument: true, words: 'Would be dismissed.' },
      ] }])
    } finally {
      await desk.close()
    }
  })
})
