import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { deskPage } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { keyOfId } from '../graphql/global-id.js'
import { Quote } from '../quotes/quote.types.js'
import { Challenge, challengesOf } from './challenge.types.js'

const ChallengeConnection = connectionType<Challenge>('Challenge', () => Challenge)

@ArgsType()
class ChallengesArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only open ones, or only resolved ones.' })
  open?: boolean | null

  @Field(() => ID, { nullable: true, description: 'Only of this story.' })
  storyId?: string | null
}

@Resolver()
export class ChallengeResolver {
  @NewsroomOnly()
  @Query(() => ChallengeConnection, { description: 'Disputes of quotes, the latest first. For staff.' })
  async challenges(@Ctx() context: GraphQLContext, @Args(() => ChallengesArgs) { open, storyId, ...page }: ChallengesArgs): Promise<Connection<Challenge>> {
    const story = storyId === null || storyId === undefined ? undefined : keyOfId('Story', storyId, 'storyId')
    const paging = pagingOf(context, page, 'challenges', { open, story })
    const order = [{ sql: 'c."openedAt"', type: 'timestamptz', descending: true }, { sql: 'c."id"', type: 'uuid', descending: false }] as const
    const found = await deskPage(context.database, { name: 'challenge_list', from: '"Challenge" AS c', id: 'c."id"', order }, (parameters) => [
      ...(open === undefined || open === null ? [] : [`c."outcome" IS ${open ? '' : 'NOT '}NULL`]),
      ...(story === undefined ? [] : [`c."storyId" = ${parameters.add(story, 'uuid')}`]),
    ], paging.request)
    const challenges = await Promise.all(found.rows.map((row) => challengesOf(context).byId.load(row.id)))
    return connectionOf(context, paging, found, challenges.map((challenge) => new Challenge(context, challenge!)))
  }
}

@Resolver(() => Quote)
export class QuoteChallengesResolver {
  @NewsroomOnly()
  @FieldResolver(() => [Challenge], { description: 'Who disputes it, the latest first. Staff only.' })
  async challenges(@Root() { quote }: Quote, @Ctx() context: GraphQLContext): Promise<Challenge[]> {
    return (await challengesOf(context).ofQuote.load(quote.lineage)).map((challenge) => new Challenge(context, challenge))
  }
}
