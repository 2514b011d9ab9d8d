import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql'
import { deskPage } from '../database/read/index.js'
import { NewsroomOnly } from '../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection } from '../graphql/connection.js'
import { GraphQLContext } from '../graphql/context.js'
import { RequestForComment } from './statement.types.js'

const RequestForCommentConnection = connectionType<RequestForComment>('RequestForComment', () => RequestForComment)

@ArgsType()
class RequestsForCommentArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only those to which an answer is waited for, or only the others.' })
  outstanding?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Only those that are beyond their deadline unanswered, or only the others.' })
  overdue?: boolean | null

  @Field(() => [String], { nullable: true, description: 'Of stories of any of these desks.' })
  desks?: string[] | null
}

const IS_OUTSTANDING = `(q."outcome" = 'PENDING' AND s."state" NOT IN ('WITHDRAWN', 'KILLED'))`
/** Outstanding ones by their deadline, those without one after them; then what is settled, what was saved last first. */
const RANK = `CASE WHEN ${IS_OUTSTANDING} THEN extract(epoch FROM coalesce(q."deadline", '9999-01-01'::timestamptz)) ELSE 1e12::numeric - extract(epoch FROM r."createdAt") END`
const REQUEST_LIST = {
  name: 'request_list', from: '"RequestForComment" AS q JOIN "Story" AS s ON s."currentRevisionId" = q."revisionId" JOIN "Revision" AS r ON r."id" = q."revisionId"', id: 'q."id"',
  order: [{ sql: RANK, type: 'numeric', descending: false }, { sql: 's."id"', type: 'uuid', descending: false }, { sql: 'q."key"', type: 'text', descending: false }],
} as const

@Resolver()
export class RequestResolver {
  @NewsroomOnly()
  @Query(() => RequestForCommentConnection, { description: 'Requests for comment of all stories, in their current revisions: outstanding ones first, by their deadline. For staff.' })
  async requestsForComment(@Ctx() context: GraphQLContext, @Args(() => RequestsForCommentArgs) { outstanding, overdue, desks, ...page }: RequestsForCommentArgs): Promise<Connection<RequestForComment>> {
    const paging = pagingOf(context, page, 'requestsForComment', { outstanding, overdue, desks })
    const found = await deskPage(context.database, REQUEST_LIST, (parameters) => [
      ...(typeof outstanding === 'boolean' ? [`${IS_OUTSTANDING} = ${parameters.add(outstanding, 'boolean')}`] : []),
      ...(typeof overdue === 'boolean' ? [`(${IS_OUTSTANDING} AND coalesce(q."deadline" <= ${parameters.add(context.now, 'timestamptz')}, false)) = ${parameters.add(overdue, 'boolean')}`] : []),
      ...(desks ? [`r."desk" = ANY (${parameters.add(desks, 'text[]')})`] : []),
    ], paging.request)
    const requests = await Promise.all(found.rows.map(async ({ place: [, storyId, key] }) => {
      const index = (await context.storyById(storyId!))!
      return new RequestForComment(index, index.get('requestsForComment', key!))
    }))
    return connectionOf(context, paging, found, requests)
  }
}
