import { forbidden } from '../access/index.js'
import type { Queries } from '../database/index.js'
import { approvalOfDocument, creditedTo, isInByline, lapseOf } from '../document/index.js'
import type { Checker } from '../findings/index.js'
import { lockStory } from '../stories/index.js'
import { agreementsOf } from './agreement-file.js'
import { putOnFile, revoke, storyOfApproval, type ApprovalChannel } from './agreement.store.js'
import { unscheduleWhatRestsOnIt, wordsProblem } from './record-agreement.js'
import { findSource, journalistOf, meant, notYet, refuse, type AgreementResult, type Editing, type Found, type OfSource } from './source-of-story.js'

export interface GivenApproval extends OfSource {
  readonly use: string
  /** Lineages; all of the source's, where they are left out. */
  readonly attributions?: readonly string[] | undefined
  /** Key of the editor; whoever records it, where it is left out. */
  readonly approvedBy?: string | undefined
  readonly channel: ApprovalChannel
  readonly knowsIdentity: boolean
  /** Now, where it is left out. */
  readonly at?: Date | undefined
}

/** Puts an editor's approval on file: one's own, or one that a named editor gave by phone. Nobody approves for a story of their own. */
export async function approveUse(queries: Queries, given: GivenApproval, editing: Editing): Promise<AgreementResult> {
  const { staff, now, newId } = editing
  const isOwn = given.approvedBy === undefined || given.approvedBy === staff.journalist
  const denied = isOwn ? forbidden('APPROVE_USE', staff) : undefined
  if (denied) return denied
  const found = await findSource(queries, given)
  if (!found.ok) return found
  const { story, document } = found
  if (story.state === 'KILLED') return refuse('WRONG_STATE', 'A killed story stays killed; there is no use of it to approve.', 'storyId')
  const at = given.at ?? now
  const problem = wordsProblem('use', given.use, 2_000) ?? notYet(at, 'at', editing)
  if (problem) return problem
  const by = await journalistOf(queries, given.approvedBy, 'approvedBy', editing)
  if ('ok' in by) return by
  if (!isOwn && !by.isEditor) return refuse('NOT_AN_EDITOR', `${by.name} does not work as an editor here; approvals are an editor's.`, 'approvedBy')
  if (isInByline(document, { name: by.name, journalist: by.key }) || (isOwn && isInByline(document, staff))) return refuse('IN_BYLINE', `${isOwn ? 'You are' : `${by.name} is`} in the byline, and nobody approves for a story of their own. Ask another editor.`, 'approvedBy')
  const attributions = meant(document, given.source, given.attributions)
  if ('ok' in attributions) return attributions
  const refused = await refusalOf(queries, found, { ...given, attributions, at, approvedBy: by.key })
  if (refused) return refused
  const id = newId()
  await putOnFile(queries, 'approvals', {
    id, storyId: given.storyId, source: given.source, use: given.use, attributions, present: creditedTo(document, given.source), approvedBy: by.key, approvedByName: by.name, channel: given.channel,
    knowsIdentity: given.knowsIdentity, approvedAt: at.toISOString(), recordedAt: now.toISOString(), recordedBy: staff.name, recordedByKey: staff.journalist ?? null, role: staff.role, revision: story.number,
    revokedAt: null, revokedBy: null, revokedInRevision: null,
  })
  return { ok: true, storyId: given.storyId, source: given.source, id }
}

/** There is something to approve, it was agreed before, and the same editor has not approved it already. */
async function refusalOf(queries: Queries, { source, document }: Found, given: { readonly storyId: string; readonly source: string; readonly attributions: readonly string[]; readonly at: Date; readonly approvedBy: string }): Promise<AgreementResult | undefined> {
  const file = await agreementsOf(queries, given.storyId)
  const granted = file.granted.filter((entry) => entry.source === given.source)
  if (granted.length === 0 && !source.agreed) return refuse('NO_AGREEMENT', 'Nothing is on file about what was agreed with this source; record the agreement first (recordAgreement).', 'source')
  const first = Math.min(...granted.map((entry) => Date.parse(entry.at)))
  if (!source.agreed && given.at.getTime() < first) return refuse('BEFORE_AGREEMENT', `Anonymity was granted on ${new Date(first).toISOString()}; an approval comes after that.`, 'at')
  const approvals = [...file.approvals.filter((entry) => entry.source === given.source), ...(source.agreed?.approvals.map((entry) => approvalOfDocument(entry, given.source, document, file.noted)) ?? [])]
  const same = approvals.find((entry) => entry.approvedBy === given.approvedBy && lapseOf(entry, document) === undefined && given.attributions.every((lineage) => entry.attributions.includes(lineage)))
  return same && refuse('ALREADY_APPROVED', `${same.approvedByName} approved this use already, on ${same.at.slice(0, 10)}. A second approval is another editor's.`, 'approvedBy')
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Takes an approval back. What is published stays; what is scheduled and rested on it is scheduled no more. */
export async function revokeApproval(queries: Queries, approvalId: string, { staff, now }: Editing, checker: Checker): Promise<AgreementResult> {
  const storyId = UUID.test(approvalId) ? await storyOfApproval(queries, approvalId) : undefined
  const story = storyId === undefined ? undefined : await lockStory(queries, { id: storyId })
  if (!story) return refuse('NOT_FOUND', 'There is no approval with that id.', 'approvalId')
  if (!(await revoke(queries, approvalId, now, staff.name, story.number))) return refuse('ALREADY_REVOKED', 'The approval was revoked before.', 'approvalId')
  await unscheduleWhatRestsOnIt(queries, story, checker)
  return { ok: true, storyId: story.storyId, source: '', id: approvalId }
}
