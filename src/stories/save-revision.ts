import { agreementsOf } from '../agreements/index.js'
import { statement, type Queries } from '../database/index.js'
import { publicForm, separateLineages, withTermsInForce, type AnonymitySides, type DocumentProblem, type StoryDocument } from '../document/index.js'
import { surroundingsOf } from './entities.js'
import { conflict, lockStory, noStory, type ActRefusal, type Actor, type StoryRef } from './lifecycle.js'
import { EXPUNGED_SIDES, SIDES_AS_JSON, SIDES_OF_REVISION, withLineagesOfItsOwn } from './lineages.js'
import { replaceRevision } from './replace-revision.js'
import { insertRevision, surroundingProblems, type Sources } from './save-story.js'
import { transition } from './transitions.js'

export interface Save {
  readonly story: StoryRef
  readonly expectedRevision: number
  /** Saved by itself while somebody types. The next such save of the same person takes its place instead of adding a revision. */
  readonly isAutosave: boolean
}

export type RevisionResult =
  | { readonly ok: true; readonly storyId: string; readonly number: number }
  | ActRefusal
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

type Awaitable<T> = T | Promise<T>

const POINT = statement('point_to_revision', `UPDATE "Story" SET "currentRevisionId" = $2::uuid WHERE "id" = $1::uuid`)
const OF_THE_STORY = 'o."storyId" = r."storyId"'
// With the side of the anonymity boundary on which each lineage of the story was ever seen.
const CURRENT = statement('current_revision', `
  SELECT r."document", r."isAutosave", r."savedBy", r."publishedAt", (
    SELECT ${SIDES_AS_JSON} FROM (${SIDES_OF_REVISION(OF_THE_STORY)} UNION ${EXPUNGED_SIDES(OF_THE_STORY)}) AS seen
  ) AS "seen"
  FROM "Revision" AS r WHERE r."id" = $1::uuid`)

interface Current {
  readonly document: StoryDocument
  readonly isAutosave: boolean
  readonly savedBy: string | null
  readonly publishedAt: Date | null
  readonly seen: readonly (readonly [collection: keyof AnonymitySides, lineage: string, isAnonymous: boolean])[] | null
}

/**
 * Stores the next revision of a story. The public sees nothing of it before it is published. `make` gets the current document and gives
 * the next one, so that edits of a part are made on what is really there.
 */
export async function saveRevision(
  queries: Queries, save: Save, actor: Actor, make: (current: StoryDocument) => Awaitable<StoryDocument | { readonly problems: readonly DocumentProblem[] }>, sources: Sources,
): Promise<RevisionResult> {
  const story = await lockStory(queries, save.story)
  if (!story) return { ok: false, code: 'NOT_FOUND', message: noStory(save.story) }
  const way = transition(story.state, 'SAVE', actor.role)
  if (!way.ok) return way
  if (save.expectedRevision !== story.number) return conflict(story, save.expectedRevision)
  const [current] = await queries.query<Current>(CURRENT, [story.revisionId])
  const made = await make(current!.document)
  if ('problems' in made) return { ok: false, problems: made.problems }
  const { publication: _ignored, ...given } = made
  const separated = separateLineages([sidesSeen(current!)], given, sources.newId)
  if (separated.slug !== story.slug) return { ok: false, problems: [{ path: 'slug', code: 'SLUG_CHANGED', message: `is "${separated.slug}", but the story is "${story.slug}"; a story keeps its slug` }] }
  const surroundings = await surroundingsOf(queries, separated, sources.newId, new Set((current!.seen ?? []).map(([, lineage]) => lineage)))
  const problems = surroundingProblems(separated, surroundings)
  if (problems.length > 0) return { ok: false, problems }
  const document = withLineagesOfItsOwn(separated, surroundings.lineagesElsewhere, sources.newId)
  // What was agreed by phone since counts too: it decides what the public form leaves out.
  const publicDocument = publicForm(withTermsInForce(document, await agreementsOf(queries, story.storyId)))
  const number = story.number + 1
  const revision = { storyId: story.storyId, number, createdAt: sources.now(), listedAt: story.listedAt, savedBy: actor.name, isAutosave: save.isAutosave }
  // What is scheduled was checked as it is, and stays so.
  const replaces = story.revisionId !== story.scheduledRevisionId && save.isAutosave && current!.isAutosave && current!.savedBy === actor.name && current!.publishedAt === null
  if (replaces) {
    // An autosave takes the place of the one before.
    await replaceRevision(queries, { document, publicDocument }, surroundings, { ...revision, revisionId: story.revisionId }, sources.newId)
  } else {
    const revisionId = sources.newId()
    await insertRevision(queries, { document, publicDocument }, surroundings, { ...revision, revisionId }, sources)
    await queries.query(POINT, [story.storyId, revisionId])
  }
  return { ok: true, storyId: story.storyId, number }
}

/** The same for an edit that has more to tell than the document it makes. */
export async function saveEdit<E extends { readonly document: StoryDocument }>(
  queries: Queries, save: Save, actor: Actor, edit: (current: StoryDocument) => Awaitable<E | { readonly problems: readonly DocumentProblem[] }>, sources: Sources,
): Promise<(Extract<RevisionResult, { ok: true }> & { readonly edited: E }) | Exclude<RevisionResult, { ok: true }>> {
  let edited: E | undefined
  const saved = await saveRevision(queries, save, actor, async (current) => {
    const made = await edit(current)
    if ('problems' in made) return made
    edited = made
    return made.document
  }, sources)
  return saved.ok ? { ...saved, edited: edited! } : saved
}

function sidesSeen({ seen }: Current): AnonymitySides {
  const of = (collection: keyof AnonymitySides) => new Map((seen ?? []).flatMap(([name, lineage, isAnonymous]) => (name === collection ? [[lineage, isAnonymous] as const] : [])))
  return { sources: of('sources'), attributions: of('attributions'), quotes: of('quotes') }
}
