import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemas } from '../../src/graphql/schemas.js'
import { story } from '../support/documents.js'
import { TestNewsroom } from '../support/newsroom.js'
import { walk } from '../support/schema-walk.js'
import { ask, codes, draftOf, idOf, NOBODY, run, storyIds, type StoryIds } from './desk.js'

describe('a challenge', () => {
  let newsroom: TestNewsroom
  let disputed: StoryIds
  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
    await newsroom.add(story(1), story(2), draftOf(story(3)))
    disputed = await storyIds(newsroom, 'harbor-plan-1')
  })
  afterAll(() => newsroom.close())
  const open = (change: object = {}, role?: 'REPORTER' | 'PREVIEW') => run(newsroom, 'openChallenge', { storyId: disputed.id, quoteId: disputed.quotes[0], complainant: 'CANARY-COMPLAINANT', complaint: 'I said pier, not berth.', ...change }, role)
  const resolve = (challengeId: string, change: object, role?: 'REPORTER' | 'PREVIEW') => run(newsroom, 'resolveChallenge', { challengeId, explanation: 'We listened to the tape.', ...change }, role)

  it('keeps who disputes which words, with what evidence, and changes nothing of the story', async () => {
    const { challenge, errors } = await open({ evidence: [{ note: 'her own tape', url: 'https://tape.example/1' }, { note: 'CANARY-EVIDENCE' }] }, 'REPORTER')
    expect(errors).toEqual([])
    expect(challenge).toMatchObject({ words: 'We will build berth 1', revision: 1, complainant: 'CANARY-COMPLAINANT', evidence: [{ note: 'her own tape', url: 'https://tape.example/1' }, { note: 'CANARY-EVIDENCE', url: null }], outcome: null, openedBy: 'reporter' })
    expect(await storyIds(newsroom, 'harbor-plan-1')).toEqual(disputed)
    const { data } = await newsroom.readAsStaff(`{ story(slug: "harbor-plan-1") { quotes { standing challenges { id story { slug } quote { id } } } } challenges(open: true, storyId: "${disputed.id}") { nodes { id } } }`)
    expect(data).toEqual({ story: { quotes: [{ standing: 'STANDS', challenges: [{ id: challenge.id, story: { slug: 'harbor-plan-1' }, quote: { id: disputed.quotes[0] } }] }, { standing: 'STANDS', challenges: [] }] }, challenges: { nodes: [{ id: challenge.id }] } })
  })

  it('is in no answer of the public contract', async () => {
    const twin = await TestNewsroom.open()
    await twin.add(story(1), story(2), draftOf(story(3)))
    const roots = { story: 'slug: "harbor-plan-1"', tombstone: 'slug: "x"', person: 'key: "ada-quill"', organization: 'key: "port"', topic: 'code: "medtop:04000000"', journalist: 'key: "sam-reyes"', search: 'query: "harbor"', node: `id: "${disputed.quotes[0]}"`, nodes: `ids: ["${disputed.id}"]` }
    for (const { path, query } of walk(schemas().PUBLIC, roots)) expect(await newsroom.bytes(query(100)), path).toBe(await twin.bytes(query(100)))
    await twin.close()
  }, 60_000)

  it('is opened once by the same complainant while it is open, also by twenty at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => open({ complainant: n % 2 ? 'Port press office' : ' PORT PRESS OFFICE', quoteId: disputed.quotes[1] })))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['ALREADY_OPEN']))
    expect(new Set(answers.map((answer) => answer.challenge.id)).size).toBe(1)
  }, 60_000)

  it('leads to nothing once, for whichever of twenty editors is first', async () => {
    const { id } = (await open({ complainant: 'Nobody in particular' })).challenge
    const answers = await Promise.all(Array.from({ length: 20 }, () => resolve(id, { outcome: 'NO_CHANGE' })))
    expect(answers.filter((answer) => answer.errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['ALREADY_RESOLVED']))
    expect(new Set(answers.map((answer) => answer.challenge.outcome))).toEqual(new Set(['NO_CHANGE']))
    expect((await open({ complainant: 'Nobody in particular' })).errors).toEqual([])
  }, 60_000)

  it('leads to a correction or clarification that is published, and to none that is not', async () => {
    const { id, revision, quotes } = await storyIds(newsroom, 'harbor-plan-2')
    const { challenge } = await open({ storyId: id, quoteId: quotes[0] })
    expect((await resolve(challenge.id, { outcome: 'CORRECTION', version: 2 })).errors).toMatchObject([{ code: 'CORRECTION_MISSING', path: 'version' }])
    expect(codes(await resolve(challenge.id, { outcome: 'CORRECTION' }))).toEqual(['CORRECTION_MISSING'])
    const { document } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { document } }')).data!['story']
    await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { code } } }', { input: { storyId: id, expectedRevision: revision, document: { ...document, urgency: 2 } } })
    const corrected = await newsroom.readAsStaff('mutation ($input: CorrectStoryInput!) { correctStory(input: $input) { story { version } errors { code } } }', { input: { storyId: id, explanation: 'It is pier 2.' } })
    expect(corrected.data!['correctStory']).toEqual({ story: { version: 2 }, errors: [] })
    expect(codes(await resolve(challenge.id, { outcome: 'CLARIFICATION', version: 2 }))).toEqual(['CORRECTION_MISSING'])
    expect(codes(await resolve(challenge.id, { outcome: 'NO_CHANGE', version: 2 }))).toEqual(['INVALID'])
    expect(await resolve(challenge.id, { outcome: 'CORRECTION', version: 2 })).toMatchObject({ errors: [], challenge: { outcome: 'CORRECTION', version: 2, explanation: 'We listened to the tape.', resolvedBy: 'editor' } })
  })

  it.each([
    [{ storyId: idOf('Story', NOBODY) }, 'NOT_FOUND', 'storyId'], [{ quoteId: idOf('Quote', NOBODY) }, 'UNKNOWN_QUOTE', 'quoteId'], [{ complainant: ' ' }, 'INVALID', 'complainant'], [{ complaint: '' }, 'INVALID', 'complaint'], [{ complaint: 'x'.repeat(10_001) }, 'INVALID', 'complaint'],
    [{ evidence: [{}] }, 'INVALID', 'evidence[0]'], [{ evidence: [{ url: 'ftp://x' }] }, 'INVALID', 'evidence[0].url'], [{ evidence: Array.from({ length: 51 }, () => ({ note: 'x' })) }, 'INVALID', 'evidence'],
  ])('is not opened with %j', async (change, code, path) => {
    const before = await (await newsroom.database.prisma()).challenge.count()
    expect(await open({ complainant: 'Somebody', ...change })).toMatchObject({ challenge: null, errors: [{ code, path }] })
    expect(await (await newsroom.database.prisma()).challenge.count()).toBe(before)
  })

  it('is not of a quote of another story, is not for those who may not, and takes no id or outcome of another kind', async () => {
    const other = await storyIds(newsroom, 'harbor-plan-3')
    expect(codes(await open({ quoteId: other.quotes[0] }))).toEqual(['UNKNOWN_QUOTE'])
    expect(codes(await open({}, 'PREVIEW'))).toEqual(['FORBIDDEN'])
    const { id } = (await open({ storyId: other.id, quoteId: other.quotes[0] })).challenge
    for (const role of ['PREVIEW', 'REPORTER'] as const) expect(codes(await resolve(id, { outcome: 'NO_CHANGE' }, role))).toEqual(['FORBIDDEN'])
    expect(codes(await resolve(id, { outcome: 'NO_CHANGE', explanation: '' }))).toEqual(['INVALID'])
    expect(codes(await resolve(idOf('Challenge', NOBODY), { outcome: 'NO_CHANGE' }))).toEqual(['NOT_FOUND'])
    for (const change of [{ challengeId: other.id }, { outcome: 'SHRUG' }]) expect((await ask(newsroom, 'resolveChallenge', { challengeId: id, outcome: 'NO_CHANGE', explanation: 'x', ...change })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
    expect((await ask(newsroom, 'openChallenge', { storyId: other.id, quoteId: other.id, complainant: 'x', complaint: 'x' })).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('can be opened and decided when the story is killed, and outlives the quote', async () => {
    await newsroom.readAsStaff(`mutation { killStory(input: {storyId: "${disputed.id}"}) { errors { code } } }`)
    const { challenge, errors } = await open({ complainant: 'Late' })
    expect(errors).toEqual([])
    expect(codes(await resolve(challenge.id, { outcome: 'NO_CHANGE' }))).toEqual([])
    const draft = await storyIds(newsroom, 'harbor-plan-3')
    const { id } = (await open({ storyId: draft.id, quoteId: draft.quotes[1], complainant: 'Early' })).challenge
    const { document } = (await newsroom.readAsStaff('{ story(slug: "harbor-plan-3") { document } }')).data!['story']
    await newsroom.readAsStaff('mutation ($input: SaveRevisionInput!) { saveRevision(input: $input) { errors { code } } }', { input: { storyId: draft.id, expectedRevision: draft.revision, document: { ...document, quotes: document.quotes.slice(0, 1) } } })
    const { nodes } = (await newsroom.readAsStaff(`{ challenges(storyId: "${draft.id}", first: 50) { nodes { id words quote { id } } } }`)).data!['challenges']
    expect(nodes).toContainEqual({ id, words: 'The plan is sound', quote: null })
  })
})
