import { Field, ID, ObjectType } from 'type-graphql'
import type { StoryDocument } from '../document/index.js'
import { CalendarDate } from '../graphql/scalars.js'
import { globalId } from '../graphql/global-id.js'
import { Node } from '../graphql/node.type.js'
import type { StoryIndex } from '../stories/story-index.js'

type DocumentPerson = StoryDocument['people'][number]
type DocumentOrganization = StoryDocument['organizations'][number]

/** Lists of these types (quotes, stories, statements) are in their resolvers; names are those of the story through which they were reached. */
@ObjectType({ implements: Node, description: 'A person whom at least one story that the viewer may see speaks of.' })
export class Person implements Node {
  readonly __typename = 'Person'
  constructor(readonly story: StoryIndex, private readonly person: DocumentPerson) {}

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return globalId('Person', this.person.key) }

  @Field(() => String, { description: 'The newsroom\'s name for the person, unique and stable: "maria-okafor".' })
  get key(): string { return this.person.key }

  @Field(() => String, { description: 'The name, as the story has it through which the person was reached; else as the newest one has it.' })
  get name(): string { return this.person.name }

  @Field(() => [String], { description: 'Other names in use.' })
  get aliases(): readonly string[] { return this.person.aliases }

  @Field(() => [Affiliation], { description: 'Titles held, as far as that story records them.' })
  get affiliations(): Affiliation[] { return this.person.affiliations.map((entry) => new Affiliation(this.story, entry)) }
}

@ObjectType({ description: 'A title that a person holds or held.' })
export class Affiliation {
  constructor(private readonly story: StoryIndex, private readonly entry: DocumentPerson['affiliations'][number]) {}

  @Field(() => Organization, { description: 'Where.' })
  get organization(): Organization { return new Organization(this.story, this.story.get('organizations', this.entry.organization)) }

  @Field(() => String, { description: 'The title.' })
  get title(): string { return this.entry.title }

  @Field(() => CalendarDate, { nullable: true, description: 'Since when, if known.' })
  get from(): string | null { return this.entry.from ?? null }

  @Field(() => CalendarDate, { nullable: true, description: 'Until when, if it is over.' })
  get to(): string | null { return this.entry.to ?? null }
}

@ObjectType({ implements: Node, description: 'A company, agency, party or other body that at least one story that the viewer may see speaks of.' })
export class Organization implements Node {
  readonly __typename = 'Organization'
  constructor(readonly story: StoryIndex, private readonly organization: DocumentOrganization) {}

  static maybe(story: StoryIndex, key: string | undefined): Organization | null {
    const organization = story.find('organizations', key)
    return organization ? new Organization(story, organization) : null
  }

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return globalId('Organization', this.organization.key) }

  @Field(() => String, { description: 'The newsroom\'s name for it, unique and stable.' })
  get key(): string { return this.organization.key }

  @Field(() => String, { description: 'The name, as the story has it through which it was reached; else as the newest one has it.' })
  get name(): string { return this.organization.name }

  @Field(() => [String], { description: 'Other names in use: "Pentagon" for the Defense Department.' })
  get aliases(): readonly string[] { return this.organization.aliases }
}

@ObjectType({ description: 'A news outlet: our own as provider, or another one.' })
export class Outlet {
  constructor(private readonly outlet: StoryDocument['outlets'][number]) {}

  @Field(() => String, { description: 'The newsroom\'s name for it, unique and stable.' })
  get key(): string { return this.outlet.key }

  @Field(() => String, { description: 'Its name.' })
  get name(): string { return this.outlet.name }

  @Field(() => String, { nullable: true, description: 'Its address.' })
  get url(): string | null { return this.outlet.url ?? null }
}

@ObjectType({ implements: Node, description: 'A journalist with a byline on at least one story that the viewer may see.' })
export class Journalist implements Node {
  readonly __typename = 'Journalist'
  constructor(private readonly journalist: StoryDocument['journalists'][number]) {}

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return globalId('Journalist', this.journalist.key) }

  @Field(() => String, { description: 'The newsroom\'s name for the journalist, unique and stable.' })
  get key(): string { return this.journalist.key }

  @Field(() => String, { description: 'The name as bylined.' })
  get name(): string { return this.journalist.name }
}

@ObjectType({ implements: Node, description: 'A subject of the IPTC Media Topics vocabulary that at least one story that the viewer may see has.' })
export class Topic implements Node {
  readonly __typename = 'Topic'
  constructor(private readonly topic: StoryDocument['topics'][number]) {}

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return globalId('Topic', this.topic.code) }

  @Field(() => String, { description: 'Its code: "medtop:11000000".' })
  get code(): string { return this.topic.code }

  @Field(() => String, { description: 'Its name.' })
  get name(): string { return this.topic.name }
}
