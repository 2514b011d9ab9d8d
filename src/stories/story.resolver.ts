import { Args, ArgsType, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { STORIES } from '../database/read/index.js'
import { PageArgs, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { keyOfId } from '../graphql/global-id.js'
import { listField, listOfParent } from '../graphql/list-field.js'
import { Tombstone } from './publication.types.js'
import { StoryConnection } from './story-connection.js'
import { StoryFilterInput, StoryOrder } from './story-filter.input.js'
import type { StoryIndex } from './story-index.js'
import { Story } from './story.types.js'

@ArgsType()
class StoryArgs {
  @Field(() => String, { nullable: true, description: 'The story\'s name in URLs.' })
  slug?: string | null

  @Field(() => ID, { nullable: true, description: 'The story\'s id. Give this or the slug.' })
  id?: string | null
}

@ArgsType()
class StoriesArgs extends PageArgs {
  @Field(() => StoryFilterInput, { nullable: true, description: 'Conditions on the stories.' })
  filter?: StoryFilterInput

  @Field(() => StoryOrder, { defaultValue: 'NEWEST', description: 'In which order.' })
  orderBy!: string
}

@ObjectType({ description: 'Stories that follow one another.' })
export class Storyline {
  constructor(readonly name: string) {}

  @Field(() => String, { description: 'Its name in URLs.' })
  get slug(): string { return this.name }
}

function refOf({ slug, id }: StoryArgs): { readonly slug: string } | { readonly id: string } {
  const hasSlug = slug !== undefined && slug !== null
  if (hasSlug === (id !== undefined && id !== null)) throw badInput('Give "slug" or "id", one of the two.')
  return hasSlug ? { slug } : { id: keyOfId('Story', id!, 'id') }
}

const toStory = (story: StoryIndex) => new Story(story)

@Resolver(() => Story)
export class StoryResolver {
  @Query(() => Story, { nullable: true, description: 'One story by slug or id. Null where there is none that the viewer may see.' })
  async story(@Ctx() context: GraphQLContext, @Args(() => StoryArgs) args: StoryArgs): Promise<Story | null> {
    const ref = refOf(args)
    const story = 'slug' in ref ? await context.storyBySlug(ref.slug) : await context.storyById(ref.id)
    return story ? new Story(story) : null
  }

  @Query(() => Tombstone, { nullable: true, description: 'What is left of a story that was taken from the public. Null where there is nothing that the public could have seen.' })
  async tombstone(@Ctx() context: GraphQLContext, @Args(() => StoryArgs) args: StoryArgs): Promise<Tombstone | null> {
    const record = await context.reader.tombstone(refOf(args))
    return record ? new Tombstone(record) : null
  }

  @Query(() => StoryConnection, { description: 'Stories that the viewer may see.' })
  stories(@Ctx() context: GraphQLContext, @Args(() => StoriesArgs) { filter, orderBy, ...page }: StoriesArgs): Promise<Connection<Story>> {
    return listField(context, 'stories', STORIES, page, { stories: filter, order: orderBy }, toStory)
  }

  @FieldResolver(() => Story, { nullable: true, description: 'The story that this one follows.' })
  evolvedFrom(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<Story | null> {
    return this.named(context, story.index.document.evolvedFrom)
  }

  @FieldResolver(() => Story, { nullable: true, description: 'The story that this one translates.' })
  translationOf(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<Story | null> {
    return this.named(context, story.index.document.translationOf)
  }

  @FieldResolver(() => Story, { nullable: true, description: 'The live blog that this post belongs to.' })
  parent(@Root() story: Story, @Ctx() context: GraphQLContext): Promise<Story | null> {
    return this.named(context, story.index.document.parent)
  }

  @FieldResolver(() => Storyline, { nullable: true, description: 'The storyline that it belongs to.' })
  storyline(@Root() story: Story): Storyline | null {
    const slug = story.index.document.storyline
    return slug === undefined ? null : new Storyline(slug)
  }

  @FieldResolver(() => StoryConnection, { description: 'The stories that follow this one.' })
  followUps(@Root() story: Story, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'followUps', STORIES, 'evolvedFrom', story.index.record.id, page, {}, toStory)
  }

  @FieldResolver(() => StoryConnection, { description: 'Its translations.' })
  translations(@Root() story: Story, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'translations', STORIES, 'translationOf', story.index.record.id, page, {}, toStory)
  }

  @FieldResolver(() => StoryConnection, { description: 'The posts of a live blog.' })
  children(@Root() story: Story, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'children', STORIES, 'parent', story.index.record.id, page, {}, toStory)
  }

  private async named(context: GraphQLContext, slug: string | undefined): Promise<Story | null> {
    const story = slug === undefined ? undefined : await context.storyBySlug(slug)
    return story ? new Story(story) : null
  }
}

@Resolver(() => Tombstone)
export class TombstoneResolver {
  @FieldResolver(() => Story, { nullable: true, description: 'The story that takes its place.' })
  async replacedBy(@Root() tombstone: Tombstone, @Ctx() context: GraphQLContext): Promise<Story | null> {
    const { replacedById } = tombstone.record
    const story = replacedById === null ? undefined : await context.storyById(replacedById)
    return story ? new Story(story) : null
  }
}

@Resolver(() => Storyline)
export class StorylineResolver {
  @FieldResolver(() => StoryConnection, { description: 'Its stories that the viewer may see.' })
  stories(@Root() storyline: Storyline, @Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Story>> {
    return listOfParent(context, 'storyline', STORIES, 'storyline', storyline.name, page, {}, toStory)
  }
}
