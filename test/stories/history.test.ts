import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StoryDocument } from '../../src/document/index.js'
import { TestNewsroom } from '../support/newsroom.js'
import { codesOf, draft, TestDesk } from './desk.js'

let newsroom: TestNewsroom
let desk: TestDesk
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  desk = new TestDesk(newsroom)
})
afterAll(() => newsroom.close())

const ENTRY = '{ kind label from to changes { field before after direction } }'
const CHANGES = `paragraphs { kind from to parts { kind text } } fields { field before after } attributions ${ENTRY} quotes ${ENTRY} sources ${ENTRY} statements ${ENTRY} requestsForComment ${ENTRY} claims ${ENTRY}`
const PUBLIC_ENTRY = '{ kind label fields }'
const SINCE = `paragraphs { kind from to } fields attributions ${PUBLIC_ENTRY} quotes ${PUBLIC_ENTRY} sources ${PUBLIC_ENTRY} officialStatements ${PUBLIC_ENTRY} requestsForComment ${PUBLIC_ENTRY} outletCredits ${PUBLIC_ENTRY}`
const changes = async (id: string, from: number, to: number) => (await newsroom.readAsStaff(`query ($id: ID, $from: Int!, $to: Int!) { story(id: $id) { changes(from: $from, to: $to) { ${CHANGES} } } }`, { id, from, to })).data!['story'].changes
const since = async (slug: string, version: number) => (await newsroom.read(`query ($slug: String, $version: Int!) { story(slug: $slug) { changesSince(version: $version) { ${SINCE} } } }`, { slug, version })).data!['story']?.changesSince

/** The second revision: a wider descriptor, another headcount, another verb, a quote gone, a lead rewritten. */
function rewritten(document: StoryDocument): object {
  const text = document.paragraphs[2]!.text.replace('Two officials briefed on the plan said', 'Three officials argued')
  const at = (words: string) => ({ paragraph: 2, start: text.indexOf(words), end: text.indexOf(words) + words.length })
  return {
    ...document,
    paragraphs: document.paragraphs.map((paragraph, index) => (index === 2 ? { ...paragraph, text } : paragraph)),
    sources: document.sources.map((source) => (source.key === 'officials' && source.kind === 'ANONYMOUS'
      ? { ...source, descriptor: 'three officials', descriptorRange: at('Three officials'), headcount: { min: 3, exact: 3, range: at('Three') }, basis: undefined, reason: { text: source.reason!.text, range: at('they may not speak for the port') } } : source)),
    attributions: document.attributions.map((entry) => (entry.key === 'a2' ? { ...entry, content: [at('the money is there')], cue: at('argued'), mention: at('Three officials') } : entry)),
    quotes: document.quotes.filter((quote) => quote.key !== 'q1'),
    claims: [],
  }
}

describe('what changed between two revisions', () => {
  it('is told by paragraph word by word, and by lineage for everything that is marked', async () => {
    const { id, document } = await desk.create(draft('h1'))
    const saved = await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: rewritten(document as StoryDocument) })
    expect(saved.errors).toEqual([])
    const answer = await changes(id, 1, 2)
    expect(answer.paragraphs).toEqual([expect.objectContaining({ kind: 'CHANGED', from: 2, to: 2 })])
    const parts = answer.paragraphs[0].parts as { kind: string; text: string }[]
    expect(parts.filter((part) => part.kind !== 'ADDED').map((part) => part.text).join('')).toBe(document.paragraphs[2].text)
    expect(parts.filter((part) => part.kind === 'ADDED').map((part) => part.text.trim())).toEqual(['Three', 'argued'])
    expect(answer.sources).toEqual([expect.objectContaining({ kind: 'CHANGED', changes: expect.arrayContaining([
      expect.objectContaining({ field: 'descriptor', before: 'two officials briefed on the plan', after: 'three officials' }),
      expect.objectContaining({ field: 'headcount', before: 'exactly 2', after: 'exactly 3' }),
    ]) })])
    expect(answer.attributions).toEqual([expect.objectContaining({ kind: 'CHANGED', from: 'a2', to: 'a2', changes: expect.arrayContaining([expect.objectContaining({ field: 'cue', before: 'said', after: 'argued' })]) })])
    expect(answer.quotes).toEqual([expect.objectContaining({ kind: 'VANISHED', from: 'q1', to: null })])
    expect(answer.claims).toEqual([expect.objectContaining({ kind: 'VANISHED' })])
    expect(await changes(id, 2, 2)).toEqual({ paragraphs: [], fields: [], attributions: [], quotes: [], sources: [], statements: [], requestsForComment: [], claims: [] })
    expect(await changes(id, 1, 9)).toBeNull()
  })

  it('tells whether an editor knows a source, and of no approval that its editor does', async () => {
    const { id, document } = await desk.create(draft('h-editor'))
    const before = document as StoryDocument
    const after = { ...before, sources: before.sources.map((source) => (source.kind === 'ANONYMOUS' && source.agreed ? { ...source, agreed: { ...source.agreed, approvals: source.agreed.approvals.map((approval) => ({ ...approval, knowsIdentity: false })) } } : source)) }
    expect(codesOf(await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: after }))).toEqual([])
    const { sources } = await changes(id, 1, 2)
    expect(sources).toEqual([expect.objectContaining({ changes: [expect.objectContaining({ field: 'editorKnowsIdentity', before: 'yes', after: 'no' })] })])
  })

  it('is told to the public between versions, without a word of what an earlier one said', async () => {
    const { id, slug, document } = await desk.publish(draft('h2'))
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: rewritten(document as StoryDocument) })
    expect(await since(slug, 2)).toBeNull()
    expect(await since(slug, 1)).toEqual({ paragraphs: [], fields: [], attributions: [], quotes: [], sources: [], officialStatements: [], requestsForComment: [], outletCredits: [] })
    await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput')
    const answer = await since(slug, 1)
    expect(answer).toMatchObject({ paragraphs: [{ kind: 'CHANGED', from: 2, to: 2 }], quotes: [{ kind: 'VANISHED', label: null, fields: [] }], sources: [{ kind: 'CHANGED', label: 'Three officials' }] })
    const text = JSON.stringify(answer)
    for (const gone of ['Two officials', 'two officials', 'briefed on the plan', 'We will build', 'CANARY']) expect(text).not.toContain(gone)
  })

  it('never joins over the anonymity boundary for the public: the source that is named is another one', async () => {
    const { id, slug, document } = await desk.publish(draft('h3'))
    const first = document as StoryDocument
    const named = { ...first, attributions: first.attributions.map((entry) => (entry.key === 'a2' || entry.key === 'a3' ? { ...entry, source: 'quill' } : entry)), sources: first.sources.filter((source) => source.key !== 'officials') }
    expect((await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: named })).errors).toEqual([])
    await desk.mutate('updateStory', { storyId: id }, 'EDITOR', 'StoryActionInput')
    const { attributions, sources } = await since(slug, 1)
    expect(attributions.filter((change: { kind: string }) => change.kind === 'CHANGED')).toEqual([])
    expect(attributions.map((change: { kind: string }) => change.kind).sort()).toEqual(['APPEARED', 'APPEARED', 'VANISHED', 'VANISHED'])
    expect(sources.map((change: { kind: string }) => change.kind)).toEqual(['VANISHED'])
  })
})

describe('the revisions of a story', () => {
  it('say who saved them, which were published as which version, and their hashes', async () => {
    const { id, document } = await desk.publish(draft('r1'))
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: { ...document, urgency: 2 } }, 'REPORTER')
    const { data } = await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { revisions { number savedBy version isPublic documentHash expungedAt } } }', { id })
    expect(data!['story'].revisions).toEqual([
      { number: 1, savedBy: 'editor', version: 1, isPublic: true, documentHash: expect.stringMatching(/^[0-9a-f]{64}$/), expungedAt: null },
      { number: 2, savedBy: 'reporter', version: null, isPublic: false, documentHash: expect.stringMatching(/^[0-9a-f]{64}$/), expungedAt: null },
    ])
  })
})

describe('an embargo', () => {
  it('says who set it, on which terms, and who ended it why', async () => {
    const { id } = await desk.create(draft('m1'))
    await desk.mutate('embargoStory', { storyId: id, terms: 'Until the hearing opens.' })
    const embargo = async () => (await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { embargo { until terms setBy } embargoLifts { reason outlet url until by } } }', { id })).data!['story']
    expect(await embargo()).toEqual({ embargo: { until: null, terms: 'Until the hearing opens.', setBy: 'editor' }, embargoLifts: [] })
    expect(codesOf(await desk.mutate('liftEmbargo', { storyId: id, reason: 'BROKEN' }))).toEqual(['OUTLET_MISSING'])
    expect(codesOf(await desk.mutate('liftEmbargo', { storyId: id, reason: 'BROKEN', outlet: 'The Bay Ledger', url: 'https://ledger.example/harbor' }))).toEqual([])
    expect((await embargo()).embargoLifts).toEqual([{ reason: 'BROKEN', outlet: 'The Bay Ledger', url: 'https://ledger.example/harbor', until: null, by: 'editor' }])
  })
})

describe('expunging', () => {
  const expunge = (storyId: string, more: object = {}, role: 'EDITOR' | 'STANDARDS_EDITOR' = 'STANDARDS_EDITOR') => desk.mutate('expungeRevisions', { storyId, reason: 'COURT_ORDER', ...more }, role)
  const revisions = async (id: string) => (await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { revisions { number documentHash expungeReason expungedBy } } }', { id })).data!['story'].revisions

  it('removes an earlier revision\'s words from everywhere, and leaves its hash and the reason', async () => {
    const { id, slug, document } = await desk.publish(draft('x1', { paragraphs: [{ text: 'Zebulon Quartermaine confessed.' }], attributions: [], quotes: [], sources: [], statements: [], requestsForComment: [], outletCredits: [], claims: [], media: [] }))
    const hash = (await revisions(id))[0].documentHash
    await desk.mutate('saveRevision', { storyId: id, expectedRevision: 1, document: { ...document, paragraphs: [{ role: 'BODY', text: 'A man spoke.' }] }, idempotencyKey: 'x1' })
    await desk.mutate('correctStory', { storyId: id, explanation: 'The name is removed.', wrong: { paragraph: 0, start: 0, end: 20 } })
    expect(codesOf(await expunge(id, { revisions: [2] }))).toEqual(['WRONG_STATE'])
    expect(codesOf(await expunge(id, { revisions: [1] }, 'EDITOR'))).toEqual(['FORBIDDEN'])
    expect(codesOf(await expunge(id, { revisions: [1, 8] }))).toEqual(['NO_SUCH_REVISION'])
    expect(codesOf(await expunge(id, { revisions: [1], expectedRevision: 1 }))).toEqual(['CONFLICT'])
    expect(codesOf(await expunge(id, { revisions: [1] }))).toEqual([])
    expect((await revisions(id))[0]).toEqual({ number: 1, documentHash: hash, expungeReason: 'COURT_ORDER', expungedBy: 'standards_editor' })
    expect(await changes(id, 1, 2)).toBeNull()
    expect(await since(slug, 1)).toBeNull()
    const tables = await (await newsroom.database.prisma()).$queryRawUnsafe<{ name: string }[]>(`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`)
    expect(tables.length).toBeGreaterThan(40)
    for (const { name } of tables) {
      const [row] = await (await newsroom.database.prisma()).$queryRawUnsafe<{ count: bigint }[]>(`SELECT count(*) AS count FROM "${name}" AS t WHERE t::text LIKE '%Quartermaine%'`)
      expect(Number(row!.count), name).toBe(0)
    }
  })

  it('takes all revisions of a killed story, once, and tells partners', async () => {
    const { id, slug } = await desk.publish(draft('x2'))
    expect(codesOf(await expunge(id))).toEqual(['WRONG_STATE'])
    await desk.mutate('killStory', { storyId: id }, 'EDITOR', 'RemoveStoryInput')
    expect(codesOf(await expunge(id, { reason: 'CONSENT_WITHDRAWN' }))).toEqual([])
    expect(codesOf(await expunge(id))).toEqual([])
    expect((await revisions(id))[0].expungeReason).toBe('CONSENT_WITHDRAWN')
    const kinds = await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug } }, orderBy: { seq: 'asc' } })
    expect(kinds.map((event) => event.kind)).toEqual(['PUBLISHED', 'KILLED', 'EXPUNGED', 'EXPUNGED'])
  })

  it('is the only way: the database refuses to change a published revision otherwise, and an expunged one for ever (I2)', async () => {
    const { id } = await desk.publish(draft('x3'))
    const { data } = await newsroom.readAsStaff('query ($id: ID) { story(id: $id) { slug } }', { id })
    const where = `"storyId" = (SELECT "id" FROM "Story" WHERE "slug" = '${data!['story'].slug}')`
    const change = async (set: string) => (await newsroom.database.prisma()).$executeRawUnsafe(`UPDATE "Revision" SET ${set} WHERE ${where}`)
    await expect(change(`"document" = '{}'`)).rejects.toThrow(/is published/)
    await expect(change(`"expungedAt" = now(), "documentHash" = 'x', "expungeReason" = 'SAFETY'`)).rejects.toThrow(/is published/)
    await change(`"expungedAt" = now(), "expungeReason" = 'SAFETY', "document" = '{}'`)
    await expect(change(`"document" = '{"a":1}'`)).rejects.toThrow(/is published/)
  })
})
