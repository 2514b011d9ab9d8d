import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql'
import { NewsroomOnly } from '../graphql/audience.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { StoryReader } from '../database/read/index.js'
import { Story } from '../stories/story.types.js'
import { StoryChange } from '../stories/story.subscription.js'
import { judgedOf } from './judged.js'

@Resolver()
export class FindingsSubscription {
  @NewsroomOnly()
  @Subscription(() => StoryChange, {
    description: 'Tells when a story\'s findings are others than before: it was edited, or one was waived. Read them from `story { findings }`.',
    subscribe: ({ context, args }: { context: GraphQLContext; args: { storyId: string } }) => changesOfFindings(context, keyOfId('Story', args.storyId, 'storyId')),
  })
  async findingsChanged(@Root() id: string, @Ctx() context: GraphQLContext, @Arg('storyId', () => ID, { description: 'The story.' }) _storyId: string): Promise<StoryChange> {
    const story = await context.storyById(id)
    return { story: story ? new Story(story) : null, at: context.now }
  }
}

async function* changesOfFindings(context: GraphQLContext, id: string): AsyncGenerator<string, void, void> {
  const changes = context.watchStories(id)[Symbol.asyncIterator]()
  // Waited for from now on, so that no change falls between the first look and the first wait.
  let next = changes.next()
  try {
    let before = await stateOf(context, id)
    for (let change = await next; change.done !== true; change = await next) {
      next = changes.next()
      const now = await stateOf(context, id)
      if (now === before) continue
      before = now
      yield id
    }
  } finally {
    await changes.return?.()
  }
}

/** Which findings there are, and which of them are waived. */
async function stateOf({ database, viewer, now, checker }: GraphQLContext, id: string): Promise<string> {
  const reader = new StoryReader(database, viewer, now)
  const record = await reader.storyById(id)
  if (!record) return ''
  return JSON.stringify((await judgedOf(reader, checker, record)).map(({ finding, waiver }) => [finding.rule, finding.severity, finding.fingerprint, waiver?.id]))
}
