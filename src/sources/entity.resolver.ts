import type { GraphQLResolveInfo } from 'graphql'
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import { ATTRIBUTIONS, JOURNALISTS, ORGANIZATIONS, PERSONS, QUOTES, STATEMENTS, STORIES, TOPICS } from '../database/read/index.js'
import { connectionType, PageArgs, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { keyOfId, type NodeType } from '../graphql/global-id.js'
import { findOne, listField, listOfParent, type ToNode } from '../graphql/list-field.js'
import { askAhead } from '../graphql/lists-below.js'
import { quoteOfRow } from '../quotes/quote-lists.js'
import { QuoteConnection } from '../quotes/quote.resolver.js'
import type { Quote } from '../quotes/quote.types.js'
import { OfficialStatementConnection, statementOfRow } from '../statements/statement.resolver.js'
import type { OfficialStatement } from '../statements/statement.types.js'
import { StoryConnection } from '../stories/story-connection.js'
import type { StoryIndex } from '../stories/story-index.js'
import { Story } from '../stories/story.types.js'
import { AttributionConnection, attributionOfRow } from './attribution.resolver.js'
import type { Attribution } from './attribution.types.js'
import { Journalist, Organization, Person, Topic } from './entity.types.js'

const PersonConnection = connectionType<Person>('Person', () => Person)
const OrganizationConnection = connectionType<Organization>('Organization', () => Organization)
const TopicConnection = connectionType<Topic>('Topic', () => Topic)
const JournalistConnection = connectionType<Journalist>('Journalist', () => Journalist)

/** What the lists below a thing need of it. */
type KeyRef = Pick<Person, 'key'>
type Row = { readonly [column: string]: unknown }
export const personOfRow: ToNode<Person> = (story: StoryIndex, row: Row) => new Person(story, story.get('people', row['key'] as string))
export const organizationOfRow: ToNode<Organization> = (story: StoryIndex, row: Row) => new Organization(story, story.get('organizations', row['key'] as string))
export const topicOfRow: ToNode<Topic> = (story: StoryIndex, row: Row) => new Topic(story.document.topics.find((topic) => topic.code === row['key'])!)
export const journalistOfRow: ToNode<Journalist> = (story: StoryIndex, row: Row) => new Journalist(story.get('journalists', row['key'] as string))
const toStory = (story: StoryIndex) => new Story(story)

@ArgsType()
class KeyOrId {
  @Field(() => String, { nullable: true, description: 'Its key.' })
  key?: string | null

  @Field(() => ID, { nullable: true, description: 'Its id. Give this or the key.' })
  id?: string | null
}

@ArgsType()
class CodeOrId {
  @Field(() => String, { nullable: true, description: 'Its IPTC Media Topics code.' })
  code?: string | null

  @Field(() => ID, { nullable: true, description: 'Its id. Give this or the code.' })
  id?: string | null
}

@ArgsType()
class NamesArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Part of the name.' })
  name?: string | null
}

function keyOf(type: NodeType, key: string | null | undefined, id: string | null | undefined, word: string): string {
  const hasKey = key !== undefined && key !== null
  if (hasKey === (id !== undefined && id !== null)) throw badInput(`Give "${word}" or "id", one of the two.`)
  return hasKey ? key : keyOfId(type, id!, 'id')
}

const named = ({ name }: NamesArgs) => ({ filter: name === undefined || name === null ? {} : { name } })

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, { nullable: true, description: 'A person by key or id. Null where no story that the viewer may see speaks of one.' })
  person(@Ctx() context: GraphQLContext, @Args(() => KeyOrId) { key, id }: KeyOrId, @Info() info: GraphQLResolveInfo): Promise<Person | null> {
    const own = { key: keyOf('Person', key, id, 'key') }
    askAhead(info, { quotes: (page) => this.quotes(own, context, page), attributions: (page) => this.attributions(own, context, page), stories: (page) => this.stories(own, context, page) })
    return findOne(context, 'persons', PERSONS, 'key', own.key, personOfRow)
  }

  @Query(() => PersonConnection, { description: 'The people whom stories that the viewer may see speak of, by key.' })
  persons(@Ctx() context: GraphQLContext, @Args(() => NamesArgs) args: NamesArgs): Promise<Connection<Person>> {
    return listField(context, 'persons', PERSONS, args, named(args), personOfRow)
  }

  @FieldResolver(() => QuoteConnection, { description: 'Quotes by this person, newest first.' })
  quotes(@Root() person: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Quote>> {
    return listOfParent(context, 'quotes', QUOTES, 'person', person.key, page, {}, quoteOfRow)
  }

  @FieldResolver(() => AttributionConnection, { description: 'What is credited to this person, newest first.' })
  attributions(@Root() person: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Attribution>> {
    return listOfParent(context, 'attributions', ATTRIBUTIONS, 'person', person.key, page, {}, attributionOfRow)
  }

  @FieldResolver(() => StoryConnection, { description: 'The stories that speak of this person, newest first.' })
  stories(@Root() person: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'person', person.key, page, {}, toStory)
  }
}

@Resolver(() => Organization)
export class OrganizationResolver {
  @Query(() => Organization, { nullable: true, description: 'An organization by key or id. Null where no story that the viewer may see speaks of one.' })
  organization(@Ctx() context: GraphQLContext, @Args(() => KeyOrId) { key, id }: KeyOrId, @Info() info: GraphQLResolveInfo): Promise<Organization | null> {
    const own = { key: keyOf('Organization', key, id, 'key') }
    askAhead(info, { quotes: (page) => this.quotes(own, context, page), attributions: (page) => this.attributions(own, context, page), officialStatements: (page) => this.officialStatements(own, context, page), stories: (page) => this.stories(own, context, page) })
    return findOne(context, 'organizations', ORGANIZATIONS, 'key', own.key, organizationOfRow)
  }

  @Query(() => OrganizationConnection, { description: 'The organizations that stories which the viewer may see speak of, by key.' })
  organizations(@Ctx() context: GraphQLContext, @Args(() => NamesArgs) args: NamesArgs): Promise<Connection<Organization>> {
    return listField(context, 'organizations', ORGANIZATIONS, args, named(args), organizationOfRow)
  }

  @FieldResolver(() => QuoteConnection, { description: 'Quotes by it and by those who stand for it in their stories, newest first.' })
  quotes(@Root() organization: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Quote>> {
    return listOfParent(context, 'quotes', QUOTES, 'organization', organization.key, page, {}, quoteOfRow)
  }

  @FieldResolver(() => AttributionConnection, { description: 'What is credited to it and to those who stand for it in their stories, newest first.' })
  attributions(@Root() organization: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Attribution>> {
    return listOfParent(context, 'attributions', ATTRIBUTIONS, 'organization', organization.key, page, {}, attributionOfRow)
  }

  @FieldResolver(() => OfficialStatementConnection, { description: 'Its official statements, newest first.' })
  officialStatements(@Root() organization: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<OfficialStatement>> {
    return listOfParent(context, 'officialStatements', STATEMENTS, 'organization', organization.key, page, {}, statementOfRow)
  }

  @FieldResolver(() => StoryConnection, { description: 'The stories that speak of it, newest first.' })
  stories(@Root() organization: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'organization', organization.key, page, {}, toStory)
  }
}

@Resolver(() => Topic)
export class TopicResolver {
  @Query(() => Topic, { nullable: true, description: 'A topic by code or id. Null where no story that the viewer may see has it.' })
  topic(@Ctx() context: GraphQLContext, @Args(() => CodeOrId) { code, id }: CodeOrId, @Info() info: GraphQLResolveInfo): Promise<Topic | null> {
    const own = { code: keyOf('Topic', code, id, 'code') }
    askAhead(info, { stories: (page) => this.stories(own, context, page) })
    return findOne(context, 'topics', TOPICS, 'key', own.code, topicOfRow)
  }

  @Query(() => TopicConnection, { description: 'The topics of the stories that the viewer may see, by code.' })
  topics(@Ctx() context: GraphQLContext, @Args(() => NamesArgs) args: NamesArgs): Promise<Connection<Topic>> {
    return listField(context, 'topics', TOPICS, args, named(args), topicOfRow)
  }

  @FieldResolver(() => StoryConnection, { description: 'Its stories, newest first.' })
  stories(@Root() topic: Pick<Topic, 'code'>, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'topic', topic.code, page, {}, toStory)
  }
}

@Resolver(() => Journalist)
export class JournalistResolver {
  @Query(() => Journalist, { nullable: true, description: 'A journalist by key or id. Null where no story that the viewer may see has the byline.' })
  journalist(@Ctx() context: GraphQLContext, @Args(() => KeyOrId) { key, id }: KeyOrId, @Info() info: GraphQLResolveInfo): Promise<Journalist | null> {
    const own = { key: keyOf('Journalist', key, id, 'key') }
    askAhead(info, { stories: (page) => this.stories(own, context, page) })
    return findOne(context, 'journalists', JOURNALISTS, 'key', own.key, journalistOfRow)
  }

  @Query(() => JournalistConnection, { description: 'The journalists with a byline on a story that the viewer may see, by key.' })
  journalists(@Ctx() context: GraphQLContext, @Args(() => NamesArgs) args: NamesArgs): Promise<Connection<Journalist>> {
    return listField(context, 'journalists', JOURNALISTS, args, named(args), journalistOfRow)
  }

  @FieldResolver(() => StoryConnection, { description: 'The journalist\'s stories, newest first.' })
  stories(@Root() journalist: KeyRef, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'stories', STORIES, 'journalist', journalist.key, page, {}, toStory)
  }
}
