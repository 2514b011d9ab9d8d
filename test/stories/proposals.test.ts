import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../src/access/index.js'
import { PROPOSAL_COLLECTIONS } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type Answer } from '../support/newsroom.js'

type Collection = (typeof PROPOSAL_COLLECTIONS)[number]
interface Ref { readonly collection: Collection; readonly key: string }
interface Proposal extends Ref { readonly path: string; readonly rule: string | null; readonly confidence: number | null; readonly words: string; readonly ranges: { exact: string }[]; readonly entry: Record<string, any> }
interface Payload {
  readonly story: { id: string; slug: string; state: string; revision: { number: number }; proposals: Proposal[]; document: Record<Collection, Record<string, any>[]> } | null
  readonly changes: (Ref & { kind: string; message: string })[]
  readonly errors: { code: string; message: string; path: string | null }[]
}

/** The story in which everything occurs, as if all of it had been read out of its text. */
const proposed = (n: number | string) => {
  const { publication: _published, ...document } = story(n)
  const open = <T extends object>(entries: readonly T[] | undefined, rule: string) => entries!.map((entry, index) => ({ ...entry, confirmed: false, proposal: { rule: `${rule} ${index}`, confidence: 0.5 + index / 20 } }))
  return { ...document, ...Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, open<object>(document[name], `CANARY-RULE ${name}`)])) } as typeof document
}
const STORY = 'story { id slug state revision { number } proposals { collection key path rule confidence words ranges { exact } entry } document }'
const TYPES = { acceptProposals: 'AcceptProposalsInput', rejectProposals: 'RejectProposalsInput', editProposal: 'EditProposalInput' } as const
const ref = (collection: Collection, key: string): Ref => ({ collection, key })

describe('proposals', () => {
  let newsroom: TestNewsroom
  let count = 0
  beforeAll(async () => { newsroom = await TestNewsroom.open() })
  afterAll(() => newsroom.close())

  const create = async (): Promise<NonNullable<Payload['story']>> => {
    const answer = await newsroom.readAsStaff(`mutation ($document: StoryDocument!) { createStory(input: {document: $document}) { ${STORY} errors { message } } }`, { document: proposed(`p${++count}`) })
    expect(answer.data!['createStory'].errors).toEqual([])
    return answer.data!['createStory'].story
  }
  const ask = (mutation: keyof typeof TYPES, input: object, role: StaffRole = 'REPORTER'): Promise<Answer> =>
    newsroom.readAsStaff(`mutation ($input: ${TYPES[mutation]}!) { answer: ${mutation}(input: $input) { ${STORY} changes { collection key kind message } errors { code message path } } }`, { input }, role)
  const mutate = async (mutation: keyof typeof TYPES, storyId: string, expectedRevision: number, more: object, role?: StaffRole) => {
    const answer = await ask(mutation, { storyId, expectedRevision, ...more }, role)
    expect(answer.errors).toBeUndefined()
    return answer.data!['answer'] as Payload
  }
  const accept = (id: string, revision: number, ...proposals: Ref[]) => mutate('acceptProposals', id, revision, { proposals })
  const reject = (id: string, revision: number, ...proposals: Ref[]) => mutate('rejectProposals', id, revision, { proposals })
  const codes = ({ errors }: Payload) => errors.map(({ code }) => code)

  it('are listed with what they are, where they stand, the words they rest on, and how they came about', async () => {
    const { proposals } = await create()
    const { document } = { document: proposed('p1') }
    expect(proposals.map(({ collection }) => collection)).toEqual(PROPOSAL_COLLECTIONS.flatMap((name) => document[name]!.map(() => name)))
    const by = new Map(proposals.map((proposal) => [`${proposal.collection} ${proposal.key}`, proposal]))
    expect(by.get('attributions a2')).toMatchObject({ path: 'attributions[1]', rule: 'CANARY-RULE attributions 1', confidence: 0.55, words: 'the money is there', ranges: [{ exact: 'the money is there' }], entry: { key: 'a2', source: 'officials' } })
    expect(['quill', 'officials', 'authority', 'ledger', 'paper', 'critics'].map((key) => by.get(`sources ${key}`)!.words)).toEqual(['Ada Quill', 'two officials briefed on the plan', 'Port Authority', 'Bay Ledger', 'Audit of the harbor plan', 'critics'])
    expect([by.get('quotes q2')!, by.get('statements t1')!, by.get('requestsForComment r1')!, by.get('outletCredits c1')!, by.get('claims k1')!].map(({ words }) => words))
      .toEqual(['The plan is sound', '“The plan is sound.”', 'The mayor declined to comment', 'The Bay Ledger', 'CANARY-CLAIM'])
    const some = await newsroom.readAsStaff(`{ story(slug: "harbor-plan-p1") { proposals(collections: [quotes, claims], first: 2) { key } none: proposals(collections: []) { key } } }`)
    expect(some.data).toEqual({ story: { proposals: [{ key: 'q1' }, { key: 'q2' }], none: [] } })
    expect((await newsroom.readAsStaff('{ story(slug: "harbor-plan-p1") { proposals(first: 0) { key } } }')).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('are accepted some at a time, in a new revision, and tell what they still wait for', async () => {
    const { id, proposals } = await create()
    const { story: after, changes, errors } = await accept(id, 1, ref('quotes', 'q1'), ref('sources', 'critics'), ref('quotes', 'q1'))
    expect(errors).toEqual([])
    expect(after!.revision.number).toBe(2)
    expect(after!.proposals).toHaveLength(proposals.length - 2)
    expect(changes).toEqual([
      { collection: 'quotes', key: 'q1', kind: 'ACCEPTED', message: 'Accepted.' }, { collection: 'sources', key: 'critics', kind: 'ACCEPTED', message: 'Accepted.' },
      { collection: 'quotes', key: 'q1', kind: 'WAITING', message: 'Stays out of the public until attributions "a1" is accepted too.' },
    ])
    expect(after!.document.quotes[0]).toMatchObject({ confirmed: true, proposal: { rule: 'CANARY-RULE quotes 0' } })
    const next = await accept(id, 2, ref('attributions', 'a1'))
    expect(next.changes.map(({ kind, message }) => [kind, message])).toEqual([['ACCEPTED', 'Accepted.'], ['WAITING', 'Stays out of the public until sources "quill" is accepted too.']])
    expect((await accept(id, 3, ref('sources', 'quill'))).changes.map(({ kind }) => kind)).toEqual(['ACCEPTED'])
    const saved = await (await newsroom.database.prisma()).revision.findFirst({ where: { story: { slug: after!.slug }, number: 4 } })
    expect(saved).toMatchObject({ savedBy: 'reporter', isAutosave: false })
  })

  it('are accepted all together, and then there are none', async () => {
    const { id } = await create()
    const { story: after, changes } = await mutate('acceptProposals', id, 1, { all: true })
    expect(after).toMatchObject({ proposals: [], revision: { number: 2 } })
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['ACCEPTED']))
    expect(codes(await mutate('acceptProposals', id, 2, { all: true }))).toEqual(['NOTHING_CHOSEN'])
    expect(codes(await mutate('rejectProposals', id, 2, { all: true }))).toEqual(['NOTHING_CHOSEN'])
  })

  it('are rejected with what hangs on them: quotes, reports, occurrences, references', async () => {
    const { id } = await create()
    const { story: after, changes } = await reject(id, 1, ref('attributions', 'a2'), ref('attributions', 'a4'), ref('attributions', 'a5'), ref('attributions', 'a7'))
    const { document } = after!
    expect(document.attributions.map(({ key, parent, antecedent }) => ({ key, parent, antecedent }))).toEqual([{ key: 'a1' }, { key: 'a3' }, { key: 'a6' }, { key: 'a8' }])
    expect(document.quotes.map(({ key }) => key)).toEqual(['q1'])
    expect([document.statements, document.claims]).toEqual([[], []])
    expect(document.outletCredits[0]).not.toHaveProperty('attribution')
    expect(changes.map(({ collection, key, kind }) => `${kind} ${collection} ${key}`)).toEqual([
      'REJECTED attributions a2', 'REJECTED attributions a4', 'REJECTED attributions a5', 'REJECTED attributions a7',
      'REMOVED statements t1', 'UNLINKED attributions a3', 'UNLINKED attributions a8', 'REMOVED quotes q2', 'UNLINKED outletCredits c1', 'REMOVED claims k1',
    ])
    expect(changes.find(({ key }) => key === 'a3')!.message).toBe('Has no antecedent any more: "a2" is gone.')
  })

  it('of a source are rejected so that nobody is credited in its place, and what was confirmed about it is confirmed no more', async () => {
    const { id } = await create()
    await accept(id, 1, ref('attributions', 'a1'), ref('quotes', 'q1'))
    const { story: after, changes } = await reject(id, 2, ref('sources', 'quill'))
    expect(after!.document.attributions.filter(({ key }) => key === 'a1' || key === 'a8').map(({ source, confirmed }) => ({ source, confirmed }))).toEqual([{ confirmed: false }, { confirmed: false }])
    expect(changes.map(({ key, kind }) => [key, kind])).toEqual([['quill', 'REJECTED'], ['a1', 'UNCONFIRMED'], ['a8', 'UNLINKED']])
    const people = await newsroom.readAsStaff(`{ story(slug: "${after!.slug}") { document } }`)
    // The mayor was asked for comment; the director was named by that source alone.
    expect(people.data!['story'].document.people.map(({ key }: { key: string }) => key)).toEqual(['mayor-lund'])
  })

  it('are rejected all together: the text is left', async () => {
    const { id } = await create()
    const { story: after } = await mutate('rejectProposals', id, 1, { all: true })
    expect(Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, after!.document[name].length]))).toEqual(Object.fromEntries(PROPOSAL_COLLECTIONS.map((name) => [name, 0])))
    expect((after!.document as unknown as { paragraphs: unknown[] }).paragraphs).toHaveLength(7)
  })

  it('are edited, which confirms them; key, lineage and origin stay', async () => {
    const { id, proposals } = await create()
    const { entry } = proposals.find(({ key }) => key === 'a3')!
    const { story: after, changes } = await mutate('editProposal', id, 1, { ...ref('attributions', 'a3'), entry: { ...entry, source: 'quill', proposal: { rule: 'made up', confidence: 1 }, lineage: '00000000-0000-4000-8000-000000000000' } })
    expect(changes.map(({ kind }) => kind)).toEqual(['EDITED', 'WAITING'])
    expect(after!.document.attributions[2]).toMatchObject({ key: 'a3', source: 'quill', confirmed: true, proposal: { rule: 'CANARY-RULE attributions 2' } })
    // Another source, and a named one: nothing joins it to what the unnamed one said.
    expect(after!.document.attributions[2]!['lineage']).not.toBe(entry['lineage'])
    const quote = proposals.find(({ key }) => key === 'q2')!.entry
    const edited = await mutate('editProposal', id, 2, { ...ref('quotes', 'q2'), entry: { attribution: 'a4', ranges: quote['ranges'], standing: 'CHALLENGED' } })
    expect(edited.story!.document.quotes[1]).toMatchObject({ key: 'q2', lineage: quote['lineage'], standing: 'CHALLENGED', confirmed: true })
  })

  it('keep a source that becomes named apart from what it was', async () => {
    const { id, proposals } = await create()
    const { lineage } = proposals.find(({ key }) => key === 'officials')!.entry
    const { story: after } = await mutate('editProposal', id, 1, { ...ref('sources', 'officials'), entry: { kind: 'PERSON', person: 'mayor-lund' } })
    expect(after!.document.sources[1]).toMatchObject({ key: 'officials', kind: 'PERSON', confirmed: true })
    expect(after!.document.sources[1]!['lineage']).not.toBe(lineage)
  })

  it('are refused where the edited entry breaks the format, by the place in it', async () => {
    const { id, proposals } = await create()
    const { entry } = proposals.find(({ key }) => key === 'a1')!
    const edit = async (change: object) => (await mutate('editProposal', id, 1, { ...ref('attributions', 'a1'), entry: { ...entry, ...change } })).errors
    expect(await edit({ content: [{ paragraph: 1, start: 0, end: 9_999 }] })).toEqual([{ code: 'INVALID_DOCUMENT', path: 'entry.content[0]', message: expect.stringMatching(/^entry\.content\[0\] ends at 9999, but paragraph 1 has \d+ UTF-16 units\.$/) }])
    expect(await edit({ source: 'nobody' })).toEqual([{ code: 'INVALID_DOCUMENT', path: 'entry.source', message: 'entry.source names "nobody", which is not in sources.' }])
    expect(await edit({ key: 'a99' })).toEqual([{ code: 'INVALID_DOCUMENT', path: 'entry.key', message: 'entry.key is "a99", but the proposal is "a1"; an entry keeps its key.' }])
    expect(await edit({ rumour: true })).toEqual([{ code: 'INVALID_DOCUMENT', path: 'entry', message: 'entry has an unknown field: rumour.' }])
    for (const wrong of ['words', null, [entry]]) expect((await ask('editProposal', { storyId: id, expectedRevision: 1, ...ref('attributions', 'a1'), entry: wrong })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    expect((await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { revision { number } } } }`)).data).toEqual({ node: { revision: { number: 1 } } })
  })

  it('are all done or none: an unknown key, a confirmed entry, no choice or two are refused', async () => {
    const { id } = await create()
    await accept(id, 1, ref('sources', 'quill'))
    for (const mutation of ['acceptProposals', 'rejectProposals'] as const) {
      const wrong = await mutate(mutation, id, 2, { proposals: [ref('sources', 'critics'), ref('sources', 'a1'), ref('sources', 'quill')] })
      expect(wrong.errors).toEqual([
        { code: 'UNKNOWN_PROPOSAL', path: 'proposals[1].key', message: 'proposals[1].key is "a1", which is not in sources; Story.proposals lists what waits.' },
        { code: 'ALREADY_CONFIRMED', path: 'proposals[2].key', message: 'proposals[2].key is "quill", which a person has confirmed; change it with saveRevision.' },
      ])
      expect(wrong.story!.revision.number).toBe(2)
      for (const choice of [{}, { proposals: [] }, { proposals: null }, { all: true, proposals: [ref('sources', 'critics')] }]) expect(codes(await mutate(mutation, id, 2, choice)), JSON.stringify(choice)).toEqual(['NOTHING_CHOSEN'])
    }
    expect((await mutate('editProposal', id, 2, { ...ref('sources', 'quill'), entry: {} })).errors).toMatchObject([{ code: 'ALREADY_CONFIRMED', path: 'key' }])
    expect((await mutate('editProposal', id, 2, { ...ref('quotes', 'q9'), entry: {} })).errors).toMatchObject([{ code: 'UNKNOWN_PROPOSAL', path: 'key' }])
  })

  const EACH = [['acceptProposals', { all: true }], ['rejectProposals', { all: true }], ['editProposal', { ...ref('sources', 'critics'), entry: { kind: 'GROUP', name: 'residents' } }]] as const

  it.each(EACH)('%s tells who looked at an older revision, and leaves the story as it is (I8)', async (mutation, more) => {
    const { id } = await create()
    await accept(id, 1, ref('quotes', 'q1'))
    const late = await mutate(mutation, id, 1, more)
    expect(codes(late)).toEqual(['CONFLICT'])
    expect(late.story!.revision.number).toBe(2)
    expect(late.changes).toEqual([])
  })

  it.each(EACH)('%s is done once for an idempotency key, and answers the same again', async (mutation, more) => {
    const { id } = await create()
    const key = `once ${mutation}`
    const first = await mutate(mutation, id, 1, { ...more, idempotencyKey: key })
    expect(codes(first)).toEqual([])
    expect(first.changes.length).toBeGreaterThan(0)
    expect(await mutate(mutation, id, 1, { ...more, idempotencyKey: key })).toEqual(first)
    expect(codes(await mutate(mutation, id, 2, { ...more, idempotencyKey: key }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
  })

  it.each(EACH)('%s is for those who may save: not for a preview token, not on a killed story, not on one that is not there', async (mutation, more) => {
    const { id } = await create()
    expect((await mutate(mutation, id, 1, more, 'PREVIEW')).errors).toMatchObject([{ code: 'FORBIDDEN', message: expect.stringMatching(/^save is for reporter, /) }])
    expect(codes(await mutate(mutation, Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url'), 1, more))).toEqual(['NOT_FOUND'])
    expect((await ask(mutation, { storyId: 'nonsense', expectedRevision: 1, ...more })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    await newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${id}"}) { errors { code } } killStory(input: {storyId: "${id}"}) { errors { code } } }`)
    const killed = await mutate(mutation, id, 1, more)
    expect(killed).toMatchObject({ errors: [{ code: 'WRONG_STATE' }], story: { state: 'KILLED', revision: { number: 1 } } })
  })

  it('are decided with as many SQL statements however many there are (I10)', async () => {
    const [{ id }, other] = [await create(), await create()]
    const one = await newsroom.statementsOf(() => accept(id, 1, ref('sources', 'quill')))
    const all = await newsroom.statementsOf(() => mutate('acceptProposals', other.id, 1, { all: true }))
    expect(all.length).toBe(one.length)
  })
})
