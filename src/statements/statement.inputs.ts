import { Field, ID, InputType, Int } from 'type-graphql'
import { DateTime } from '../graphql/scalars.js'
import { RecordKind } from '../quotes/quote.types.js'
import { Once, TextRangeInput } from '../stories/story.inputs.js'
import { ChallengeOutcome } from './challenge.types.js'
import { ContactChannel, RequestOutcome, StatementChannel, StatementRelease } from './statement.types.js'

@InputType({ description: 'Something put out together with a statement.' })
export class StatementAttachmentInput {
  @Field(() => String, { description: 'Its http or https address.' })
  url!: string

  @Field(() => String, { nullable: true, description: 'Its title.' })
  title?: string | null
}

@InputType({ description: 'A statement to file.' })
export class FileStatementInput extends Once {
  @Field(() => ID, { description: 'The organization whose statement it is.' })
  issuerId!: string

  @Field(() => ID, { nullable: true, description: 'The named person who put it out.' })
  spokespersonId?: string | null

  @Field(() => String, { nullable: true, description: 'Who put it out, where unnamed: "a spokesperson".' })
  spokespersonDescriptor?: string | null

  @Field(() => StatementChannel, { description: 'How it was put out.' })
  channel!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was put out, if known.' })
  issuedAt?: Date | null

  @Field(() => String, { description: 'The full text; at most 262,144 UTF-16 units.' })
  text!: string

  @Field(() => DateTime, { nullable: true, description: 'When the text was taken down; now, where left out.' })
  takenAt?: Date | null

  @Field(() => String, { nullable: true, description: 'Where it can be found.' })
  url?: string | null

  @Field(() => [StatementAttachmentInput], { defaultValue: [], description: 'What was put out with it; at most 50.' })
  attachments!: StatementAttachmentInput[]

  @Field(() => StatementRelease, { defaultValue: 'EXCERPT', description: 'How much of it may be public.' })
  release!: string

  @Field(() => DateTime, { nullable: true, description: 'Its own embargo.' })
  embargoedUntil?: Date | null
}

@InputType({ description: 'A later text of a statement.' })
export class AddStatementTextInput extends Once {
  @Field(() => ID, { description: 'The statement.' })
  statementId!: string

  @Field(() => String, { description: 'The full text.' })
  text!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was taken down, after the newest on file; now, where left out.' })
  takenAt?: Date | null
}

@InputType({ description: 'What of a statement may be public, and from when.' })
export class ReleaseStatementInput extends Once {
  @Field(() => ID, { description: 'The statement.' })
  statementId!: string

  @Field(() => StatementRelease, { description: 'How much of it may be public, in whatever story.' })
  release!: string

  @Field(() => DateTime, { nullable: true, description: 'Its embargo. Left out, there is none any more.' })
  embargoedUntil?: Date | null
}

@InputType({ description: 'A stretch of a transcript or recording.' })
export class RecordSegmentInput {
  @Field(() => String, { nullable: true, description: 'Who speaks.' })
  speaker?: string | null

  @Field(() => Int, { description: 'Where it begins, in milliseconds.' })
  startMs!: number

  @Field(() => Int, { description: 'Where it ends, in milliseconds; not before it begins.' })
  endMs!: number

  @Field(() => String, { description: 'What is said.' })
  text!: string
}

@InputType({ description: 'A transcript, recording or notes.' })
export class RecordInput {
  @Field(() => RecordKind, { description: 'What it is.' })
  kind!: string

  @Field(() => String, { nullable: true, description: 'Its title.' })
  title?: string | null

  @Field(() => String, { nullable: true, description: 'The programme it was part of.' })
  programme?: string | null

  @Field(() => DateTime, { nullable: true, description: 'When that was on air.' })
  airedAt?: Date | null

  @Field(() => String, { nullable: true, description: 'Where it is kept.' })
  url?: string | null

  @Field(() => [RecordSegmentInput], { defaultValue: [], description: 'Its segments, in order.' })
  segments!: RecordSegmentInput[]
}

@InputType({ description: 'A transcript or recording of a statement.' })
export class AttachToStatementInput extends Once {
  @Field(() => ID, { description: 'The statement.' })
  statementId!: string

  @Field(() => RecordInput, { description: 'What to attach.' })
  record!: RecordInput
}

@InputType({ description: 'Part of other inputs.' })
export abstract class OnDraft extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => Int, { description: 'The revision that you looked at. If it is not the current one any more, nothing is done and you are told.' })
  expectedRevision!: number
}

@InputType({ description: 'A quote that a record has the words of.' })
export class RecordedQuoteInput {
  @Field(() => ID, { description: 'The quote.' })
  quoteId!: string

  @Field(() => Int, { nullable: true, description: 'Index of the segment that has them, from 0.' })
  segment?: number | null
}

@InputType({ description: 'What quotes of a draft can be checked against.' })
export class AttachRecordInput extends OnDraft {
  @Field(() => RecordInput, { description: 'What to attach.' })
  record!: RecordInput

  @Field(() => [RecordedQuoteInput], { defaultValue: [], description: 'The quotes that can be checked against it.' })
  quotes!: RecordedQuoteInput[]
}

@InputType({ description: 'A quote, and the words of a statement that it quotes.' })
export class ExcerptInput {
  @Field(() => ID, { description: 'The quote.' })
  quoteId!: string

  @Field(() => Int, { description: 'First UTF-16 code unit in the statement\'s newest text.' })
  start!: number

  @Field(() => Int, { description: 'UTF-16 code unit after the last.' })
  end!: number
}

@InputType({ description: 'What of a draft quotes or reports a statement.' })
export class LinkExcerptsInput extends OnDraft {
  @Field(() => ID, { description: 'The statement, on file.' })
  statementId!: string

  @Field(() => [ExcerptInput], { defaultValue: [], description: 'The quotes that excerpt it.' })
  excerpts!: ExcerptInput[]

  @Field(() => [ID], { defaultValue: [], description: 'More attributions that report it, without quoting.' })
  attributionIds!: string[]

  @Field(() => [ID], { defaultValue: [], description: 'Quotes that are to lead to it no more.' })
  unlinkQuoteIds!: string[]
}

@InputType({ description: 'An attempt to reach somebody.' })
export class AttemptInput {
  @Field(() => DateTime, { description: 'When; not in the future.' })
  at!: Date

  @Field(() => ContactChannel, { description: 'How.' })
  channel!: string

  @Field(() => String, { nullable: true, description: 'A note.' })
  note?: string | null
}

@InputType({ description: 'Whom one asked for comment.' })
export class RecordRequestForCommentInput extends OnDraft {
  @Field(() => ID, { nullable: true, description: 'The person asked.' })
  personId?: string | null

  @Field(() => ID, { nullable: true, description: 'The organization asked. Give this, the person, or both.' })
  organizationId?: string | null

  @Field(() => ID, { nullable: true, description: 'The journalist who asked.' })
  askedById?: string | null

  @Field(() => [AttemptInput], { defaultValue: [], description: 'The attempts so far.' })
  attempts!: AttemptInput[]

  @Field(() => DateTime, { nullable: true, description: 'By when an answer was asked for; after the first attempt.' })
  deadline?: Date | null
}

@InputType({ description: 'One more attempt.' })
export class RecordAttemptInput extends OnDraft {
  @Field(() => String, { description: 'The request, by its key in the story.' })
  request!: string

  @Field(() => AttemptInput, { description: 'The attempt.' })
  attempt!: AttemptInput
}

@InputType({ description: 'What came of a request for comment.' })
export class RecordOutcomeInput extends OnDraft {
  @Field(() => String, { description: 'The request, by its key in the story.' })
  request!: string

  @Field(() => RequestOutcome, { description: 'What came of it.' })
  outcome!: string

  @Field(() => TextRangeInput, { nullable: true, description: 'The words in which the draft says so: all of it that becomes public.' })
  outcomeLine?: TextRangeInput | null

  @Field(() => ID, { nullable: true, description: 'The statement that answered. One on file is cited by the draft from now on; it can answer other requests too.' })
  statementId?: string | null

  @Field(() => ID, { nullable: true, description: 'The attribution of the draft that answered.' })
  attributionId?: string | null
}

@InputType({ description: 'What is brought in a challenge: a note, an address, or both.' })
export class EvidenceInput {
  @Field(() => String, { nullable: true, description: 'What it shows.' })
  note?: string | null

  @Field(() => String, { nullable: true, description: 'Where it is.' })
  url?: string | null
}

@InputType({ description: 'That somebody disputes a quote.' })
export class OpenChallengeInput extends Once {
  @Field(() => ID, { description: 'The story.' })
  storyId!: string

  @Field(() => ID, { description: 'The quote.' })
  quoteId!: string

  @Field(() => String, { description: 'Who disputes it.' })
  complainant!: string

  @Field(() => String, { description: 'What is said to be wrong.' })
  complaint!: string

  @Field(() => [EvidenceInput], { defaultValue: [], description: 'What is brought; at most 50.' })
  evidence!: EvidenceInput[]
}

@InputType({ description: 'What a challenge leads to.' })
export class ResolveChallengeInput extends Once {
  @Field(() => ID, { description: 'The challenge.' })
  challengeId!: string

  @Field(() => ChallengeOutcome, { description: 'What it leads to.' })
  outcome!: string

  @Field(() => Int, { nullable: true, description: 'The version with the correction or clarification, which is published first.' })
  version?: number | null

  @Field(() => String, { description: 'Why.' })
  explanation!: string
}
