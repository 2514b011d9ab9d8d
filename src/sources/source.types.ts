import { Ctx, Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql'
import { fileOfStory } from '../agreements/index.js'
import { AnonymityAgreement } from '../agreements/agreement.types.js'
import type { Attribution as DocumentAttribution, Source as CastEntry, StoryDocument, TextRange as DocumentRange } from '../document/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { DateTime } from '../graphql/scalars.js'
import type { StoryIndex } from '../stories/story-index.js'
import { TextRange } from '../stories/text.types.js'
import { Attribution, attributionOf } from './attribution.types.js'
import { Organization, Outlet, Person } from './entity.types.js'
import { SourceKind } from './enums.js'

type Of<K extends CastEntry['kind']> = Extract<CastEntry, { kind: K }>

@InterfaceType({ description: 'An entry of a story\'s cast: whoever is credited with something. It exists within its story only.', resolveType: (value: { __typename: string }) => value.__typename })
export abstract class Source {
  constructor(readonly story: StoryIndex, protected readonly source: CastEntry) {}

  @Field(() => ID, { description: 'Names the source within its story, the same in all its versions. Random for an anonymous source, and meaningless elsewhere.' })
  get key(): string { return this.source.lineage }

  @Field(() => SourceKind, { description: 'What kind of source.' })
  get kind(): string { return this.source.kind }

  @Field(() => String, { description: 'What the story calls the source: a name, or the published descriptor.' })
  get label(): string { return labelOf(this.story, this.source) }

  @Field(() => [Attribution], { description: 'What the story credits to the source, in reading order.' })
  get attributions(): Attribution[] {
    return this.story.document.attributions.filter((attribution) => attribution.source === this.source.key).map((attribution) => attributionOf(this.story, attribution))
  }

  @NewsroomOnly()
  @Field(() => Outlet, { nullable: true, description: 'The outlet that vouches for the source instead of us.' })
  get heldBy(): Outlet | null {
    const outlet = this.story.find('outlets', this.source.heldBy)
    return outlet ? new Outlet(outlet) : null
  }

  @NewsroomOnly()
  @Field(() => Boolean, { description: 'Whether a person stands behind this entry. An unconfirmed one is never public.' })
  get confirmed(): boolean { return this.source.confirmed }
}

@ObjectType({ implements: Source, description: 'A named person, with the title as of the story.' })
export class PersonSource extends Source {
  readonly __typename = 'PersonSource'
  declare protected readonly source: Of<'PERSON'>

  @Field(() => Person, { description: 'The person.' })
  get person(): Person { return new Person(this.story, this.story.get('people', this.source.person)) }

  @Field(() => String, { description: 'The name as of the story.' })
  get name(): string { return this.story.get('people', this.source.person).name }

  @Field(() => String, { nullable: true, description: 'The title as of the story.' })
  get title(): string | null { return this.source.title ?? null }

  @Field(() => Organization, { nullable: true, description: 'Whom the person stands for in the story.' })
  get organization(): Organization | null { return Organization.maybe(this.story, this.source.organization) }
}

@ObjectType({ implements: Source, description: 'A body that speaks for itself.' })
export class OrganizationSource extends Source {
  readonly __typename = 'OrganizationSource'
  declare protected readonly source: Of<'ORGANIZATION'>

  @Field(() => Organization, { description: 'The body.' })
  get organization(): Organization { return new Organization(this.story, this.story.get('organizations', this.source.organization)) }

  @Field(() => String, { nullable: true, description: 'Its unnamed voice: "a spokesperson".' })
  get spokesperson(): string | null { return this.source.spokesperson ?? null }
}

@ObjectType({ description: 'How many people stand behind an anonymous source, as far as the published words say.' })
export class Headcount {
  constructor(private readonly story: StoryIndex, private readonly count: Of<'ANONYMOUS'>['headcount']) {}

  @Field(() => Int, { description: 'At least so many.' })
  get min(): number { return this.count.min }

  @Field(() => Int, { nullable: true, description: 'Exactly so many, if the words say it.' })
  get exact(): number | null { return this.count.exact ?? null }

  @Field(() => TextRange, { nullable: true, description: 'The words that say so.' })
  get range(): TextRange | null { return TextRange.maybe(this.story, this.count.range) }
}

@ObjectType({ description: 'Something said about an anonymous source, and the published words that say it.' })
export class PublishedWording {
  constructor(private readonly story: StoryIndex, private readonly wording: { readonly text: string; readonly range?: DocumentRange | undefined }) {}

  static maybe(story: StoryIndex, wording: { readonly text: string; readonly range?: DocumentRange | undefined } | undefined): PublishedWording | null {
    return wording ? new PublishedWording(story, wording) : null
  }

  @Field(() => String, { description: 'The words.' })
  get text(): string { return this.wording.text }

  @Field(() => TextRange, { nullable: true, description: 'Where they stand. Always given in the public contract.' })
  get range(): TextRange | null { return TextRange.maybe(this.story, this.wording.range) }
}

@ObjectType({ implements: Source, description: 'A source the story does not name, as published. Its key joins what the copy itself joins, within this story, and nothing else.' })
export class AnonymousSource extends Source {
  readonly __typename = 'AnonymousSource'
  declare protected readonly source: Of<'ANONYMOUS'>

  @Field(() => String, { description: 'The words that stand for the source: "a senior Pentagon official".' })
  get descriptor(): string { return this.source.descriptor }

  @Field(() => TextRange, { nullable: true, description: 'Where the descriptor stands.' })
  get descriptorRange(): TextRange | null { return TextRange.maybe(this.story, this.source.descriptorRange) }

  @Field(() => Headcount, { nullable: true, description: 'How many people, as far as the published words say.' })
  get headcount(): Headcount | null {
    return this.source.headcount.range || this.story.isNewsroom ? new Headcount(this.story, this.source.headcount) : null
  }

  @Field(() => PublishedWording, { nullable: true, description: 'Why the source is not named.' })
  get reason(): PublishedWording | null { return PublishedWording.maybe(this.story, this.source.reason) }

  @Field(() => PublishedWording, { nullable: true, description: 'How the source knows.' })
  get basis(): PublishedWording | null { return PublishedWording.maybe(this.story, this.source.basis) }

  @Field(() => PublishedWording, { nullable: true, description: 'Which side or body the source belongs to.' })
  get affiliation(): PublishedWording | null { return PublishedWording.maybe(this.story, this.source.affiliation) }

  @Field(() => Organization, { nullable: true, description: 'The body of `affiliation`. To the public only where those words name it.' })
  get organization(): Organization | null { return Organization.maybe(this.story, this.source.affiliation?.organization) }

  @Field(() => PublishedWording, { nullable: true, description: 'What the source stands to gain.' })
  get motive(): PublishedWording | null { return PublishedWording.maybe(this.story, this.source.motive) }

  @Field(() => PublishedWording, { nullable: true, description: 'The terms as worded: "on condition of anonymity".' })
  get terms(): PublishedWording | null { return PublishedWording.maybe(this.story, this.source.terms) }

  @NewsroomOnly()
  @Field(() => AnonymityAgreement, { nullable: true, description: 'What was agreed: as the document says, and as it was recorded beside it. Staff only.' })
  async agreed(@Ctx() { reader }: GraphQLContext): Promise<AnonymityAgreement | null> {
    return AnonymityAgreement.maybe(this.story, this.source, await fileOfStory(reader, this.story.record.id))
  }
}

@ObjectType({ description: 'A document that a story rests on.' })
export class SourceDocument {
  constructor(private readonly document: StoryDocument['documents'][number]) {}

  @Field(() => String, { description: 'Its title.' })
  get title(): string { return this.document.title }

  @Field(() => String, { nullable: true, description: 'Who put it out.' })
  get publisher(): string | null { return this.document.publisher ?? null }

  @Field(() => String, { nullable: true, description: 'Its address.' })
  get url(): string | null { return this.document.url ?? null }

  @Field(() => DateTime, { nullable: true, description: 'When it came out.' })
  get publishedAt(): string | null { return this.document.publishedAt ?? null }
}

@ObjectType({ implements: Source, description: 'A report, filing, letter or other document.' })
export class DocumentSource extends Source {
  readonly __typename = 'DocumentSource'
  declare protected readonly source: Of<'DOCUMENT'>

  @Field(() => SourceDocument, { description: 'The document.' })
  get document(): SourceDocument { return new SourceDocument(this.story.get('documents', this.source.document)) }
}

@ObjectType({ implements: Source, description: 'Another news outlet.' })
export class OutletSource extends Source {
  readonly __typename = 'OutletSource'
  declare protected readonly source: Of<'OUTLET'>

  @Field(() => Outlet, { description: 'The outlet.' })
  get outlet(): Outlet { return new Outlet(this.story.get('outlets', this.source.outlet)) }
}

@ObjectType({ implements: Source, description: 'A crowd that is nobody\'s confidence: "critics", "residents".' })
export class GroupSource extends Source {
  readonly __typename = 'GroupSource'
  declare protected readonly source: Of<'GROUP'>

  @Field(() => String, { description: 'What the story calls it.' })
  get name(): string { return this.source.name }
}

export function sourceOf(story: StoryIndex, source: CastEntry): Source {
  switch (source.kind) {
    case 'PERSON': return new PersonSource(story, source)
    case 'ORGANIZATION': return new OrganizationSource(story, source)
    case 'ANONYMOUS': return new AnonymousSource(story, source)
    case 'DOCUMENT': return new DocumentSource(story, source)
    case 'OUTLET': return new OutletSource(story, source)
    case 'GROUP': return new GroupSource(story, source)
  }
}

/** The source of an attribution, if it has one. */
export function sourceOfAttribution(story: StoryIndex, attribution: DocumentAttribution): Source | null {
  const source = story.sourceOf(attribution)
  return source ? sourceOf(story, source) : null
}

function labelOf(story: StoryIndex, source: CastEntry): string {
  switch (source.kind) {
    case 'PERSON': return story.get('people', source.person).name
    case 'ORGANIZATION': return story.get('organizations', source.organization).name
    case 'ANONYMOUS': return source.descriptor
    case 'DOCUMENT': return story.get('documents', source.document).title
    case 'OUTLET': return story.get('outlets', source.outlet).name
    case 'GROUP': return source.name
  }
}
