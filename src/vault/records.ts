import { forbidden, viewerKey } from '../access/index.js'
import { toBase64, type Proof, type SignedManifest } from './seal/index.js'
import { ciphertextFor, destroy, isClearedOwner, isOnHold, liftHold, lockRecord, manifestsFrom, placeHold, recipientsOf, recordExists, recordsFor, type ListedRecord } from './vault.store.js'
import { audited, NO_RECORD, provenMember, refused, type Answered, type VaultRequest } from './vault-request.js'
import { isRecordId } from './seal/index.js'

/** Gives a record's ciphertext to somebody cleared for it, and writes that down. */
export function fetchRecord(request: VaultRequest, given: { readonly record: string; readonly since: number | undefined; readonly proof: Proof }): Promise<Answered<'NOT_FOUND' | 'PROOF_WRONG', { readonly ciphertext: string; readonly manifests: readonly SignedManifest[] }>> {
  const { record, proof } = given
  return audited(request, { may: 'USE_VAULT', asked: 'FETCH', record }, async (queries, note) => {
    const member = await provenMember(queries, request, 'FETCH', record, proof)
    if ('code' in member) return member
    const found = isRecordId(record) ? await ciphertextFor(queries, record, member.fingerprint) : undefined
    if (!found) return NO_RECORD
    const manifests = await manifestsFrom(queries, record, Math.min(given.since ?? found.version, found.version))
    note({ act: 'FETCH', record, key: member.fingerprint })
    return { ok: true, ciphertext: toBase64(found.ciphertext), manifests }
  })
}

/** The records that are sealed to one's key, and no others. */
export function listRecords(request: VaultRequest, given: { readonly proof: Proof; readonly after: string | null; readonly limit: number }): Promise<Answered<'PROOF_WRONG', { readonly records: readonly ListedRecord[] }>> {
  return audited(request, { may: 'USE_VAULT', asked: 'LIST' }, async (queries) => {
    const member = await provenMember(queries, request, 'LIST', null, given.proof)
    return 'code' in member ? member : { ok: true, records: await recordsFor(queries, member.fingerprint, given.after, given.limit) }
  })
}

/** Destroys a record for good. A legal hold prevents it. */
export function destroyRecord(request: VaultRequest, { record, proof }: { readonly record: string; readonly proof: Proof }): Promise<Answered<'NOT_FOUND' | 'PROOF_WRONG' | 'ON_HOLD', object>> {
  return audited(request, { may: 'USE_VAULT', asked: 'DESTROY', record }, async (queries, note) => {
    const member = await provenMember(queries, request, 'DESTROY', record, proof)
    if ('code' in member) return member
    // As many statements for a record that is there as for one that is not, so that the time tells nothing (S7).
    const isCleared = async () => isRecordId(record) && (await recipientsOf(queries, record)).includes(member.fingerprint)
    if (!(await isCleared())) return NO_RECORD
    const stored = await lockRecord(queries, record)
    if (!stored || stored.isDestroyed || !(await isCleared())) return NO_RECORD
    if (await isOnHold(queries, record)) return refused('ON_HOLD', 'A legal hold keeps this record. It cannot be destroyed before the hold is lifted.', 'record')
    await destroy(queries, record)
    note({ act: 'DESTROY', record, key: member.fingerprint })
    return { ok: true }
  })
}

/** Places a hold or lifts it. Whoever may read the audit log knows of every record; others of those they are cleared for. */
export function holdRecord(request: VaultRequest, record: string, act: 'PLACE' | 'LIFT'): Promise<Answered<'NOT_FOUND' | 'ON_HOLD' | 'NO_HOLD', object>> {
  return audited(request, { may: 'LEGAL_HOLD', asked: `${act}_HOLD`, record }, async (queries, note) => {
    const { staff, now } = request
    // Locked first, so that a hold and a destruction, or a re-sealing, come one after the other.
    const stored = isRecordId(record) ? await lockRecord(queries, record) : undefined
    const knows = isRecordId(record) && (forbidden('READ_AUDIT', staff) === undefined ? await recordExists(queries, record) : await isClearedOwner(queries, record, viewerKey(staff)!))
    if (!stored || !knows) return NO_RECORD
    const on = now.toISOString().slice(0, 10)
    if (act === 'LIFT') {
      if (!(await liftHold(queries, record, staff.name, on))) return refused('NO_HOLD', 'No hold is on this record.', 'record')
      note({ act: 'HOLD_LIFTED', record })
      return { ok: true }
    }
    if (await isOnHold(queries, record)) return refused('ON_HOLD', 'A hold is on this record already.', 'record')
    await placeHold(queries, { id: request.newId(), record, by: staff.name, on })
    note({ act: 'HOLD_PLACED', record })
    return { ok: true }
  })
}
