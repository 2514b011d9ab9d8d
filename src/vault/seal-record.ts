import type { Queries } from '../database/index.js'
import { formProblem, fromBase64, isSignedBy, manifestBytes, manifestHash, manifestProblem, MOST_CIPHERTEXT, MOST_RECIPIENTS, sha256Hex, type FormCode, type Manifest, type SignedManifest } from './seal/index.js'
import { activeRecovery, isOnHold, lockRecord, membersBy, recipientsOf, storeVersion, type Member } from './vault.store.js'
import { audited, mayUse, NO_RECORD, refused, type Answered, type Refused, type VaultRequest } from './vault-request.js'

export type SealCode = FormCode | 'NOT_FOUND' | 'CONFLICT' | 'MANIFEST_WRONG' | 'HASH_DIFFERS' | 'SIGNER_WRONG' | 'SIGNATURE_WRONG' | 'RECIPIENT_NOT_ACTIVE' | 'RECOVERY_MISSING' | 'NO_MEMBER' | 'ACT_WRONG'
export interface SealRequest extends SignedManifest {
  /** In base64. */
  readonly ciphertext: string
}

/**
 * Takes a sealed record, a new one or the next version of one. The server cannot open it: it checks the form, the signature, and that
 * everybody concerned may be, in the transaction that stores it.
 */
export function sealRecord(request: VaultRequest, given: SealRequest): Promise<Answered<SealCode, { readonly record: string; readonly version: number }>> {
  const { manifest } = given
  return audited(request, { may: 'USE_VAULT', asked: 'SEAL', record: manifest.record, key: manifest.signer }, async (queries, note) => {
    const ciphertext = ciphertextOf(given)
    if ('code' in ciphertext) return ciphertext
    const people = await membersBy(queries, [manifest.signer, ...manifest.recipients])
    const signer = people.get(manifest.signer)
    if (!mayUse(signer, request.staff)) return refused('SIGNER_WRONG', 'The manifest is not signed with a key of yours that is in use.', 'manifest.signer')
    if (!isSignedBy(given.signature, manifestBytes(manifest), signer.signingKey)) return refused('SIGNATURE_WRONG', 'The signature is not of this manifest and this key.', 'signature')
    const place = await placeOf(queries, manifest)
    if ('code' in place) return place
    const done = { ok: true, record: manifest.record, version: manifest.version } as const
    if (place.isDone) return done
    const wrong = await recipientsProblem(queries, manifest, people, place.recipients)
    if (wrong) return wrong
    await storeVersion(queries, { manifest, signature: given.signature, hash: manifestHash(manifest), ciphertext: ciphertext.bytes }, await isOnHold(queries, manifest.record))
    note({ act: 'SEAL', record: manifest.record, key: signer.fingerprint, asked: manifest.act })
    for (const fingerprint of manifest.recipients) if (!place.recipients.includes(fingerprint)) note({ act: 'GRANT', record: manifest.record, subject: people.get(fingerprint)!.name, key: fingerprint })
    const gone = place.recipients.filter((each) => !manifest.recipients.includes(each))
    for (const [fingerprint, { name }] of await membersBy(queries, gone)) note({ act: 'REVOKE', record: manifest.record, subject: name, key: fingerprint })
    return done
  })
}

/** What can be said of the request alone. */
function ciphertextOf({ manifest, ciphertext }: SealRequest): { readonly bytes: Uint8Array } | Refused<SealCode> {
  const problem = manifestProblem(manifest)
  if (problem !== undefined) return refused('MANIFEST_WRONG', problem, 'manifest')
  if (manifest.recipients.length > MOST_RECIPIENTS) return refused('MANIFEST_WRONG', `A record is sealed to at most ${MOST_RECIPIENTS} keys.`, 'manifest.recipients')
  if (ciphertext.length > Math.ceil(MOST_CIPHERTEXT / 3) * 4) return refused('TOO_LARGE', `The ciphertext is larger than the ${MOST_CIPHERTEXT} bytes that are taken.`, 'ciphertext')
  const bytes = fromBase64(ciphertext)
  if (!bytes) return refused('NOT_AGE', 'The ciphertext is not base64.', 'ciphertext')
  const form = formProblem(bytes, manifest.recipients.length)
  if (form) return refused(form.code, form.message, 'ciphertext')
  return sha256Hex(bytes) === manifest.hash ? { bytes } : refused('HASH_DIFFERS', 'The ciphertext is not the one that the manifest is about: it was cut off, altered or swapped.', 'manifest.hash')
}

/** Where the version belongs: after which recipients, or that it is there already. Of two who re-seal at once the second gets CONFLICT (I8). */
async function placeOf(queries: Queries, manifest: Manifest): Promise<{ readonly isDone: boolean; readonly recipients: readonly string[] } | Refused<SealCode>> {
  const current = await lockRecord(queries, manifest.record)
  // Asked also where there is no record, so that the time tells nothing (S7). A destroyed one has none.
  const recipients = await recipientsOf(queries, manifest.record)
  if (manifest.version === 1) {
    if (!current) return { isDone: false, recipients: [] }
    return current.manifestHash === manifestHash(manifest) ? { isDone: true, recipients } : refused('CONFLICT', 'The id of this record was used before. Make a new record.', 'manifest.record')
  }
  // Whoever sealed the newest version may have revoked their own key with it, and ask again because the answer was lost.
  if (current?.manifestHash === manifestHash(manifest)) return { isDone: true, recipients }
  if (!current || !recipients.includes(manifest.signer)) return NO_RECORD
  if (manifest.version !== current.version + 1 || manifest.previous !== current.manifestHash) {
    return refused('CONFLICT', `The record is at version ${current.version}: somebody sealed it meanwhile. Open it again, and seal what you changed as version ${current.version + 1}.`, 'manifest.version')
  }
  return { isDone: false, recipients }
}

async function recipientsProblem(queries: Queries, manifest: Manifest, people: ReadonlyMap<string, Member>, before: readonly string[]): Promise<Refused<SealCode> | undefined> {
  const { act, recipients, signer } = manifest
  const wrong = recipients.findIndex((fingerprint) => people.get(fingerprint)?.state !== 'ACTIVE')
  if (wrong >= 0) return refused('RECIPIENT_NOT_ACTIVE', 'A recipient\'s key is not known here, nobody has vouched for it yet, or it was retired. Look with "onrecord vault members", and seal it anew.', `manifest.recipients[${wrong}]`)
  const recovery = (await activeRecovery(queries)).map(({ fingerprint }) => fingerprint)
  if (recovery.some((fingerprint) => !recipients.includes(fingerprint))) return refused('RECOVERY_MISSING', 'Every record is sealed to the newsroom\'s recovery key too. Confirm it with "onrecord vault trust", and seal the record anew.', 'manifest.recipients')
  if (recipients.every((fingerprint) => recovery.includes(fingerprint)) || (act === 'CREATE' && !recipients.includes(signer))) return refused('NO_MEMBER', 'A record is sealed to one person at least, a new one to its maker.', 'manifest.recipients')
  // A retired key drops out by itself with the next version, and a recovery key comes in; neither is a decision about the record.
  const known = new Map([...people, ...(await membersBy(queries, before))])
  const counts = (fingerprint: string) => known.get(fingerprint)?.purpose === 'MEMBER' && known.get(fingerprint)?.state === 'ACTIVE'
  const added = recipients.some((each) => counts(each) && !before.includes(each))
  const removed = before.some((each) => counts(each) && !recipients.includes(each))
  const fits = { CREATE: true, UPDATE: !added && !removed, GRANT: added && !removed, REVOKE: removed && !added, ROTATE: added && removed }[act]
  return fits ? undefined : refused('ACT_WRONG', `The manifest says ${act}, and its recipients are not what that makes of those before.`, 'manifest.act')
}
