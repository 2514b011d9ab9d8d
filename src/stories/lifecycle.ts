import { randomUUID } from 'node:crypto'
import type { StaffRole } from '../access/index.js'
import { statement, type Database, type Queries } from '../database/index.js'
import { compareCredits, rangeProblem, type CreditChanges, type StoryDocument } from '../document/index.js'
import { Checker, gate, type GateRefusal } from '../findings/index.js'
import { refusalOfTexts } from './act-texts.js'
import { appendEvents, type StoryEventKind } from './events.js'
import { publishRevision, relist } from './publish-story.js'
import { renewPublicForm } from './replace-revision.js'
import { transition, type Action, type State } from './transitions.js'

/** A range as a caller gives it: the words are looked up, or compared where they are given. */
export interface GivenRange {
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly exact?: string | undefined
}

/** What an action needs beside the story. Fields that an action does not use are not read. */
export interface ActDetails {
  /** The schedule asks: the revision that was checked for it is published, whatever was saved since. */
  readonly isScheduled?: boolean | undefined
  /** For a kill nobody asks. */
  readonly expectedRevision?: number | undefined
  readonly at?: Date | undefined
  readonly embargo?: { readonly until: Date | undefined; readonly terms?: string | undefined } | undefined
  readonly lift?: { readonly reason: 'AGREED' | 'BROKEN'; readonly outlet?: string | undefined; readonly url?: string | undefined } | undefined
  readonly correction?: { readonly explanation: string; readonly wrong?: GivenRange | undefined; readonly right?: GivenRange | undefined } | undefined
  readonly removal?: { readonly advisory?: string | undefined; readonly reason?: string | undefined; readonly replacedBy?: string | undefined } | undefined
}

export interface Actor {
  readonly name: string
  readonly role: StaffRole
}

export type ActCode = 'NOT_FOUND' | 'FORBIDDEN' | 'WRONG_STATE' | 'CONFLICT' | 'ALREADY_PUBLIC' | 'TIME_IN_THE_PAST' | 'NO_EMBARGO' | 'OUTLET_MISSING' | 'REASON_MISSING' | 'NO_SUCH_REVISION' | 'RANGE_WRONG' | 'INVALID' | 'UNKNOWN_STORY'
export interface ActRefusal { readonly ok: false; readonly code: ActCode; readonly message: string; readonly path?: string; readonly currentRevision?: number }
export type ActResult = { readonly ok: true; readonly storyId: string; readonly version: number } | ActRefusal | GateRefusal

export interface Locked {
  readonly storyId: string
  readonly slug: string
  readonly state: State
  readonly version: number
  readonly number: number
  readonly revisionId: string
  readonly publicRevisionId: string | null
  readonly scheduledRevisionId: string | null
  readonly firstPublishedAt: Date | null
  readonly listedAt: Date
  readonly embargoedUntil: Date | null
  readonly embargoIsOpen: boolean
}

/** A story by its name in URLs, or by its id. */
export type StoryRef = { readonly slug: string } | { readonly id: string }

export function noStory(ref: StoryRef): string {
  return 'slug' in ref ? `There is no story "${ref.slug}".` : 'There is no story with that id.'
}

/** Locks a story for the rest of the transaction, so that changes to it come one after another. */
export async function lockStory(queries: Queries, ref: StoryRef): Promise<Locked | undefined> {
  const [locked] = await queries.query<{ id: string }>(LOCK, 'slug' in ref ? [ref.slug, null] : [null, ref.id])
  // A statement of its own: the one that waited for the lock does not see the revision that the other transaction made.
  return locked && (await queries.query<Locked>(LOCKED, [locked.id]))[0]
}

const LOCK = statement('lock_story', `SELECT s."id" FROM "Story" AS s WHERE s."slug" = $1::text OR s."id" = $2::uuid FOR UPDATE`)
const LOCKED = statement('locked_story', `
  SELECT s."id" AS "storyId", s."slug", s."state", s."version", r."number", s."currentRevisionId" AS "revisionId", s."publicRevisionId", s."scheduledRevisionId", s."firstPublishedAt", s."listedAt", s."embargoedUntil", s."embargoIsOpen"
  FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s."currentRevisionId" WHERE s."id" = $1::uuid`)

/** Far enough that nobody sees the story before somebody lifts the embargo, and a date that every client understands. */
export const NEVER = new Date('9999-12-31T23:59:59.999Z')

/** Does one action of the transition table, in one transaction: state, revision, event. */
export async function act(database: Database, ref: StoryRef, action: Action, actor: Actor, details: ActDetails, now: Date, newId: () => string, checker = new Checker()): Promise<ActResult> {
  return database.transaction(async (queries) => actWithin(queries, ref, action, actor, details, now, newId, checker))
}

export async function actWithin(queries: Queries, ref: StoryRef, action: Action, actor: Actor, details: ActDetails, now: Date, newId: () => string, checker: Checker): Promise<ActResult> {
  const story = await lockStory(queries, ref)
  if (!story) return { ok: false, code: 'NOT_FOUND', message: noStory(ref) }
  const way = transition(story.state, action, actor.role)
  if (!way.ok) return way
  if (details.expectedRevision !== undefined && action !== 'KILL' && details.expectedRevision !== story.number) {
    return conflict(story, details.expectedRevision)
  }
  const refused = refusalOfTexts(details)
  if (refused) return refused
  return ACTS[action](queries, { ...story, next: way.state, action, actor, details, now, newId, checker })
}

/** I8: the second of two is told, and what it wanted to save is still with it. */
export function conflict(story: Locked, expected: number): ActRefusal & { readonly code: 'CONFLICT' } {
  return { ok: false, code: 'CONFLICT', message: `The story is at revision ${story.number}, not ${expected}. Look at what changed, and do it again.`, path: 'expectedRevision', currentRevision: story.number }
}

interface Step extends Locked {
  readonly next: State
  readonly action: Action
  readonly actor: Actor
  readonly details: ActDetails
  readonly now: Date
  readonly newId: () => string
  readonly checker: Checker
}
type Act = (queries: Queries, step: Step) => Promise<ActResult>

const done = (step: Step, version = step.version): ActResult => ({ ok: true, storyId: step.storyId, version })

// A translation of a story, a post of a live blog; and what these are of in turn.
const KILLED_ABOVE = statement('killed_above', `
  WITH RECURSIVE above AS (
    SELECT r."translationOfId", r."parentId" FROM "Revision" AS r WHERE r."id" = $1::uuid
    UNION SELECT r."translationOfId", r."parentId" FROM above JOIN "Story" AS s ON s."id" IN (above."translationOfId", above."parentId") JOIN "Revision" AS r ON r."id" = s."currentRevisionId"
  )
  SELECT s."slug" FROM above JOIN "Story" AS s ON s."id" IN (above."translationOfId", above."parentId") WHERE s."state" = 'KILLED' ORDER BY s."slug" LIMIT 1`)

/** What belongs to a killed story goes with it, also where it was never public. */
async function refusalOfKilled(queries: Queries, { slug }: Step, revisionId: string): Promise<ActRefusal | undefined> {
  const [killed] = await queries.query<{ slug: string }>(KILLED_ABOVE, [revisionId])
  return killed && { ok: false, code: 'WRONG_STATE', message: `"${slug}" belongs to "${killed.slug}", which is killed, its translations and posts with it. Save a revision that stands by itself first.` }
}

/** I3, for what puts text before the public; taking it away never asks. */
const refusalOfGate = (queries: Queries, step: Step) => gate(queries, step.checker, step, { onlyIntroduced: step.action === 'CORRECT' || step.action === 'CLARIFY' })

const publish: Act = async (queries, step) => {
  if (step.revisionId === step.publicRevisionId) return { ok: false, code: 'ALREADY_PUBLIC', message: `The current revision of "${step.slug}" is public already, as version ${step.version}. Save a new one first.` }
  // What was scheduled passed the gate when it was, and is still the same.
  const scheduled = step.details.isScheduled ? step.scheduledRevisionId : null
  const revisionId = scheduled ?? step.revisionId
  const refused = (await refusalOfKilled(queries, step, revisionId)) ?? (scheduled === null ? await refusalOfGate(queries, step) : undefined)
  if (refused) return refused
  const version = step.version + 1
  const firstPublishedAt = step.firstPublishedAt ?? step.now
  await renewPublicForm(queries, { ...step, revisionId }, step.newId)
  await relist(queries, revisionId, step.listedAt, firstPublishedAt)
  if (revisionId !== step.revisionId) await relist(queries, step.revisionId, step.listedAt, firstPublishedAt)
  // A new revision of a published story was listed under the story's place already.
  const embargoedUntil = step.embargoIsOpen ? NEVER : step.embargoedUntil
  const changes = await changesFor(queries, step.publicRevisionId, revisionId)
  await publishRevision(queries, { storyId: step.storyId, revisionId, version, firstPublishedAt, publishedAt: step.now, embargoedUntil })
  await appendEvents(queries, [step.storyId], { kind: PUBLISHING[step.action]!, at: step.now, changes })
  return done(step, version)
}
const PUBLIC_FORMS = statement('public_forms', `SELECT a."publicDocument" AS "from", b."publicDocument" AS "to" FROM "Revision" AS a JOIN "Revision" AS b ON b."id" = $2::uuid WHERE a."id" = $1::uuid AND a."expungedAt" IS NULL`)
/** What becomes of quotes and attributions with a new version. */
async function changesFor(queries: Queries, from: string | null, to: string): Promise<CreditChanges | undefined> {
  if (from === null) return undefined
  const [forms] = await queries.query<{ from: StoryDocument; to: StoryDocument }>(PUBLIC_FORMS, [from, to])
  return forms && compareCredits(forms.from, forms.to)
}
const PUBLISHING: Partial<Record<Action, StoryEventKind>> = { PUBLISH: 'PUBLISHED', UPDATE: 'UPDATED', CORRECT: 'CORRECTED', CLARIFY: 'CLARIFIED' }

const TEXTS = statement('texts_of_revision', `SELECT p."text" FROM "Paragraph" AS p WHERE p."revisionId" = $1::uuid ORDER BY p."index"`)
const CORRECTED = statement('corrected', `
  INSERT INTO "Correction" ("id", "storyId", "kind", "version", "wrongSince", "explanation", "wrong", "right", "at", "by")
  VALUES ($1::uuid, $2::uuid, $3::"CorrectionKind", $4, $5, $6, $7::json, $8::json, $9::timestamptz, $10)`)

const correct: Act = async (queries, step) => {
  const { correction } = step.details
  if (!correction || correction.explanation.trim() === '') return { ok: false, code: 'REASON_MISSING', message: 'Say what was wrong and what is right.', path: 'explanation' }
  const ranges: Record<'wrong' | 'right', string | null> = { wrong: null, right: null }
  for (const [name, revisionId] of [['wrong', step.publicRevisionId!], ['right', step.revisionId]] as const) {
    const range = correction[name]
    if (!range) continue
    const paragraphs = await queries.query<{ text: string }>(TEXTS, [revisionId])
    const problem = rangeProblem(paragraphs, range)
    if (problem) return { ok: false, code: 'RANGE_WRONG', message: `The range ${problem.message}.`, path: name }
    ranges[name] = JSON.stringify({ ...range, exact: paragraphs[range.paragraph]!.text.slice(range.start, range.end) })
  }
  const result = await publish(queries, step)
  if (!result.ok) return result
  const kind = step.action === 'CORRECT' ? 'CORRECTION' : 'CLARIFICATION'
  await queries.query(CORRECTED, [step.newId(), step.storyId, kind, result.version, step.version, correction.explanation, ranges.wrong, ranges.right, step.now, step.actor.name])
  return result
}

const SCHEDULE = statement('schedule', `UPDATE "Story" SET "scheduledFor" = $2::timestamptz, "scheduledRevisionId" = $3::uuid WHERE "id" = $1::uuid`)

const schedule: Act = async (queries, step) => {
  const { at } = step.details
  if (!at || at <= step.now) return { ok: false, code: 'TIME_IN_THE_PAST', message: `${at?.toISOString() ?? 'The instant'} is past; publish the story, or choose a later instant.`, path: 'at' }
  const refused = (await refusalOfKilled(queries, step, step.revisionId)) ?? (await refusalOfGate(queries, step))
  if (refused) return refused
  await queries.query(SCHEDULE, [step.storyId, at, step.revisionId])
  return done(step)
}

/** Takes a schedule back. Inside a transaction that holds the story. */
export async function unschedule(queries: Queries, storyId: string): Promise<void> {
  await queries.query(SCHEDULE, [storyId, null, null])
}

const EMBARGO = statement('embargo', `
  UPDATE "Story" SET "embargoedUntil" = $2::timestamptz, "embargoIsOpen" = $3, "embargoTerms" = $4, "embargoSetBy" = $5 WHERE "id" = $1::uuid`)

const embargo: Act = async (queries, step) => {
  const { until, terms } = step.details.embargo ?? { until: undefined }
  if (until && until <= step.now) return { ok: false, code: 'TIME_IN_THE_PAST', message: `${until.toISOString()} is past; an embargo ends in the future, or is left open.`, path: 'until' }
  await queries.query(EMBARGO, [step.storyId, until ?? NEVER, until === undefined, terms ?? null, step.actor.name])
  return done(step)
}

const LIFT = statement('lift_embargo', `UPDATE "Story" SET "embargoedUntil" = $2::timestamptz, "embargoIsOpen" = false WHERE "id" = $1::uuid`)

const LIFTED = statement('record_lift', `INSERT INTO "EmbargoLift" ("id", "storyId", "reason", "outlet", "url", "until", "at", "by") VALUES ($1::uuid, $2::uuid, $3::"EmbargoLiftReason", $4, $5, $6::timestamptz, $7::timestamptz, $8)`)

const liftEmbargo: Act = async (queries, step) => {
  if (!step.embargoedUntil || step.embargoedUntil <= step.now) return { ok: false, code: 'NO_EMBARGO', message: `"${step.slug}" is under no embargo.` }
  const { reason, outlet, url } = step.details.lift ?? { reason: 'AGREED' as const }
  if (reason === 'BROKEN' && !outlet) return { ok: false, code: 'OUTLET_MISSING', message: 'Say which outlet broke the embargo.', path: 'outlet' }
  await queries.query(LIFT, [step.storyId, step.state === 'DRAFT' ? null : step.now])
  await queries.query(LIFTED, [step.newId(), step.storyId, reason, outlet ?? null, url ?? null, step.embargoIsOpen ? null : step.embargoedUntil, step.now, step.actor.name])
  if (step.state === 'PUBLISHED') await appendEvents(queries, [step.storyId], { kind: 'EMBARGO_LIFTED', at: step.now })
  return done(step)
}

const REMOVE = statement('remove_stories', `
  UPDATE "Story" SET "state" = $2::"StoryState", "removedAt" = $3::timestamptz, "advisory" = $4, "removalReason" = $5, "replacedById" = $6::uuid WHERE "id" = ANY ($1::uuid[])`)
const FIND = statement('story_by_slug', `SELECT s."id" FROM "Story" AS s WHERE s."slug" = $1`)
// Translations and live-blog posts go with their story, and theirs with them; locked in one order, so that two kills do not wait for each other.
const DEPENDENT = statement('dependent_stories', `
  WITH RECURSIVE tree AS (
    SELECT $1::uuid AS id
    UNION SELECT s."id" FROM tree JOIN "Revision" AS r ON r."translationOfId" = tree.id OR r."parentId" = tree.id JOIN "Story" AS s ON r."id" IN (s."currentRevisionId", s."publicRevisionId", s."scheduledRevisionId")
  )
  SELECT s."id", s."state" FROM "Story" AS s WHERE s."id" IN (SELECT id FROM tree) AND s."state" <> 'KILLED' AND s."id" <> $1::uuid ORDER BY s."id" FOR UPDATE`)

const remove: Act = async (queries, step) => {
  const { advisory, reason, replacedBy } = step.details.removal ?? {}
  let replacement: string | null = null
  if (replacedBy !== undefined) {
    const [found] = await queries.query<{ id: string }>(FIND, [replacedBy])
    if (!found || found.id === step.storyId) return { ok: false, code: 'UNKNOWN_STORY', message: `There is no other story "${replacedBy}" to replace this one.`, path: 'replacedBy' }
    replacement = found.id
  }
  const ids = [step.storyId]
  if (step.action === 'KILL') {
    for (const { id, state } of await queries.query<{ id: string; state: State }>(DEPENDENT, [step.storyId])) {
      // A draft has nothing to recall, but must not come out by itself.
      if (state === 'DRAFT') await unschedule(queries, id)
      else ids.push(id)
    }
  }
  await queries.query(REMOVE, [ids, step.next, step.now, advisory ?? null, reason ?? null, replacement])
  await appendEvents(queries, ids, { kind: step.next as StoryEventKind, at: step.now })
  return done(step)
}

const restore: Act = async (queries, step) => {
  const refused = await gate(queries, step.checker, { ...step, revisionId: step.publicRevisionId! }, { onlyIntroduced: false })
  if (refused) return refused
  await queries.query(REMOVE, [[step.storyId], step.next, null, null, null, null])
  await appendEvents(queries, [step.storyId], { kind: 'RESTORED', at: step.now })
  return done(step)
}

const ACTS: Readonly<Record<Action, Act>> = {
  SAVE: async (_queries, step) => done(step),
  PUBLISH: publish, UPDATE: publish, CORRECT: correct, CLARIFY: correct,
  SCHEDULE: schedule, UNSCHEDULE: async (queries, step) => (await unschedule(queries, step.storyId), done(step)), EMBARGO: embargo, LIFT_EMBARGO: liftEmbargo,
  HOLD: remove, WITHDRAW: remove, KILL: remove, UNPUBLISH: remove, RESTORE: restore,
}

/** Publishes the current revision of a story, whether it is the first or a later one; for the command line, whose user is an administrator. */
export async function publishStory(database: Database, slug: string, now: Date, newId: () => string = randomUUID, checker = new Checker()): Promise<ActResult> {
  const actor: Actor = { name: 'command line', role: 'ADMIN' }
  return database.transaction(async (queries) => {
    const first = await actWithin(queries, { slug }, 'PUBLISH', actor, {}, now, newId, checker)
    return !first.ok && first.code === 'WRONG_STATE' ? actWithin(queries, { slug }, 'UPDATE', actor, {}, now, newId, checker) : first
  })
}
