import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import { MOST_PER_PAGE } from '../graphql/connection.js'
import { DateTime } from '../graphql/scalars.js'
import { StoryDocumentScalar } from '../stories/story-document.scalar.js'
import { Once, OnStory } from '../stories/story.inputs.js'
import { Severity } from './finding.types.js'
import { CheckProfile } from './rule.types.js'
import { WaiverReason } from './waiver.types.js'

@ArgsType()
export class ProfileArgs {
  @Field(() => CheckProfile, { defaultValue: 'NEWSROOM', description: 'Which rules run, and how severe they are.' })
  profile!: string
}

@ArgsType()
export class StoryFindingsArgs extends ProfileArgs {
  @Field(() => Severity, { nullable: true, description: 'Only those at least so severe.' })
  minSeverity?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'Also those that are waived.' })
  includeWaived!: boolean
}

@ArgsType()
export class CheckDocumentArgs extends ProfileArgs {
  @Field(() => StoryDocumentScalar, { description: 'The document.' })
  document!: object
}

@ArgsType()
export class CheckTextArgs extends ProfileArgs {
  @Field(() => String, { description: 'Plain text, paragraphs parted by blank lines.' })
  text!: string

  @Field(() => String, { nullable: true, description: 'Its language, BCP 47. Guessed where left out.' })
  language?: string | null
}

@InputType({ description: 'Conditions on findings; all that are given must hold.' })
export class FindingFilterInput {
  @Field(() => [ID], { nullable: true, description: 'Of any of these rules.' })
  rules?: string[] | null

  @Field(() => [Severity], { nullable: true, description: 'Any of these severities.' })
  severities?: string[] | null

  @Field(() => [String], { nullable: true, description: 'In stories of any of these desks.' })
  desks?: string[] | null

  @Field(() => String, { nullable: true, description: 'In stories with a byline of the journalist with this key.' })
  journalist?: string | null

  @Field(() => DateTime, { nullable: true, description: 'In stories whose current revision was saved at this instant or later.' })
  since?: Date | null

  @Field(() => Boolean, { defaultValue: false, description: 'Also those that are waived.' })
  includeWaived!: boolean
}

@ArgsType()
export class FindingsArgs extends ProfileArgs {
  @Field(() => FindingFilterInput, { nullable: true, description: 'Conditions on the findings.' })
  filter?: FindingFilterInput | null

  @Field(() => Int, { nullable: true, description: `How many at most; 1 to ${MOST_PER_PAGE}. 20 where left out. A page may hold fewer, even none, while \`hasNextPage\` is true: go on with \`after\`.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor, from `endCursor` or an edge of the same query.' })
  after?: string | null
}

@ArgsType()
export class AttributionReportArgs {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string
}

@ArgsType()
export class AnonymousSourcingArgs {
  @Field(() => DateTime, { nullable: true, description: 'First published at this instant or later; a year ago where left out.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'First published before this instant; now where left out.' })
  before?: Date | null

  @Field(() => [String], { nullable: true, description: 'Any of these desks; all where left out.' })
  desks?: string[] | null
}

@InputType({ description: 'A finding to waive.' })
export class WaiveFindingInput extends OnStory {
  @Field(() => ID, { description: 'Id of the rule.' })
  rule!: string

  @Field(() => String, { description: 'The finding\'s `fingerprint`.' })
  fingerprint!: string

  @Field(() => WaiverReason, { description: 'Why, as a code.' })
  reason!: string

  @Field(() => String, { nullable: true, description: 'Why, in your words; at most 2,000 characters.' })
  note?: string | null
}

@InputType({ description: 'A waiver to take back.' })
export class RevokeWaiverInput extends Once {
  @Field(() => ID, { description: 'The waiver\'s `id`.' })
  waiverId!: string
}
