import { expungeAgreements } from '../agreements/index.js'
import { deleteRowsOfRevision, statement, type Queries } from '../database/index.js'
import { storyDocumentOf } from '../document/index.js'
import { appendEvents } from './events.js'
import { SIDES_AS_JSON, SIDES_OF_REVISION } from './lineages.js'
import { conflict, lockStory, noStory, type ActResult, type Actor, type StoryRef } from './lifecycle.js'

export const EXPUNGE_REASONS = ['COURT_ORDER', 'CONSENT_WITHDRAWN', 'LEGAL_OBLIGATION', 'SAFETY'] as const
export type ExpungeReason = (typeof EXPUNGE_REASONS)[number]

export interface Expunge {
  readonly story: StoryRef
  readonly expectedRevision: number | undefined
  readonly reason: ExpungeReason
  /** Numbers; undefined for all. */
  readonly revisions: readonly number[] | undefined
}

interface Row { readonly id: string; readonly number: number; readonly desk: string; readonly language: string; readonly expungedAt: Date | null }

const REVISIONS = statement('revisions_of_story', `SELECT r."id", r."number", r."desk", r."language", r."expungedAt" FROM "Revision" AS r WHERE r."storyId" = $1::uuid ORDER BY r."number"`)
const EXPUNGE = statement('expunge_revision', `
  UPDATE "Revision" SET "expungedAt" = $2::timestamptz, "expungeReason" = $3::"ExpungeReason", "expungedBy" = $4, "document" = $5::json, "publicDocument" = $5::json,
    "slugline" = NULL, "datelinePlace" = NULL, "datelineDate" = NULL, "editorsNote" = NULL, "expungedLineages" = (SELECT ${SIDES_AS_JSON} FROM (${SIDES_OF_REVISION('o."id" = $1::uuid')}) AS seen)
  WHERE "id" = $1::uuid`)
const PARAGRAPHS = statement('expunge_paragraphs', `DELETE FROM "Paragraph" WHERE "revisionId" = $1::uuid`)
// A correction quotes the words too.
const CORRECTIONS = statement('expunge_corrections', `UPDATE "Correction" SET "wrong" = NULL, "right" = NULL WHERE "storyId" = $1::uuid`)

// So does a challenge.
const CHALLENGES = statement('expunge_challenges', `UPDATE "Challenge" SET "words" = '', "complaint" = '', "evidence" = '[]', "explanation" = NULL WHERE "storyId" = $1::uuid`)
// An answer kept for a repeated request may hold words.
const ANSWERS = statement('expunge_answers', `DELETE FROM "IdempotencyKey" WHERE "answer"->>'storyId' = $1`)

/**
 * Removes the words of revisions for good: the one exception to I2. What stays is the row, with the document's hash and a coded reason.
 * A revision that is current or public goes only with a story that is killed or withdrawn.
 */
export async function expungeRevisions(queries: Queries, expunge: Expunge, actor: Actor, now: Date): Promise<ActResult> {
  const story = await lockStory(queries, expunge.story)
  if (!story) return { ok: false, code: 'NOT_FOUND', message: noStory(expunge.story) }
  if (expunge.expectedRevision !== undefined && expunge.expectedRevision !== story.number) return conflict(story, expunge.expectedRevision)
  const all = await queries.query<Row>(REVISIONS, [story.storyId])
  const wanted = new Set(expunge.revisions ?? all.map((revision) => revision.number))
  const chosen = all.filter((revision) => wanted.delete(revision.number))
  if (wanted.size > 0) return { ok: false, code: 'NO_SUCH_REVISION', message: `"${story.slug}" has no revision ${[...wanted].join(', ')}.`, path: 'revisions' }
  const isRecalled = story.state === 'KILLED' || story.state === 'WITHDRAWN'
  const inUse = chosen.find(({ id }) => id === story.revisionId || id === story.publicRevisionId)
  if (inUse && !isRecalled) {
    return { ok: false, code: 'WRONG_STATE', message: `Revision ${inUse.number} is ${inUse.id === story.publicRevisionId ? 'public' : 'the current one'}. Kill or withdraw the story first, or save a revision without the words.`, path: 'revisions' }
  }
  for (const { id, desk, language } of chosen.filter((revision) => revision.expungedAt === null)) {
    const nothing = storyDocumentOf({ onrecord: 1, slug: story.slug, desk, language, paragraphs: [{ role: 'EDITORS_NOTE', text: 'The text of this revision was expunged.' }] })
    await queries.query(EXPUNGE, [id, now, expunge.reason, actor.name, JSON.stringify(nothing)])
    await deleteRowsOfRevision(queries, id)
    await queries.query(PARAGRAPHS, [id])
  }
  await queries.query(CORRECTIONS, [story.storyId])
  await queries.query(CHALLENGES, [story.storyId])
  await expungeAgreements(queries, story.storyId)
  await queries.query(ANSWERS, [story.storyId])
  if (story.firstPublishedAt !== null) await appendEvents(queries, [story.storyId], { kind: 'EXPUNGED', at: now })
  return { ok: true, storyId: story.storyId, version: story.version }
}
