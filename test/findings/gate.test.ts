import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { doWhatIsDue } from '../../src/stories/index.js'
import { TestNewsroom } from '../support/newsroom.js'
import { errorsOf, waive, waiveErrors } from '../support/waivers.js'
import { tellingStory, weakStory } from '../support/weak-story.js'

const FIELDS = 'story { id state version scheduledFor revision { number isPublic } } errors { code message path }'
const FINDINGS = 'findings { rule severity what why advice exact range { paragraph start exact prefix } waiver { by } }'
const LATER = '2026-03-11T06:00:00Z'

describe('the gate before publication (I3)', () => {
  let newsroom: TestNewsroom
  let count = 0
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
  })
  afterAll(() => newsroom.close())

  interface Payload { story: { id: string; state: string; version: number; scheduledFor: string | null; revision: { number: number; isPublic: boolean } } | null; errors: { code: string; message: string; path: string | null }[]; findings?: { rule: string; exact: string; range: { paragraph: number } | null }[] }
  const mutate = async (mutation: string, type: string, input: object, isGated = false, role: StaffRole = 'STANDARDS_EDITOR') => {
    const answer = await newsroom.readAsStaff(`mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${FIELDS} ${isGated ? FINDINGS : ''} } }`, { input }, role)
    expect(answer.errors).toBeUndefined()
    return answer.data!['answer'] as Payload
  }
  const gated = (mutation: string, storyId: string, more: object = {}, type = 'StoryActionInput') => mutate(mutation, type, { storyId, ...more }, true)
  const create = async (document: object) => (await mutate('createStory', 'CreateStoryInput', { document })).story!.id
  const save = async (storyId: string, expectedRevision: number, document: object, more: object = {}) => expect((await mutate('saveRevision', 'SaveRevisionInput', { storyId, expectedRevision, document, ...more })).errors).toEqual([])
  const codes = (answer: Payload) => answer.errors.map(({ code }) => code)
  const slug = () => `bridge-${++count}`
  /** A published story whose one error was waived. */
  const published = async (name = slug(), change: object = {}) => {
    const id = await create(weakStory(name, change))
    await waiveErrors(newsroom, id)
    expect(codes(await gated('publishStory', id))).toEqual([])
    return { id, name }
  }

  it('refuses to publish, and lists the findings with their words, place and what to do', async () => {
    const id = await create(weakStory(slug(), { bylines: [] }))
    const answer = await gated('publishStory', id)
    expect(answer.story).toMatchObject({ state: 'DRAFT', version: 0 })
    expect(answer.errors).toEqual([
      { code: 'FINDINGS_NOT_WAIVED', message: expect.stringMatching(/^bare-source-descriptor: .*“sources”/), path: 'paragraphs[1]' },
      { code: 'FINDINGS_NOT_WAIVED', message: expect.stringMatching(/^missing-byline-on-anonymous: /), path: null },
    ])
    expect(answer.findings).toMatchObject([
      { rule: 'bare-source-descriptor', severity: 'ERROR', exact: 'sources said', what: expect.any(String), why: expect.any(String), advice: expect.any(String), range: { paragraph: 1, exact: 'sources said', prefix: expect.stringContaining('in May, ') }, waiver: null },
      { rule: 'missing-byline-on-anonymous', range: null, exact: '' },
    ])
  })

  it('lets a story through whose errors are waived, and no other', async () => {
    const id = await create(weakStory(slug(), { bylines: [] }))
    const [words, byline] = await errorsOf(newsroom, id)
    expect((await waive(newsroom, { storyId: id, ...pick(words!) })).errors).toEqual([])
    expect((await gated('publishStory', id)).findings!.map(({ rule }) => rule)).toEqual(['missing-byline-on-anonymous'])
    expect((await waive(newsroom, { storyId: id, ...pick(byline!) })).errors).toEqual([])
    expect(await gated('publishStory', id)).toMatchObject({ story: { state: 'PUBLISHED', version: 1 }, errors: [], findings: [] })
  })

  it('takes a waiver for the words that were waived: it lapses when they change, and not when others do', async () => {
    const { id, name } = await published()
    await save(id, 1, weakStory(name, { urgency: 3, paragraphs: [{ role: 'HEADLINE', text: 'The bridge is to close' }, weakStory(name).paragraphs[1]!] }))
    expect(codes(await gated('updateStory', id))).toEqual([])
    await save(id, 2, weakStory(name, {}, 'The bridge will close in June, sources said.'))
    expect(await gated('updateStory', id)).toMatchObject({ story: { version: 2 }, findings: [{ rule: 'bare-source-descriptor' }] })
  })

  it('spends a waiver about the story as a whole with the next publication', async () => {
    const { id, name } = await published(slug(), { bylines: [] })
    expect(await errorsOf(newsroom, id)).toEqual([])
    await save(id, 1, weakStory(name, { bylines: [], urgency: 2 }))
    expect((await gated('updateStory', id)).findings!.map(({ rule }) => rule)).toEqual(['missing-byline-on-anonymous'])
    expect(await waiveErrors(newsroom, id)).toBe(1)
    expect(codes(await gated('updateStory', id))).toEqual([])
  })

  it('gives way to nobody where the rule cannot be waived', async () => {
    const id = await create(tellingStory(slug()))
    expect((await gated('publishStory', id)).findings!.map(({ rule }) => rule)).toContain('gendered-pronoun-for-anonymous')
  })

  it('lets a correction pass with errors that stand in the published version, and refuses those that it brings in', async () => {
    const { id, name } = await published(slug(), { bylines: [] })
    await save(id, 1, weakStory(name, { bylines: [], urgency: 1 }))
    expect(codes(await gated('correctStory', id, { explanation: 'It is urgent.' }, 'CorrectStoryInput'))).toEqual([])
    for (const mutation of ['correctStory', 'clarifyStory']) {
      const number = (await mutate('saveRevision', 'SaveRevisionInput', { storyId: id, expectedRevision: mutation === 'correctStory' ? 2 : 3, document: weakStory(name, { bylines: [] }, 'The bridge will close in June, sources said.') })).story!.revision.number
      expect((await gated(mutation, id, { explanation: 'It is June.' }, 'CorrectStoryInput')).findings!.map(({ rule }) => rule), mutation).toEqual(['bare-source-descriptor'])
      expect(number).toBe(mutation === 'correctStory' ? 3 : 4)
    }
    const { data } = await newsroom.read(`{ story(slug: "${name}") { version corrections { explanation } } }`)
    expect(data!['story']).toEqual({ version: 2, corrections: [{ explanation: 'It is urgent.' }] })
    await waiveErrors(newsroom, id)
    expect(codes(await gated('clarifyStory', id, { explanation: 'It is June.' }, 'CorrectStoryInput'))).toEqual([])
  })

  it('refuses a second error of the same words that a correction brings in', async () => {
    const { id, name } = await published()
    const twice = weakStory(name)
    const again = { ...twice.attributions![0]!, key: 'b', content: [{ ...twice.attributions![0]!.content[0]!, paragraph: 2 }], cue: { ...twice.attributions![0]!.cue!, paragraph: 2 }, mention: { ...twice.attributions![0]!.mention!, paragraph: 2 } }
    const other = { ...twice.sources![0]!, key: 't', descriptorRange: { ...(twice.sources![0] as { descriptorRange: object }).descriptorRange, paragraph: 2 } }
    const document = { ...twice, paragraphs: [...twice.paragraphs, twice.paragraphs[1]!], sources: [...twice.sources!, other], attributions: [...twice.attributions!, { ...again, source: 't' }] }
    await save(id, 1, document)
    const [waived] = (await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { waivers { id } } } }`)).data!['node'].waivers
    await newsroom.readAsStaff('mutation ($input: RevokeWaiverInput!) { revokeWaiver(input: $input) { errors { code } } }', { input: { waiverId: waived.id } })
    const errors = await errorsOf(newsroom, id)
    const answer = await gated('correctStory', id, { explanation: 'Said twice.' }, 'CorrectStoryInput')
    expect(answer.findings).toHaveLength(errors.length - 1)
  })

  it('never keeps a story from being held, withdrawn, unpublished or killed, nor its embargo from being changed', async () => {
    for (const [mutation, state] of [['holdStory', 'HELD'], ['withdrawStory', 'WITHDRAWN'], ['unpublishStory', 'UNPUBLISHED'], ['killStory', 'KILLED']] as const) {
      const { id, name } = await published()
      await save(id, 1, weakStory(name, {}, 'The bridge will close in June, sources said.'))
      expect(await errorsOf(newsroom, id)).toHaveLength(1)
      expect(await mutate(mutation, 'RemoveStoryInput', { storyId: id })).toMatchObject({ story: { state }, errors: [] })
    }
    const id = await create(weakStory(slug()))
    expect((await mutate('embargoStory', 'EmbargoStoryInput', { storyId: id, until: LATER })).errors).toEqual([])
    expect((await mutate('liftEmbargo', 'LiftEmbargoInput', { storyId: id, reason: 'AGREED' })).errors).toEqual([])
  })

  it('restores what was waived, and refuses what is waived no more', async () => {
    const { id } = await published(slug(), { bylines: [] })
    await mutate('holdStory', 'RemoveStoryInput', { storyId: id })
    expect(codes(await gated('restoreStory', id))).toEqual([])
    await mutate('holdStory', 'RemoveStoryInput', { storyId: id })
    const { waivers } = (await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { waivers { id rule } } } }`)).data!['node'] as { waivers: { id: string; rule: string }[] }
    for (const { id: waiverId } of waivers) await newsroom.readAsStaff('mutation ($input: RevokeWaiverInput!) { revokeWaiver(input: $input) { errors { code } } }', { input: { waiverId } })
    expect(await gated('restoreStory', id)).toMatchObject({ story: { state: 'HELD' }, findings: [{ rule: 'bare-source-descriptor' }, { rule: 'missing-byline-on-anonymous' }] })
    await waiveErrors(newsroom, id)
    expect(codes(await gated('restoreStory', id))).toEqual([])
  })

  it('refuses to schedule with errors; what is scheduled is published as it was checked, whatever is saved later', async () => {
    const name = slug()
    const id = await create(weakStory(name))
    expect(await gated('scheduleStory', id, { at: LATER }, 'ScheduleStoryInput')).toMatchObject({ story: { scheduledFor: null }, findings: [{ rule: 'bare-source-descriptor' }] })
    await save(id, 1, weakStory(name, { urgency: 5 }), { autosave: true })
    await waiveErrors(newsroom, id)
    expect(codes(await gated('scheduleStory', id, { at: LATER }, 'ScheduleStoryInput'))).toEqual([])
    await save(id, 2, weakStory(name, { urgency: 1 }, 'The bridge will close in June, sources said.'), { autosave: true })
    expect((await newsroom.readAsStaff(`{ story(slug: "${name}") { scheduledRevision revision { number } } }`)).data!['story']).toEqual({ scheduledRevision: 2, revision: { number: 3 } })
    expect(await doWhatIsDue(newsroom.database, new Date(LATER), newsroom.sources.newId)).toEqual({ published: 1, refused: 0, unchecked: 0, lifted: 0 })
    newsroom.now = new Date(LATER)
    expect((await newsroom.read(`{ story(slug: "${name}") { urgency version paragraphs { text } firstPublishedAt } }`)).data!['story']).toMatchObject({ urgency: 5, version: 1, paragraphs: [{}, { text: 'The bridge will close in May, sources said.' }] })
    const { data } = await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { scheduledFor scheduledRevision revision { number isPublic } findings(minSeverity: ERROR) { rule } } } }`)
    expect(data!['node']).toEqual({ scheduledFor: null, scheduledRevision: null, revision: { number: 3, isPublic: false }, findings: [{ rule: 'bare-source-descriptor' }] })
    newsroom.now = new Date('2026-03-10T12:00:00Z')
  })

  it('takes a schedule back when the waiver that it rests on is revoked', async () => {
    const id = await create(weakStory(slug()))
    await waiveErrors(newsroom, id)
    expect((await gated('scheduleStory', id, { at: LATER }, 'ScheduleStoryInput')).story!.scheduledFor).not.toBeNull()
    const { waivers } = (await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { waivers { id } } } }`)).data!['node']
    const { data } = await newsroom.readAsStaff('mutation ($input: RevokeWaiverInput!) { revokeWaiver(input: $input) { story { scheduledFor } waiver { isInForce revokedBy } errors { code } } }', { input: { waiverId: waivers[0].id } })
    expect(data!['revokeWaiver']).toEqual({ story: { scheduledFor: null }, waiver: { isInForce: false, revokedBy: 'editor' }, errors: [] })
    expect(await doWhatIsDue(newsroom.database, new Date(LATER), newsroom.sources.newId)).toMatchObject({ published: 0, refused: 0 })
  })

  it('takes back a schedule from before there was a gate, if it would be refused', async () => {
    const name = slug()
    await create(weakStory(name))
    await (await newsroom.database.prisma()).story.update({ where: { slug: name }, data: { scheduledFor: new Date(LATER) } })
    expect(await doWhatIsDue(newsroom.database, new Date(LATER), newsroom.sources.newId)).toMatchObject({ published: 0, refused: 1 })
    expect(await doWhatIsDue(newsroom.database, new Date(LATER), newsroom.sources.newId)).toMatchObject({ published: 0, refused: 0 })
    expect(await (await newsroom.database.prisma()).story.findUnique({ where: { slug: name } })).toMatchObject({ state: 'DRAFT', scheduledFor: null })
  })

  it('leaves no trace of a refusal: the same idempotency key works once the words are right', async () => {
    const name = slug()
    const id = await create(weakStory(name))
    expect(codes(await gated('publishStory', id, { idempotencyKey: `key-${name}` }))).toEqual(['FINDINGS_NOT_WAIVED'])
    const clean = 'The bridge will close in May, two sources in the works department said.'
    const at = (part: string) => ({ paragraph: 1, start: clean.indexOf(part), end: clean.indexOf(part) + part.length })
    const weak = weakStory(name)
    await save(id, 1, { ...weak, paragraphs: [weak.paragraphs[0]!, { text: clean }],
      sources: [{ key: 's', kind: 'ANONYMOUS', descriptor: 'two sources in the works department', descriptorRange: at('two sources in the works department'), headcount: { min: 2, exact: 2, range: at('two') } }],
      attributions: [{ key: 'a', source: 's', speech: 'INDIRECT', content: [at('The bridge will close in May')], cue: at('said'), mention: at('two sources in the works department'), mentionForm: 'DESCRIPTION' }] })
    expect(codes(await gated('publishStory', id, { idempotencyKey: `key-${name}` }))).toEqual([])
  })

  it('never takes what nobody has confirmed for an error', async () => {
    const weak = weakStory(slug())
    const id = await create({ ...weak, sources: weak.sources!.map((source) => ({ ...source, confirmed: false, proposal: { rule: 'x', confidence: 0.9 } })), attributions: weak.attributions!.map((entry) => ({ ...entry, confirmed: false, proposal: { rule: 'x', confidence: 0.9 } })) })
    const { data } = await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { findings { rule severity isQuestion } } } }`)
    const bare = data!['node'].findings.filter(({ rule }: { rule: string }) => rule === 'bare-source-descriptor')
    expect(bare).toEqual([{ rule: 'bare-source-descriptor', severity: 'WARNING', isQuestion: true }])
    expect(codes(await gated('publishStory', id))).toEqual([])
  })
})

const pick = ({ rule, fingerprint }: { rule: string; fingerprint: string }) => ({ rule, fingerprint })
