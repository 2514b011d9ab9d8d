import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { deskPage } from '../../database/read/index.js'
import { Does, NewsroomOnly } from '../../graphql/audience.js'
import { connectionOf, connectionType, pagingOf, type Connection } from '../../graphql/connection.js'
import { GraphQLContext } from '../../graphql/context.js'
import { Partner, uuidOfId } from '../partner.types.js'
import { DELIVERY_LIST } from './webhooks.js'
import { WebhookDeliveriesArgs, WebhooksArgs } from './webhook.inputs.js'
import { Webhook, WebhookDelivery, webhooksOf } from './webhook.types.js'

const WebhookConnection = connectionType<Webhook>('Webhook', () => Webhook)
const WebhookDeliveryConnection = connectionType<WebhookDelivery>('WebhookDelivery', () => WebhookDelivery)

@Resolver(() => Partner)
export class PartnerWebhooksResolver {
  @NewsroomOnly()
  @FieldResolver(() => [Webhook], { description: 'Where it is told of changes; at most 10.' })
  async webhooks(@Root() { file }: Partner, @Ctx() context: GraphQLContext): Promise<Webhook[]> {
    return (await webhooksOf(context).ofPartner.load(file.id)).map((record) => new Webhook(context, record))
  }
}

@Resolver()
export class WebhookResolver {
  @Does('READ_PARTNERS')
  @Query(() => WebhookConnection, { description: 'Endpoints of all partners, the newest first: disabled ones, for whoever looks after them. For editors and administrators; refused to others.' })
  async webhooks(@Ctx() context: GraphQLContext, @Args(() => WebhooksArgs) { state, ...page }: WebhooksArgs): Promise<Connection<Webhook>> {
    const paging = pagingOf(context, page, 'webhooks', { state })
    const order = [{ sql: 'e."createdAt"', type: 'timestamptz', descending: true }, { sql: 'e."id"', type: 'uuid', descending: false }] as const
    const found = await deskPage(context.database, { name: 'webhook_list', from: '"WebhookEndpoint" AS e', id: 'e."id"', order }, (parameters) => [
      'e."state" <> \'REMOVED\'', ...(state ? [`e."state" = ${parameters.add(state, '"WebhookState"')}`] : []),
    ], paging.request)
    const records = await Promise.all(found.rows.map((row) => webhooksOf(context).byId.load(row.id)))
    return connectionOf(context, paging, found, records.map((record) => new Webhook(context, record!)))
  }

  @Does('READ_PARTNERS')
  @Query(() => WebhookDeliveryConnection, { description: 'Events for an endpoint, the newest first, with what became of each. Kept for 30 days. For editors and administrators; refused to others.' })
  async webhookDeliveries(@Ctx() context: GraphQLContext, @Args(() => WebhookDeliveriesArgs) { webhookId, state, ...page }: WebhookDeliveriesArgs): Promise<Connection<WebhookDelivery>> {
    const id = uuidOfId('Webhook', webhookId, 'webhookId')
    const paging = pagingOf(context, page, 'webhookDeliveries', { webhookId, state })
    const found = await deskPage(context.database, DELIVERY_LIST, (parameters) => [
      `d."endpointId" = ${parameters.add(id, 'uuid')}`, ...(state ? [`d."state" = ${parameters.add(state, '"WebhookDeliveryState"')}`] : []),
    ], paging.request)
    const records = await Promise.all(found.rows.map((row) => webhooksOf(context).deliveries.load(row.id)))
    return connectionOf(context, paging, found, records.map((record) => new WebhookDelivery(record!)))
  }
}
