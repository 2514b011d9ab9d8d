import { Field, Float, Int, ObjectType } from 'type-graphql'
import type { AttributionReport as Report } from '../checks/index.js'
import { CalendarDate } from '../graphql/scalars.js'
import { RequestOutcome } from '../statements/statement.types.js'
import { SourceKind } from '../sources/enums.js'
import type { DeskMonth } from './sourcing.store.js'

type Line = Report['cast'][number]
type People = Report['anonymousPeople']

@ObjectType({ description: 'So many people at the least, and at the most. Newsroom only.' })
export class PeopleInterval {
  constructor({ min, max }: People) {
    this.min = min
    this.max = max
  }

  @Field(() => Int, { description: 'At the least.' })
  readonly min: number

  @Field(() => Int, { nullable: true, description: 'At the most; null where nothing limits it.' })
  readonly max: number | null
}

@ObjectType({ description: 'An entry of a story\'s cast, and how much of the story it carries. Newsroom only.' })
export class CastLine {
  constructor(private readonly line: Line) {}

  @Field(() => String, { description: 'Key among the story\'s sources.' })
  get sourceKey(): string { return this.line.source }

  @Field(() => SourceKind, { description: 'What kind of source.' })
  get kind(): string { return this.line.kind }

  @Field(() => String, { description: 'As the story calls it.' })
  get label(): string { return this.line.label }

  @Field(() => Int, { description: 'How many attributions credit it.' })
  get attributions(): number { return this.line.attributions }

  @Field(() => PeopleInterval, { description: 'How many people stand behind it.' })
  get headcount(): PeopleInterval { return new PeopleInterval(this.line.headcount) }

  @Field(() => Boolean, { description: 'Whether the story prints why it is not named.' })
  get hasPublishedReason(): boolean { return this.line.hasPublishedReason }

  @Field(() => Boolean, { description: 'Whether a person stands behind the entry.' })
  get isConfirmed(): boolean { return this.line.isConfirmed }
}

@ObjectType({ description: 'A claim for which the story has one source. Newsroom only.' })
export class SingleSourceClaim {
  constructor(private readonly entry: Report['singleSourceClaims'][number]) {}

  @Field(() => String, { description: 'Key among the story\'s claims.' })
  get claimKey(): string { return this.entry.claim }

  @Field(() => String, { description: 'What is asserted.' })
  get text(): string { return this.entry.text }

  @Field(() => String, { description: 'The source, as the story calls it.' })
  get source(): string { return this.entry.source }

  @Field(() => Boolean, { description: 'Whether the story does not name it.' })
  get isAnonymous(): boolean { return this.entry.isAnonymous }
}

@ObjectType({ description: 'A request for comment that is pending, or of whose outcome the story says nothing. Newsroom only.' })
export class OutstandingRequest {
  constructor(private readonly entry: Report['outstandingRequests'][number]) {}

  @Field(() => String, { description: 'Key among the story\'s requests for comment.' })
  get requestKey(): string { return this.entry.request }

  @Field(() => String, { description: 'Who was asked.' })
  get party(): string { return this.entry.party }

  @Field(() => RequestOutcome, { description: 'What came of it.' })
  get outcome(): string { return this.entry.outcome }

  @Field(() => Boolean, { description: 'Whether the story reports the outcome.' })
  get isReported(): boolean { return this.entry.isReported }
}

@ObjectType({ description: 'Who carries a story. Newsroom only.' })
export class AttributionReport {
  constructor(private readonly report: Report) {}

  @Field(() => [CastLine], { description: 'Its cast.' })
  get cast(): CastLine[] { return this.report.cast.map((line) => new CastLine(line)) }

  @Field(() => PeopleInterval, { description: 'How many people stand behind all its anonymous sources together: they may all be the same, or none.' })
  get anonymousPeople(): PeopleInterval { return new PeopleInterval(this.report.anonymousPeople) }

  @Field(() => Int, { description: 'How many attributions credit somebody who tells the newsroom.' })
  get attributions(): number { return this.report.attributions.total }

  @Field(() => Int, { description: 'Those that name a person.' })
  get named(): number { return this.report.attributions.named }

  @Field(() => Int, { description: 'Those to sources that the story does not name.' })
  get anonymous(): number { return this.report.attributions.anonymous }

  @Field(() => Int, { description: 'Those to organizations, documents and other outlets.' })
  get other(): number { return this.report.attributions.other }

  @Field(() => Float, { description: 'Share of those that name a person, from 0 to 1.' })
  get namedShare(): number { return this.report.attributions.namedShare }

  @Field(() => Float, { description: 'Share of those to sources that the story does not name, from 0 to 1.' })
  get anonymousShare(): number { return this.report.attributions.anonymousShare }

  @Field(() => [SingleSourceClaim], { description: 'Claims with one source.' })
  get singleSourceClaims(): SingleSourceClaim[] { return this.report.singleSourceClaims.map((entry) => new SingleSourceClaim(entry)) }

  @Field(() => [OutstandingRequest], { description: 'Requests for comment that are open, or that the story does not report.' })
  get outstandingRequests(): OutstandingRequest[] { return this.report.outstandingRequests.map((entry) => new OutstandingRequest(entry)) }

  @Field(() => Boolean, { description: 'Whether the story rests on one anonymous person and nobody else.' })
  get isSingleAnonymous(): boolean { return this.report.isSingleAnonymous }
}

@ObjectType({ description: 'How much of what a desk published in one month is credited to sources that the copy does not name. Newsroom only.' })
export class DeskSourcing {
  constructor(private readonly row: DeskMonth) {}

  @Field(() => String, { description: 'The desk.' })
  get desk(): string { return this.row.desk }

  @Field(() => CalendarDate, { description: 'First day of the month, UTC.' })
  get month(): string { return this.row.month }

  @Field(() => Int, { description: 'Stories first published in the month, as they stand now.' })
  get stories(): number { return this.row.stories }

  @Field(() => Int, { description: 'Attributions in them that credit a source.' })
  get attributions(): number { return this.row.attributions }

  @Field(() => Int, { description: 'Those to sources that the story does not name.' })
  get anonymous(): number { return this.row.anonymous }

  @Field(() => Float, { description: 'Their share, from 0 to 1.' })
  get anonymousShare(): number { return this.row.attributions === 0 ? 0 : this.row.anonymous / this.row.attributions }
}
