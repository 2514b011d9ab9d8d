import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { CONTACT_CHANNELS, REQUEST_OUTCOMES, STATEMENT_CHANNELS, STATEMENT_RELEASES, type OfficialStatement as DocumentStatement, type RequestForComment as DocumentRequest } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { globalId } from '../graphql/global-id.js'
import { Node } from '../graphql/node.type.js'
import { DateTime } from '../graphql/scalars.js'
import { Attribution, attributionOf } from '../sources/attribution.types.js'
import { Journalist, Organization, Person } from '../sources/entity.types.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { TextRange } from '../stories/text.types.js'

export const StatementChannel = enumOf(STATEMENT_CHANNELS)
registerEnumType(StatementChannel, {
  name: 'StatementChannel', description: 'How a statement was put out.',
  valuesConfig: {
    WRITTEN_STATEMENT: { description: 'A written statement.' }, PRESS_RELEASE: { description: 'A press release.' }, EMAIL: { description: 'An email.' }, PRESS_CONFERENCE: { description: 'A press conference.' },
    BRIEFING: { description: 'A briefing.' }, INTERVIEW: { description: 'An interview.' }, SOCIAL_MEDIA: { description: 'A post on social media.' }, COURT_FILING: { description: 'A court filing.' },
    LETTER: { description: 'A letter.' }, WEBSITE: { description: 'A website.' }, OTHER: { description: 'Another way.' },
  },
})
export const StatementRelease = enumOf(STATEMENT_RELEASES)
registerEnumType(StatementRelease, {
  name: 'StatementRelease', description: 'How much of a statement may be public.',
  valuesConfig: { EXCERPT: { description: 'The quoted excerpts only.' }, FULL: { description: 'The full text.' } },
})
export const ContactChannel = enumOf(CONTACT_CHANNELS)
registerEnumType(ContactChannel, {
  name: 'ContactChannel', description: 'How somebody was asked. Newsroom only.',
  valuesConfig: {
    PHONE: { description: 'By phone.' }, EMAIL: { description: 'By email.' }, TEXT_MESSAGE: { description: 'By text message.' }, IN_PERSON: { description: 'In person.' }, LETTER: { description: 'By letter.' },
    SOCIAL_MEDIA: { description: 'Over social media.' }, LAWYER: { description: 'Through a lawyer.' }, OTHER: { description: 'Another way.' },
  },
})
export const RequestOutcome = enumOf(REQUEST_OUTCOMES)
registerEnumType(RequestOutcome, {
  name: 'RequestOutcome', description: 'What came of a request for comment. Newsroom only.',
  valuesConfig: {
    ANSWERED: { description: 'It was answered.' }, PARTIAL: { description: 'It was answered in part.' }, DECLINED: { description: 'Comment was declined.' }, NO_RESPONSE: { description: 'There was no response.' },
    UNREACHABLE: { description: 'Nobody could be reached.' }, PENDING: { description: 'It is still open.' },
  },
})

@ObjectType({ description: 'A statement\'s full text as it stood at one time. Newsroom only.' })
export class StatementSnapshot {
  constructor(private readonly snapshot: DocumentStatement['texts'][number]) {}

  @Field(() => DateTime, { description: 'When it was taken.' })
  get takenAt(): string { return this.snapshot.takenAt }

  @Field(() => String, { description: 'The text.' })
  get text(): string { return this.snapshot.text }
}

/** Excerpts across stories are in the resolver. */
@ObjectType({ implements: Node, description: 'What an institution put out, as a story that the viewer may see reports it.' })
export class OfficialStatement implements Node {
  readonly __typename = 'OfficialStatement'
  constructor(readonly index: StoryIndex, readonly statement: DocumentStatement) {}

  @Field(() => ID, { description: 'Opaque id, the same in every story that reports the statement.' })
  get id(): string { return globalId('OfficialStatement', this.statement.lineage) }

  @Field(() => Organization, { description: 'Whose statement it is.' })
  get issuer(): Organization { return new Organization(this.index, this.index.get('organizations', this.statement.issuer)) }

  @Field(() => Person, { nullable: true, description: 'The named person who put it out.' })
  get spokesperson(): Person | null {
    const person = this.index.find('people', this.statement.spokesperson?.person)
    return person ? new Person(this.index, person) : null
  }

  @Field(() => String, { nullable: true, description: 'Who put it out, where the story gives no name: "a spokesperson".' })
  get spokespersonDescriptor(): string | null { return this.statement.spokesperson?.descriptor ?? null }

  @Field(() => StatementChannel, { description: 'How it was put out.' })
  get channel(): string { return this.statement.channel }

  @Field(() => DateTime, { nullable: true, description: 'When, if known.' })
  get issuedAt(): string | null { return this.statement.issuedAt ?? null }

  @Field(() => String, { nullable: true, description: 'Where it can be found.' })
  get url(): string | null { return this.statement.url ?? null }

  @Field(() => StatementRelease, { description: 'How much of it may be public.' })
  get release(): string { return this.statement.release }

  @Field(() => String, { nullable: true, description: 'The full text, in its latest form. To the public only where it is released in full.' })
  get fullText(): string | null { return this.statement.texts.at(-1)?.text ?? null }

  @Field(() => [Attribution], { description: 'The attributions of the story that report it.' })
  get attributions(): Attribution[] { return this.statement.attributions.map((key) => attributionOf(this.index, this.index.get('attributions', key))) }

  @Field(() => Story, { description: 'The story through which it was reached; the first one that reports it, where it was reached through none.' })
  get story(): Story { return new Story(this.index) }

  @NewsroomOnly()
  @Field(() => [StatementSnapshot], { description: 'All snapshots on file, oldest first. Staff only.' })
  get snapshots(): StatementSnapshot[] { return this.statement.texts.map((snapshot) => new StatementSnapshot(snapshot)) }

  @NewsroomOnly()
  @Field(() => DateTime, { nullable: true, description: 'The statement\'s own embargo, as the story notes it; `file` has the one on file, and the later one holds. Staff only.' })
  get embargoedUntil(): string | null { return this.statement.embargoedUntil ?? null }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind it. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.statement.confirmed }
}

@ObjectType({ description: 'One attempt to reach somebody. Newsroom only.' })
export class RequestAttempt {
  constructor(private readonly attempt: DocumentRequest['attempts'][number]) {}

  @Field(() => DateTime, { description: 'When.' })
  get at(): string { return this.attempt.at }

  @Field(() => ContactChannel, { description: 'How.' })
  get channel(): string { return this.attempt.channel }

  @Field(() => String, { nullable: true, description: 'A note.' })
  get note(): string | null { return this.attempt.note ?? null }
}

@ObjectType({ description: 'That somebody was asked for comment. To the public: whom the story says was asked, and the line that says what came of it.' })
export class RequestForComment {
  constructor(private readonly index: StoryIndex, private readonly request: DocumentRequest) {}

  @NewsroomOnly()
  @Field(() => String, { description: 'Its key in the story: what `recordOutcome` calls it. Staff only.' })
  get key(): string { return this.request.key }

  @Field(() => Person, { nullable: true, description: 'The person asked. To the public only where the line names the person.' })
  get person(): Person | null {
    const person = this.index.find('people', this.request.person)
    return person ? new Person(this.index, person) : null
  }

  @Field(() => Organization, { nullable: true, description: 'The body asked. To the public only where the line names it.' })
  get organization(): Organization | null { return Organization.maybe(this.index, this.request.organization) }

  @Field(() => TextRange, { nullable: true, description: 'The words in which the story reports the outcome. Always given in the public contract.' })
  get outcomeLine(): TextRange | null { return TextRange.maybe(this.index, this.request.outcomeLine) }

  @NewsroomOnly()
  @Field(() => Story, { description: 'The story that it is for. Staff only.' })
  get story(): Story { return new Story(this.index) }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether an answer is waited for: it is pending, and the story is not withdrawn or killed. Staff only.' })
  get isOutstanding(): boolean { return this.request.outcome === 'PENDING' && !['WITHDRAWN', 'KILLED'].includes(this.index.record.state) }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether an answer is waited for beyond the deadline. Staff only.' })
  get isOverdue(): boolean { return this.isOutstanding && this.request.deadline !== undefined && new Date(this.request.deadline) <= this.index.now }

  @NewsroomOnly()
  @Field(() => RequestOutcome, { description: 'What came of it. Staff only.' })
  get outcome(): string { return this.request.outcome }

  @NewsroomOnly()
  @Field(() => Journalist, { nullable: true, description: 'Who asked. Staff only.' })
  get askedBy(): Journalist | null {
    const journalist = this.index.find('journalists', this.request.askedBy)
    return journalist ? new Journalist(journalist) : null
  }

  @NewsroomOnly()
  @Field(() => [RequestAttempt], { description: 'The attempts to reach them. Staff only.' })
  get attempts(): RequestAttempt[] { return this.request.attempts.map((attempt) => new RequestAttempt(attempt)) }

  @NewsroomOnly()
  @Field(() => DateTime, { nullable: true, description: 'By when an answer was asked for. Staff only.' })
  get deadline(): string | null { return this.request.deadline ?? null }

  @NewsroomOnly()
  @Field(() => OfficialStatement, { nullable: true, description: 'The statement that answered. Staff only.' })
  get answeredByStatement(): OfficialStatement | null {
    const statement = this.index.find('statements', this.request.answeredBy?.statement)
    return statement ? new OfficialStatement(this.index, statement) : null
  }

  @NewsroomOnly()
  @Field(() => Attribution, { nullable: true, description: 'The attribution that answered. Staff only.' })
  get answeredByAttribution(): Attribution | null {
    const attribution = this.index.find('attributions', this.request.answeredBy?.attribution)
    return attribution ? attributionOf(this.index, attribution) : null
  }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind it. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.request.confirmed }
}

