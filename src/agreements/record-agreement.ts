import type { Queries } from '../database/index.js'
import { prose, type Terms } from '../document/index.js'
import { gate, type Checker } from '../findings/index.js'
import { unschedule, type Locked } from '../stories/index.js'
import { putOnFile } from './agreement.store.js'
import { findSource, journalistOf, meant, notYet, refuse, type AgreementRefusal, type AgreementResult, type Editing, type OfSource } from './source-of-story.js'

export interface GivenAgreement extends OfSource {
  readonly terms: Terms
  readonly reason: string
  /** A journalist's key; whoever records it, where it is left out. */
  readonly grantedBy?: string | undefined
  /** Now, where it is left out. */
  readonly agreedAt?: Date | undefined
  readonly editorKnowsIdentity: boolean
  readonly heldOffSystem: boolean
}

export function wordsProblem(name: string, words: string | undefined, most: number): AgreementRefusal | undefined {
  const checked = prose(most, `a ${name}`).optional().safeParse(words)
  return checked.success ? undefined : refuse('INVALID', `${name} ${checked.error.issues[0]!.message}.`, name)
}

/** Puts on file that anonymity was granted, by whom, on which terms and for which reason. */
export async function recordAgreement(queries: Queries, given: GivenAgreement, editing: Editing, checker: Checker): Promise<AgreementResult> {
  const { staff, now, newId } = editing
  const found = await findSource(queries, given)
  if (!found.ok) return found
  if (given.terms === 'ON_RECORD') return refuse('INVALID', 'terms are ON_RECORD, and then the source is named; anonymity is granted on other terms.', 'terms')
  const agreedAt = given.agreedAt ?? now
  const problem = wordsProblem('reason', given.reason, 10_000) ?? notYet(agreedAt, 'agreedAt', editing)
  if (problem) return problem
  const by = await journalistOf(queries, given.grantedBy, 'grantedBy', editing)
  if ('ok' in by) return by
  const id = newId()
  await putOnFile(queries, 'agreements', {
    id, storyId: given.storyId, source: given.source, terms: given.terms, reason: given.reason, grantedBy: by.key, grantedByName: by.name, agreedAt: agreedAt.toISOString(),
    editorKnowsIdentity: given.editorKnowsIdentity, heldOffSystem: given.heldOffSystem, recordedAt: now.toISOString(), recordedBy: staff.name, role: staff.role, revision: found.story.number,
  })
  await unscheduleWhatRestsOnIt(queries, found.story, checker)
  return { ok: true, storyId: given.storyId, source: given.source, id }
}

export interface GivenGroundRules extends OfSource {
  readonly terms: Terms
  /** Lineages; all of the source's, where they are left out. */
  readonly attributions?: readonly string[] | undefined
  readonly note?: string | undefined
  readonly agreedAt?: Date | undefined
}

/** Puts new ground rules of a conversation on file. Words that they forbid are a finding that nobody can waive. */
export async function changeGroundRules(queries: Queries, given: GivenGroundRules, editing: Editing, checker: Checker): Promise<AgreementResult> {
  const { staff, now, newId } = editing
  const found = await findSource(queries, given)
  if (!found.ok) return found
  const agreedAt = given.agreedAt ?? now
  const problem = wordsProblem('note', given.note, 10_000) ?? notYet(agreedAt, 'agreedAt', editing)
  if (problem) return problem
  const attributions = meant(found.document, given.source, given.attributions)
  if ('ok' in attributions) return attributions
  const id = newId()
  await putOnFile(queries, 'groundRules', {
    id, storyId: given.storyId, source: given.source, attributions, terms: given.terms, note: given.note ?? null, agreedAt: agreedAt.toISOString(), recordedAt: now.toISOString(), recordedBy: staff.name, role: staff.role,
    revision: found.story.number,
  })
  await unscheduleWhatRestsOnIt(queries, found.story, checker)
  return { ok: true, storyId: given.storyId, source: given.source, id }
}

/** What is scheduled passed the checks when it was, and is published without another look: it is taken back where it would pass no more. */
export async function unscheduleWhatRestsOnIt(queries: Queries, story: Locked, checker: Checker): Promise<void> {
  const { scheduledRevisionId } = story
  if (scheduledRevisionId !== null && (await gate(queries, checker, { ...story, revisionId: scheduledRevisionId }, { onlyIntroduced: false }))) await unschedule(queries, story.storyId)
}
