import { issueStaffToken } from '../../src/access/index.js'
import { act } from '../../src/stories/index.js'
import type { StoryDocumentInput } from '../../src/document/index.js'
import { mutationOf } from '../access/samples.js'
import { agreement, approval, harbor } from '../agreements/desk.js'
import { draftOf, idOf, run, storyIds } from '../statements/desk.js'
import { story } from '../support/documents.js'
import type { TestNewsroom } from '../support/newsroom.js'
import { waiveErrors } from '../support/waivers.js'
import { weakStory } from '../support/weak-story.js'
import { TestVault } from '../vault/people.js'

/** What everybody may read: three stories, one of them corrected, and one that was killed. */
export const OPEN: readonly StoryDocumentInput[] = [
  story(1), story(2, { evolvedFrom: 'harbor-plan-1', parent: 'harbor-plan-1', translationOf: 'harbor-plan-1' }), story(3, { publication: { firstPublishedAt: '2026-03-03T12:00:00Z' } }), story('killed', { desk: 'World' }),
]
const ADMIN = { name: 'admin', role: 'ADMIN' } as const

/** Corrects one of the open stories and kills one, at either newsroom alike. */
export async function happenings(newsroom: TestNewsroom): Promise<void> {
  const { id: storyId, revision } = await storyIds(newsroom, 'harbor-plan-3')
  await done(newsroom, 'editParagraphs', { storyId, expectedRevision: revision, edits: [{ at: 6, remove: 0, insert: [{ text: 'The vote is on Monday.' }] }] })
  await done(newsroom, 'editEntries', { storyId, expectedRevision: revision + 1, edits: [{ collection: 'QUOTES', key: 'q1', entry: null }] })
  await done(newsroom, 'correctStory', { storyId, explanation: 'We had left out the vote.' })
  await act(newsroom.database, { slug: 'harbor-plan-killed' }, 'KILL', ADMIN, { removal: { advisory: 'The plan was never filed.' } }, newsroom.now, newsroom.newId)
}

const EMBARGO = { firstPublishedAt: '2026-03-02T12:00:00Z', embargoedUntil: '2026-04-01T00:00:00Z' }
/** Stories under embargo, which touch everything that the open ones touch. */
export const EMBARGOED: readonly StoryDocumentInput[] = [
  story('embargo', { slug: 'secret-embargo', evolvedFrom: 'harbor-plan-1', publication: EMBARGO }), story('later', { slug: 'secret-later', translationOf: 'harbor-plan-2', parent: 'harbor-plan-1', storyline: 'secret-line', publication: EMBARGO }),
]

/** A draft that touches everything that the open stories touch, with people, a body, a topic and a writer of its own. */
export function secretDraft(slug: string): StoryDocumentInput {
  const draft = draftOf(story(slug))
  return {
    ...draft, slug, evolvedFrom: 'harbor-plan-1', translationOf: 'harbor-plan-1', parent: 'harbor-plan-1', topics: [...draft.topics!, { code: 'medtop:16000000', name: 'secret war' }],
    people: [...draft.people!, { key: 'secret-person', name: 'Secret Person' }], organizations: [...draft.organizations!, { key: 'secret-body', name: 'Secret Body' }],
    sources: [...draft.sources!, { key: 'sp', kind: 'PERSON', person: 'secret-person' }, { key: 'so', kind: 'ORGANIZATION', organization: 'secret-body' }],
    attributions: [...draft.attributions!, { key: 'a9', source: 'sp', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 6 }] }, { key: 'b1', source: 'so', speech: 'INDIRECT', content: [{ paragraph: 0, start: 0, end: 6 }] }],
    journalists: [...draft.journalists!, { key: 'secret-writer', name: 'Secret Writer' }], bylines: [{ journalist: 'secret-writer' }, { journalist: 'sam-reyes' }],
  }
}

/** Everything that the public contract must not show a trace of, but for stories under embargo. */
export async function hide(newsroom: TestNewsroom): Promise<void> {
  for (const role of ['PREVIEW', 'LAWYER', 'REPORTER', 'STANDARDS_EDITOR', 'ADMIN'] as const) await newsroom.token(role)
  await newsroom.add(secretDraft('secret-draft'), weakStory('secret-weak'), harbor('secret-agreed'), proposed('secret-text'))
  await unseen(newsroom)
  await held(newsroom)
  const later = await storyIds(newsroom, 'secret-weak')
  await waiveErrors(newsroom, later.id)
  await done(newsroom, 'scheduleStory', { storyId: later.id, expectedRevision: later.revision, at: '2030-01-01T00:00:00Z' })
  await agreed(newsroom)
  await disputed(newsroom)
  for (const [into, from] of [['secret-person', 'ada-quill'], ['secret-body', 'port']] as const) {
    const type = into === 'secret-person' ? 'Person' : 'Organization'
    await done(newsroom, type === 'Person' ? 'mergePeople' : 'mergeOrganizations', { intoId: idOf(type, into), fromId: idOf(type, from) })
  }
  await newsroom.partnerKey({ embargoAccess: 'ADVANCE' }, 'Secret Gazette')
  await newsroom.changeContract({ desks: ['World'] }, 'Secret Gazette')
  const vault = new TestVault(newsroom)
  await vault.record(await vault.person('Vera', { role: 'EDITOR' }))
}

/** A draft that was read out of a text, and that nobody has confirmed. */
function proposed(slug: string): StoryDocumentInput {
  const draft = draftOf(story(slug))
  return { ...draft, slug, attributions: draft.attributions!.map((entry) => ({ ...entry, confirmed: false, proposal: { rule: 'according-to', confidence: 0.5 } })) }
}

/** A story that was killed before its embargo ended: whoever could not see it finds no tombstone. */
async function unseen(newsroom: TestNewsroom): Promise<void> {
  await newsroom.add(story('unseen', { slug: 'secret-unseen', publication: EMBARGO }))
  await act(newsroom.database, { slug: 'secret-unseen' }, 'KILL', ADMIN, { removal: { advisory: 'A secret advisory.' } }, newsroom.now, newsroom.newId)
}

/** A revision of an open story that was saved and not published: other words, people, topics, sources. */
async function held(newsroom: TestNewsroom): Promise<void> {
  const { id: storyId, revision } = await storyIds(newsroom, 'harbor-plan-1')
  const { slug: _slug, ...secret } = secretDraft('harbor-plan-1')
  await done(newsroom, 'saveRevision', { storyId, expectedRevision: revision, document: { ...secret, slug: 'harbor-plan-1', evolvedFrom: undefined, translationOf: undefined, parent: undefined, desk: 'World', urgency: 1, storyline: 'secret-line' } })
}

async function agreed(newsroom: TestNewsroom): Promise<void> {
  const { data } = await newsroom.readAsStaff('{ story(slug: "harbor-plan-2") { id sources { key kind } } }')
  const on = { storyId: data!['story'].id as string, source: data!['story'].sources.find(({ kind }: { kind: string }) => kind === 'ANONYMOUS').key as string }
  await done(newsroom, 'recordAgreement', { ...on, ...agreement({ reason: 'A secret reason.' }) })
  await issueStaffToken(newsroom.database, { name: 'Ora Nye', role: 'EDITOR', journalist: 'ora-nye' }, newsroom.sources)
  await done(newsroom, 'approveUse', { ...on, ...approval({ approvedBy: 'ora-nye' }) })
  await done(newsroom, 'recordSourceChange', { ...on, change: 'CONSENT_WITHDRAWN' }, 'ADMIN')
}

/** Challenges, requests for comment that no story prints, statements that no visible story cites. */
async function disputed(newsroom: TestNewsroom): Promise<void> {
  const second = await storyIds(newsroom, 'harbor-plan-2')
  const { id: storyId, quotes } = second
  const { challenge } = await run(newsroom, 'openChallenge', { storyId, quoteId: quotes[0]!, complainant: 'A secret complainant', complaint: 'That was not said.' })
  await run(newsroom, 'resolveChallenge', { challengeId: challenge.id, outcome: 'NO_CHANGE', explanation: 'It is on a secret tape.' })
  await run(newsroom, 'openChallenge', { storyId, quoteId: quotes[1]!, complainant: 'Another', complaint: 'That neither.' })
  await run(newsroom, 'recordRequestForComment', { storyId, expectedRevision: second.revision, organizationId: idOf('Organization', 'port'), attempts: [{ at: '2026-03-10T09:00:00Z', channel: 'PHONE', note: 'A secret call.' }] })
  const { statement } = await run(newsroom, 'fileStatement', { issuerId: idOf('Organization', 'port'), channel: 'EMAIL', text: 'A secret statement about the harbor.', takenAt: '2026-03-09T09:00:00Z' })
  await run(newsroom, 'addStatementText', { statementId: statement.id, text: 'The same secret statement, later.' })
  await run(newsroom, 'attachToStatement', { statementId: statement.id, record: { kind: 'NOTES' } })
  await run(newsroom, 'releaseStatement', { statementId: statement.id, release: 'FULL' })
}

async function done(newsroom: TestNewsroom, mutation: string, input: object, role: Parameters<TestNewsroom['token']>[0] = 'STANDARDS_EDITOR'): Promise<void> {
  const { data, errors } = await newsroom.readAsStaff(mutationOf(mutation), { input }, role)
  const refused = errors ?? data?.[mutation].errors
  if (refused.length > 0) throw new Error(`${mutation}: ${JSON.stringify(refused)}`)
}
