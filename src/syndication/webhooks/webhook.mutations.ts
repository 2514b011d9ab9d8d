import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql'
import type { Queries } from '../../database/index.js'
import { again } from '../../graphql/again.js'
import { Does } from '../../graphql/audience.js'
import { GraphQLContext } from '../../graphql/context.js'
import { badInput } from '../../graphql/errors.js'
import { change } from '../../graphql/mutation.js'
import { DESK_CODES, errorsOf, input, payloadType } from '../../graphql/payload.js'
import type { Managing } from '../edit-partners.js'
import { uuidOfId } from '../partner.types.js'
import { addWebhook, disableWebhook, enableWebhook, MOST_REPLAYED, removeWebhook, replayDeliveries, rotateWebhookSecret, type ReplayResult, type ShowSecret, type WebhookResult } from './edit-webhooks.js'
import { endpointProblem } from './endpoint-url.js'
import { AddWebhookInput, OnWebhookInput, ReplayWebhookDeliveriesInput, RotateWebhookSecretInput } from './webhook.inputs.js'
import { Webhook, webhooksOf } from './webhook.types.js'

const INVALID = { INVALID: 'A field breaks its format or limit.' } as const
const NO_WEBHOOK = { NOT_FOUND: 'There is no such endpoint.' } as const
const webhook = { webhook: { type: () => Webhook, description: 'The endpoint.' } }
const SHOWN_ONCE = 'What the receiver verifies signatures with. It is shown this one time: asked again with the same idempotency key, the endpoint comes without it. Where the answer was lost, rotate it.'
const secret = { secret: { type: () => String, description: SHOWN_ONCE } }

const AddWebhookPayload = payloadType('addWebhook', { ...DESK_CODES, NOT_FOUND: 'There is no such partner.', ...INVALID }, { ...webhook, ...secret })
const RotateWebhookSecretPayload = payloadType('rotateWebhookSecret', { ...DESK_CODES, ...NO_WEBHOOK, ...INVALID }, { ...webhook, ...secret })
const EnableWebhookPayload = payloadType('enableWebhook', { ...DESK_CODES, ...NO_WEBHOOK, WRONG_STATE: 'It is active already.' }, webhook)
const DisableWebhookPayload = payloadType('disableWebhook', { ...DESK_CODES, ...NO_WEBHOOK, WRONG_STATE: 'It is disabled already.' }, webhook)
const RemoveWebhookPayload = payloadType('removeWebhook', { ...DESK_CODES, ...NO_WEBHOOK }, { removed: { type: () => Boolean, description: 'Whether it was removed; null where it was not.' } })
const ReplayWebhookDeliveriesPayload = payloadType('replayWebhookDeliveries', { ...DESK_CODES, NOT_FOUND: 'There is no such endpoint, or nothing of it to replay.', WRONG_STATE: 'The endpoint is disabled; enable it first.' }, {
  ...webhook, replayed: { type: () => Int, description: 'How many events are sent again.' },
})

@Resolver()
export class WebhookMutations {
  @Does('MANAGE_PARTNERS')
  @Mutation(() => AddWebhookPayload, { description: 'Adds an endpoint that a partner is told of changes at, and shows its secret once. The address is looked up, and must be on the internet. For administrators.' })
  addWebhook(@Ctx() context: GraphQLContext, @Arg(...input(() => AddWebhookInput)) given: AddWebhookInput): Promise<object> {
    const partnerId = uuidOfId('Partner', given.partnerId, 'partnerId')
    const { secrets, lookup, ...rules } = context.syndication.webhooks
    return withSecret(context, 'addWebhook', given, async () => {
      const problem = await endpointProblem(given.url, rules, lookup)
      return problem === undefined ? undefined : { ok: false, code: 'INVALID', message: `The address ${problem}.`, path: 'url' }
    }, (queries, by, show) => addWebhook(queries, partnerId, { url: given.url, events: given.events }, secrets, show, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => RotateWebhookSecretPayload, { description: 'Makes a new secret for an endpoint and shows it once. Until the overlap is over, events carry a signature by each of the two. For administrators.' })
  rotateWebhookSecret(@Ctx() context: GraphQLContext, @Arg(...input(() => RotateWebhookSecretInput)) given: RotateWebhookSecretInput): Promise<object> {
    const id = uuidOfId('Webhook', given.webhookId, 'webhookId')
    return withSecret(context, 'rotateWebhookSecret', given, async () => undefined, (queries, by, show) => rotateWebhookSecret(queries, id, given.overlapHours, context.syndication.webhooks.secrets, show, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => EnableWebhookPayload, { description: 'Sends to a disabled endpoint again. What it missed can be replayed. For administrators.' })
  enableWebhook(@Ctx() context: GraphQLContext, @Arg(...input(() => OnWebhookInput)) given: OnWebhookInput): Promise<object> {
    return onWebhook(context, 'enableWebhook', given, (queries, id) => enableWebhook(queries, id))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => DisableWebhookPayload, { description: 'Stops sending to an endpoint. What waits can be replayed later. For administrators.' })
  disableWebhook(@Ctx() context: GraphQLContext, @Arg(...input(() => OnWebhookInput)) given: OnWebhookInput): Promise<object> {
    return onWebhook(context, 'disableWebhook', given, (queries, id, by) => disableWebhook(queries, id, by))
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => RemoveWebhookPayload, { description: 'Removes an endpoint for good, with its secret. For administrators.' })
  async removeWebhook(@Ctx() context: GraphQLContext, @Arg(...input(() => OnWebhookInput)) given: OnWebhookInput): Promise<object> {
    const id = uuidOfId('Webhook', given.webhookId, 'webhookId')
    const outcome = await again(() => change(context, 'removeWebhook', given, (queries) => removeWebhook(queries, id)))
    return { removed: outcome.ok || null, errors: errorsOf(outcome) }
  }

  @Does('MANAGE_PARTNERS')
  @Mutation(() => ReplayWebhookDeliveriesPayload, { description: 'Sends again what could not be delivered to an endpoint, under the same ids. For administrators.' })
  async replayWebhookDeliveries(@Ctx() context: GraphQLContext, @Arg(...input(() => ReplayWebhookDeliveriesInput)) given: ReplayWebhookDeliveriesInput): Promise<object> {
    if (given.deliveryIds && given.deliveryIds.length > MOST_REPLAYED) throw badInput(`"deliveryIds" has ${given.deliveryIds.length} entries; it can have ${MOST_REPLAYED}.`)
    const ids = given.deliveryIds?.map((id) => uuidOfId('WebhookDelivery', id, 'deliveryIds'))
    return onWebhook(context, 'replayWebhookDeliveries', given, (queries, id, by) => replayDeliveries(queries, id, ids, by))
  }
}

type Given = { readonly idempotencyKey?: string | null | undefined; readonly webhookId: string }

async function onWebhook(context: GraphQLContext, mutation: string, given: Given, work: (queries: Queries, id: string, by: Managing) => Promise<WebhookResult | ReplayResult>): Promise<object> {
  const id = uuidOfId('Webhook', given.webhookId, 'webhookId')
  const outcome = await again(() => change(context, mutation, given, (queries, staff) => work(queries, id, { staff, now: context.now, newId: context.newId })))
  return { webhook: outcome.ok ? await shown(context, outcome.webhookId) : null, replayed: outcome.ok && 'replayed' in outcome ? outcome.replayed : null, errors: errorsOf(outcome) }
}

/** The secret goes past the outcome, which is stored where an idempotency key was given. `check` asks the network, so it comes before the transaction. */
async function withSecret(
  context: GraphQLContext, mutation: string, given: Pick<Given, 'idempotencyKey'>, check: () => Promise<Exclude<WebhookResult, { ok: true }> | undefined>,
  work: (queries: Queries, by: Managing, show: ShowSecret) => Promise<WebhookResult>,
): Promise<object> {
  const wrong = await check()
  if (wrong) return { webhook: null, secret: null, errors: errorsOf(wrong) }
  let made: string | undefined
  const outcome = await again(() => {
    made = undefined
    return change(context, mutation, given, (queries, staff) => work(queries, { staff, now: context.now, newId: context.newId }, (secret) => { made = secret }))
  })
  return { webhook: outcome.ok ? await shown(context, outcome.webhookId) : null, secret: outcome.ok ? made ?? null : null, errors: errorsOf(outcome) }
}

async function shown(context: GraphQLContext, id: string): Promise<Webhook | null> {
  return Webhook.maybe(context, await webhooksOf(context).byId.load(id))
}
