import { Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { MOST_PER_PAGE, NodePage, PageInfo, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { badInput } from '../graphql/errors.js'
import { USUAL_PER_PAGE } from '../graphql/limits.js'
import { Story } from '../stories/story.types.js'
import { ChangeFeed, WrongCursorError } from './change-feed.js'
import { Change, ChangeConnection, ChangedStory, RemovedStory } from './change.types.js'

@ArgsType()
class ChangesArgs {
  @Field(() => Int, { nullable: true, description: `How many at most; 1 to ${MOST_PER_PAGE}. ${USUAL_PER_PAGE} where left out.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what changed after this cursor: `endCursor` or the cursor of an edge, got with a key of the same partner and the same use. The first changes, where left out.' })
  after?: string | null
}

/** What travels with a story to those who take it. */
@Resolver(() => Story)
export class NoteToPartnersResolver {
  @FieldResolver(() => String, { nullable: true, description: 'What the editors tell those who take the story: what is new in it, what to look out for. For partners and staff; null for readers.' })
  noteToPartners(@Root() story: Story, @Ctx() context: GraphQLContext): string | null {
    return context.viewer.kind === 'READER' ? null : story.index.document.noteToPartners ?? null
  }
}

@Resolver()
export class ChangeResolver {
  @Query(() => ChangeConnection, {
    description: 'What changed, in the order in which it did, of the stories that the viewer may see. Keep `endCursor` and ask again with it: whoever has applied all changes has exactly those stories. It stays valid, also when a contract changes.',
  })
  async changes(@Ctx() context: GraphQLContext, @Args(() => ChangesArgs) { first, after }: ChangesArgs): Promise<Connection<Change>> {
    const limit = first ?? USUAL_PER_PAGE
    if (limit < 1 || limit > MOST_PER_PAGE) throw badInput(`"first" is ${limit}; it can be 1 to ${MOST_PER_PAGE}. Ask for more with further pages ("after").`)
    const page = await new ChangeFeed(context.reader, context.cursors).page(after ?? undefined, limit).catch((error: unknown) => { throw error instanceof WrongCursorError ? badInput(error.message) : error })
    const nodes = page.rows.map((row): Change => {
      if (row.story) return new ChangedStory(row, new Story(context.index(row.story)))
      return new RemovedStory(row, async () => {
        const replacement = row.replacedById === null ? undefined : await context.storyById(row.replacedById)
        return replacement ? new Story(replacement) : null
      })
    })
    return new NodePage(nodes, (index) => page.cursorOf(index), new PageInfo(page.hasMore, after !== undefined && after !== null, () => (nodes.length === 0 ? null : page.cursorOf(0)), () => page.end))
  }
}
