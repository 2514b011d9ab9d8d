import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { GraphQLContext } from '../../graphql/context.js'
import { enumOf } from '../../graphql/enum-of.js'
import { globalId } from '../../graphql/global-id.js'
import { DateTime } from '../../graphql/scalars.js'
import { EVENT_KINDS } from '../ledger/index.js'
import { idOf, Partner, partnersOf } from '../partner.types.js'
import { DELIVERY_STATES, DISABLED_REASONS, WEBHOOK_STATES, Webhooks, type DeliveryRecord, type WebhookRecord } from './webhooks.js'

export const WebhookEvent = enumOf(EVENT_KINDS)
registerEnumType(WebhookEvent, {
  name: 'WebhookEvent', description: 'What a partner can be told of. Newsroom only.',
  valuesConfig: {
    PUBLISHED: { description: 'A story came out.' }, UPDATED: { description: 'A new version came out.' }, CORRECTED: { description: 'A new version puts right what was wrong.' }, CLARIFIED: { description: 'A new version makes clear what was not.' },
    EMBARGO_LIFTED: { description: 'The embargo ended.' }, HELD: { description: 'To be withheld while the newsroom checks.' }, WITHDRAWN: { description: 'Recalled.' }, KILLED: { description: 'Recalled everywhere, for good.' },
    UNPUBLISHED: { description: 'Taken down by the newsroom, not recalled.' }, RESTORED: { description: 'Public again.' },
    STATEMENT_CHANGED: { description: 'More or less of a statement that it reports may be shown.' },
  },
})
export const WebhookState = enumOf(WEBHOOK_STATES)
registerEnumType(WebhookState, { name: 'WebhookState', description: 'Whether events are sent to an endpoint. Newsroom only.', valuesConfig: { ACTIVE: { description: 'They are.' }, DISABLED: { description: 'They are not; `disabledReason` says why.' } } })
const WebhookDisabledReason = enumOf(DISABLED_REASONS)
registerEnumType(WebhookDisabledReason, {
  name: 'WebhookDisabledReason', description: 'Why nothing is sent to an endpoint. Newsroom only.',
  valuesConfig: {
    BY_HAND: { description: 'An administrator disabled it.' }, GONE: { description: 'The receiver answered 410: it wants nothing any more.' }, FAILING: { description: 'Nothing arrived for three days.' },
    SECRET_LOST: { description: 'The server\'s own secret was changed, and the endpoint\'s cannot be read any more. Rotate it, then enable the endpoint.' },
  },
})
export const WebhookDeliveryState = enumOf(DELIVERY_STATES)
registerEnumType(WebhookDeliveryState, {
  name: 'WebhookDeliveryState', description: 'What became of an event for an endpoint. Newsroom only.',
  valuesConfig: {
    WAITING: { description: 'It will be sent, or sent again.' }, DELIVERED: { description: 'The receiver took it (2xx). That is no acknowledgement of a notice.' }, UNDELIVERABLE: { description: 'It was given up; it can be replayed.' },
    OBSOLETE: { description: 'It was not sent, since it was not true any more: the story was taken away, or the contract does not cover it now.' },
  },
})

const loaders = new WeakMap<object, Webhooks>()

/** The endpoints as this request reads them; after a change, anew. */
export function webhooksOf(context: GraphQLContext): Webhooks {
  let webhooks = loaders.get(context.reader)
  if (!webhooks) loaders.set(context.reader, (webhooks = new Webhooks(context.database)))
  return webhooks
}

@ObjectType({ description: 'Where a partner is told of changes as they happen (Standard Webhooks). Newsroom only.' })
export class Webhook {
  constructor(private readonly context: GraphQLContext, private readonly record: WebhookRecord) {}

  static maybe(context: GraphQLContext, record: WebhookRecord | undefined): Webhook | null { return record ? new Webhook(context, record) : null }

  @Field(() => ID, { description: 'Opaque id.' })
  get id(): string { return idOf('Webhook', this.record.id) }

  @Field(() => Partner, { description: 'Whose it is.' })
  async partner(): Promise<Partner> { return new Partner(this.context, (await partnersOf(this.context).byId.load(this.record.partnerId))!) }

  @Field(() => String, { description: 'The address that events are posted to.' })
  get url(): string { return this.record.url }

  @Field(() => [WebhookEvent], { description: 'What is sent to it.' })
  get events(): readonly string[] { return this.record.events }

  @Field(() => WebhookState, { description: 'Whether events are sent to it.' })
  get state(): string { return this.record.state }

  @Field(() => WebhookDisabledReason, { nullable: true, description: 'Why they are not.' })
  get disabledReason(): string | null { return this.record.disabledReason }

  @Field(() => DateTime, { nullable: true, description: 'Since when they are not.' })
  get disabledAt(): string | null { return this.record.disabledAt }

  @Field(() => DateTime, { nullable: true, description: 'Since when no attempt has succeeded; null where the last one did. After three days the endpoint is disabled.' })
  get failingSince(): string | null { return this.record.failingSince }

  @Field(() => DateTime, { nullable: true, description: 'Until when events are signed with the secret before the present one, too.' })
  get previousSecretUntil(): string | null {
    const { previousUntil } = this.record
    return previousUntil !== null && new Date(previousUntil) > this.context.now ? previousUntil : null
  }

  @Field(() => DateTime, { description: 'When it was added.' })
  get createdAt(): string { return this.record.createdAt }

  @Field(() => String, { description: 'Who added it.' })
  get createdBy(): string { return this.record.createdBy }
}

@ObjectType({ description: 'An event for an endpoint, and what became of it. Newsroom only.' })
export class WebhookDelivery {
  constructor(private readonly record: DeliveryRecord) {}

  @Field(() => ID, { description: 'Opaque id, for `replayWebhookDeliveries`.' })
  get id(): string { return idOf('WebhookDelivery', this.record.id) }

  @Field(() => String, { description: 'The header `webhook-id`, which is the same at every attempt.' })
  get messageId(): string { return this.record.id }

  @Field(() => WebhookEvent, { description: 'What happened.' })
  get event(): string { return this.record.kind }

  @Field(() => ID, { description: 'Id of the story that it happened to.' })
  get storyId(): string { return globalId('Story', this.record.storyId) }

  @Field(() => String, { description: 'Name of that story in URLs.' })
  get slug(): string { return this.record.slug }

  @Field(() => Int, { description: 'The story\'s version then.' })
  get version(): number { return this.record.version }

  @Field(() => DateTime, { description: 'When it happened.' })
  get at(): string { return this.record.at }

  @Field(() => WebhookDeliveryState, { description: 'What became of the event.' })
  get state(): string { return this.record.state }

  @Field(() => Int, { description: 'How often it was sent.' })
  get attempts(): number { return this.record.attempts }

  @Field(() => DateTime, { nullable: true, description: 'When it was sent last.' })
  get lastAttemptAt(): string | null { return this.record.lastAttemptAt }

  @Field(() => Int, { nullable: true, description: 'Status of the last answer; null where there was none.' })
  get lastStatus(): number | null { return this.record.lastStatus }

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed: REFUSED_ADDRESS, TIMED_OUT, TLS, UNREACHABLE or STATUS.' })
  get lastFailure(): string | null { return this.record.lastFailure }

  @Field(() => DateTime, { nullable: true, description: 'When it is sent again; null where it is not.' })
  get nextAttemptAt(): string | null { return this.record.state === 'WAITING' ? this.record.nextAttemptAt : null }

  @Field(() => DateTime, { nullable: true, description: 'When the receiver took it.' })
  get deliveredAt(): string | null { return this.record.deliveredAt }
}
