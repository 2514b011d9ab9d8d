import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import { deskPage } from '../../database/read/index.js'
import { Does } from '../../graphql/audience.js'
import { connectionOf, connectionType, PageArgs, pagingOf, type Connection, type Paging } from '../../graphql/connection.js'
import { GraphQLContext } from '../../graphql/context.js'
import { keyOfId } from '../../graphql/global-id.js'
import { Story } from '../../stories/story.types.js'
import { uuidOfId } from '../partner.types.js'
import { overdueSql } from './deadlines.js'
import { IS_OPEN, NOTICE_LIST, TAKING_LIST } from './notices.js'
import { ledgerOf, Notice, StoryDelivery } from './notice.types.js'

const NoticeConnection = connectionType<Notice>('Notice', () => Notice)
const StoryDeliveryConnection = connectionType<StoryDelivery>('StoryDelivery', () => StoryDelivery)

@ArgsType()
class DeliveriesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only of this partner.' })
  partnerId?: string | null

  @Field(() => ID, { nullable: true, description: 'Only of this story.' })
  storyId?: string | null
}

@ArgsType()
class UnacknowledgedArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'True: only those whose time is over.' })
  overdue?: boolean | null

  @Field(() => ID, { nullable: true, description: 'Only of this story.' })
  storyId?: string | null

  @Field(() => ID, { nullable: true, description: 'Only of this partner.' })
  partnerId?: string | null
}

type Conditions = Parameters<typeof deskPage>[2]

@Resolver()
export class NoticeResolver {
  @Query(() => NoticeConnection, { description: 'For partners: the corrections and recalls that they have not acknowledged, the oldest first, whatever their contract says now. Empty for everybody else.' })
  async notices(@Ctx() context: GraphQLContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Notice>> {
    const { viewer } = context
    const paging = pagingOf(context, page, 'notices', {})
    if (viewer.kind !== 'PARTNER') return connectionOf(context, paging, { rows: [], hasMore: false }, [])
    // One becomes overdue as time passes.
    context.keeping.mayBeKept = false
    return noticePage(context, paging, (parameters) => [`n."partnerId" = ${parameters.add(viewer.id, 'uuid')}`, `(NOT n."isEmbargoed" OR ${parameters.add(viewer.readsEmbargoed, 'boolean')})`])
  }

  @Does('READ_PARTNERS')
  @Query(() => NoticeConnection, { description: 'Who has not acknowledged which correction or recall, the oldest first, with whom to call at night. For editors and administrators; refused to others.' })
  async unacknowledgedNotices(@Ctx() context: GraphQLContext, @Args(() => UnacknowledgedArgs) { overdue, storyId, partnerId, ...page }: UnacknowledgedArgs): Promise<Connection<Notice>> {
    const paging = pagingOf(context, page, 'unacknowledgedNotices', { overdue, storyId, partnerId })
    const [story, partner] = [storyId ? keyOfId('Story', storyId, 'storyId') : undefined, partnerId ? uuidOfId('Partner', partnerId, 'partnerId') : undefined]
    const { recall, correction } = context.syndication.deadlines
    return noticePage(context, paging, (parameters) => [
      ...(overdue ? [overdueSql('n', parameters.add(context.now, 'timestamptz'), parameters.add(recall, 'int'), parameters.add(correction, 'int'))] : []),
      ...(story ? [`n."storyId" = ${parameters.add(story, 'uuid')}`] : []), ...(partner ? [`n."partnerId" = ${parameters.add(partner, 'uuid')}`] : []),
    ])
  }

  @Does('READ_PARTNERS')
  @Query(() => StoryDeliveryConnection, { description: 'Which partner has which version of which story, what was taken last first. For editors and administrators; refused to others.' })
  async deliveries(@Ctx() context: GraphQLContext, @Args(() => DeliveriesArgs) { partnerId, storyId, ...page }: DeliveriesArgs): Promise<Connection<StoryDelivery>> {
    const paging = pagingOf(context, page, 'deliveries', { partnerId, storyId })
    const [partner, story] = [partnerId ? uuidOfId('Partner', partnerId, 'partnerId') : undefined, storyId ? keyOfId('Story', storyId, 'storyId') : undefined]
    const found = await deskPage(context.database, TAKING_LIST, (parameters) => [
      ...(partner ? [`k."partnerId" = ${parameters.add(partner, 'uuid')}`] : []), ...(story ? [`k."storyId" = ${parameters.add(story, 'uuid')}`] : []),
    ], paging.request)
    const records = await Promise.all(found.rows.map(async ({ id, place: [, , by, version, way] }) => (await ledgerOf(context).takingsOfStory.load(id)).find((taking) => taking.partnerId === by && String(taking.version) === version && taking.way === way)!))
    return connectionOf(context, paging, found, records.map((record) => new StoryDelivery(context, record)))
  }
}

async function noticePage(context: GraphQLContext, paging: Paging, conditions: Conditions): Promise<Connection<Notice>> {
  const found = await deskPage(context.database, NOTICE_LIST, (parameters) => [IS_OPEN, ...conditions(parameters)], paging.request)
  const records = await Promise.all(found.rows.map((row) => ledgerOf(context).noticeById.load(row.id)))
  return connectionOf(context, paging, found, records.map((record) => new Notice(context, record!)))
}

@Resolver(() => Story)
export class StoryDeliveriesResolver {
  @Does('READ_PARTNERS')
  @FieldResolver(() => [StoryDelivery], { nullable: true, description: 'Which partner has which version, by name, the newest version first. For editors and administrators; refused to others.' })
  async deliveries(@Root() { index }: Story, @Ctx() context: GraphQLContext): Promise<StoryDelivery[]> {
    return (await ledgerOf(context).takingsOfStory.load(index.record.id)).map((record) => new StoryDelivery(context, record))
  }
}
