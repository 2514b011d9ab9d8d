import { forbidden, viewerKey, type Action } from '../access/index.js'
import { attestationBytes, cardProblem, fingerprintOf, isSignedBy, registrationBytes, type MemberCard, type Proof } from './seal/index.js'
import { countMembers, insertAttestation, insertMember, lockMember, membersBy, setState, type Member } from './vault.store.js'
import { audited, mayUse, provenMember, refused, type Answered, type VaultRequest } from './vault-request.js'

const MOST_KEYS = 10

/**
 * Registers the public part of a key. The first member's is in use at once; every other one when a member has vouched for it, which is
 * what keeps a stolen staff token from bringing a key of its own.
 */
export function registerKey(request: VaultRequest, { card, signature }: { readonly card: MemberCard; readonly signature: string }): Promise<Answered<'KEY_WRONG' | 'SIGNATURE_WRONG' | 'NAME_DIFFERS' | 'TAKEN' | 'TOO_MANY_KEYS', { readonly member: Member }>> {
  const fingerprint = fingerprintOf(card)
  const may: Action = card.purpose === 'RECOVERY' ? 'USE_RECOVERY_KEY' : 'USE_VAULT'
  return audited(request, { may, asked: 'REGISTER', key: fingerprint }, async (queries, note) => {
    const { staff, now } = request
    const problem = cardProblem(card)
    if (problem !== undefined) return refused('KEY_WRONG', problem, 'name')
    if (!isSignedBy(signature, registrationBytes(card), card.signingKey)) return refused('SIGNATURE_WRONG', 'The key is not signed by its own secret part.', 'signature')
    if (card.purpose === 'MEMBER' && card.name !== staff.name) return refused('NAME_DIFFERS', `The key is made out to another name than your token, which says "${staff.name}". Make the key under that name.`, 'name')
    const owner = viewerKey(staff)!
    const { active, own } = await countMembers(queries, owner)
    const known = (await membersBy(queries, [fingerprint])).get(fingerprint)
    if (known) return known.owner === owner ? { ok: true, member: known } : refused('TAKEN', 'Somebody else registered this key.', 'signingKey')
    if (own >= MOST_KEYS) return refused('TOO_MANY_KEYS', `You have ${own} keys that are not retired. Retire one first.`)
    const member: Member = { ...card, fingerprint, signature, owner, state: card.purpose === 'MEMBER' && active === 0 ? 'ACTIVE' : 'PENDING', registeredOn: now.toISOString().slice(0, 10) }
    await insertMember(queries, member)
    note({ act: 'KEY_REGISTERED', subject: card.name, key: fingerprint })
    return { ok: true, member }
  })
}

/** A member vouches for a key, which is in use from then on. */
export function attestKey(request: VaultRequest, { fingerprint, by, signature }: { readonly fingerprint: string; readonly by: string; readonly signature: string }): Promise<Answered<'NOT_FOUND' | 'SIGNER_WRONG' | 'SIGNATURE_WRONG' | 'RETIRED', { readonly member: Member }>> {
  return audited(request, { may: 'USE_VAULT', asked: 'ATTEST', key: fingerprint.slice(0, 40) }, async (queries, note) => {
    const signer = (await membersBy(queries, [by])).get(by)
    if (by === fingerprint || signer?.purpose !== 'MEMBER' || !mayUse(signer, request.staff)) return refused('SIGNER_WRONG', 'You vouch with a key of your own that is in use, and for another one.', 'by')
    if (!isSignedBy(signature, attestationBytes(fingerprint, by), signer.signingKey)) return refused('SIGNATURE_WRONG', 'The signature is not of this fingerprint and your key.', 'signature')
    const member = await lockMember(queries, fingerprint)
    if (!member) return refused('NOT_FOUND', 'There is no key of that fingerprint.', 'fingerprint')
    if (member.state === 'RETIRED') return refused('RETIRED', 'The key was retired.', 'fingerprint')
    await insertAttestation(queries, { subject: fingerprint, by, signature })
    await setState(queries, fingerprint, 'ACTIVE')
    note({ act: 'KEY_ATTESTED', subject: member.name, key: fingerprint })
    return { ok: true, member: { ...member, state: 'ACTIVE' } }
  })
}

/** Takes a key out of use, at once and for good: one's own with a proof, any other by an administrator. */
export function retireKey(request: VaultRequest, { fingerprint, proof }: { readonly fingerprint: string; readonly proof: Proof | undefined }): Promise<Answered<'NOT_FOUND' | 'PROOF_WRONG' | 'RETIRED', { readonly member: Member }>> {
  return audited(request, { may: 'USE_VAULT', asked: 'RETIRE', key: fingerprint.slice(0, 40) }, async (queries, note) => {
    const member = await lockMember(queries, fingerprint)
    if (forbidden('RETIRE_ANY_VAULT_KEY', request.staff)) {
      const proven = proof && proof.fingerprint === fingerprint ? await provenMember(queries, request, 'RETIRE', fingerprint, proof) : refused('PROOF_WRONG', 'Retire your own key, with a proof of it. An administrator retires a key that was lost or stolen.', 'proof')
      if ('code' in proven) return proven
    }
    if (!member) return refused('NOT_FOUND', 'There is no key of that fingerprint.', 'fingerprint')
    if (member.state === 'RETIRED') return refused('RETIRED', 'The key was retired before.', 'fingerprint')
    await setState(queries, fingerprint, 'RETIRED')
    note({ act: 'KEY_RETIRED', subject: member.name, key: fingerprint })
    return { ok: true, member: { ...member, state: 'RETIRED' } }
  })
}
