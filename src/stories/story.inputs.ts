import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { enumOf } from '../graphql/enum-of.js'
import { DateTime } from '../graphql/scalars.js'
import { EXPUNGE_REASONS } from './expunge.js'
import { StoryDocumentScalar } from './story-document.scalar.js'

@InputType({ description: 'Part of other inputs.' })
export abstract class Once {
  @Field(() => String, { nullable: true, description: 'Any text of your own, at most 200 characters: asked again with the same key and input, the change is not done again and the answer is the same.' })
  idempotencyKey?: string | null
}

@InputType({ description: 'Part of other inputs.' })
export abstract class OnStory extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { nullable: true, description: 'The revision you looked at. If it is not the current one any more, nothing is done and you are told.' })
  expectedRevision?: number | null
}

@InputType({ description: 'A new story.' })
export class CreateStoryInput extends Once {
  @Field(() => StoryDocumentScalar, { description: 'The story, without `publication`: it begins as a draft.' })
  document!: object
}

@InputType({ description: 'The next revision of a story.' })
export class SaveRevisionInput extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { description: 'The revision that this one follows.' })
  expectedRevision!: number

  @Field(() => StoryDocumentScalar, { description: 'The whole document.' })
  document!: object

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is saved by itself while somebody types. The next such save of the same person takes its place.' })
  autosave!: boolean
}

@InputType({ description: 'A story to act on.' })
export class StoryActionInput extends OnStory {}

@InputType({ description: 'When a story is to be published by itself.' })
export class ScheduleStoryInput extends OnStory {
  @Field(() => DateTime, { description: 'The instant, in the future.' })
  at!: Date
}

@InputType({ description: 'An embargo on a story not yet published.' })
export class EmbargoStoryInput extends OnStory {
  @Field(() => DateTime, { nullable: true, description: 'Until when; left out, until somebody lifts it.' })
  until?: Date | null

  @Field(() => String, { nullable: true, description: 'Its terms, as agreed with whoever asked for it; at most 10,000 UTF-16 units.' })
  terms?: string | null
}

@InputType({ description: 'Words in a paragraph.' })
export class TextRangeInput {
  @Field(() => Int, { description: 'Index of the paragraph.' })
  paragraph!: number

  @Field(() => Int, { description: 'First UTF-16 code unit.' })
  start!: number

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  end!: number

  @Field(() => String, { nullable: true, description: 'The words, to be compared with what is there.' })
  exact?: string
}

@InputType({ description: 'A correction or clarification, published with the current revision.' })
export class CorrectStoryInput extends OnStory {
  @Field(() => String, { description: 'What was wrong and what is right, for the reader; at most 10,000 UTF-16 units.' })
  explanation!: string

  @Field(() => TextRangeInput, { nullable: true, description: 'The wrong words, in the version that is public now.' })
  wrong?: TextRangeInput | null

  @Field(() => TextRangeInput, { nullable: true, description: 'The right words, in the revision that is to be published.' })
  right?: TextRangeInput | null
}

@InputType({ description: 'A story to take from the public.' })
export class RemoveStoryInput extends OnStory {
  @Field(() => String, { nullable: true, description: 'What those who took the story are told; at most 10,000 UTF-16 units.' })
  advisory?: string | null

  @Field(() => String, { nullable: true, description: 'Why, for the newsroom only; at most 10,000 UTF-16 units.' })
  reason?: string | null

  @Field(() => String, { nullable: true, description: 'Slug of the story that takes its place.' })
  replacedBy?: string | null
}

export const LiftReason = enumOf(['AGREED', 'BROKEN'])
registerEnumType(LiftReason, {
  name: 'LiftReason', description: 'Why an embargo ends early.',
  valuesConfig: { AGREED: { description: 'Whoever asked for it agreed.' }, BROKEN: { description: 'Somebody else published.' } },
})
@InputType({ description: 'An embargo to end.' })
export class LiftEmbargoInput extends OnStory {
  @Field(() => LiftReason, { description: 'Why.' })
  reason!: string

  @Field(() => String, { nullable: true, description: 'Who broke it.' })
  outlet?: string | null

  @Field(() => String, { nullable: true, description: 'Where: an http or https address.' })
  url?: string | null
}

export const ExpungeReason = enumOf(EXPUNGE_REASONS)
registerEnumType(ExpungeReason, {
  name: 'ExpungeReason', description: 'Why words were removed from the archive for good.',
  valuesConfig: {
    COURT_ORDER: { description: 'A court ordered it.' }, CONSENT_WITHDRAWN: { description: 'Somebody withdrew the consent that it rested on.' },
    LEGAL_OBLIGATION: { description: 'A law requires it.' }, SAFETY: { description: 'It endangers somebody.' },
  },
})
@InputType({ description: 'Revisions of which nothing may remain but a hash and the reason.' })
export class ExpungeRevisionsInput extends OnStory {
  @Field(() => ExpungeReason, { description: 'Why.' })
  reason!: string

  @Field(() => [Int], { nullable: true, description: 'Their numbers; left out, all revisions of the story.' })
  revisions?: number[] | null
}
