import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may, STAFF_ROLES, type StaffRole } from '../../src/access/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createStory, doWhatIsDue } from '../../src/stories/index.js'
import { STORY_ACTIONS, STORY_STATES, TRANSITIONS, type Action, type State } from '../../src/stories/transitions.js'
import { story } from '../support/documents.js'
import { TestNewsroom, type Answer } from '../support/newsroom.js'

const draft = (n: number | string) => {
  const { publication: _published, ...document } = story(n)
  return document
}
const FIELDS = 'story { id slug state version revision { number } } errors { code message path }'
const MUTATIONS: Partial<Record<Action, string>> = {
  PUBLISH: 'publishStory', UPDATE: 'updateStory', CORRECT: 'correctStory', CLARIFY: 'clarifyStory', SCHEDULE: 'scheduleStory', UNSCHEDULE: 'unscheduleStory', EMBARGO: 'embargoStory', LIFT_EMBARGO: 'liftEmbargo',
  HOLD: 'holdStory', WITHDRAW: 'withdrawStory', KILL: 'killStory', UNPUBLISH: 'unpublishStory', RESTORE: 'restoreStory',
}
const INPUT: Partial<Record<Action, string>> = {
  CORRECT: 'CorrectStoryInput', CLARIFY: 'CorrectStoryInput', SCHEDULE: 'ScheduleStoryInput', EMBARGO: 'EmbargoStoryInput', LIFT_EMBARGO: 'LiftEmbargoInput', HOLD: 'RemoveStoryInput', WITHDRAW: 'RemoveStoryInput', KILL: 'RemoveStoryInput', UNPUBLISH: 'RemoveStoryInput',
}
const MORE: Partial<Record<Action, object>> = { CORRECT: { explanation: 'It said spring; it is autumn.' }, CLARIFY: { explanation: 'Berth 4 is the western one.' }, SCHEDULE: { at: '2026-03-11T00:00:00Z' }, EMBARGO: { until: '2026-03-12T00:00:00Z' }, LIFT_EMBARGO: { reason: 'AGREED' } }

describe('the newsroom contract', () => {
  let newsroom: TestNewsroom
  let count = 0
  const mutate = async (mutation: string, type: string, input: object, role: StaffRole = 'EDITOR') => {
    const answer: Answer = await newsroom.readAsStaff(`mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${FIELDS} } }`, { input }, role)
    expect(answer.errors).toBeUndefined()
    return answer.data!['answer'] as { story: { id: string; slug: string; state: string; version: number; revision: { number: number } } | null; errors: { code: string; message: string; path: string | null }[] }
  }
  const act = (action: Action, storyId: string, more: object = {}, role: StaffRole = 'EDITOR') => mutate(MUTATIONS[action]!, INPUT[action] ?? 'StoryActionInput', { storyId, ...MORE[action], ...more }, role)
  const create = async (document: object = draft(`w${++count}`)) => (await mutate('createStory', 'CreateStoryInput', { document })).story!
  const save = (storyId: string, expectedRevision: number, document: object, more: object = {}, role: StaffRole = 'EDITOR') => mutate('saveRevision', 'SaveRevisionInput', { storyId, expectedRevision, document, ...more }, role)
  const codes = (answer: { errors: { code: string }[] }) => answer.errors.map((error) => error.code)
  /** A fresh story in a state. */
  const inState = async (state: State) => {
    const document = draft(`s${++count}`)
    const { id } = await create(document)
    const way: Record<State, Action[]> = { DRAFT: [], PUBLISHED: ['PUBLISH'], HELD: ['PUBLISH', 'HOLD'], WITHDRAWN: ['PUBLISH', 'WITHDRAW'], KILLED: ['PUBLISH', 'KILL'], UNPUBLISHED: ['PUBLISH', 'UNPUBLISH'] }
    for (const action of way[state]) expect(codes(await act(action, id, {}, 'STANDARDS_EDITOR'))).toEqual([])
    return { id, document }
  }

  beforeAll(async () => {
    newsroom = await TestNewsroom.open()
  })
  afterAll(() => newsroom.close())

  describe('does what the transition table says, and nothing else:', () => {
    for (const state of STORY_STATES) {
      for (const action of STORY_ACTIONS.filter((name) => name !== 'SAVE')) {
        const next = TRANSITIONS[action][state]
        it(`${action} of a ${state} story ${next ? `leads to ${next}` : 'is refused'}`, async () => {
          const { id, document } = await inState(state)
          if (next && (action === 'UPDATE' || action === 'CORRECT' || action === 'CLARIFY')) expect(codes(await save(id, 1, document))).toEqual([])
          if (next && action === 'LIFT_EMBARGO') {
            if (state !== 'DRAFT') {
              expect(codes(await act(action, id))).toEqual(['NO_EMBARGO'])
              return
            }
            expect(codes(await act('EMBARGO', id))).toEqual([])
          }
          const answer = await act(action, id, {}, 'ADMIN')
          expect(codes(answer)).toEqual(next ? [] : ['WRONG_STATE'])
          expect(answer.story!.state).toBe(next ?? state)
        })
      }
    }

    it.each(STORY_ACTIONS.filter((name) => name !== 'SAVE'))('%s is for its roles alone', async (action) => {
      const { id } = await inState((Object.keys(TRANSITIONS[action]) as State[])[0]!)
      const before = await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { state version revision { number } } } }`)
      for (const role of STAFF_ROLES) {
        if (may(role, action)) continue
        expect(codes(await act(action, id, {}, role)), role).toEqual(['FORBIDDEN'])
      }
      expect(await newsroom.readAsStaff(`{ node(id: "${id}") { ... on Story { state version revision { number } } } }`)).toEqual(before)
    })
  })

  it('creates a draft that the public does not see, saves revisions, publishes, and updates', async () => {
    const document = draft('day')
    const { id, state, revision } = await create(document)
    expect([state, revision.number]).toEqual(['DRAFT', 1])
    expect((await newsroom.read(`{ node(id: "${id}") { id } }`)).data).toEqual({ node: null })
    expect((await save(id, 1, { ...document, urgency: 2 })).story!.revision.number).toBe(2)
    expect((await act('PUBLISH', id)).story).toMatchObject({ state: 'PUBLISHED', version: 1 })
    expect((await newsroom.read('{ story(slug: "harbor-plan-day") { urgency version } }')).data).toEqual({ story: { urgency: 2, version: 1 } })
    await save(id, 2, { ...document, urgency: 7 })
    expect((await newsroom.read('{ story(slug: "harbor-plan-day") { urgency version } }')).data).toEqual({ story: { urgency: 2, version: 1 } })
    expect(codes(await act('UPDATE', id, { expectedRevision: 3 }))).toEqual([])
    expect((await newsroom.read('{ story(slug: "harbor-plan-day") { urgency version } }')).data).toEqual({ story: { urgency: 7, version: 2 } })
    expect(codes(await act('UPDATE', id))).toEqual(['ALREADY_PUBLIC'])
  })

  it('tells the second of two who save the same revision, and loses nothing (I8)', async () => {
    const document = draft('conflict')
    const { id } = await create(document)
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => save(id, 1, { ...document, slugline: `SAVE ${index}` })))
    const won = answers.filter((answer) => answer.errors.length === 0)
    expect(won).toHaveLength(1)
    for (const answer of answers.filter((entry) => entry !== won[0])) {
      expect(codes(answer)).toEqual(['CONFLICT'])
      expect(answer.story!.revision.number).toBe(2)
    }
  }, 60_000)

  it('lets an autosave take the place of the one before, without writing unchanged paragraphs again', async () => {
    const document = draft('auto')
    const { id } = await create(document)
    expect((await save(id, 1, { ...document, slugline: 'A' }, { autosave: true })).story!.revision.number).toBe(2)
    const edited = { ...document, paragraphs: document.paragraphs.map((paragraph, index) => (index === 6 ? { ...paragraph, text: 'The harbor at dawn 🌅.' } : paragraph)) }
    const statements = await newsroom.statementsOf(() => save(id, 2, edited, { autosave: true }))
    expect(statements.filter((text) => text.includes('INSERT INTO "Paragraph"'))).toHaveLength(1)
    const revisions = await (await newsroom.database.prisma()).revision.findMany({ where: { story: { slug: 'harbor-plan-auto' } }, include: { paragraphs: { orderBy: { index: 'asc' } }, _count: { select: { attributions: true, quotes: true } } }, orderBy: { number: 'asc' } })
    expect(revisions.map((revision) => revision.number)).toEqual([1, 3])
    expect(revisions[1]!.paragraphs.at(-1)!.text).toBe('The harbor at dawn 🌅.')
    expect(revisions[1]!._count).toEqual(revisions[0]!._count)
    const [before, after] = await Promise.all(revisions.map(async (revision) => (await newsroom.database.prisma()).textRange.count({ where: { revisionId: revision.id } })))
    expect(before).toBeGreaterThan(5)
    expect(after).toBe(before)
    expect((await save(id, 3, document)).story!.revision.number).toBe(4)
    expect((await save(id, 4, { ...document, slugline: 'B' }, { autosave: true }, 'REPORTER')).story!.revision.number).toBe(5)
    expect(await (await newsroom.database.prisma()).revision.count({ where: { story: { slug: 'harbor-plan-auto' } } })).toBe(4)
  })

  it('does a change once for an idempotency key', async () => {
    const document = draft('once')
    let first: Awaited<ReturnType<typeof mutate>> | undefined
    const statements = await newsroom.statementsOf(async () => { first = await mutate('createStory', 'CreateStoryInput', { document, idempotencyKey: 'k1' }) })
    expect(statements.filter((text) => !/^(BEGIN|COMMIT)$|"StaffToken"/.test(text))).toHaveLength(3)
    expect(await mutate('createStory', 'CreateStoryInput', { document, idempotencyKey: 'k1' })).toEqual(first)
    expect(codes(await mutate('createStory', 'CreateStoryInput', { document: draft('other'), idempotencyKey: 'k1' }))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    expect(codes(await mutate('createStory', 'CreateStoryInput', { document }))).toEqual(['SLUG_TAKEN'])
    const { id } = first!.story!
    const answers = await Promise.all(Array.from({ length: 10 }, () => act('PUBLISH', id, { idempotencyKey: 'k2' })))
    for (const answer of answers) expect([codes(answer), answer.story!.version]).toEqual([[], 1])
    // A refused change does not use its key up.
    expect(codes(await act('SCHEDULE', id, { idempotencyKey: 'k3' }))).toEqual(['WRONG_STATE'])
    expect(codes(await act('HOLD', id, { idempotencyKey: 'k3' }))).toEqual([])
    // Keys of different people are different.
    expect(codes(await mutate('createStory', 'CreateStoryInput', { document: draft('else'), idempotencyKey: 'k1' }, 'REPORTER'))).toEqual([])
  })

  it('publishes a correction with its story: what was wrong, where, and what is right', async () => {
    const document = draft('wrong')
    const { id } = await create(document)
    await act('PUBLISH', id)
    await save(id, 1, { ...document, paragraphs: [...document.paragraphs, { role: 'CORRECTION', text: 'An earlier version misstated the season.' }] })
    const wrong = { paragraph: 3, start: document.paragraphs[3]!.text.indexOf('spring'), end: document.paragraphs[3]!.text.indexOf('spring') + 6 }
    expect(codes(await act('CORRECT', id, { explanation: ' ' }))).toEqual(['REASON_MISSING'])
    expect(codes(await act('CORRECT', id, { wrong: { ...wrong, end: 900 } }))).toEqual(['RANGE_WRONG'])
    expect(codes(await act('CORRECT', id, { wrong: { ...wrong, exact: 'autumn' } }))).toEqual(['RANGE_WRONG'])
    expect(codes(await act('CORRECT', id, { wrong, right: { paragraph: 7, start: 0, end: 40 } }))).toEqual([])
    const { data } = await newsroom.read('{ story(slug: "harbor-plan-wrong") { version corrections { kind version wrongSince explanation wrong right at } } }')
    expect(data!['story']).toMatchObject({ version: 2, corrections: [{ kind: 'CORRECTION', version: 2, wrongSince: 1, explanation: 'It said spring; it is autumn.', wrong: 'spring', right: 'An earlier version misstated the season.' }] })
  })

  it('takes an idempotency key of 200 characters, and none that is longer', async () => {
    const { id } = await create()
    const publish = (idempotencyKey: string) => newsroom.readAsStaff('mutation ($input: StoryActionInput!) { publishStory(input: $input) { errors { code } } }', { input: { storyId: id, idempotencyKey } })
    expect((await publish('k'.repeat(201))).errors).toMatchObject([{ message: expect.stringContaining('longer than 200'), extensions: { code: 'BAD_USER_INPUT' } }])
    expect((await publish('k'.repeat(200))).data).toEqual({ publishStory: { errors: [] } })
  })

  it.each([
    ['CORRECT', 'explanation'], ['CLARIFY', 'explanation'], ['EMBARGO', 'terms'], ['LIFT_EMBARGO', 'outlet'], ['LIFT_EMBARGO', 'url'], ['HOLD', 'advisory'], ['HOLD', 'reason'], ['WITHDRAW', 'advisory'], ['KILL', 'advisory'], ['KILL', 'reason'], ['UNPUBLISH', 'reason'],
  ] as const)('takes no words for %s, as its %s, that no document may hold, nor without end', async (action, path) => {
    const { id } = await inState(action === 'EMBARGO' ? 'DRAFT' : 'PUBLISHED')
    const before = (await newsroom.readAsStaff('query ($id: ID!) { node(id: $id) { ... on Story { version state } } }', { id })).data
    for (const [words, what] of [['half \uD83D', 'half of a surrogate pair at offset 5'], ['a\u0001b', 'U+0001 at offset 1'], ['x'.repeat(10_001), 'is longer than']] as const) {
      expect((await act(action, id, { reason: action === 'LIFT_EMBARGO' ? 'BROKEN' : undefined, [path]: words }, 'STANDARDS_EDITOR')).errors).toEqual([{ code: 'INVALID', message: expect.stringContaining(`${path} `), path }])
      expect((await act(action, id, { reason: action === 'LIFT_EMBARGO' ? 'BROKEN' : undefined, [path]: words }, 'STANDARDS_EDITOR')).errors[0]!.message).toContain(what)
    }
    if (path === 'url') for (const url of ['javascript:alert(1)', 'over there']) expect((await act(action, id, { reason: 'BROKEN', outlet: 'Rival', url })).errors).toEqual([{ code: 'INVALID', message: 'url is not an http or https address.', path: 'url' }])
    expect((await newsroom.readAsStaff('query ($id: ID!) { node(id: $id) { ... on Story { version state } } }', { id })).data).toEqual(before)
  })

  it('kills a story with its translations and posts, for good, and tells those who could have seen it', async () => {
    const { id } = await create(draft('kill'))
    await act('PUBLISH', id)
    for (const [slug, link] of [['kill-translated', 'translationOf'], ['kill-post', 'parent']] as const) await act('PUBLISH', (await create({ ...draft(slug), [link]: 'harbor-plan-kill' })).id)
    await act('PUBLISH', (await create({ ...draft('kill-post-translated'), translationOf: 'harbor-plan-kill-post' })).id)
    const unseen = await create({ ...draft('kill-draft'), translationOf: 'harbor-plan-kill' })
    await act('PUBLISH', (await create(draft('kill-better'))).id)
    expect(codes(await act('KILL', id, { advisory: 'The plan never existed.', reason: 'CANARY-REASON', replacedBy: 'harbor-plan-kill-better', expectedRevision: 99 }))).toEqual([])
    for (const slug of ['kill', 'kill-translated', 'kill-post', 'kill-post-translated']) {
      const { data } = await newsroom.read(`{ story(slug: "harbor-plan-${slug}") { id } tombstone(slug: "harbor-plan-${slug}") { reason removedAt advisory replacedBy { slug } } }`)
      expect(data, slug).toEqual({ story: null, tombstone: { reason: 'KILLED', removedAt: '2026-03-10T12:00:00.000Z', advisory: 'The plan never existed.', replacedBy: { slug: 'harbor-plan-kill-better' } } })
    }
    expect((await newsroom.read('{ tombstone(slug: "harbor-plan-kill-draft") { reason } }')).data).toEqual({ tombstone: null })
    expect((await newsroom.read('{ tombstone(slug: "harbor-plan-kill-better") { reason } }')).data).toEqual({ tombstone: null })
    expect((await newsroom.readAsStaff(`{ node(id: "${unseen.id}") { ... on Story { state } } }`)).data).toEqual({ node: { state: 'DRAFT' } })
    expect(codes(await save(id, 1, draft('kill')))).toEqual(['WRONG_STATE'])
  })

  it('lets no translation or post of a killed story come out any more: its schedule is taken back, and it can be neither published nor scheduled', async () => {
    const { id } = await create(draft('over'))
    await act('PUBLISH', id)
    const drafts = []
    for (const [slug, link, to] of [['over-translated', 'translationOf', 'over'], ['over-post', 'parent', 'over'], ['over-post-translated', 'translationOf', 'over-post']] as const) drafts.push(await create({ ...draft(slug), [link]: `harbor-plan-${to}` }))
    for (const each of drafts) expect(codes(await act('SCHEDULE', each.id))).toEqual([])
    // What was scheduled is not what the draft has become.
    expect(codes(await save(drafts[0]!.id, 1, draft('over-translated')))).toEqual([])
    expect(codes(await act('KILL', id))).toEqual([])
    const scheduledFor = async ({ id: draftId }: { id: string }) => (await newsroom.readAsStaff('query ($id: ID!) { node(id: $id) { ... on Story { scheduledFor } } }', { id: draftId })).data!['node'].scheduledFor
    for (const each of drafts) expect(await scheduledFor(each)).toBeNull()
    for (const each of drafts.slice(1)) {
      for (const action of ['PUBLISH', 'SCHEDULE'] as const) expect((await act(action, each.id)).errors, each.slug).toEqual([{ code: 'WRONG_STATE', message: `"${each.slug}" belongs to "harbor-plan-over", which is killed, its translations and posts with it. Save a revision that stands by itself first.`, path: null }])
    }
    // One that fell due all the same is looked at once more.
    const { id: revisionId } = await (await newsroom.database.prisma()).revision.findFirstOrThrow({ where: { story: { slug: 'harbor-plan-over-post' } } })
    await (await newsroom.database.prisma()).story.update({ where: { slug: 'harbor-plan-over-post' }, data: { scheduledFor: new Date('2026-03-11T00:00:00Z'), scheduledRevisionId: revisionId } })
    expect(await doWhatIsDue(newsroom.database, new Date('2026-03-11T00:00:00Z'), newsroom.sources.newId)).toMatchObject({ refused: 1 })
    expect(await scheduledFor(drafts[1]!)).toBeNull()
    // Nor does one that was published elsewhere come in.
    const late = (more: object) => createStory(newsroom.database, storyDocumentOf({ ...story('over-late'), ...more }), newsroom.sources)
    for (const link of ['translationOf', 'parent']) {
      expect(await late({ [link]: 'harbor-plan-over' })).toEqual({ ok: false, problems: [{ path: link, code: 'KILLED_STORY', message: 'names "harbor-plan-over", which is killed, its translations and posts with it; leave "publication" out to store a draft, or leave this out' }] })
    }
    expect(await late({ evolvedFrom: 'harbor-plan-over' })).toMatchObject({ ok: true })
    // On its own it may come out.
    expect(codes(await act('PUBLISH', drafts[0]!.id))).toEqual([])
    expect(codes(await save(drafts[2]!.id, 1, draft('over-post-translated')))).toEqual([])
    expect(codes(await act('PUBLISH', drafts[2]!.id))).toEqual([])
  })

  it('gives no tombstone of a story that was removed before its embargo ended', async () => {
    const { id } = await create(draft('early'))
    await act('EMBARGO', id)
    await act('PUBLISH', id)
    await act('KILL', id)
    expect((await newsroom.read('{ tombstone(slug: "harbor-plan-early") { reason } }')).data).toEqual({ tombstone: null })
  })

  it('holds a published story back until its embargo ends, or until somebody lifts it', async () => {
    for (const [n, until] of [['dated', '2026-03-12T00:00:00Z'], ['open', null]] as const) {
      const { id } = await create(draft(n))
      expect(codes(await act('EMBARGO', id, { until, terms: 'as agreed' }))).toEqual([])
      await act('PUBLISH', id)
      const seen = async () => (await newsroom.read(`{ story(slug: "harbor-plan-${n}") { slug } }`)).data!['story'] !== null
      expect(await seen()).toBe(false)
      if (until) {
        newsroom.now = new Date('2026-03-12T00:00:00Z')
        expect(await seen()).toBe(true)
        newsroom.now = new Date('2026-03-10T12:00:00Z')
        expect(await seen()).toBe(false)
      }
      expect(codes(await act('LIFT_EMBARGO', id, { reason: 'BROKEN', outlet: 'Bay Ledger', url: 'https://example.org' }))).toEqual([])
      expect(await seen()).toBe(true)
      expect(codes(await act('LIFT_EMBARGO', id))).toEqual(['NO_EMBARGO'])
    }
  })

  it('refuses instants in the past, stories that are not there and documents that are wrong, with the reason', async () => {
    const { id } = await create()
    expect(codes(await act('SCHEDULE', id, { at: '2026-03-10T11:59:59Z' }))).toEqual(['TIME_IN_THE_PAST'])
    expect(codes(await act('EMBARGO', id, { until: '2026-03-10T12:00:00Z' }))).toEqual(['TIME_IN_THE_PAST'])
    expect(codes(await act('PUBLISH', Buffer.from('Story:00000000-0000-4000-8000-000000000000').toString('base64url')))).toEqual(['NOT_FOUND'])
    expect((await save(id, 1, { ...draft('x'), slug: 'another' })).errors[0]).toMatchObject({ code: 'SLUG_CHANGED' })
    const wrong = await save(id, 1, { ...draft(`w${count}`), attributions: [{ key: 'a1', speech: 'DIRECT', content: [{ paragraph: 0, start: 0, end: 9_999 }] }] })
    expect(wrong.errors[0]).toMatchObject({ code: 'INVALID_DOCUMENT', path: 'attributions[0].content[0]' })
    expect((await save(id, 1, { ...draft(`w${count}`), evolvedFrom: 'nowhere' })).errors[0]).toMatchObject({ code: 'UNKNOWN_STORY', path: 'evolvedFrom' })
    expect(codes(await act('HOLD', (await inState('PUBLISHED')).id, { replacedBy: 'nowhere' }))).toEqual(['UNKNOWN_STORY'])
    expect((await mutate('createStory', 'CreateStoryInput', { document: draft('preview') }, 'PREVIEW')).errors[0]).toMatchObject({ code: 'FORBIDDEN' })
    expect((await newsroom.readAsStaff('mutation { publishStory(input: {storyId: "nonsense"}) { errors { code } } }')).errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('records each publication event once, in the order of commits, and nothing of drafts', async () => {
    const before = await (await newsroom.database.prisma()).storyEvent.count()
    const stories = await Promise.all(Array.from({ length: 10 }, () => create()))
    expect(await (await newsroom.database.prisma()).storyEvent.count()).toBe(before)
    await Promise.all(stories.map(({ id }) => act('PUBLISH', id)))
    await Promise.all(stories.slice(0, 5).map(({ id }) => act('HOLD', id)))
    await act('RESTORE', stories[0]!.id)
    const events = await (await newsroom.database.prisma()).storyEvent.findMany({ where: { story: { slug: stories[0]!.slug } }, orderBy: { seq: 'asc' } })
    expect(events.map((event) => [event.kind, event.version])).toEqual([['PUBLISHED', 1], ['HELD', 1], ['RESTORED', 1]])
    expect(await (await newsroom.database.prisma()).storyEvent.count()).toBe(before + 16)
  })
})
