import { countOpenNotices, newlyOverdue } from '../ledger/index.js'
import { countWaiting, pruneDeliveries, reseal, sealedSecrets } from './delivery.store.js'
import { WebhookSender, type SenderParts } from './sender.js'
import type { SyndicationSettings } from './settings.js'

/** What is told to whoever runs the server. No word of a partner's is among it. */
export interface SendingReport {
  readonly error: (error: unknown) => void
  readonly disabled: NonNullable<SenderParts['onDisabled']>
  /** Kinds of the notices that nobody acknowledged in time. */
  readonly overdue: (kinds: readonly string[]) => void
}

export interface SendingParts extends Pick<SenderParts, 'database' | 'now' | 'random'> {
  readonly settings: SyndicationSettings
  readonly report: SendingReport
}

/** As it was when it was last counted, a few seconds ago. */
export interface SendingCounts {
  readonly attempts: { delivered: number; failed: number }
  readonly waiting: number
  /** Seconds. */
  readonly oldest: number
  readonly disabledEndpoints: number
  readonly openNotices: number
  readonly overdueNotices: number
}

export interface Sending {
  counts(): SendingCounts
  stop(): Promise<void>
}

const LONGEST_SLEEP = 1_000
/** Milliseconds between two counts, and between two times that what is old is forgotten. */
const [COUNTED_EVERY, PRUNED_EVERY] = [5_000, 3_600_000]

/** Sends events to partners until it is stopped, and what waited while no server ran; and tells of notices that nobody acknowledges. Every node may do it. */
export function startSending({ database, now, random, settings, report }: SendingParts): Sending {
  const attempts = { delivered: 0, failed: 0 }
  const sender = new WebhookSender({ database, settings: settings.webhooks, now, random, onSent: (outcome) => { attempts[outcome] += 1 }, onDisabled: report.disabled, onError: report.error })
  let counts = { waiting: 0, oldest: 0, disabledEndpoints: 0, openNotices: 0, overdueNotices: 0 }
  let [countedAt, prunedAt] = [-COUNTED_EVERY, -PRUNED_EVERY]
  let stopped = false
  let wake: (() => void) | undefined

  const count = async () => {
    const { waiting, oldestAt, disabled } = await countWaiting(database)
    const { open, overdue } = await countOpenNotices(database, settings.deadlines, now())
    counts = { waiting, oldest: oldestAt ? Math.max(0, (now().getTime() - new Date(oldestAt).getTime()) / 1000) : 0, disabledEndpoints: disabled, openNotices: open, overdueNotices: overdue }
    const late = await newlyOverdue(database, settings.deadlines, now())
    if (late.length > 0) report.overdue(late)
  }
  const look = async (): Promise<boolean> => {
    if (performance.now() - countedAt >= COUNTED_EVERY) {
      countedAt = performance.now()
      await count()
    }
    if (performance.now() - prunedAt >= PRUNED_EVERY) {
      prunedAt = performance.now()
      await pruneDeliveries(database, now())
      for (const { id, sealed } of await sealedSecrets(database)) {
        const opened = settings.webhooks.secrets.open(sealed, id)
        if (opened?.isOld) await reseal(database, id, sealed, settings.webhooks.secrets.seal(opened.secret, id))
      }
    }
    return sender.begin()
  }
  const run = async () => {
    while (!stopped) {
      const mayBeMore = await look().catch((error: unknown) => { report.error(error); return false })
      if (stopped || mayBeMore) continue
      const pause = new Promise<void>((resolve) => { wake = resolve; setTimeout(resolve, LONGEST_SLEEP).unref() })
      // Where something is done, there is room for the next.
      await (sender.isIdle ? pause : Promise.race([pause, sender.progress()]))
    }
  }
  const running = run()
  return {
    counts: () => ({ attempts: { ...attempts }, ...counts }),
    stop: async () => {
      stopped = true
      wake?.()
      await sender.stop()
      await running
      // What the last look began.
      await sender.stop()
    },
  }
}
