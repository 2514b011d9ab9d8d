import type { FastifyBaseLogger } from 'fastify'
import type { Secrets } from './access/index.js'
import { isUnavailable, type Database } from './database/index.js'
import type { Env } from './env.js'
import type { NoticeDeadlines } from './syndication/ledger/index.js'
import { startSending, syndicationSettings, type GivenSyndication, type Sending } from './syndication/webhooks/index.js'
import type { Metrics } from './telemetry/index.js'

/** What the settings say about how partners are told. */
export function syndicationOf(env: Env): GivenSyndication {
  return { allowsLoopback: env.ONRECORD_WEBHOOKS_LOOPBACK === 'on', deadlines: deadlinesOf(env) }
}

export function deadlinesOf(env: Env): NoticeDeadlines {
  return { recall: env.ONRECORD_RECALL_MINUTES, correction: env.ONRECORD_CORRECTION_MINUTES }
}

interface SendingProcess {
  readonly database: Database
  readonly secrets: Secrets
  readonly now: () => Date
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
}

/** Sends events to partners from this process, where the settings want it; what becomes of them is in the log and the metrics. */
export function sendEvents(env: Env, { database, secrets, now, log, metrics }: SendingProcess): Sending | undefined {
  if (env.ONRECORD_WEBHOOKS === 'off') return undefined
  const sending = startSending({
    database, now, random: Math.random, settings: syndicationSettings(secrets.secret, secrets.previous, syndicationOf(env)),
    report: {
      error: (error) => log[isUnavailable(error) ? 'warn' : 'error']({ err: error }, 'sending events failed and will be tried again'),
      disabled: (webhook, reason) => log.warn({ webhook, reason }, 'nothing is sent to an endpoint of a partner any more'),
      overdue: (kinds) => log.warn({ notices: kinds.length, kinds: [...new Set(kinds)] }, 'partners have not acknowledged corrections or recalls in time'),
    },
  })
  metrics.gauge('onrecord_webhook_attempts', 'Events that this process sent since it began, by what became of them.', () => sending.counts().attempts, 'outcome')
  metrics.gauge('onrecord_webhooks_waiting', 'Events that wait to be sent, or to be sent again.', () => sending.counts().waiting)
  metrics.gauge('onrecord_webhooks_oldest_seconds', 'How long the oldest of them has waited.', () => sending.counts().oldest)
  metrics.gauge('onrecord_webhooks_disabled', 'Endpoints of partners that nothing is sent to.', () => sending.counts().disabledEndpoints)
  metrics.gauge('onrecord_notices', 'Corrections and recalls that partners have not acknowledged, and of these the ones that are overdue.', () => { const { openNotices, overdueNotices } = sending.counts(); return { open: openNotices, overdue: overdueNotices } })
  return sending
}
