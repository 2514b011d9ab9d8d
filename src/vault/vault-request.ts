import { forbidden, viewerKey, type Action, type Staff } from '../access/index.js'
import type { AuditEntry, AuditTrail } from '../audit/index.js'
import type { Database, Queries } from '../database/index.js'
import { isRecordId, proofProblem, type Asked, type Proof } from './seal/index.js'
import { membersBy, type Member } from './vault.store.js'

/** Who asks for something of the vault, and what is needed to answer. */
export interface VaultRequest {
  readonly database: Database
  readonly audit: AuditTrail
  readonly staff: Staff
  readonly now: Date
  readonly newId: () => string
}

export interface Refused<Code extends string> { readonly ok: false; readonly code: Code; readonly message: string; readonly path?: string }
export type Answered<Code extends string, Done extends object> = ({ readonly ok: true } & Done) | Refused<Code | 'FORBIDDEN'>

export const refused = <Code extends string>(code: Code, message: string, path?: string): Refused<Code> => ({ ok: false, code, message, ...(path !== undefined && { path }) })
/** One answer for a record that is not there, that was destroyed, and that one is not cleared for (I5). */
export const NO_RECORD = refused('NOT_FOUND', 'There is no such record, or you are not cleared for it.', 'record')

type Note = (entry: Omit<AuditEntry, 'person'>) => void

/**
 * Answers in one transaction that writes down what was done, or that it was refused, and says nothing before that is written, in the
 * database and outside it (S14). `work` decides before it changes anything.
 */
export async function audited<Code extends string, Done extends object>(
  request: VaultRequest, action: { readonly may: Action; readonly asked: string; readonly record?: string | undefined; readonly key?: string | undefined }, work: (queries: Queries, note: Note) => Promise<Answered<Code, Done>>,
): Promise<Answered<Code, Done>> {
  const { staff, now } = request
  const { answer, head } = await request.database.transaction(async (queries) => {
    const entries: AuditEntry[] = []
    const answer: Answered<Code, Done> = forbidden(action.may, staff) ?? (await work(queries, (entry) => entries.push({ ...entry, person: staff.name })))
    if (!answer.ok) entries.push({ act: 'REFUSAL', person: staff.name, record: action.record !== undefined && isRecordId(action.record) ? action.record : undefined, key: action.key, asked: action.asked, code: answer.code })
    return { answer, head: entries.length > 0 ? await request.audit.append(queries, entries, now) : undefined }
  })
  if (head) await request.audit.publish(head, now)
  return answer
}

/** Whether a member's key is this person's to use: a member's own, or a recovery key in the hands of those who may. */
export function mayUse(member: Member | undefined, staff: Staff): member is Member {
  if (member?.state !== 'ACTIVE') return false
  return member.purpose === 'RECOVERY' ? forbidden('USE_RECOVERY_KEY', staff) === undefined : member.owner === viewerKey(staff)
}

/** The member who proves with their key that they ask; locked against being retired meanwhile. */
export async function provenMember(queries: Queries, request: VaultRequest, asked: Asked, target: string | null, proof: Proof): Promise<Member | Refused<'PROOF_WRONG'>> {
  const member = (await membersBy(queries, [proof.fingerprint])).get(proof.fingerprint)
  if (!mayUse(member, request.staff)) return refused('PROOF_WRONG', 'The key is none of yours that is in use. "onrecord vault members" shows the keys and their state.', 'proof.fingerprint')
  const problem = proofProblem(asked, target, proof, member, request.now)
  return problem === undefined ? member : refused('PROOF_WRONG', problem, 'proof')
}
