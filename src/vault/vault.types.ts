import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionType } from '../graphql/connection.js'
import { enumOf } from '../graphql/enum-of.js'
import { CalendarDate } from '../graphql/scalars.js'
import type { Manifest, SignedManifest } from './seal/index.js'
import { VaultAct, VaultPurpose } from './vault.inputs.js'
import type { Attestation, ListedRecord, Member } from './vault.store.js'

export const VaultKeyState = enumOf(['PENDING', 'ACTIVE', 'RETIRED'])
registerEnumType(VaultKeyState, {
  name: 'VaultKeyState', description: 'Whether a vault key is in use. Newsroom only.',
  valuesConfig: { PENDING: { description: 'Nobody has vouched for it yet.' }, ACTIVE: { description: 'In use.' }, RETIRED: { description: 'Out of use, for good.' } },
})

@ObjectType({ description: 'A member\'s word for another\'s key. For staff who may use the vault. Newsroom only.' })
export class VaultAttestation {
  constructor(private readonly attestation: Attestation) {}

  @Field(() => String, { description: 'Fingerprint of who vouches.' })
  get by(): string { return this.attestation.by }

  @Field(() => String, { description: 'Their signature.' })
  get signature(): string { return this.attestation.signature }
}

@ObjectType({ description: 'The public part of a vault key. Believe it when you have compared its fingerprint with its holder, and not because the server shows it. For staff who may use the vault. Newsroom only.' })
export class VaultMember {
  constructor(private readonly member: Member, private readonly known: readonly Attestation[]) {}

  @Field(() => String, { description: 'Of name, purpose and both public keys: 40 hexadecimal digits.' })
  get fingerprint(): string { return this.member.fingerprint }

  @Field(() => String, { description: 'Whose it is.' })
  get name(): string { return this.member.name }

  @Field(() => VaultPurpose, { description: 'A member\'s, or the newsroom\'s for recovery.' })
  get purpose(): string { return this.member.purpose }

  @Field(() => String, { description: 'age X25519 recipient.' })
  get recipient(): string { return this.member.recipient }

  @Field(() => String, { description: 'Ed25519 public key, in base64url.' })
  get signingKey(): string { return this.member.signingKey }

  @Field(() => String, { description: 'Signature by the key itself.' })
  get signature(): string { return this.member.signature }

  @Field(() => VaultKeyState, { description: 'Whether it is in use.' })
  get state(): string { return this.member.state }

  @Field(() => CalendarDate, { description: 'Day on which it was registered.' })
  get registeredOn(): string { return this.member.registeredOn }

  @Field(() => [VaultAttestation], { description: 'Who vouched for it.' })
  get attestations(): VaultAttestation[] { return this.known.filter(({ subject }) => subject === this.member.fingerprint).map((attestation) => new VaultAttestation(attestation)) }
}

@ObjectType({ description: 'What the sealer of a record signed. For those cleared for the record. Newsroom only.' })
export class VaultManifest {
  constructor(private readonly signed: SignedManifest) {}

  private get manifest(): Manifest { return this.signed.manifest }

  @Field(() => ID, { description: 'The record.' })
  get record(): string { return this.manifest.record }

  @Field(() => Int, { description: 'Its version, from 1.' })
  get version(): number { return this.manifest.version }

  @Field(() => VaultAct, { description: 'What it was sealed for.' })
  get act(): string { return this.manifest.act }

  @Field(() => [String], { description: 'Fingerprints of those it is sealed to.' })
  get recipients(): readonly string[] { return this.manifest.recipients }

  @Field(() => String, { description: 'SHA-256 of the ciphertext.' })
  get hash(): string { return this.manifest.hash }

  @Field(() => String, { nullable: true, description: 'Hash of the manifest before; null in version 1.' })
  get previous(): string | null { return this.manifest.previous }

  @Field(() => String, { nullable: true, description: 'In version 1, what the record\'s id follows from.' })
  get nonce(): string | null { return this.manifest.nonce }

  @Field(() => String, { description: 'Fingerprint of the signer.' })
  get signer(): string { return this.manifest.signer }

  @Field(() => String, { description: 'Ed25519 signature, in base64url.' })
  get signature(): string { return this.signed.signature }
}

@ObjectType({ description: 'Who a confidential source is, sealed: the server cannot open it, and nothing else refers to it. For those cleared for it. Newsroom only.' })
export class VaultRecord {
  constructor(private readonly record: ListedRecord) {}

  @Field(() => ID, { description: 'Random; in no other place than here.' })
  get id(): string { return this.record.id }

  @Field(() => VaultManifest, { description: 'Of the newest version.' })
  get manifest(): VaultManifest { return new VaultManifest(this.record) }

  @Field(() => Boolean, { description: 'Whether a legal hold keeps it from being destroyed.' })
  get isOnHold(): boolean { return this.record.isOnHold }
}

export const VaultRecordConnection = connectionType<VaultRecord>('VaultRecord', () => VaultRecord)
