import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { DateTime } from '../graphql/scalars.js'
import { Story } from './story.types.js'

@ObjectType({ description: 'A change of a story: saved, published, held, or anything else. Newsroom only.' })
export class StoryChange {
  @Field(() => Story, { nullable: true, description: 'The story as it is now.' })
  readonly story!: Story | null

  @Field(() => DateTime, { description: 'When you were told.' })
  readonly at!: Date
}

@Resolver()
export class StorySubscription {
  @NewsroomOnly()
  @Subscription(() => StoryChange, {
    description: 'Tells of each change of a story, or of any. Changes that come fast may be told as one. Ends with an error where some may have been missed.',
    subscribe: ({ context, args }: { context: GraphQLContext; args: { storyId?: string | null } }) => {
      const { storyId } = args
      return context.watchStories(storyId === undefined || storyId === null ? undefined : keyOfId('Story', storyId, 'storyId'))
    },
  })
  async storyChanged(
    @Root() id: string, @Ctx() context: GraphQLContext, @Arg('storyId', () => ID, { nullable: true, description: 'Only this story.' }) _storyId?: string | null,
  ): Promise<StoryChange> {
    const story = await context.storyById(id)
    return { story: story ? new Story(story) : null, at: context.now }
  }
}
