import { ArgsType, Field, ID, InputType, Int } from 'type-graphql'
import { PageArgs } from '../../graphql/connection.js'
import { Once } from '../../stories/story.inputs.js'
import { EVENT_KINDS } from '../ledger/index.js'
import { WebhookDeliveryState, WebhookEvent, WebhookState } from './webhook.types.js'

@InputType({ description: 'An endpoint to add.' })
export class AddWebhookInput extends Once {
  @Field(() => ID, { description: 'The partner.' })
  partnerId!: string

  @Field(() => String, { description: 'Where events are posted to: https, on the internet, at port 443, 4443, 8443 or 9443, without a name and password in it.' })
  url!: string

  @Field(() => [WebhookEvent], { defaultValue: [...EVENT_KINDS], description: 'What is sent to it; everything, where left out.' })
  events!: string[]
}

@InputType({ description: 'A secret to replace.' })
export class RotateWebhookSecretInput extends Once {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookId!: string

  @Field(() => Int, { description: 'For how many hours events are signed with the old secret too, 0 to 720.' })
  overlapHours!: number
}

@InputType({ description: 'An endpoint.' })
export class OnWebhookInput extends Once {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookId!: string
}

@InputType({ description: 'Events to send again.' })
export class ReplayWebhookDeliveriesInput extends Once {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookId!: string

  @Field(() => [ID], { nullable: true, description: 'Which of its undeliverable events, at most 1000; all of them, the oldest 1000 first, where left out.' })
  deliveryIds?: string[] | null
}

@ArgsType()
export class WebhooksArgs extends PageArgs {
  @Field(() => WebhookState, { nullable: true, description: 'Only those in this state.' })
  state?: string | null
}

@ArgsType()
export class WebhookDeliveriesArgs extends PageArgs {
  @Field(() => ID, { description: 'The endpoint.' })
  webhookId!: string

  @Field(() => WebhookDeliveryState, { nullable: true, description: 'Only those in this state: UNDELIVERABLE for what can be replayed.' })
  state?: string | null
}
