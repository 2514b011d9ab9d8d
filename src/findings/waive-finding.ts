import { agreementsOf } from '../agreements/index.js'
import { ACTIONS, may, type Staff, type StaffRole } from '../access/index.js'
import { isWaivable, type Finding } from '../checks/index.js'
import { statement, type Queries } from '../database/index.js'
import { isInByline, type AgreementsOnFile, type StoryDocument } from '../document/index.js'
import { conflict, lockStory, noStory, unschedule, type Locked } from '../stories/index.js'
import { CheckFailed, type Checker } from './checker.js'
import { gate } from './gate.js'
import { judge } from './judge.js'
import { insertWaivers, revoke, storyOfWaiver, waiversOf, type WaiverReason } from './waiver.store.js'

/** Rules that not every editor may waive: the waiver would stand in for the approval that the rule asks for. */
const FOR_STANDARDS: ReadonlySet<string> = new Set(['anonymity-without-approval'])

const actionOf = (rule: string) => (FOR_STANDARDS.has(rule) ? 'WAIVE_FOR_STANDARDS' : 'WAIVE')

/** Who may waive findings of a rule; nobody where it cannot be waived. */
export function waiversRoles(rule: string): readonly StaffRole[] {
  return isWaivable(rule) ? ACTIONS[actionOf(rule)].roles : []
}

export interface WaiveRequest {
  readonly storyId: string
  readonly rule: string
  readonly fingerprint: string
  readonly reason: WaiverReason
  readonly note: string | undefined
  readonly expectedRevision: number | undefined
}

export type WaiverCode = 'NOT_FOUND' | 'FORBIDDEN' | 'WRONG_STATE' | 'CONFLICT' | 'FINDING_NOT_FOUND' | 'NOT_WAIVABLE' | 'IN_BYLINE' | 'ALREADY_WAIVED' | 'ALREADY_REVOKED' | 'NOTE_TOO_LONG' | 'CHECKS_FAILED'
export type WaiverResult =
  | { readonly ok: true; readonly storyId: string; readonly waiverId: string }
  | { readonly ok: false; readonly code: WaiverCode; readonly message: string; readonly path?: string }

const MOST_NOTE = 2_000
const REVISION = statement('revision_to_waive', `SELECT r."id", r."number", r."document" FROM "Revision" AS r WHERE r."id" = ANY ($1::uuid[]) ORDER BY r."number" DESC`)
interface Row { readonly id: string; readonly number: number; readonly document: StoryDocument }

/**
 * Waives one finding of a story, under the newsroom's own profile: in its current revision, or else in the public one, which is what
 * a held story is restored to.
 */
export async function waiveFinding(queries: Queries, request: WaiveRequest, staff: Staff, checker: Checker, now: Date, newId: () => string): Promise<WaiverResult> {
  const { rule, storyId, note } = request
  const story = await lockStory(queries, { id: storyId })
  if (!story) return { ok: false, code: 'NOT_FOUND', message: noStory({ id: storyId }) }
  const { expectedRevision } = request
  if (expectedRevision !== undefined && expectedRevision !== story.number) return conflict(story, expectedRevision)
  if (story.state === 'KILLED') return { ok: false, code: 'WRONG_STATE', message: 'A killed story stays killed; there is nothing to waive.' }
  if (note !== undefined && note.length > MOST_NOTE) return { ok: false, code: 'NOTE_TOO_LONG', message: `The note has ${note.length} characters; at most ${MOST_NOTE} are kept.`, path: 'note' }
  const rows = await queries.query<Row>(REVISION, [[story.revisionId, ...(story.publicRevisionId === null ? [] : [story.publicRevisionId])]])
  const place = await find(rows, request, story, checker, await agreementsOf(queries, storyId))
  if (place instanceof CheckFailed) return { ok: false, code: 'CHECKS_FAILED', message: `The story could not be checked: ${place.message} Try again.` }
  if (!place) return { ok: false, code: 'FINDING_NOT_FOUND', message: `Revision ${story.number} has no such finding of "${rule}"; its words may have changed. Read the findings again.`, path: 'fingerprint' }
  const { finding, row } = place
  const refused = refusalOf(finding, staff, row.document)
  if (refused) return refused
  const isPublic = row.id === story.publicRevisionId
  const [judged] = judge([finding], await waiversOf(queries, [storyId]), { document: row.document, version: story.version, isPublic })
  if (judged!.waiver) return { ok: false, code: 'ALREADY_WAIVED', message: `${judged!.waiver.by} waived it already, on ${judged!.waiver.at.slice(0, 10)}.` }
  const waiverId = newId()
  await insertWaivers(queries, [{
    id: waiverId, storyId, rule, fingerprint: finding.fingerprint, exact: finding.exact, isOfStory: finding.ranges.length === 0, reason: request.reason, note: note ?? null,
    by: staff.name, byJournalist: staff.journalist ?? null, role: staff.role, at: now.toISOString(), revision: row.number, version: story.version, revokedAt: null, revokedBy: null,
  }])
  return { ok: true, storyId, waiverId }
}

async function find(rows: readonly Row[], { rule, fingerprint }: WaiveRequest, { firstPublishedAt }: Locked, checker: Checker, onFile: AgreementsOnFile): Promise<{ finding: Finding; row: Row } | CheckFailed | undefined> {
  for (const row of rows) {
    const findings = await checker.ofRevision({ revisionId: row.id, number: row.number, firstPublishedAt, document: row.document, onFile }).catch((error: unknown) => {
      if (error instanceof CheckFailed) return error
      throw error
    })
    if (findings instanceof CheckFailed) return findings
    const finding = findings.find((each) => each.rule === rule && each.fingerprint === fingerprint)
    if (finding) return { finding, row }
  }
  return undefined
}

function refusalOf({ rule }: Finding, staff: Staff, document: StoryDocument): WaiverResult | undefined {
  if (!isWaivable(rule)) return { ok: false, code: 'NOT_WAIVABLE', message: `Findings of "${rule}" cannot be waived by anybody. Put the words right.`, path: 'rule' }
  if (!may(staff.role, actionOf(rule))) return { ok: false, code: 'FORBIDDEN', message: `Findings of "${rule}" are waived by a standards editor; ask one.` }
  if (isInByline(document, staff)) return { ok: false, code: 'IN_BYLINE', message: 'You are in the byline, and nobody waives findings of a story of their own. Ask another editor.' }
  return undefined
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Takes a waiver back. What is scheduled and rested on it is scheduled no more; what is published stays as it is. */
export async function revokeWaiver(queries: Queries, waiverId: string, staff: Staff, checker: Checker, now: Date): Promise<WaiverResult> {
  const storyId = UUID.test(waiverId) ? await storyOfWaiver(queries, waiverId) : undefined
  const story = storyId === undefined ? undefined : await lockStory(queries, { id: storyId })
  if (!story) return { ok: false, code: 'NOT_FOUND', message: 'There is no waiver with that id.', path: 'waiverId' }
  if (!(await revoke(queries, waiverId, now, staff.name))) return { ok: false, code: 'ALREADY_REVOKED', message: 'The waiver was revoked before.', path: 'waiverId' }
  const { scheduledRevisionId } = story
  if (scheduledRevisionId !== null && (await gate(queries, checker, { ...story, revisionId: scheduledRevisionId }, { onlyIntroduced: false }))) await unschedule(queries, story.storyId)
  return { ok: true, storyId: story.storyId, waiverId }
}
