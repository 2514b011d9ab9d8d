import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { MOST_PER_PAGE } from '../graphql/connection.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { ACTS, PURPOSES, type Act, type Purpose } from './seal/index.js'

export const VaultAct = enumOf(ACTS)
registerEnumType(VaultAct, {
  name: 'VaultAct', description: 'What a version of a vault record was sealed for. Newsroom only.',
  valuesConfig: {
    CREATE: { description: 'The first version.' }, UPDATE: { description: 'What it says changed; those cleared are the same.' }, GRANT: { description: 'More people are cleared.' },
    REVOKE: { description: 'Fewer are. What they have read they still know.' }, ROTATE: { description: 'A key took the place of another.' },
  },
})
export const VaultPurpose = enumOf(PURPOSES)
registerEnumType(VaultPurpose, {
  name: 'VaultPurpose', description: 'Whose a vault key is. Newsroom only.',
  valuesConfig: { MEMBER: { description: 'A member of staff\'s.' }, RECOVERY: { description: 'The newsroom\'s own, kept offline; every record is sealed to it.' } },
})

@InputType({ description: 'Shows that whoever asks holds a vault key: a token alone gets nothing of the vault.' })
export class VaultProofInput {
  @Field(() => String, { description: 'Fingerprint of the key.' })
  fingerprint!: string

  @Field(() => DateTime, { description: 'When it was made, to the millisecond; within five minutes of the server\'s clock.' })
  at!: Date

  @Field(() => String, { description: 'Ed25519 signature, in base64url, of what is asked, of which record or key, by which key and when.' })
  signature!: string
}

@InputType({ description: 'A vault key to register: its public part.' })
export class RegisterVaultKeyInput {
  @Field(() => String, { description: 'For a member, the name of your token. For a recovery key, what it is called.' })
  name!: string

  @Field(() => VaultPurpose, { description: 'Whose it is.' })
  purpose!: Purpose

  @Field(() => String, { description: 'age X25519 recipient, `age1…`.' })
  recipient!: string

  @Field(() => String, { description: 'Ed25519 public key, in base64url.' })
  signingKey!: string

  @Field(() => String, { description: 'Signature of the card\'s fingerprint by the key itself.' })
  signature!: string
}

@InputType({ description: 'A key to vouch for.' })
export class AttestVaultKeyInput {
  @Field(() => String, { description: 'Its fingerprint, which you have compared with its holder.' })
  fingerprint!: string

  @Field(() => String, { description: 'Fingerprint of your own key.' })
  by!: string

  @Field(() => String, { description: 'Signature of both fingerprints by your key.' })
  signature!: string
}

@InputType({ description: 'A key to take out of use.' })
export class RetireVaultKeyInput {
  @Field(() => String, { description: 'Its fingerprint.' })
  fingerprint!: string

  @Field(() => VaultProofInput, { nullable: true, description: 'Proof of that key. Administrators need none.' })
  proof?: VaultProofInput | null
}

@InputType({ description: 'What the sealer of a record signs.' })
export class VaultManifestInput {
  @Field(() => ID, { description: 'The record.' })
  record!: string

  @Field(() => Int, { description: 'Its version, from 1.' })
  version!: number

  @Field(() => VaultAct, { description: 'What it was sealed for.' })
  act!: Act

  @Field(() => [String], { description: 'Fingerprints of those it is sealed to, in order.' })
  recipients!: string[]

  @Field(() => String, { description: 'SHA-256 of the ciphertext, in hexadecimal.' })
  hash!: string

  @Field(() => String, { nullable: true, description: 'Hash of the manifest before; null in version 1.' })
  previous?: string | null

  @Field(() => String, { nullable: true, description: 'In version 1, the random bytes that the record\'s id follows from.' })
  nonce?: string | null

  @Field(() => String, { description: 'Fingerprint of the signer.' })
  signer!: string
}

@InputType({ description: 'A sealed record.' })
export class SealVaultRecordInput {
  @Field(() => VaultManifestInput, { description: 'What it is, and for whom.' })
  manifest!: VaultManifestInput

  @Field(() => String, { description: 'Ed25519 signature of the manifest, in base64url.' })
  signature!: string

  @Field(() => String, { description: 'Binary age ciphertext, in base64; at most 256 KiB. Nothing else is taken.' })
  ciphertext!: string
}

@InputType({ description: 'A record to fetch.' })
export class FetchVaultRecordInput {
  @Field(() => ID, { description: 'The record.' })
  record!: string

  @Field(() => Int, { nullable: true, description: 'The version that you saw last: manifests from there on are given. The newest alone where left out.' })
  since?: number | null

  @Field(() => VaultProofInput, { description: 'Proof of your key.' })
  proof!: VaultProofInput
}

@InputType({ description: 'A record to destroy.' })
export class DestroyVaultRecordInput {
  @Field(() => ID, { description: 'The record.' })
  record!: string

  @Field(() => VaultProofInput, { description: 'Proof of your key.' })
  proof!: VaultProofInput
}

@InputType({ description: 'A record to hold, or to let go.' })
export class LegalHoldInput {
  @Field(() => ID, { description: 'The record.' })
  record!: string
}

@ArgsType()
export class VaultRecordsArgs {
  @Field(() => VaultProofInput, { description: 'Proof of your key.' })
  proof!: VaultProofInput

  @Field(() => Int, { nullable: true, description: `How many at most; 1 to ${MOST_PER_PAGE}. 20 where left out.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor, from `endCursor` of the same query.' })
  after?: string | null
}
