import { Field, ID, InputType, Int } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { Once } from '../stories/story.inputs.js'
import { EmbargoAccessType, PartnerScopeType } from './partner.types.js'

@InputType({ description: 'Whom to reach at night, and how. One of e-mail and phone at least.' })
export class DutyContactInput {
  @Field(() => String, { nullable: true, description: 'Who, or which desk.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'An e-mail address that somebody reads at night.' })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'A telephone number, such as "+1 555 0100".' })
  phone?: string | null
}

@InputType({ description: 'Another outlet.' })
export class CreatePartnerInput extends Once {
  @Field(() => String, { description: 'Its name; at most 200 characters. Case aside, no other partner has it.' })
  name!: string

  @Field(() => DutyContactInput, { description: 'Whom to reach at night.' })
  dutyContact!: DutyContactInput
}

@InputType({ description: 'Whom to reach of a partner.' })
export class SetDutyContactInput extends Once {
  @Field(() => ID, { description: 'The partner.' })
  partnerId!: string

  @Field(() => DutyContactInput, { description: 'Whom to reach from now on; what is left out is gone.' })
  dutyContact!: DutyContactInput
}

@InputType({ description: 'What a partner is entitled to. Of desks, topics and archive, the limit or "all" is given, never neither.' })
export class SetPartnerContractInput extends Once {
  @Field(() => ID, { description: 'The partner.' })
  partnerId!: string

  @Field(() => Boolean, { defaultValue: false, description: 'Stories of all desks.' })
  allDesks!: boolean

  @Field(() => [String], { defaultValue: [], description: 'Stories of these desks; at most 200. One that no story has yet is fine.' })
  desks!: string[]

  @Field(() => Boolean, { defaultValue: false, description: 'Stories of all topics, and of none.' })
  allTopics!: boolean

  @Field(() => [String], { defaultValue: [], description: 'Stories with any of these IPTC Media Topics codes; at most 200. A code stands for itself alone, not for narrower ones.' })
  topics!: string[]

  @Field(() => Boolean, { defaultValue: false, description: 'Stories of any age.' })
  wholeArchive!: boolean

  @Field(() => Int, { nullable: true, description: 'Stories whose current version came out within so many days of 24 hours; at least 1.' })
  archiveDays?: number | null

  @Field(() => EmbargoAccessType, { defaultValue: 'NONE', description: 'Whether stories are read before their embargo ends.' })
  embargoAccess!: string

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the partner may send registered documents only (`ONRECORD_PERSISTED_DOCUMENTS`), also once the contract has ended. Where none is registered, nothing that it sends is answered.' })
  registeredOnly!: boolean

  @Field(() => DateTime, { nullable: true, description: 'From when it holds; at once, where left out. Until then the one before holds.' })
  validFrom?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When it ends, after `validFrom`; without it, it does not. To end a contract now, set it again with the present instant here.' })
  validUntil?: Date | null
}

@InputType({ description: 'A key to make.' })
export class IssuePartnerKeyInput extends Once {
  @Field(() => ID, { description: 'The partner.' })
  partnerId!: string

  @Field(() => String, { description: 'What uses it: "website", "print system"; at most 200 characters.' })
  label!: string

  @Field(() => [PartnerScopeType], { defaultValue: ['READ', 'EMBARGOED'], description: 'What it may be used for, as far as the contract goes. Leave EMBARGOED out for a website that shows what it reads.' })
  scopes!: string[]

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself, within 10 years; without it, it does not.' })
  expiresAt?: Date | null
}

@InputType({ description: 'A key to replace.' })
export class RotatePartnerKeyInput extends Once {
  @Field(() => ID, { description: 'The key.' })
  keyId!: string

  @Field(() => Int, { description: 'How many hours the old key still works beside the new one, 0 to 2160; an earlier end of its own stays.' })
  overlapHours!: number

  @Field(() => DateTime, { nullable: true, description: 'When the new key ends; where left out, it lives as long as the old one was made for.' })
  expiresAt?: Date | null
}

@InputType({ description: 'A key to end.' })
export class RevokePartnerKeyInput extends Once {
  @Field(() => ID, { description: 'The key.' })
  keyId!: string
}
