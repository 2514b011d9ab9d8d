import { USUAL_DEADLINES, type NoticeDeadlines } from '../ledger/index.js'
import type { AddressRules, Lookup } from './endpoint-url.js'
import { lookupAll } from './post.js'
import { WebhookSecrets } from './webhook-secrets.js'

/** What is needed to register endpoints and to send to them. */
export interface WebhookSettings extends AddressRules {
  readonly secrets: WebhookSecrets
  readonly lookup: Lookup
}

export interface SyndicationSettings {
  readonly webhooks: WebhookSettings
  readonly deadlines: NoticeDeadlines
}

/** Where nothing is said, events go to the internet alone, hosts are looked up by the system, and the deadlines are the usual ones. */
export interface GivenSyndication extends Partial<AddressRules> {
  readonly lookup?: Lookup
  readonly deadlines?: NoticeDeadlines
}

/** @param secret the server's, of at least 32 bytes; `previous` are those that are still taken */
export function syndicationSettings(secret: Buffer, previous: readonly Buffer[] | undefined, { allowsLoopback = false, lookup = lookupAll, deadlines = USUAL_DEADLINES }: GivenSyndication = {}): SyndicationSettings {
  return { webhooks: { secrets: new WebhookSecrets(secret, previous), allowsLoopback, lookup }, deadlines }
}
