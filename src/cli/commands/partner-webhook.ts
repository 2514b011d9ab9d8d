import { InvalidArgumentError, type Command } from 'commander'
import type { DeliveryRecord, WebhookRecord } from '../../syndication/webhooks/index.js'
import { EXIT, example, type Runner } from '../command.js'
import { UsageError } from '../failure.js'
import { failed, known, withPartners } from '../partners.js'
import { table, type Screen } from '../screen.js'

const WEBHOOK = ['<webhook>', 'its id, as "onrecord partner webhook list" prints it'] as const
const PARTNER = ['<partner>', 'its name or id'] as const
const MOST_LISTED = 1_000

/** `onrecord partner webhook …` */
export function addWebhooks(partner: Command, run: Runner): void {
  const group = partner.command('webhook').helpCommand(false)
    .summary('where partners are told of changes as they happen')
    .description('Events are posted to endpoints of partners, signed with a secret that is shown once (Standard Webhooks).')
    .addHelpText('after', example('onrecord partner webhook add "Bay Radio" --url https://desk.bayradio.example/onrecord'))
  group.command('add')
    .summary('add an endpoint')
    .description('Adds an endpoint and prints its secret, this one time. The address is looked up, and must be on the internet.')
    .argument(...PARTNER)
    .requiredOption('--url <url>', 'where events are posted to; https')
    .option('--events <events>', 'which, comma-separated, such as published,corrected,killed; all, where left out', eventsOf)
    .addHelpText('after', example('onrecord partner webhook add "Bay Radio" --url https://desk.bayradio.example/onrecord --events published,updated,corrected,killed'))
    .action(run(add))
  group.command('list')
    .summary('print the endpoints of a partner')
    .description('Prints the endpoints of a partner, whether anything is sent to them, and why not.')
    .argument(...PARTNER)
    .addHelpText('after', example('onrecord partner webhook list "Bay Radio"'))
    .action(run(list))
  group.command('rotate')
    .summary('replace the secret of an endpoint')
    .description('Makes a new secret and prints it, this one time. Until the overlap is over, events are signed with the old one too.')
    .argument(...WEBHOOK)
    .option('--overlap <hours>', 'for how long', whole('hours'), 24)
    .addHelpText('after', example('onrecord partner webhook rotate 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11 --overlap 48'))
    .action(run(rotate))
  for (const [name, summary, description] of [
    ['enable', 'send to a disabled endpoint again', 'Sends to a disabled endpoint again. What it missed can be replayed.'], ['disable', 'stop sending to an endpoint', 'Stops sending to an endpoint. What waits can be replayed later.'], ['remove', 'remove an endpoint', 'Removes an endpoint for good, with its secret.'],
  ] as const) {
    group.command(name).summary(summary).description(description).argument(...WEBHOOK).addHelpText('after', example(`onrecord partner webhook ${name} 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11`)).action(run((screen: Screen, id: string) => change(screen, name, id)))
  }
  group.command('deliveries')
    .summary('print what was sent to an endpoint')
    .description(`Prints the events for an endpoint and what became of each, the newest first; at most ${MOST_LISTED}.`)
    .argument(...WEBHOOK)
    .option('--undeliverable', 'only those that were given up')
    .addHelpText('after', example('onrecord partner webhook deliveries 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11 --undeliverable'))
    .action(run(deliveries))
  group.command('replay')
    .summary('send again what could not be delivered')
    .description('Sends again what could not be delivered to an endpoint, all of it or one event, under the same ids. A running server does it.')
    .argument(...WEBHOOK)
    .option('--delivery <id>', 'only this one, as "onrecord partner webhook deliveries" prints it')
    .addHelpText('after', example('onrecord partner webhook replay 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11'))
    .action(run(replay))
}

function eventsOf(value: string): string[] {
  return value.split(',').map((event) => event.trim().toUpperCase().replaceAll(/[ -]/g, '_'))
}

const whole = (unit: string) => (value: string): number => {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError(`Give whole ${unit}.`)
  return Number(value)
}

function idOf(id: string, what = 'an endpoint: "onrecord partner webhook list <partner>" prints them'): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new UsageError(`"${id.slice(0, 60)}" is not the id of ${what}.`)
  return id.toLowerCase()
}

const ONCE = 'It is not shown again; the receiver verifies signatures with it.'

async function add(screen: Screen, nameOrId: string, { url, events }: { readonly url: string; readonly events?: readonly string[] }): Promise<number> {
  const [{ addWebhook, endpointProblem }, { EVENT_KINDS }] = await Promise.all([import('../../syndication/webhooks/index.js'), import('../../syndication/ledger/index.js')])
  const unknown = events?.find((event) => !(EVENT_KINDS as readonly string[]).includes(event))
  if (unknown !== undefined) throw new UsageError(`There is no event "${unknown.slice(0, 60).toLowerCase()}"; there are ${EVENT_KINDS.map((kind) => kind.toLowerCase()).join(', ')}.`)
  return withPartners(async (partners, managing, database, telling) => {
    const { id, name } = await known(partners, nameOrId)
    const webhooks = await telling.webhooks()
    const problem = await endpointProblem(url, webhooks, webhooks.lookup)
    if (problem !== undefined) return failed(screen, `The address ${problem}.`)
    let secret = ''
    const result = await database.transaction((queries) => addWebhook(queries, id, { url, events: events ?? EVENT_KINDS }, webhooks.secrets, (made) => { secret = made }, managing))
    if (!result.ok) return failed(screen, result.message)
    screen.say(`${name} is told at ${url}, endpoint ${result.webhookId}. ${ONCE}`)
    await screen.line(secret)
    return EXIT.done
  })
}

async function list(screen: Screen, nameOrId: string): Promise<void> {
  const { Webhooks } = await import('../../syndication/webhooks/index.js')
  await withPartners(async (partners, { now }, database) => {
    const { id, name } = await known(partners, nameOrId)
    const webhooks = await new Webhooks(database).ofPartner.load(id)
    if (webhooks.length === 0) return screen.say(`${name} has no endpoints. "onrecord partner webhook add" adds one.`)
    await table(screen, ['ID', 'STATE', 'URL', 'EVENTS'], webhooks.map((webhook) => [webhook.id, stateOf(webhook, now), webhook.url, webhook.events.join(',').toLowerCase()]))
  })
}

function stateOf({ state, disabledReason, disabledAt, failingSince }: WebhookRecord, now: Date): string {
  if (state === 'DISABLED') return `disabled ${day(disabledAt)}, ${disabledReason!.toLowerCase().replaceAll('_', ' ')}`
  return failingSince !== null && new Date(failingSince) <= now ? `failing since ${day(failingSince)}` : 'active'
}

const day = (instant: string | null) => (instant === null ? '-' : new Date(instant).toISOString().slice(0, 10))

async function rotate(screen: Screen, webhookId: string, { overlap }: { readonly overlap: number }): Promise<number> {
  const id = idOf(webhookId)
  const { rotateWebhookSecret } = await import('../../syndication/webhooks/index.js')
  return withPartners(async (_partners, managing, database, telling) => {
    const { secrets } = await telling.webhooks()
    let secret = ''
    const result = await database.transaction((queries) => rotateWebhookSecret(queries, id, overlap, secrets, (made) => { secret = made }, managing))
    if (!result.ok) return failed(screen, result.message)
    screen.say(`A new secret for ${id}; the old one signs for ${overlap} more hours. ${ONCE}`)
    await screen.line(secret)
    return EXIT.done
  })
}

async function change(screen: Screen, action: 'enable' | 'disable' | 'remove', webhookId: string): Promise<number> {
  const id = idOf(webhookId)
  const { disableWebhook, enableWebhook, removeWebhook } = await import('../../syndication/webhooks/index.js')
  const work = { enable: enableWebhook, disable: disableWebhook, remove: removeWebhook }[action]
  return withPartners(async (_partners, managing, database) => {
    const result = await database.transaction((queries) => work(queries, id, managing))
    if (!result.ok) return failed(screen, result.message)
    await screen.line(`${action}d  ${id}`)
    return EXIT.done
  })
}

async function deliveries(screen: Screen, webhookId: string, { undeliverable = false }: { readonly undeliverable?: boolean }): Promise<number> {
  const id = idOf(webhookId)
  const [{ DELIVERY_LIST, Webhooks }, { deskPage }] = await Promise.all([import('../../syndication/webhooks/index.js'), import('../../database/read/index.js')])
  return withPartners(async (_partners, _managing, database) => {
    const webhooks = new Webhooks(database)
    if (!(await webhooks.byId.load(id))) return failed(screen, 'There is no such endpoint.')
    const { rows } = await deskPage(database, DELIVERY_LIST, (parameters) => [`d."endpointId" = ${parameters.add(id, 'uuid')}`, ...(undeliverable ? [`d."state" = 'UNDELIVERABLE'`] : [])], { limit: MOST_LISTED })
    const found = (await Promise.all(rows.map((row) => webhooks.deliveries.load(row.id)))).filter((record) => record !== undefined)
    if (found.length === 0) screen.say(undeliverable ? 'Nothing is undeliverable.' : 'Nothing was sent.')
    else await table(screen, ['ID', 'AT', 'EVENT', 'STORY', 'VERSION', 'STATE', 'ATTEMPTS', 'LAST'], found.map(deliveryRow))
    return EXIT.done
  })
}

function deliveryRow({ id, at, kind, slug, version, state, attempts, lastStatus, lastFailure }: DeliveryRecord): string[] {
  return [id, new Date(at).toISOString(), kind.toLowerCase(), slug, String(version), state.toLowerCase(), String(attempts), String(lastStatus ?? lastFailure?.toLowerCase() ?? '-')]
}

async function replay(screen: Screen, webhookId: string, { delivery }: { readonly delivery?: string }): Promise<number> {
  const id = idOf(webhookId)
  const only = delivery === undefined ? undefined : [idOf(delivery, 'a delivery: "onrecord partner webhook deliveries <webhook>" prints them')]
  const { replayDeliveries } = await import('../../syndication/webhooks/index.js')
  return withPartners(async (_partners, managing, database) => {
    const result = await database.transaction((queries) => replayDeliveries(queries, id, only, managing))
    if (!result.ok) return failed(screen, result.message)
    await screen.line(`replayed  ${result.replayed}`)
    return EXIT.done
  })
}
