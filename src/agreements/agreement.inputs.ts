import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import { PageArgs } from '../graphql/connection.js'
import { CalendarDate, DateTime } from '../graphql/scalars.js'
import { GroundRulesTerms } from '../sources/enums.js'
import { OnStory, Once } from '../stories/story.inputs.js'
import { ApprovalChannel } from './agreement.types.js'
import { SourceChangeKind } from './source-change.types.js'

@InputType({ description: 'Part of other inputs.' })
abstract class OnSource extends OnStory {
  @Field(() => ID, { description: 'The `key` of an anonymous source of the story.' })
  source!: string
}

@InputType({ description: 'What was agreed with an anonymous source. Write nothing here that tells who it is.' })
export class RecordAgreementInput extends OnSource {
  @Field(() => GroundRulesTerms, { description: 'On which terms; not ON_RECORD.' })
  terms!: string

  @Field(() => String, { description: 'Why anonymity was granted; at most 10,000 characters.' })
  reason!: string

  @Field(() => String, { nullable: true, description: 'Key of the journalist who granted it; you, where left out.' })
  grantedBy?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When; now, where left out.' })
  agreedAt?: Date | null

  @Field(() => Boolean, { description: 'Whether an editor knows who the source is; not which.' })
  editorKnowsIdentity!: boolean

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the identity is held off the system, on paper or in a head.' })
  identityHeldOffSystem!: boolean
}

@InputType({ description: 'New ground rules of a conversation with an anonymous source.' })
export class ChangeGroundRulesInput extends OnSource {
  @Field(() => GroundRulesTerms, { description: 'The terms from then on.' })
  terms!: string

  @Field(() => [ID], { nullable: true, description: 'Ids of the attributions that the conversation is behind; all of the source\'s, where left out.' })
  attributions?: string[] | null

  @Field(() => String, { nullable: true, description: 'A note; at most 10,000 characters.' })
  note?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was agreed; now, where left out.' })
  agreedAt?: Date | null
}

@InputType({ description: 'An editor\'s approval of a use of an anonymous source.' })
export class ApproveUseInput extends OnSource {
  @Field(() => String, { description: 'Which use, in words; at most 2,000 characters.' })
  use!: string

  @Field(() => [ID], { nullable: true, description: 'Ids of the attributions that are approved; all of the source\'s, where left out.' })
  attributions?: string[] | null

  @Field(() => String, { nullable: true, description: 'Journalist\'s key of the editor who approved; you, where left out.' })
  approvedBy?: string | null

  @Field(() => ApprovalChannel, { description: 'How the approval came.' })
  channel!: string

  @Field(() => Boolean, { description: 'Whether the approving editor knows who the source is.' })
  knowsIdentity!: boolean

  @Field(() => DateTime, { nullable: true, description: 'When it was given; now, where left out.' })
  at?: Date | null
}

@InputType({ description: 'An approval to take back.' })
export class RevokeApprovalInput extends Once {
  @Field(() => ID, { description: 'The approval\'s `id`.' })
  approvalId!: string
}

// No idempotency key: it would keep the instant, and asked again nothing more is put on file anyway.
@InputType({ description: 'A change of one source of one published story. For sources that are one person in several stories ask once for each, and not in one breath.' })
export class RecordSourceChangeInput {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { nullable: true, description: 'The revision you looked at. If it is not the current one any more, nothing is done and you are told.' })
  expectedRevision?: number | null

  @Field(() => ID, { description: 'The `key` of an anonymous source of the story.' })
  source!: string

  @Field(() => SourceChangeKind, { description: 'What the source did. It decides what is meant where `attributions` is left out, and is then forgotten: stored nowhere, told to nobody.' })
  change!: string

  @Field(() => [ID], { nullable: true, description: 'Ids of the attributions that must no longer be credited to the source. Left out: all of them where it takes its words back, none where it speaks under its name from now on.' })
  attributions?: string[] | null

  @Field(() => CalendarDate, { nullable: true, description: 'By which day.' })
  due?: string | null
}

@InputType({ description: 'Conditions on approvals; all that are given must hold.' })
export class ApprovalFilterInput {
  @Field(() => String, { nullable: true, description: 'By the editor with this journalist\'s key.' })
  approvedBy?: string | null

  @Field(() => [String], { nullable: true, description: 'In stories of any of these desks.' })
  desks?: string[] | null

  @Field(() => ID, { nullable: true, description: 'In this story.' })
  storyId?: string | null

  @Field(() => DateTime, { nullable: true, description: 'Given at this instant or later.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Given before this instant.' })
  before?: Date | null

  @Field(() => Boolean, { nullable: true, description: 'Only those that were revoked, or only the others.' })
  revoked?: boolean | null
}

@ArgsType()
export class ApprovalsArgs extends PageArgs {
  @Field(() => ApprovalFilterInput, { nullable: true, description: 'Conditions on the approvals.' })
  filter?: ApprovalFilterInput | null
}
