import { Field, InputType, registerEnumType } from 'type-graphql'
import type { StoryFilter } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { RevisionKind, StoryState } from './story.types.js'

export const StoryOrder = enumOf(['NEWEST', 'OLDEST', 'UPDATED'])
registerEnumType(StoryOrder, {
  name: 'StoryOrder', description: 'In which order stories come.',
  valuesConfig: {
    NEWEST: { description: 'By first publication, newest first.' }, OLDEST: { description: 'By first publication, oldest first.' },
    UPDATED: { description: 'By the current version\'s publication, newest first. A story that is updated while you page moves to the front.' },
  },
})
export const TimeOrder = enumOf(['NEWEST', 'OLDEST'])
registerEnumType(TimeOrder, {
  name: 'TimeOrder', description: 'In which order entries come: by when something was said or issued, as far as that is public, else by the story\'s first publication.',
  valuesConfig: { NEWEST: { description: 'Newest first.' }, OLDEST: { description: 'Oldest first.' } },
})

export const StorySourcing = enumOf(['SINGLE_ANONYMOUS', 'ANONYMOUS_ONLY'])
registerEnumType(StorySourcing, {
  name: 'StorySourcing', description: 'On whom a story rests. Newsroom only.',
  valuesConfig: { SINGLE_ANONYMOUS: { description: 'On one person whom it does not name, and on nobody else.' }, ANONYMOUS_ONLY: { description: 'On sources that it does not name, one or several, and on nobody else.' } },
})

@InputType({ description: 'Conditions on stories; all that are given must hold.' })
export class StoryFilterInput implements StoryFilter {
  @Field(() => [String], { nullable: true, description: 'Any of these IPTC Media Topics codes.' })
  topics?: string[]

  @Field(() => [String], { nullable: true, description: 'Any of these desks.' })
  desks?: string[]

  @Field(() => String, { nullable: true, description: 'Key of a journalist with a byline.' })
  journalist?: string

  @Field(() => String, { nullable: true, description: 'Key of a person whom the story quotes or credits.' })
  person?: string

  @Field(() => String, { nullable: true, description: 'Key of an organization that the story quotes or credits.' })
  organization?: string

  @Field(() => [String], { nullable: true, description: 'Any of these languages, BCP 47.' })
  languages?: string[]

  @Field(() => [RevisionKind], { nullable: true, description: 'Any of these kinds.' })
  kinds?: string[]

  @Field(() => String, { nullable: true, description: 'Slug of a storyline.' })
  storyline?: string

  @Field(() => DateTime, { nullable: true, description: 'First published at this instant or later.' })
  publishedFrom?: Date

  @Field(() => DateTime, { nullable: true, description: 'First published before this instant.' })
  publishedBefore?: Date

  @Field(() => DateTime, { nullable: true, description: 'Current version published at this instant or later.' })
  updatedSince?: Date

  @NewsroomOnly()
  @Field(() => StorySourcing, { nullable: true, description: 'On whom they rest. Staff only.' })
  sourcing?: string

  @NewsroomOnly()
  @Field(() => [StoryState], { nullable: true, description: 'Any of these states. Staff only.' })
  states?: string[]
}
