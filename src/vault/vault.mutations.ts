import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import { again } from '../graphql/again.js'
import { DoesOnRecord } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { unauthenticated } from '../graphql/errors.js'
import type { MutationError } from '../graphql/mutation.js'
import { errorsOf, input, payloadType } from '../graphql/payload.js'
import { attestKey, registerKey, retireKey } from './members.js'
import { destroyRecord, fetchRecord, holdRecord } from './records.js'
import { sealRecord } from './seal-record.js'
import type { Proof } from './seal/index.js'
import { AttestVaultKeyInput, DestroyVaultRecordInput, FetchVaultRecordInput, LegalHoldInput, RegisterVaultKeyInput, RetireVaultKeyInput, SealVaultRecordInput, type VaultProofInput } from './vault.inputs.js'
import type { VaultRequest } from './vault-request.js'
import type { Member } from './vault.store.js'
import { VaultManifest, VaultMember } from './vault.types.js'

const FORBIDDEN = { FORBIDDEN: 'Your role may not do this.' }
const PROOF = { ...FORBIDDEN, PROOF_WRONG: 'The proof is not of a key of yours that is in use, or not of this request.' }
const RECORD = { NOT_FOUND: 'There is no such record, or you are not cleared for it: which of the two is not told.' }
const MEMBER = { member: { type: () => VaultMember, description: 'The key as it is now. Null where nothing was done.' } }
const VERSION = { version: { type: () => Int, description: 'The version that is stored now. Null where nothing was done.' } }

const RegisterVaultKeyPayload = payloadType('registerVaultKey', {
  ...FORBIDDEN, KEY_WRONG: 'A part of the key is not of its form.', SIGNATURE_WRONG: 'It is not signed by itself.', NAME_DIFFERS: 'It is made out to another name than your token.', TAKEN: 'Somebody else registered it.', TOO_MANY_KEYS: 'You have too many keys in use.',
}, MEMBER)
const AttestVaultKeyPayload = payloadType('attestVaultKey', { ...FORBIDDEN, NOT_FOUND: 'There is no such key.', SIGNER_WRONG: 'The key that vouches is not yours, or not in use.', SIGNATURE_WRONG: 'The signature is wrong.', RETIRED: 'The key was retired.' }, MEMBER)
const RetireVaultKeyPayload = payloadType('retireVaultKey', { ...PROOF, NOT_FOUND: 'There is no such key.', RETIRED: 'It was retired before.' }, MEMBER)
const SealVaultRecordPayload = payloadType('sealVaultRecord', {
  ...FORBIDDEN, ...RECORD, CONFLICT: 'Somebody else sealed it meanwhile.', MANIFEST_WRONG: 'The manifest is not of its form.', HASH_DIFFERS: 'The ciphertext is not the one of the manifest.', SIGNER_WRONG: 'The signer\'s key is not yours, or not in use.',
  SIGNATURE_WRONG: 'The signature is wrong.', RECIPIENT_NOT_ACTIVE: 'A recipient\'s key is unknown, not vouched for, or retired.', RECOVERY_MISSING: 'It is not sealed to the newsroom\'s recovery key.', NO_MEMBER: 'It is sealed to no person, or not to its maker.', ACT_WRONG: 'The act is not what the recipients show.',
  TOO_LARGE: 'The ciphertext is too large.', ARMOURED: 'The ciphertext is armoured.', NOT_AGE: 'It is no age ciphertext.', FOREIGN_STANZA: 'It opens for something else than members\' keys.', STANZA_COUNT: 'It opens for more or fewer keys than it names.', NOT_PADDED: 'It is cut off, or not padded.',
}, VERSION)
const FetchVaultRecordPayload = payloadType('fetchVaultRecord', { ...PROOF, ...RECORD }, {
  ciphertext: { type: () => String, description: 'In base64. Null where nothing is given.' }, manifests: { type: () => [VaultManifest], description: 'From the version that you saw last to the newest, whose ciphertext this is.' },
})
const DestroyVaultRecordPayload = payloadType('destroyVaultRecord', { ...PROOF, ...RECORD, ON_HOLD: 'A legal hold keeps it.' }, { isDestroyed: { type: () => Boolean, description: 'Whether it is destroyed now.', nullable: false } })
const HOLD = { isOnHold: { type: () => Boolean, description: 'Whether a hold is on it now. Null where nothing was done.' } }
const PlaceLegalHoldPayload = payloadType('placeLegalHold', { ...FORBIDDEN, ...RECORD, ON_HOLD: 'A hold is on it already.' }, HOLD)
const LiftLegalHoldPayload = payloadType('liftLegalHold', { ...FORBIDDEN, ...RECORD, NO_HOLD: 'No hold is on it.' }, HOLD)

interface Payload { readonly errors: MutationError[]; readonly [result: string]: unknown }

@Resolver()
export class VaultMutations {
  @DoesOnRecord('USE_VAULT')
  @Mutation(() => RegisterVaultKeyPayload, { description: 'Registers the public part of your vault key, or of the newsroom\'s recovery key. The secret part stays with you. For reporters and editors; a recovery key for standards editors and administrators.' })
  async registerVaultKey(@Ctx() context: GraphQLContext, @Arg(...input(() => RegisterVaultKeyInput)) { signature, ...card }: RegisterVaultKeyInput): Promise<Payload> {
    return memberPayload(await again(() => registerKey(requestOf(context), { card, signature })))
  }

  @DoesOnRecord('USE_VAULT')
  @Mutation(() => AttestVaultKeyPayload, { description: 'Vouches for a key whose fingerprint you have compared with its holder; it is in use from then on. For holders of a vault key that is.' })
  async attestVaultKey(@Ctx() context: GraphQLContext, @Arg(...input(() => AttestVaultKeyInput)) given: AttestVaultKeyInput): Promise<Payload> {
    return memberPayload(await again(() => attestKey(requestOf(context), given)))
  }

  @DoesOnRecord('USE_VAULT')
  @Mutation(() => RetireVaultKeyPayload, { description: 'Takes a key out of use, at once and for good. Records that are sealed to it stay so until they are sealed anew. For its holder, and for administrators.' })
  async retireVaultKey(@Ctx() context: GraphQLContext, @Arg(...input(() => RetireVaultKeyInput)) { fingerprint, proof }: RetireVaultKeyInput): Promise<Payload> {
    return memberPayload(await again(() => retireKey(requestOf(context), { fingerprint, proof: proof ? proofOf(proof) : undefined })))
  }

  @DoesOnRecord('USE_VAULT')
  @Mutation(() => SealVaultRecordPayload, { description: 'Stores a sealed record: a new one, or the next version of one. Asked again with the same manifest it does nothing more. For holders of a vault key; a later version for those cleared by the one before.' })
  async sealVaultRecord(@Ctx() context: GraphQLContext, @Arg(...input(() => SealVaultRecordInput)) { manifest, signature, ciphertext }: SealVaultRecordInput): Promise<Payload> {
    const whole = { ...manifest, previous: manifest.previous ?? null, nonce: manifest.nonce ?? null }
    const answer = await again(() => sealRecord(requestOf(context), { manifest: whole, signature, ciphertext }))
    return { version: answer.ok ? answer.version : null, errors: errorsOf(answer) }
  }

  @DoesOnRecord('USE_VAULT')
  @Mutation(() => FetchVaultRecordPayload, { description: 'Gives the ciphertext of a record to whom it is sealed. A mutation, because each fetch leaves an audit record; without it nothing is given.' })
  async fetchVaultRecord(@Ctx() context: GraphQLContext, @Arg(...input(() => FetchVaultRecordInput)) { record, since, proof }: FetchVaultRecordInput): Promise<Payload> {
    const answer = await again(() => fetchRecord(requestOf(context), { record, since: since ?? undefined, proof: proofOf(proof) }))
    return { ciphertext: answer.ok ? answer.ciphertext : null, manifests: answer.ok ? answer.manifests.map((manifest) => new VaultManifest(manifest)) : null, errors: errorsOf(answer) }
  }

  @DoesOnRecord('USE_VAULT')
  @Mutation(() => DestroyVaultRecordPayload, { description: 'Destroys a record for good, unless a legal hold keeps it. For those it is sealed to.' })
  async destroyVaultRecord(@Ctx() context: GraphQLContext, @Arg(...input(() => DestroyVaultRecordInput)) { record, proof }: DestroyVaultRecordInput): Promise<Payload> {
    const answer = await again(() => destroyRecord(requestOf(context), { record, proof: proofOf(proof) }))
    return { isDestroyed: answer.ok, errors: errorsOf(answer) }
  }

  @DoesOnRecord('LEGAL_HOLD')
  @Mutation(() => PlaceLegalHoldPayload, { description: 'Keeps a record from being destroyed, and its replaced versions from being deleted. For administrators, and for standards editors who are cleared for it.' })
  async placeLegalHold(@Ctx() context: GraphQLContext, @Arg(...input(() => LegalHoldInput)) { record }: LegalHoldInput): Promise<Payload> {
    const answer = await again(() => holdRecord(requestOf(context), record, 'PLACE'))
    return { isOnHold: answer.ok ? true : null, errors: errorsOf(answer) }
  }

  @DoesOnRecord('LEGAL_HOLD')
  @Mutation(() => LiftLegalHoldPayload, { description: 'Lifts a hold; what it kept of replaced versions is deleted. For administrators, and for standards editors who are cleared for the record.' })
  async liftLegalHold(@Ctx() context: GraphQLContext, @Arg(...input(() => LegalHoldInput)) { record }: LegalHoldInput): Promise<Payload> {
    const answer = await again(() => holdRecord(requestOf(context), record, 'LIFT'))
    return { isOnHold: answer.ok ? false : null, errors: errorsOf(answer) }
  }
}

/** @throws UNAUTHENTICATED */
export function requestOf({ viewer, database, audit, now, newId }: GraphQLContext): VaultRequest {
  if (viewer.kind !== 'STAFF') throw unauthenticated('The vault is for staff.')
  return { database, audit, staff: viewer, now, newId }
}

export function proofOf({ fingerprint, at, signature }: VaultProofInput): Proof {
  return { fingerprint, at: at.toISOString(), signature }
}

function memberPayload(answer: { readonly ok: true; readonly member: Member } | { readonly ok: false; readonly code: string; readonly message: string; readonly path?: string }): Payload {
  return { member: answer.ok ? new VaultMember(answer.member, []) : null, errors: errorsOf(answer) }
}
