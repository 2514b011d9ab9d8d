import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/document/index.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { ask, codes, draftOf, idOf, NOBODY, PAYLOAD, run, storyIds } from './desk.js'

const PORT = idOf('Organization', 'port')
const QUILL = idOf('Person', 'ada-quill')

describe('a statement on file', () => {
  let newsroom: TestNewsroom
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), draftOf(story(2, { statements: [], quotes: story(2).quotes!.map(({ excerptOf: _none, ...quote }) => quote) })))
  })
  afterAll(() => newsroom.close())
  let count = 0
  const file = (change: object = {}, role?: 'REPORTER' | 'PREVIEW') => run(newsroom, 'fileStatement', { issuerId: PORT, channel: 'EMAIL', text: `The plan is sound. Copy ${count++}.`, ...change }, role)

  it('keeps issuer, spokesperson, channel, time, text, address and attachments, and no reader sees it', async () => {
    const { statement, errors } = await file({
      spokespersonId: QUILL, channel: 'PRESS_CONFERENCE', issuedAt: '2026-03-09T10:00:00Z', url: 'https://port.example/plan', attachments: [{ url: 'https://port.example/plan.pdf', title: 'The plan' }, { url: 'https://port.example/map.png' }], release: 'FULL', text: 'Nobody has read this.',
    }, 'REPORTER')
    expect(errors).toEqual([])
    const query = `{ filedStatement(id: "${statement.id}") { issuer { key } spokesperson { key } channel issuedAt url release fullText snapshots { takenAt text } attachments { url title } filedBy filedAt isUnderEmbargo stories { nodes { slug } } } }`
    expect((await newsroom.readAsStaff(query)).data).toEqual({ filedStatement: {
      issuer: { key: 'port' }, spokesperson: { key: 'ada-quill' }, channel: 'PRESS_CONFERENCE', issuedAt: '2026-03-09T10:00:00.000Z', url: 'https://port.example/plan', release: 'FULL', fullText: 'Nobody has read this.',
      snapshots: [{ takenAt: '2026-03-10T12:00:00.000Z', text: 'Nobody has read this.' }], attachments: [{ url: 'https://port.example/plan.pdf', title: 'The plan' }, { url: 'https://port.example/map.png', title: null }],
      filedBy: 'reporter', filedAt: '2026-03-10T12:00:00.000Z', isUnderEmbargo: false, stories: { nodes: [] },
    } })
    expect((await newsroom.read(`{ node(id: "${statement.id}") { id } search(query: "nobody") { nodes { kind } } }`)).data).toEqual({ node: null, search: { nodes: [] } })
    expect((await newsroom.read(query)).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  it('is filed once by twenty who file the same words at once; the others get it', async () => {
    const before = await (await newsroom.database.prisma()).filedStatement.count()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => file({ text: n % 2 ? '“One and  the same.”' : '"One and the same."' })))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['ALREADY_FILED']))
    expect(new Set(answers.map((answer) => answer.statement.id)).size).toBe(1)
    expect(await (await newsroom.database.prisma()).filedStatement.count()).toBe(before + 1)
    expect(await (await newsroom.database.prisma()).officialStatement.count({ where: { citations: { none: {} }, filed: null } })).toBe(0)
  }, 60_000)

  it.each([
    ['an organization that is not there', { issuerId: idOf('Organization', 'nowhere') }, 'UNKNOWN_ORGANIZATION', 'issuerId'],
    ['a person who is not there', { spokespersonId: idOf('Person', 'nobody') }, 'UNKNOWN_PERSON', 'spokespersonId'],
    ['an empty text', { text: ' \n' }, 'INVALID', 'text'],
    ['a text over the limit', { text: 'x'.repeat(LIMITS.statementText + 1) }, 'INVALID', 'text'],
    ['half a character', { text: 'a\ud83c' }, 'INVALID', 'text'],
    ['an address that is none', { url: 'javascript:alert(1)' }, 'INVALID', 'url'],
    ['an attachment whose address is none', { attachments: [{ url: 'https://a.example' }, { url: 'file:///etc/passwd' }] }, 'INVALID', 'attachments[1].url'],
    ['too many attachments', { attachments: Array.from({ length: 51 }, () => ({ url: 'https://a.example' })) }, 'INVALID', 'attachments'],
    ['a spokesperson both named and not', { spokespersonId: QUILL, spokespersonDescriptor: 'a spokesperson' }, 'INVALID', 'spokespersonDescriptor'],
    ['a descriptor over the limit', { spokespersonDescriptor: 'x'.repeat(2001) }, 'INVALID', 'spokespersonDescriptor'],
    ['an embargo that is over', { embargoedUntil: '2026-03-10T12:00:00Z' }, 'TIME_IN_THE_PAST', 'embargoedUntil'],
    ['an embargo before its issue', { issuedAt: '2026-05-01T00:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' }, 'TIME_RANGE_BACKWARDS', 'embargoedUntil'],
    ['a text taken tomorrow', { takenAt: '2026-03-11T12:00:00Z' }, 'TIME_IN_THE_FUTURE', 'takenAt'],
  ])('refuses %s, and stores nothing', async (_what, change, code, path) => {
    const rows = async () => [await (await newsroom.database.prisma()).officialStatement.count(), await (await newsroom.database.prisma()).statementText.count(), await (await newsroom.database.prisma()).statementAttachment.count()]
    const before = await rows()
    const { statement, errors } = await file(change)
    expect({ statement, errors }).toMatchObject({ statement: null, errors: [{ code, path }] })
    expect(errors[0].message.length).toBeLessThan(300)
    expect(await rows()).toEqual(before)
  })

  it('refuses an unknown channel, ids of another kind, preview tokens and readers', async () => {
    for (const change of [{ channel: 'PIGEON' }, { release: 'SOME' }, { issuerId: QUILL }, { spokespersonId: PORT }, { issuerId: 'nonsense' }, { embargoedUntil: 'soon' }]) {
      expect((await ask(newsroom, 'fileStatement', { issuerId: PORT, channel: 'EMAIL', text: 'x', ...change })).errors![0]!.extensions.code, JSON.stringify(change)).toBe('BAD_USER_INPUT')
    }
    const { id } = (await file()).statement
    for (const [mutation, input] of [
      ['fileStatement', { issuerId: PORT, channel: 'EMAIL', text: 'x' }], ['addStatementText', { statementId: id, text: 'y' }], ['releaseStatement', { statementId: id, release: 'FULL' }], ['attachToStatement', { statementId: id, record: { kind: 'NOTES' } }],
    ] as const) {
      expect(codes(await run(newsroom, mutation, input, 'PREVIEW')), mutation).toEqual(['FORBIDDEN'])
      if (mutation === 'releaseStatement') expect(codes(await run(newsroom, mutation, input, 'REPORTER'))).toEqual(['FORBIDDEN'])
      expect((await newsroom.read(`mutation ($input: X!) { ${mutation}(input: $input) { ${PAYLOAD[mutation]!} } }`, { input })).errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
      if (mutation !== 'fileStatement') expect(codes(await run(newsroom, mutation, { ...input, statementId: idOf('OfficialStatement', NOBODY) }))).toEqual(['NOT_FOUND'])
    }
  })

  it('takes later texts, in the order of their times, one of twenty at once for the same instant', async () => {
    const { id } = (await file({ text: 'First words.', takenAt: '2026-03-10T08:00:00Z' })).statement
    const add = (text: string, takenAt?: string) => run(newsroom, 'addStatementText', { statementId: id, text, takenAt })
    expect(codes(await add('First words.'))).toEqual(['NOTHING_NEW'])
    expect(codes(await add('Earlier.', '2026-03-10T07:00:00Z'))).toEqual(['TIME_RANGE_BACKWARDS'])
    expect(codes(await add('Later.', '2026-03-10T13:00:00Z'))).toEqual(['TIME_IN_THE_FUTURE'])
    expect(codes(await add('x'.repeat(LIMITS.statementText + 1)))).toEqual(['INVALID'])
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => add(`Second words ${n}.`, '2026-03-10T09:00:00Z')))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['TIME_RANGE_BACKWARDS']))
    const { snapshots, fullText } = (await add('Third words.')).statement
    expect(snapshots.map((text: { text: string }) => text.text)).toEqual(['First words.', expect.stringMatching(/^Second/), 'Third words.'])
    expect(fullText).toBe('Third words.')
  }, 60_000)

  it('takes transcripts and recordings with segments', async () => {
    const { id } = (await file()).statement
    const segments = [{ speaker: 'Quill', startMs: 0, endMs: 900, text: 'The plan' }, { startMs: 900, endMs: 900, text: 'is sound.' }]
    expect(await run(newsroom, 'attachToStatement', { statementId: id, record: { kind: 'RECORDING', airedAt: '2026-03-09T10:00:00Z', segments } })).toMatchObject({ errors: [], statement: { records: [{ kind: 'RECORDING', segments: [segments[0], { ...segments[1], speaker: null }] }] } })
    for (const [segment, code, path] of [
      [{ startMs: 5, endMs: 4, text: 'x' }, 'TIME_RANGE_BACKWARDS', 'record.segments[0].endMs'], [{ startMs: -1, endMs: 4, text: 'x' }, 'INVALID', 'segments[0].startMs'], [{ startMs: 1, endMs: 4, text: '' }, 'INVALID', 'segments[0].text'],
    ] as const) expect((await run(newsroom, 'attachToStatement', { statementId: id, record: { kind: 'TRANSCRIPT', segments: [segment] } })).errors).toMatchObject([{ code, path }])
    expect((await ask(newsroom, 'attachToStatement', { statementId: id, record: { kind: 'RUMOUR' } })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('is filed once for an idempotency key', async () => {
    const input = { text: 'Only once.', idempotencyKey: 'once' }
    const first = await file(input)
    expect(await file(input)).toEqual(first)
    expect(codes(await file({ ...input, text: 'Other.' }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
  })

  it('is listed, the last filed first, by issuer and embargo, page by page', async () => {
    await file({ embargoedUntil: '2026-06-01T00:00:00Z', text: 'Held back.' })
    const all: string[] = []
    for (let after = 'null'; ;) {
      const { nodes, pageInfo } = (await newsroom.readAsStaff(`{ filedStatements(first: 2, after: ${after}, issuerId: "${PORT}") { nodes { id } pageInfo { hasNextPage endCursor } } }`)).data!['filedStatements']
      all.push(...nodes.map((node: { id: string }) => node.id))
      if (!pageInfo.hasNextPage) break
      after = JSON.stringify(pageInfo.endCursor)
    }
    expect(new Set(all).size).toBe(await (await newsroom.database.prisma()).filedStatement.count())
    const { data } = await newsroom.readAsStaff(`{ held: filedStatements(underEmbargo: true) { nodes { fullText } } none: filedStatements(issuerId: "${idOf('Organization', 'nowhere')}") { nodes { id } } }`)
    expect(data).toEqual({ held: { nodes: [{ fullText: 'Held back.' }] }, none: { nodes: [] } })
  })

  it('is found by words of its newest text and of its issuer, each anywhere', async () => {
    const { statement } = await file({ text: 'The CRANE is 100% safe, we_think.' })
    const found = async (words: string) => (await newsroom.readAsStaff('query ($words: String) { filedStatements(words: $words) { nodes { fullText } } }', { words })).data!['filedStatements'].nodes.map((node: { fullText: string }) => node.fullText)
    for (const words of ['crane', 'safe  crane', 'PORT crane', '100% we_think']) expect(await found(words), words).toEqual(['The CRANE is 100% safe, we_think.'])
    for (const words of ['crane unsafe', '100_', 'we%think']) expect(await found(words), words).toEqual([])
    newsroom.now = new Date(newsroom.now.getTime() + 1000)
    await run(newsroom, 'addStatementText', { statementId: statement.id, text: 'The ladder is safe.' })
    expect([await found('crane'), await found('ladder')]).toEqual([[], ['The ladder is safe.']])
  })

  describe('with the quotes of a draft', () => {
    const TEXT = 'Dear all. The plan is  sound. We will build berth 2 “soon”. The plan is sound.'
    const find = async (statementId: string, storyId: string) => (await newsroom.readAsStaff('query ($statementId: ID!, $storyId: ID!) { findExcerpts(statementId: $statementId, storyId: $storyId) { quote { id text } start end exact isLinked } }', { statementId, storyId })).data!['findExcerpts']

    it('proposes where they stand, links them in a new revision, and answers what was linked', async () => {
      const { statement } = await file({ text: TEXT, release: 'FULL' })
      const draft = await storyIds(newsroom, 'harbor-plan-2')
      const found = await find(statement.id, draft.id)
      expect(found.map((entry: { exact: string }) => entry.exact)).toEqual(['We will build berth 2', 'The plan is  sound', 'The plan is sound'])
      for (const { start, end, exact } of found) expect(TEXT.slice(start, end)).toBe(exact)
      const [, first] = found
      const input = { storyId: draft.id, expectedRevision: draft.revision, statementId: statement.id, excerpts: [{ quoteId: first.quote.id, start: first.start, end: first.end }], attributionIds: [draft.attributions[0]!] }
      expect(await run(newsroom, 'linkExcerpts', input, 'REPORTER')).toMatchObject({ errors: [], story: { revision: { number: draft.revision + 1 } } })
      expect((await find(statement.id, draft.id)).filter((entry: { isLinked: boolean }) => entry.isLinked)).toMatchObject([{ exact: 'The plan is  sound' }])
      const { data } = await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { state document officialStatements { id fullText issuer { key } attributions { id } file { filedBy } } quotes { excerpt { exact statement { id } } } } }')
      expect(data!['story'].officialStatements).toMatchObject([{ id: statement.id, fullText: TEXT, issuer: { key: 'port' }, file: { filedBy: 'editor' } }])
      expect(new Set(data!['story'].officialStatements[0].attributions.map((entry: { id: string }) => entry.id))).toEqual(new Set([draft.attributions[0], draft.attributions[3]]))
      expect(data!['story'].quotes.map((quote: any) => quote.excerpt?.exact ?? null)).toEqual([null, 'The plan is  sound'])
      // The second of two who looked at the same revision is told; so is one whose words differ.
      expect(await run(newsroom, 'linkExcerpts', input)).toMatchObject({ errors: [{ code: 'CONFLICT', path: 'expectedRevision' }], story: { revision: { number: draft.revision + 1 } } })
      const now = { ...input, expectedRevision: draft.revision + 1 }
      expect((await run(newsroom, 'linkExcerpts', { ...now, excerpts: [{ quoteId: first.quote.id, start: 0, end: 9 }] })).errors).toMatchObject([{ code: 'WORDS_DIFFER', path: 'excerpts[0]' }])
      expect(codes(await run(newsroom, 'linkExcerpts', { ...now, excerpts: [{ quoteId: first.quote.id, start: 40, end: 4000 }] }))).toEqual(['WORDS_DIFFER'])
      expect((await run(newsroom, 'linkExcerpts', { ...now, excerpts: [{ quoteId: idOf('Quote', NOBODY), start: 0, end: 9 }] })).errors).toMatchObject([{ code: 'UNKNOWN_QUOTE', path: 'excerpts[0].quoteId' }])
      expect((await run(newsroom, 'linkExcerpts', { ...now, attributionIds: [idOf('Attribution', NOBODY)] })).errors).toMatchObject([{ code: 'UNKNOWN_ATTRIBUTION', path: 'attributionIds[0]' }])
      expect(codes(await run(newsroom, 'linkExcerpts', { ...now, unlinkQuoteIds: [idOf('Quote', NOBODY)] }))).toEqual(['UNKNOWN_QUOTE'])
      expect(codes(await run(newsroom, 'linkExcerpts', { ...now, statementId: idOf('OfficialStatement', NOBODY) }))).toEqual(['UNKNOWN_STATEMENT'])
      expect(codes(await run(newsroom, 'linkExcerpts', { ...now, storyId: idOf('Story', NOBODY) }))).toEqual(['NOT_FOUND'])
      expect((await ask(newsroom, 'linkExcerpts', { ...now, storyId: statement.id })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
      expect(codes(await run(newsroom, 'linkExcerpts', now, 'PREVIEW'))).toEqual(['FORBIDDEN'])
    })

    it('is not linked to a source that the draft does not name where it names who put it out', async () => {
      const draft = draftOf(story('unnamed'))
      await newsroom.add({ ...draft, quotes: [...draft.quotes!, { key: 'q3', attribution: 'a2', ranges: [{ ...draft.attributions![1]!.content[0]! }] }] })
      const { id, revision, quotes, attributions } = await storyIds(newsroom, 'harbor-plan-unnamed')
      const link = async (statementId: string, change: object) => run(newsroom, 'linkExcerpts', { storyId: id, expectedRevision: revision, statementId, excerpts: [], ...change })
      const text = 'We say that the money is there.'
      const excerpt = { quoteId: quotes.at(-1)!, start: 12, end: 30 }
      const { statement: signed } = await file({ text, spokespersonId: idOf('Person', 'ada-quill') })
      for (const [change, path] of [[{ excerpts: [excerpt] }, 'excerpts[0].quoteId'], [{ attributionIds: [attributions[1]] }, 'attributionIds[0]']] as const) {
        const { errors, story: same } = await link(signed.id, change)
        expect(errors).toMatchObject([{ code: 'SPEAKER_UNNAMED', path, message: expect.stringContaining('the statement names who put it out') }])
        expect(same.revision.number).toBe(revision)
      }
      const { statement: unsigned } = await file({ text: `${text} Truly.`, spokespersonDescriptor: 'an official' })
      expect((await link(unsigned.id, { excerpts: [excerpt] })).errors).toEqual([])
    })

    it('follows a later text, says which words are lost, and unlinks', async () => {
      const { statement } = await file({ text: 'At first: The plan is sound.', takenAt: '2026-03-10T08:00:00Z' })
      await newsroom.add(draftOf(story('later', { statements: [], quotes: story('later').quotes!.map(({ excerptOf: _none, ...quote }) => quote) })))
      let draft = await storyIds(newsroom, 'harbor-plan-later')
      const link = async (change: object) => {
        const payload = await run(newsroom, 'linkExcerpts', { storyId: draft.id, expectedRevision: draft.revision, statementId: statement.id, ...change })
        draft = await storyIds(newsroom, 'harbor-plan-later')
        return payload
      }
      expect(codes(await link({ excerpts: [{ quoteId: draft.quotes[1], start: 10, end: 27 }] }))).toEqual([])
      await run(newsroom, 'addStatementText', { statementId: statement.id, text: 'The plan is sound, we say.', takenAt: '2026-03-10T09:00:00Z' })
      expect(codes(await link({}))).toEqual([])
      const excerpt = async () => (await newsroom.readAsStaff('{ story(slug: "harbor-plan-later") { quotes { excerpt { start exact } } officialStatements { snapshots { text } } } }')).data!['story']
      expect(await excerpt()).toMatchObject({ quotes: [{ excerpt: null }, { excerpt: { start: 0, exact: 'The plan is sound' } }], officialStatements: [{ snapshots: [{}, {}] }] })
      await run(newsroom, 'addStatementText', { statementId: statement.id, text: 'There is no plan.', takenAt: '2026-03-10T10:00:00Z' })
      expect((await link({})).errors).toMatchObject([{ code: 'EXCERPT_LOST', path: 'quotes[1]' }])
      expect(codes(await link({ unlinkQuoteIds: [draft.quotes[1]] }))).toEqual([])
      expect(await excerpt()).toMatchObject({ quotes: [{ excerpt: null }, { excerpt: null }], officialStatements: [{ snapshots: [{}, {}, {}] }] })
    })

    it('lets one of twenty who link at once win, and loses nothing (I8)', async () => {
      const { statement } = await file({ text: 'Again: The plan is sound.' })
      await newsroom.add(draftOf(story('race', { statements: [], quotes: story('race').quotes!.map(({ excerptOf: _none, ...quote }) => quote) })))
      const draft = await storyIds(newsroom, 'harbor-plan-race')
      const answers = await Promise.all(Array.from({ length: 20 }, () => run(newsroom, 'linkExcerpts', { storyId: draft.id, expectedRevision: draft.revision, statementId: statement.id, excerpts: [{ quoteId: draft.quotes[1], start: 7, end: 24 }] })))
      expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
      expect(new Set(answers.flatMap(codes))).toEqual(new Set(['CONFLICT']))
      expect((await storyIds(newsroom, 'harbor-plan-race')).revision).toBe(draft.revision + 1)
    }, 60_000)

    it('is not linked in a killed story', async () => {
      const { statement } = await file({ text: 'Once more: The plan is sound.' })
      await newsroom.add(story('killed'))
      const draft = await storyIds(newsroom, 'harbor-plan-killed')
      await newsroom.readAsStaff(`mutation { killStory(input: {storyId: "${draft.id}"}) { errors { code } } }`)
      const on = { storyId: draft.id, expectedRevision: draft.revision }
      expect(codes(await run(newsroom, 'linkExcerpts', { ...on, statementId: statement.id }))).toEqual(['WRONG_STATE'])
      expect(codes(await run(newsroom, 'attachRecord', { ...on, record: { kind: 'NOTES' } }))).toEqual(['WRONG_STATE'])
      expect(codes(await run(newsroom, 'recordRequestForComment', { ...on, personId: QUILL }))).toEqual(['WRONG_STATE'])
      expect((await storyIds(newsroom, 'harbor-plan-killed')).revision).toBe(draft.revision)
    })

    it('finds nothing for a story or statement that is not there', async () => {
      const draft = await storyIds(newsroom, 'harbor-plan-2')
      expect(await find(idOf('OfficialStatement', NOBODY), draft.id)).toBeNull()
      expect(await find((await file()).statement.id, idOf('Story', NOBODY))).toBeNull()
    })
  })
})
