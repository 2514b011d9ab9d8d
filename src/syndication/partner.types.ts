import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PARTNER_SCOPES } from '../access/index.js'
import type { GraphQLContext } from '../graphql/context.js'
import { enumOf } from '../graphql/enum-of.js'
import { badInput } from '../graphql/errors.js'
import { DateTime } from '../graphql/scalars.js'
import { contractInForce, EMBARGO_ACCESS, KEY_STATES, keyState, Partners, type ContractRecord, type DutyContact as Contact, type KeyRecord, type PartnerFile } from './partners.js'

export const EmbargoAccessType = enumOf(EMBARGO_ACCESS)
registerEnumType(EmbargoAccessType, {
  name: 'EmbargoAccess', description: 'Whether a partner reads stories before their embargo ends. Newsroom only.',
  valuesConfig: { NONE: { description: 'Not before everybody.' }, ADVANCE: { description: 'From the moment they are published under embargo.' } },
})
export const PartnerScopeType = enumOf(PARTNER_SCOPES)
registerEnumType(PartnerScopeType, {
  name: 'PartnerScope', description: 'What a key may be used for, as far as the contract goes. Newsroom only.',
  valuesConfig: { READ: { description: 'To read stories.' }, EMBARGOED: { description: 'To read them before their embargo ends, too.' } },
})
const PartnerKeyState = enumOf(KEY_STATES)
registerEnumType(PartnerKeyState, {
  name: 'PartnerKeyState', description: 'Whether a key opens anything. Newsroom only.',
  valuesConfig: { VALID: { description: 'It does.' }, EXPIRED: { description: 'Its time is over.' }, REVOKED: { description: 'Somebody ended it.' } },
})

const loaders = new WeakMap<object, Partners>()

/** The partners as this request reads them; after a change, anew. */
export function partnersOf(context: GraphQLContext): Partners {
  let partners = loaders.get(context.reader)
  if (!partners) loaders.set(context.reader, (partners = new Partners(context.database)))
  return partners
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
type Kind = 'Partner' | 'PartnerKey' | 'Webhook' | 'WebhookDelivery' | 'Notice'

export const idOf = (kind: Kind, id: string) => Buffer.from(`${kind}:${id}`).toString('base64url')

/** @throws BAD_USER_INPUT for an id of another kind, or none at all. */
export function uuidOfId(kind: Kind, id: string, argument: string): string {
  const [prefix, uuid, ...rest] = Buffer.from(id, 'base64url').toString('utf8').split(':')
  if (prefix !== kind || rest.length > 0 || !UUID.test(uuid ?? '')) throw badInput(`Argument "${argument}" is not the id of a ${kind}; use the "id" field of one.`)
  return uuid!
}

@ObjectType({ description: 'Whom to reach of a partner at night, and how. Newsroom only.' })
export class DutyContact implements Contact {
  @Field(() => String, { nullable: true, description: 'Who, or which desk.' })
  readonly name!: string | null

  @Field(() => String, { nullable: true, description: 'By e-mail.' })
  readonly email!: string | null

  @Field(() => String, { nullable: true, description: 'By phone.' })
  readonly phone!: string | null
}

@ObjectType({ description: 'What a partner is or was entitled to. It never changes: a changed contract is another one. Newsroom only.' })
export class PartnerContract {
  constructor(private readonly record: ContractRecord) {}

  @Field(() => Int, { description: 'Counts the partner\'s contracts from 1. Of those that have begun, the highest holds.' })
  get number(): number { return this.record.number }

  @Field(() => [String], { nullable: true, description: 'Only stories of these desks; null for all.' })
  get desks(): readonly string[] | null { return this.record.desks }

  @Field(() => [String], { nullable: true, description: 'Only stories with any of these IPTC Media Topics codes; null for all.' })
  get topics(): readonly string[] | null { return this.record.topics }

  @Field(() => EmbargoAccessType, { description: 'Whether stories are read before their embargo ends.' })
  get embargoAccess(): string { return this.record.embargoAccess }

  @Field(() => Int, { nullable: true, description: 'Only stories whose current version came out within so many days; null for any age.' })
  get archiveDays(): number | null { return this.record.archiveDays }

  @Field(() => Boolean, { description: 'Whether the partner may send registered documents only. Any other is refused with DOCUMENT_NOT_ALLOWED.' })
  get registeredOnly(): boolean { return this.record.registeredOnly }

  @Field(() => DateTime, { description: 'From when it holds.' })
  get validFrom(): string { return this.record.validFrom }

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null where it does not.' })
  get validUntil(): string | null { return this.record.validUntil }

  @Field(() => DateTime, { description: 'When it was entered.' })
  get setAt(): string { return this.record.setAt }

  @Field(() => String, { description: 'Who entered it.' })
  get setBy(): string { return this.record.setBy }
}

@ObjectType({ description: 'An API key of a partner. The key itself is not kept. Newsroom only.' })
export class PartnerKey {
  constructor(private readonly context: GraphQLContext, private readonly record: KeyRecord) {}

  static maybe(context: GraphQLContext, record: KeyRecord | undefined): PartnerKey | null { return record ? new PartnerKey(context, record) : null }

  @Field(() => ID, { description: 'Opaque id. It is no secret, and not part of the key.' })
  get id(): string { return idOf('PartnerKey', this.record.id) }

  @Field(() => String, { description: 'What uses it.' })
  get label(): string { return this.record.label }

  @Field(() => [PartnerScopeType], { description: 'What it may be used for.' })
  get scopes(): readonly string[] { return this.record.scopes }

  @Field(() => PartnerKeyState, { description: 'Whether it opens anything now.' })
  get state(): string { return keyState(this.record, this.context.now) }

  @Field(() => DateTime, { description: 'When it was made.' })
  get issuedAt(): string { return this.record.createdAt }

  @Field(() => String, { description: 'Who made it.' })
  get issuedBy(): string { return this.record.createdBy }

  @Field(() => DateTime, { nullable: true, description: 'When it ends or ended by itself; null where it does not.' })
  get expiresAt(): string | null { return this.record.expiresAt }

  @Field(() => DateTime, { nullable: true, description: 'When somebody ended it.' })
  get revokedAt(): string | null { return this.record.revokedAt }

  @Field(() => String, { nullable: true, description: 'Who ended it.' })
  get revokedBy(): string | null { return this.record.revokedBy }

  @Field(() => PartnerKey, { nullable: true, description: 'The key that takes its place.' })
  get replacedBy(): Promise<PartnerKey | null> | null {
    const { replacedById } = this.record
    return replacedById === null ? null : partnersOf(this.context).keyById.load(replacedById).then((record) => PartnerKey.maybe(this.context, record))
  }
}

@ObjectType({ description: 'Another outlet that takes stories under a contract. Newsroom only.' })
export class Partner {
  constructor(private readonly context: GraphQLContext, readonly file: PartnerFile) {}

  static maybe(context: GraphQLContext, file: PartnerFile | undefined): Partner | null { return file ? new Partner(context, file) : null }

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return idOf('Partner', this.file.id) }

  @Field(() => String, { description: 'Its name.' })
  get name(): string { return this.file.name }

  @Field(() => DutyContact, { description: 'Whom to reach at night.' })
  get dutyContact(): Contact { return this.file.dutyContact }

  @Field(() => PartnerContract, { nullable: true, description: 'The contract in force now; null where none is, and the partner reads nothing.' })
  get contract(): PartnerContract | null {
    const record = contractInForce(this.file, this.context.now)
    return record ? new PartnerContract(record) : null
  }

  @Field(() => [PartnerContract], { description: 'All contracts, past and to come, the last one first.' })
  get contracts(): PartnerContract[] { return this.file.contracts.map((record) => new PartnerContract(record)) }

  @Field(() => [PartnerKey], { description: 'Its keys, the newest first; ended ones too.' })
  get keys(): PartnerKey[] { return this.file.keys.map((record) => new PartnerKey(this.context, record)) }

  @Field(() => DateTime, { description: 'When it was added.' })
  get createdAt(): string { return this.file.createdAt }

  @Field(() => String, { description: 'Who added it.' })
  get createdBy(): string { return this.file.createdBy }
}
