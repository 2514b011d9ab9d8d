import { setMaxListeners } from 'node:events'
import type { Database } from '../../database/index.js'
import { offersVersion, recordTakings } from '../ledger/index.js'
import { arrived, becameObsolete, failed, giveBack, reseal, takeDue, type TakenDelivery } from './delivery.store.js'
import { stopSending, type DisabledReason } from './edit-webhooks.js'
import { eventBody } from './event-body.js'
import { post, type PostResult } from './post.js'
import { pauseAfter, RETRIED_FOR } from './retries.js'
import type { WebhookSettings } from './settings.js'
import { signedHeaders } from './signature.js'

export interface SenderParts {
  readonly database: Database
  readonly settings: WebhookSettings
  readonly now: () => Date
  /** From 0 up to 1. */
  readonly random: () => number
  /** Milliseconds for one attempt; the usual ones where left out. */
  readonly patience?: number
  /** Is told of every attempt. */
  readonly onSent?: (outcome: 'delivered' | 'failed') => void
  /** Is told of an endpoint that nothing is sent to any more. */
  readonly onDisabled?: (endpointId: string, reason: DisabledReason) => void
  readonly onError: (error: unknown) => void
}

/** Attempts under way from one process, to all endpoints and to one: a slow receiver holds up nobody but itself. */
const [MOST_UNDER_WAY, MOST_PER_ENDPOINT] = [64, 4]

/** Sends events to partners. Any number of processes may do so at a time: each event is sent by one of them, and by another where that one dies. */
export class WebhookSender {
  readonly #running = new Set<Promise<void>>()
  readonly #underWay = new Map<string, number>()
  readonly #stop = new AbortController()
  #waiting: (() => void)[] = []

  constructor(private readonly parts: SenderParts) {
    // One for each attempt under way.
    setMaxListeners(0, this.#stop.signal)
  }

  /** Begins to send what is due, as far as there is room. Whether there may be more. */
  async begin(): Promise<boolean> {
    const { database, now } = this.parts
    const room = MOST_UNDER_WAY - this.#running.size
    if (room <= 0 || this.#stop.signal.aborted) return false
    const taken = await takeDue(database, now(), { inAll: room, perEndpoint: MOST_PER_ENDPOINT, underWay: this.#underWay })
    // Before any body is sent; where it cannot be written, nothing is sent, and the leases run out.
    await recordTakings(database, taken.filter(({ holds, kind }) => holds && offersVersion(kind)), 'PUSHED', now())
    for (const delivery of taken) this.#run(delivery)
    return taken.length > 0
  }

  /** Resolves when something under way is done; at once where nothing is. */
  async progress(): Promise<void> {
    if (!this.isIdle) await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
  }

  /** Sends what is due now, to the last of it. */
  async sendWhatIsDue(): Promise<void> {
    while ((await this.begin()) || !this.isIdle) await this.progress()
  }

  get isIdle(): boolean {
    return this.#running.size === 0
  }

  /** Ends what is under way; whoever sends next sends it again. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#running)
  }

  #run(delivery: TakenDelivery): void {
    const { endpointId } = delivery
    this.#underWay.set(endpointId, (this.#underWay.get(endpointId) ?? 0) + 1)
    const work: Promise<void> = this.#send(delivery).catch(this.parts.onError).finally(() => {
      this.#running.delete(work)
      const left = this.#underWay.get(endpointId)! - 1
      if (left > 0) this.#underWay.set(endpointId, left)
      else this.#underWay.delete(endpointId)
      this.#waiting.splice(0).forEach((wake) => wake())
    })
    this.#running.add(work)
  }

  async #send(delivery: TakenDelivery): Promise<void> {
    const { database, settings, now, patience } = this.parts
    if (!delivery.holds) return becameObsolete(database, delivery)
    const secrets = await this.#secretsOf(delivery)
    if (!secrets) return this.#disable(delivery.endpointId, 'SECRET_LOST')
    const body = eventBody(delivery)
    const headers = { 'content-type': 'application/json', 'user-agent': 'Onrecord', ...signedHeaders(delivery.id, now(), body, secrets) }
    const result = await post(delivery.url, body, headers, { allowsLoopback: settings.allowsLoopback, lookup: settings.lookup, signal: this.#stop.signal, ...(patience !== undefined && { patience }) })
    if ('status' in result && result.status >= 200 && result.status < 300) {
      await arrived(database, delivery, result.status, now())
      this.parts.onSent?.('delivered')
    } else if (this.#stop.signal.aborted) await giveBack(database, delivery, now())
    else await this.#fail(delivery, result)
  }

  async #fail(delivery: TakenDelivery, result: PostResult): Promise<void> {
    const { database, random } = this.parts
    const now = this.parts.now()
    const [status, retryAfter] = 'status' in result ? [result.status, result.retryAfter] : []
    const isGone = status === 410
    const end = new Date(delivery.since.getTime() + RETRIED_FOR)
    const next = new Date(now.getTime() + pauseAfter(delivery.attempts, random(), retryAfter))
    const again = isGone || now >= end ? undefined : next < end ? next : end
    const failingSince = await failed(database, delivery, again, { status, failure: 'failure' in result ? result.failure : 'STATUS' }, now)
    this.parts.onSent?.('failed')
    if (isGone) await this.#disable(delivery.endpointId, 'GONE')
    else if (failingSince && now.getTime() - failingSince.getTime() >= RETRIED_FOR) await this.#disable(delivery.endpointId, 'FAILING')
  }

  async #disable(endpointId: string, reason: DisabledReason): Promise<void> {
    if (await stopSending(this.parts.database, endpointId, reason, this.parts.now())) this.parts.onDisabled?.(endpointId, reason)
  }

  /** The secrets that sign now, the present one first; undefined where the present one cannot be read. */
  async #secretsOf({ endpointId, secret, previousSecret, previousUntil }: TakenDelivery): Promise<string[] | undefined> {
    const { settings, database, now } = this.parts
    const sealed = [secret, ...(previousSecret !== null && previousUntil && previousUntil > now() ? [previousSecret] : [])]
    const opened = sealed.map((each) => settings.secrets.open(each, endpointId))
    for (const [index, each] of opened.entries()) if (each?.isOld) await reseal(database, endpointId, sealed[index]!, settings.secrets.seal(each.secret, endpointId))
    return opened[0] && opened.flatMap((each) => (each ? [each.secret] : []))
  }
}
