import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import type { ProposalCollection as Collection } from '../document/index.js'
import { ProposalCollection } from './proposal.types.js'
import { EntryScalar } from './story-document.scalar.js'
import { Once } from './story.inputs.js'

@ArgsType()
export class ExtractStoryArgs {
  @Field(() => String, { description: 'The text of the story, at most 4 MB; a story holds 1,048,576 UTF-16 units of it. A blank line parts paragraphs.' })
  text!: string

  @Field(() => String, { nullable: true, description: 'BCP 47. Guessed where left out: "en", or "und". Speakers are found in English only.' })
  language?: string | null

  @Field(() => String, { nullable: true, description: 'The desk that owns the story; "News" where left out.' })
  desk?: string | null

  @Field(() => String, { nullable: true, description: 'The slug; made of the headline or the first words where left out.' })
  slug?: string | null

  @Field(() => String, { nullable: true, description: 'Name of the outlet that publishes the story.' })
  provider?: string | null
}

@ArgsType()
export class ProposalsArgs {
  @Field(() => [ProposalCollection], { nullable: true, description: 'Only those of these collections.' })
  collections?: Collection[] | null

  @Field(() => Int, { nullable: true, description: 'Only so many, from the start; at least 1.' })
  first?: number | null
}

@InputType({ description: 'A text to make a story of.' })
export class CreateStoryFromTextInput extends Once {
  @Field(() => String, { description: 'The text, at most 1,048,576 UTF-16 units. A blank line parts paragraphs; a byline and a dateline are taken as printed.' })
  text!: string

  @Field(() => String, { nullable: true, description: 'The slug; made of the headline or the first words where left out.' })
  slug?: string | null

  @Field(() => String, { nullable: true, description: 'The desk that owns the story; "News" where left out.' })
  desk?: string | null

  @Field(() => String, { nullable: true, description: 'BCP 47. Guessed where left out.' })
  language?: string | null

  @Field(() => String, { nullable: true, description: 'Name of the outlet that publishes the story.' })
  provider?: string | null
}

@InputType({ description: 'One entry of a story that nobody has confirmed.' })
export class ProposalRefInput {
  @Field(() => ProposalCollection, { description: 'Its collection.' })
  collection!: Collection

  @Field(() => String, { description: 'Its key.' })
  key!: string
}

@InputType({ description: 'Part of other inputs.' })
export abstract class OnProposals extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { description: 'The revision you looked at. If it is not the current one any more, nothing is done and you are told.' })
  expectedRevision!: number

  @Field(() => [ProposalRefInput], { nullable: true, description: 'Which proposals. Give these, or `all`.' })
  proposals?: ProposalRefInput[] | null

  @Field(() => Boolean, { defaultValue: false, description: 'Every proposal that waits in the story.' })
  all!: boolean
}

@InputType({ description: 'Proposals that a person stands behind.' })
export class AcceptProposalsInput extends OnProposals {}

@InputType({ description: 'Proposals that are wrong.' })
export class RejectProposalsInput extends OnProposals {}

@InputType({ description: 'A proposal that is right once it is changed.' })
export class EditProposalInput extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { description: 'The revision you looked at.' })
  expectedRevision!: number

  @Field(() => ProposalCollection, { description: 'The collection of the proposal.' })
  collection!: Collection

  @Field(() => String, { description: 'Its key, which it keeps.' })
  key!: string

  @Field(() => EntryScalar, { description: 'The whole entry as it should be. Its lineage, and how it came about, stay.' })
  entry!: object
}
