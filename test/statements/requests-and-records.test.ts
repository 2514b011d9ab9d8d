import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { ask, codes, draftOf, idOf, NOBODY, PAYLOAD, run, storyIds } from './desk.js'

const LUND = idOf('Person', 'mayor-lund')
const PORT = idOf('Organization', 'port')
const REYES = idOf('Journalist', 'sam-reyes')

describe('in a draft', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), draftOf(story(2)), draftOf(story(3)))
  })
  afterAll(() => newsroom.close())
  const on = async (slug = 'harbor-plan-2') => {
    const { id, revision } = await storyIds(newsroom, slug)
    return { storyId: id, expectedRevision: revision }
  }

  it('a request for comment says whom one asked, who, when, how and by when; then what came of it, and what answered', async () => {
    const other = (await newsroom.readAsStaff('mutation { findOrCreatePerson(input: {name: "Eli Ross", aliases: ["E. Ross"]}) { person { id } } }')).data!['findOrCreatePerson'].person.id
    const asked = await run(newsroom, 'recordRequestForComment', { ...await on(), personId: other, organizationId: PORT, askedById: REYES, deadline: '2026-03-10T18:00:00Z', attempts: [{ at: '2026-03-10T09:00:00Z', channel: 'PHONE', note: 'rang twice' }] }, 'REPORTER')
    expect(asked).toMatchObject({ errors: [], request: { key: 'request-2', person: { key: 'eli-ross', name: 'Eli Ross' }, organization: { key: 'port' }, askedBy: { key: 'sam-reyes' }, attempts: [{ at: '2026-03-10T09:00:00.000Z', channel: 'PHONE', note: 'rang twice' }], deadline: '2026-03-10T18:00:00.000Z', outcome: 'PENDING' } })
    const second = await run(newsroom, 'recordRequestForComment', { ...await on(), personId: LUND, deadline: '2026-03-10T18:00:00Z' })
    expect(second.request).toMatchObject({ key: 'request-3', person: { key: 'mayor-lund' }, attempts: [] })
    expect((await run(newsroom, 'recordAttempt', { ...await on(), request: 'request-2', attempt: { at: '2026-03-10T08:00:00Z', channel: 'EMAIL' } })).request.attempts).toEqual([{ channel: 'EMAIL' }, { channel: 'PHONE' }])
    const { statement } = await run(newsroom, 'fileStatement', { issuerId: PORT, channel: 'EMAIL', text: 'We have nothing to add.' })
    for (const request of ['request-2', 'request-3']) {
      expect(await run(newsroom, 'recordOutcome', { ...await on(), request, outcome: 'ANSWERED', statementId: statement.id })).toMatchObject({ errors: [], request: { outcome: 'ANSWERED', answeredByStatement: { id: statement.id } } })
    }
    expect(await run(newsroom, 'recordOutcome', { ...await on(), request: 'r1', outcome: 'NO_RESPONSE', outcomeLine: { paragraph: 4, start: 61, end: 90 } })).toMatchObject({ errors: [], request: { outcome: 'NO_RESPONSE', outcomeLine: { exact: 'The mayor declined to comment' } } })
    // The same statement serves another story.
    await run(newsroom, 'recordRequestForComment', { ...await on('harbor-plan-3'), organizationId: PORT })
    expect(codes(await run(newsroom, 'recordOutcome', { ...await on('harbor-plan-3'), request: 'request-2', outcome: 'PARTIAL', statementId: statement.id }))).toEqual([])
    expect((await newsroom.readAsStaff(`{ filedStatement(id: "${statement.id}") { stories { nodes { slug } } } }`)).data!['filedStatement'].stories.nodes.map((node: { slug: string }) => node.slug).toSorted()).toEqual(['harbor-plan-2', 'harbor-plan-3'])
  })

  it('shows readers the outcome line alone, once it is published', async () => {
    await newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${(await on()).storyId}"}) { errors { code } } }`)
    const { data } = await newsroom.read('{ story(slug: "harbor-plan-2") { requestsForComment { person { key } outcomeLine { exact } } officialStatements { issuer { key } } } person(key: "eli-ross") { key } }')
    expect(data).toEqual({ story: { requestsForComment: [{ person: null, outcomeLine: { exact: 'The mayor declined to comment' } }], officialStatements: [{ issuer: { key: 'port' } }] }, person: null })
  })

  it.each([
    ['recordRequestForComment', {}, 'INVALID', 'personId'],
    ['recordRequestForComment', { personId: idOf('Person', 'nobody') }, 'NOT_IN_REGISTER', 'personId'],
    ['recordRequestForComment', { organizationId: idOf('Organization', 'nobody') }, 'NOT_IN_REGISTER', 'organizationId'],
    ['recordRequestForComment', { personId: LUND, askedById: idOf('Journalist', 'nobody') }, 'NOT_IN_REGISTER', 'askedById'],
    ['recordRequestForComment', { personId: LUND, deadline: '2026-03-10T08:00:00Z', attempts: [{ at: '2026-03-10T09:00:00Z', channel: 'PHONE' }] }, 'TIME_RANGE_BACKWARDS', 'deadline'],
    ['recordRequestForComment', { personId: LUND, attempts: [{ at: '2026-03-10T12:00:01Z', channel: 'PHONE' }] }, 'TIME_IN_THE_FUTURE', 'attempts[0].at'],
    ['recordRequestForComment', { personId: LUND, attempts: [{ at: '2026-03-10T09:00:00Z', channel: 'PHONE', note: 'x'.repeat(10_001) }] }, 'INVALID', 'requestsForComment[1].attempts[0].note'],
    ['recordRequestForComment', { personId: LUND, attempts: Array.from({ length: 201 }, () => ({ at: '2026-03-10T09:00:00Z', channel: 'PHONE' })) }, 'INVALID', 'requestsForComment[1].attempts'],
    ['recordAttempt', { request: 'nope', attempt: { at: '2026-03-10T09:00:00Z', channel: 'PHONE' } }, 'UNKNOWN_REQUEST', 'request'],
    ['recordAttempt', { request: 'r1', attempt: { at: '2027-03-10T09:00:00Z', channel: 'PHONE' } }, 'TIME_IN_THE_FUTURE', 'attempt.at'],
    ['recordOutcome', { request: 'nope', outcome: 'DECLINED' }, 'UNKNOWN_REQUEST', 'request'],
    ['recordOutcome', { request: 'r1', outcome: 'ANSWERED', statementId: idOf('OfficialStatement', NOBODY) }, 'UNKNOWN_STATEMENT', 'statementId'],
    ['recordOutcome', { request: 'r1', outcome: 'ANSWERED', attributionId: idOf('Attribution', NOBODY) }, 'UNKNOWN_ATTRIBUTION', 'attributionId'],
    ['recordOutcome', { request: 'r1', outcome: 'DECLINED', outcomeLine: { paragraph: 4, start: 0, end: 5000 } }, 'INVALID', 'requestsForComment[0].outcomeLine'],
    ['recordOutcome', { request: 'r1', outcome: 'DECLINED', outcomeLine: { paragraph: 4, start: 0, end: 5, exact: 'other' } }, 'INVALID', 'requestsForComment[0].outcomeLine'],
    ['attachRecord', { record: { kind: 'NOTES', title: 'x'.repeat(2001) } }, 'INVALID', 'title'],
    ['attachRecord', { record: { kind: 'TRANSCRIPT', segments: [{ startMs: 9, endMs: 8, text: 'x' }] } }, 'TIME_RANGE_BACKWARDS', 'record.segments[0].endMs'],
    ['attachRecord', { record: { kind: 'TRANSCRIPT' }, quotes: [{ quoteId: idOf('Quote', NOBODY) }] }, 'UNKNOWN_QUOTE', 'quotes[0].quoteId'],
  ])('%s refuses %j with %s, and saves nothing', async (mutation, change, code, path) => {
    const draft = await on('harbor-plan-1')
    expect((await run(newsroom, mutation, { ...draft, ...change })).errors).toMatchObject([{ code, path }])
    expect(await on('harbor-plan-1')).toEqual(draft)
  })

  it.each([
    ['recordRequestForComment', { personId: LUND }], ['recordAttempt', { request: 'r1', attempt: { at: '2026-03-10T09:00:00Z', channel: 'PHONE' } }], ['recordOutcome', { request: 'r1', outcome: 'DECLINED' }], ['attachRecord', { record: { kind: 'NOTES' } }],
  ])('%s tells of a stale revision, a missing story and a role that may not, and takes no id or value of another kind', async (mutation, input) => {
    const draft = await on('harbor-plan-1')
    const given = { ...draft, ...input }
    expect(await run(newsroom, mutation, { ...given, expectedRevision: draft.expectedRevision - 1 })).toMatchObject({ errors: [{ code: 'CONFLICT' }], story: { revision: { number: draft.expectedRevision } } })
    expect(await run(newsroom, mutation, { ...given, storyId: idOf('Story', NOBODY) })).toMatchObject({ errors: [{ code: 'NOT_FOUND' }], story: null })
    expect(codes(await run(newsroom, mutation, given, 'PREVIEW'))).toEqual(['FORBIDDEN'])
    expect((await newsroom.read(`mutation ($input: X!) { ${mutation}(input: $input) { ${PAYLOAD[mutation]!} } }`, { input: given })).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    for (const change of [{ storyId: LUND }, { personId: PORT }, { askedById: LUND }, { outcome: 'MAYBE' }, { attempt: { at: 'then', channel: 'PHONE' } }, { attempt: { at: '2026-03-10T09:00:00Z', channel: 'PIGEON' } }, { record: { kind: 'RUMOUR' } }]) {
      if (!Object.keys(change).every((name) => name === 'storyId' || name in input)) continue
      expect((await ask(newsroom, mutation, { ...given, ...change })).errors![0]!.extensions.code, JSON.stringify(change)).toBe('BAD_USER_INPUT')
    }
    expect(await on('harbor-plan-1')).toEqual(draft)
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(newsroom, mutation, given)))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['CONFLICT']))
    expect(await on('harbor-plan-1')).toEqual({ ...draft, expectedRevision: draft.expectedRevision + 1 })
  }, 60_000)

  it('a transcript has the quotes that can be checked against it, and no reader sees it', async () => {
    const { quotes } = await storyIds(newsroom, 'harbor-plan-3')
    const record = { kind: 'TRANSCRIPT', title: 'Hearing', airedAt: '2026-03-01T10:00:00Z', segments: [{ startMs: 0, endMs: 10, text: 'Good morning.' }, { startMs: 10, endMs: 2_147_483_647, text: 'CANARY-SEGMENT' }] }
    const input = { ...await on('harbor-plan-3'), record, quotes: [{ quoteId: quotes[0], segment: 1 }, { quoteId: quotes[1] }] }
    expect((await run(newsroom, 'attachRecord', { ...input, quotes: [{ quoteId: quotes[0], segment: 2 }] })).errors).toMatchObject([{ code: 'UNKNOWN_SEGMENT', path: 'quotes[0].segment' }])
    expect(await run(newsroom, 'attachRecord', input, 'REPORTER')).toMatchObject({ errors: [], story: { quotes: [{ record: { kind: 'TRANSCRIPT', title: 'Hearing', segments: [{}, { text: 'CANARY-SEGMENT' }] } }, { record: { title: 'Hearing' } }] } })
    const { document } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-3") { document } }')).data!['story']
    expect(document.quotes.map((quote: { record: object }) => quote.record)).toEqual([{ record: 'record-2', segment: 1 }, { record: 'record-2' }])
    const rows = await (await newsroom.database.prisma()).record.findMany({ where: { title: 'Hearing' }, include: { segments: true, quotes: true } })
    expect(rows).toMatchObject([{ segments: [{}, {}], quotes: [{}, {}] }])
    await newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${input.storyId}"}) { errors { code } } }`)
    expect(await newsroom.bytes('{ story(slug: "harbor-plan-3") { quotes { text } paragraphs { text } } search(query: "canary segment") { nodes { kind } } }')).not.toContain('CANARY')
  })

  it('does a change once for an idempotency key', async () => {
    const input = { ...await on('harbor-plan-3'), personId: LUND, idempotencyKey: 'ask-lund' }
    const first = await run(newsroom, 'recordRequestForComment', input)
    expect(await run(newsroom, 'recordRequestForComment', input)).toEqual(first)
    expect(codes(await run(newsroom, 'recordRequestForComment', { ...input, personId: null, organizationId: PORT }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    expect((await on('harbor-plan-3')).expectedRevision).toBe(input.expectedRevision + 1)
  })
})

describe('the requests for comment of all stories', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    for (const [n, desk] of [[1, 'Metro'], [2, 'World'], [3, 'Metro']] as const) await newsroom.add(draftOf(story(n, { desk, requestsForComment: [] })))
    const ask = async (slug: string, deadline: string | null) => expect(codes(await run(newsroom, 'recordRequestForComment', { storyId: (await storyIds(newsroom, slug)).id, expectedRevision: (await storyIds(newsroom, slug)).revision, organizationId: PORT, askedById: REYES, deadline, attempts: [{ at: '2026-03-10T07:00:00Z', channel: 'PHONE' }] }))).toEqual([])
    await ask('harbor-plan-1', '2026-03-10T18:00:00Z')
    await ask('harbor-plan-1', null)
    await ask('harbor-plan-2', '2026-03-10T08:00:00Z')
    await ask('harbor-plan-3', '2026-03-10T09:00:00Z')
    const { id, revision } = await storyIds(newsroom, 'harbor-plan-3')
    expect(codes(await run(newsroom, 'recordOutcome', { storyId: id, expectedRevision: revision, request: 'request-1', outcome: 'DECLINED' }))).toEqual([])
  })
  afterAll(() => newsroom.close())
  const list = async (args = '') => (await newsroom.readAsStaff(`{ requestsForComment${args} { nodes { story { slug } key deadline outcome isOutstanding isOverdue askedBy { name } organization { name } } pageInfo { hasNextPage endCursor } } }`)).data!['requestsForComment']
  const told = (page: { nodes: { story: { slug: string }; deadline: string | null; isOverdue: boolean }[] }) => page.nodes.map(({ story: { slug }, deadline, isOverdue }) => `${slug.at(-1)} ${deadline?.slice(11, 13) ?? '–'}${isOverdue ? ' overdue' : ''}`)

  it('come outstanding first, by their deadline, and say which are overdue', async () => {
    expect(told(await list())).toEqual(['2 08 overdue', '1 18', '1 –', '3 09'])
    expect((await list()).nodes[0]).toMatchObject({ outcome: 'PENDING', isOutstanding: true, askedBy: { name: 'Sam Reyes' } })
  })

  it('are narrowed to what is outstanding, overdue, or of a desk, page by page', async () => {
    expect(told(await list('(outstanding: false)'))).toEqual(['3 09'])
    expect(told(await list('(outstanding: true, desks: ["Metro"])'))).toEqual(['1 18', '1 –'])
    expect(told(await list('(overdue: true)'))).toEqual(['2 08 overdue'])
    const first = await list('(first: 3)')
    expect([first.pageInfo.hasNextPage, told(await list(`(first: 3, after: "${first.pageInfo.endCursor}")`))]).toEqual([true, ['3 09']])
  })

  it('cost so many SQL statements however long the page is, and are not in the public contract', async () => {
    expect(await newsroom.statementsOf(() => list('(first: 4)'))).toHaveLength((await newsroom.statementsOf(() => list('(first: 1)'))).length)
    expect((await newsroom.read('{ requestsForComment { nodes { key } } }')).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('are not waited for once the story is killed', async () => {
    const { id } = await storyIds(newsroom, 'harbor-plan-2')
    await newsroom.readAsStaff(`mutation { publishStory(input: {storyId: "${id}"}) { errors { code } } killStory(input: {storyId: "${id}"}) { errors { code } } }`)
    expect(told(await list('(outstanding: true)'))).toEqual(['1 18', '1 –'])
  })
})
