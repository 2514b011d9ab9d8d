import { Arg, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { MEDIA_KINDS, REVISION_KINDS, type OutletCredit as DocumentCredit, type StoryDocument } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { enumOf } from '../graphql/enum-of.js'
import { badInput } from '../graphql/errors.js'
import { globalId } from '../graphql/global-id.js'
import { Node } from '../graphql/node.type.js'
import { CalendarDate, DateTime } from '../graphql/scalars.js'
import { Quote } from '../quotes/quote.types.js'
import { AnonymousAttribution, Attribution, attributionOf } from '../sources/attribution.types.js'
import { Journalist, Outlet, Topic } from '../sources/entity.types.js'
import { Source, sourceOf } from '../sources/source.types.js'
import { OfficialStatement, RequestForComment } from '../statements/statement.types.js'
import type { StoryIndex } from './story-index.js'
import { Claim, Event } from './claim.types.js'
import { Correction, Usability } from './publication.types.js'
import { StoryDocumentScalar } from './story-document.scalar.js'
import { Paragraph, TextRange } from './text.types.js'
import { STORY_STATES } from './transitions.js'

export const RevisionKind = enumOf(REVISION_KINDS)
registerEnumType(RevisionKind, {
  name: 'RevisionKind', description: 'What a revision is to the one before it, in wire terms.',
  valuesConfig: {
    ALERT: { description: 'A first line or two.' }, WRITE_THROUGH: { description: 'The whole story, replacing what came before.' }, SUB: { description: 'Replaces a part.' },
    ADD: { description: 'Adds to what came before.' }, ADVANCE: { description: 'Sent ahead of its time.' },
  },
})
export const StoryState = enumOf(STORY_STATES)
registerEnumType(StoryState, {
  name: 'StoryState', description: 'Where a story stands. Newsroom only.',
  valuesConfig: {
    DRAFT: { description: 'Never published.' }, PUBLISHED: { description: 'Public (an embargo may still hold it back).' }, HELD: { description: 'Withheld while we check.' },
    WITHDRAWN: { description: 'Recalled.' }, KILLED: { description: 'Recalled everywhere, for good.' }, UNPUBLISHED: { description: 'Taken down here.' },
  },
})
export const MediaKind = enumOf(MEDIA_KINDS)
registerEnumType(MediaKind, {
  name: 'MediaKind', description: 'What a medium is.',
  valuesConfig: { PICTURE: { description: 'A picture.' }, VIDEO: { description: 'A video.' }, AUDIO: { description: 'A recording.' }, GRAPHIC: { description: 'A graphic.' } },
})
@ObjectType({ description: 'Where and on which day a story was filed.' })
export class Dateline {
  constructor(private readonly dateline: NonNullable<StoryDocument['dateline']>) {}

  @Field(() => String, { description: 'The place.' })
  get place(): string { return this.dateline.place }

  @Field(() => CalendarDate, { nullable: true, description: 'The day.' })
  get date(): string | null { return this.dateline.date ?? null }
}

@ObjectType({ description: 'A journalist\'s credit on a story.' })
export class Byline {
  constructor(private readonly story: StoryIndex, private readonly byline: StoryDocument['bylines'][number]) {}

  @Field(() => Journalist, { description: 'Who.' })
  get journalist(): Journalist { return new Journalist(this.story.get('journalists', this.byline.journalist)) }

  @Field(() => String, { description: 'The name as bylined.' })
  get name(): string { return this.story.get('journalists', this.byline.journalist).name }

  @Field(() => String, { nullable: true, description: '"contributed reporting"; null for the authors.' })
  get role(): string | null { return this.byline.role ?? null }
}

@ObjectType({ description: 'A picture, video, recording or graphic of a story, by reference.' })
export class MediaRef {
  constructor(private readonly story: StoryIndex, private readonly media: StoryDocument['media'][number]) {}

  @Field(() => MediaKind, { description: 'What it is.' })
  get kind(): string { return this.media.kind }

  @Field(() => String, { description: 'Where it is.' })
  get uri(): string { return this.media.uri }

  @Field(() => Paragraph, { nullable: true, description: 'Its caption, a paragraph of the story.' })
  get caption(): Paragraph | null { return this.media.caption === undefined ? null : new Paragraph(this.story, this.media.caption) }

  @Field(() => String, { nullable: true, description: 'Whom to credit.' })
  get credit(): string | null { return this.media.credit ?? null }

  @Field(() => String, { nullable: true, description: 'What use is allowed.' })
  get rights(): string | null { return this.media.rights ?? null }
}

@ObjectType({ description: 'Credit to another outlet for its reporting.' })
export class OutletCredit {
  constructor(private readonly story: StoryIndex, private readonly entry: DocumentCredit) {}

  @Field(() => Outlet, { description: 'The outlet.' })
  get outlet(): Outlet { return new Outlet(this.story.get('outlets', this.entry.outlet)) }

  @Field(() => TextRange, { description: 'The words that name it.' })
  get mention(): TextRange { return new TextRange(this.story, this.entry.mention) }

  @Field(() => [TextRange], { description: 'What is credited to it.' })
  get content(): TextRange[] { return this.entry.content.map((range) => new TextRange(this.story, range)) }

  @Field(() => Attribution, { nullable: true, description: 'The attribution that goes with it.' })
  get attribution(): Attribution | null {
    const attribution = this.story.find('attributions', this.entry.attribution)
    return attribution ? attributionOf(this.story, attribution) : null
  }

  @Field(() => String, { nullable: true, description: 'Where its report can be found.' })
  get url(): string | null { return this.entry.url ?? null }

  @Field(() => DateTime, { nullable: true, description: 'When its report came out.' })
  get publishedAt(): string | null { return this.entry.publishedAt ?? null }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind it. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.entry.confirmed }
}

@ObjectType({ description: 'The revision of a story that the newsroom reads. Newsroom only.' })
export class Revision {
  constructor(private readonly story: StoryIndex) {}

  @Field(() => Int, { description: 'Counts revisions from 1.' })
  get number(): number { return this.story.record.revisionNumber }

  @Field(() => DateTime, { description: 'When it was saved.' })
  get savedAt(): string { return this.story.record.savedAt }

  @Field(() => Boolean, { description: 'Whether it is the one the public reads.' })
  get isPublic(): boolean { return this.story.record.isPublicRevision }
}

/** What leads to other stories is in the resolver. */
@ObjectType({ implements: Node, description: 'A story, as the viewer may read it: the public reads its current version, the newsroom its current revision.' })
export class Story implements Node {
  readonly __typename = 'Story'
  constructor(readonly index: StoryIndex) {}

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return globalId('Story', this.index.record.id) }

  @Field(() => String, { description: 'The story\'s name in URLs.' })
  get slug(): string { return this.index.record.slug }

  @Field(() => String, { nullable: true, description: 'The headline. Null where the story has none.' })
  get headline(): string | null { return this.firstText('HEADLINE') }

  @Field(() => String, { nullable: true, description: 'The summary below the headline.' })
  get summary(): string | null { return this.firstText('SUMMARY') }

  @Field(() => String, { description: 'The desk that owns the story.' })
  get desk(): string { return this.index.document.desk }

  @Field(() => String, { description: 'Its language, BCP 47.' })
  get language(): string { return this.index.document.language }

  @Field(() => RevisionKind, { description: 'What the version is to the one before it.' })
  get kind(): string { return this.index.document.kind }

  @Field(() => Int, { nullable: true, description: 'IPTC urgency: 1 most urgent, 9 least.' })
  get urgency(): number | null { return this.index.document.urgency ?? null }

  @Field(() => Dateline, { nullable: true, description: 'Where and when it was filed.' })
  get dateline(): Dateline | null { return this.index.document.dateline ? new Dateline(this.index.document.dateline) : null }

  @Field(() => String, { nullable: true, description: 'IANA time zone of the times in the text.' })
  get timeZone(): string | null { return this.index.document.timeZone ?? null }

  @Field(() => Int, { description: 'Counts publications. 0 for a story never published, which only the newsroom sees.' })
  get version(): number { return this.index.record.version }

  @Field(() => DateTime, { nullable: true, description: 'When it was first published.' })
  get firstPublishedAt(): string | null { return this.index.record.firstPublishedAt }

  @Field(() => DateTime, { nullable: true, description: 'When the current version was published.' })
  get publishedAt(): string | null { return this.index.record.publishedAt }

  @Field(() => [Paragraph], { description: 'All paragraphs with their roles, in order: the headline and captions too.' })
  get paragraphs(): Paragraph[] { return this.index.document.paragraphs.map((_, index) => new Paragraph(this.index, index)) }

  @Field(() => [Byline], { description: 'Who wrote it.' })
  get bylines(): Byline[] { return this.index.document.bylines.map((byline) => new Byline(this.index, byline)) }

  @Field(() => [Outlet], { description: 'The outlets that provide it.' })
  get providers(): Outlet[] { return this.index.document.providers.map((key) => new Outlet(this.index.get('outlets', key))) }

  @Field(() => [Topic], { description: 'Its subjects, IPTC Media Topics.' })
  get topics(): Topic[] { return this.index.document.topics.map((topic) => new Topic(topic)) }

  @Field(() => [MediaRef], { description: 'Its pictures, videos, recordings and graphics.' })
  get media(): MediaRef[] { return this.index.document.media.map((media) => new MediaRef(this.index, media)) }

  @Field(() => [Source], { description: 'Its cast: everyone who is credited with something.' })
  get sources(): Source[] { return this.index.document.sources.map((source) => sourceOf(this.index, source)) }

  @Field(() => [Attribution], { description: 'Every place where something is credited, in reading order.' })
  attributions(@Arg('first', () => Int, { nullable: true, description: 'Only so many, from the start; at least 1.' }) first?: number | null): Attribution[] {
    return cut(this.index.document.attributions, first).map((attribution) => attributionOf(this.index, attribution))
  }

  @Field(() => [AnonymousAttribution], { description: 'Those whose source the story does not name.' })
  get anonymousAttributions(): AnonymousAttribution[] {
    return this.index.document.attributions.filter((attribution) => this.index.sourceOf(attribution)?.kind === 'ANONYMOUS').map((attribution) => new AnonymousAttribution(this.index, attribution))
  }

  @Field(() => [Quote], { description: 'Its quotes, in reading order.' })
  quotes(@Arg('first', () => Int, { nullable: true, description: 'Only so many, from the start; at least 1.' }) first?: number | null): Quote[] {
    return cut(this.index.document.quotes, first).map((quote) => new Quote(this.index, quote))
  }

  @Field(() => [OfficialStatement], { description: 'The official statements that it reports.' })
  get officialStatements(): OfficialStatement[] { return this.index.document.statements.map((statement) => new OfficialStatement(this.index, statement)) }

  @Field(() => [RequestForComment], { description: 'Whom it says was asked for comment.' })
  get requestsForComment(): RequestForComment[] { return this.index.document.requestsForComment.map((request) => new RequestForComment(this.index, request)) }

  @Field(() => [OutletCredit], { description: 'The other outlets that it credits.' })
  get outletCredits(): OutletCredit[] { return this.index.document.outletCredits.map((credit) => new OutletCredit(this.index, credit)) }

  @Field(() => [Correction], { description: 'What was wrong or unclear in earlier versions, oldest first.' })
  get corrections(): Correction[] { return (this.index.record.corrections ?? []).map((record) => new Correction(record)) }

  @Field(() => Usability, { description: 'Whether it may be used now.' })
  get usability(): Usability { return new Usability(this.index) }

  @Field(() => String, { nullable: true, description: 'What use of it is allowed, in words. Null where nothing is said beyond the contract.' })
  get usageTerms(): string | null { return this.index.document.usageTerms ?? null }

  @NewsroomOnly()
  @Field(() => StoryState, { description: 'Where the story stands. Staff only.' })
  get state(): string { return this.index.record.state }

  @NewsroomOnly()
  @Field(() => Revision, { description: 'The revision read here. Staff only.' })
  get revision(): Revision { return new Revision(this.index) }

  @NewsroomOnly()
  @Field(() => DateTime, { nullable: true, description: 'Until when the public does not see it. Staff only.' })
  get embargoedUntil(): string | null { return this.index.record.embargoedUntil }

  @NewsroomOnly()
  @Field(() => DateTime, { nullable: true, description: 'When the story is to be published by itself: the revision that was current when it was scheduled. Staff only.' })
  get scheduledFor(): string | null { return this.index.record.scheduledFor }

  @NewsroomOnly()
  @Field(() => StoryDocumentScalar, { description: 'The whole revision as a story document, as `saveRevision` takes it. Staff only.' })
  get document(): object { return this.index.document }

  @NewsroomOnly()
  @Field(() => String, { nullable: true, description: 'The wire slugline. Staff only.' })
  get slugline(): string | null { return this.index.document.slugline ?? null }

  @NewsroomOnly()
  @Field(() => String, { nullable: true, description: 'A note to editors. Staff only.' })
  get editorsNote(): string | null { return this.index.document.editorsNote ?? null }

  @NewsroomOnly()
  @Field(() => [Claim], { description: 'What it asserts, across restatements. Staff only.' })
  get claims(): Claim[] { return this.index.document.claims.map((claim) => new Claim(this.index, claim)) }

  @NewsroomOnly()
  @Field(() => [Event], { description: 'The events it tells of, public or not. Staff only.' })
  get events(): Event[] { return this.index.document.events.map((event) => new Event(event)) }

  private firstText(role: string): string | null {
    return this.index.document.paragraphs.find((paragraph) => paragraph.role === role)?.text ?? null
  }
}

function cut<T>(entries: readonly T[], first: number | null | undefined): readonly T[] {
  if (first === undefined || first === null) return entries
  if (first < 1) throw badInput(`"first" is ${first}; ask for at least 1, or leave it out for all.`)
  return entries.slice(0, first)
}
