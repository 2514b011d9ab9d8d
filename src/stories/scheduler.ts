import { statement, type Database } from '../database/index.js'
import { Checker } from '../findings/index.js'
import { appendEvents } from './events.js'
import { actWithin, type Actor } from './lifecycle.js'
import { tellEndedStatementEmbargoes } from './statement-events.js'

const DUE = statement('due_stories', `SELECT s."id" FROM "Story" AS s WHERE s."state" = 'DRAFT' AND s."scheduledFor" <= $1::timestamptz ORDER BY s."scheduledFor" LIMIT 100`)
const STILL_DUE = statement('still_due', `SELECT 1 FROM "Story" AS s WHERE s."id" = $1::uuid AND s."state" = 'DRAFT' AND s."scheduledFor" <= $2::timestamptz FOR UPDATE SKIP LOCKED`)
const ENDED = statement('ended_embargoes', `
  SELECT s."id" FROM "Story" AS s WHERE s."state" = 'PUBLISHED' AND s."embargoedUntil" <= $1::timestamptz ORDER BY s."embargoedUntil", s."id" LIMIT 100 FOR UPDATE SKIP LOCKED`)
const NEXT = statement('next_due', `
  SELECT least(min(s."scheduledFor") FILTER (WHERE s."state" = 'DRAFT'), min(s."embargoedUntil") FILTER (WHERE s."state" = 'PUBLISHED' AND NOT s."embargoIsOpen")) AS at FROM "Story" AS s
  WHERE s."scheduledFor" IS NOT NULL OR s."embargoedUntil" IS NOT NULL`)

const SCHEDULE: Actor = { name: 'schedule', role: 'ADMIN' }

/** What was done at one instant. */
export interface Done {
  readonly published: number
  /** Schedules taken back: of what the gate refused because nobody had checked it before, and of what belongs to a killed story. */
  readonly refused: number
  /** Still to be published, since the checks came to no end. */
  readonly unchecked: number
  readonly lifted: number
}

/** Milliseconds until a story that could not be checked is tried again: a thread that checks may have been busy with it for some seconds. */
const RETRY = 30_000

/** Stories that could not be checked, each with when it is tried again, by the clock of `performance.now()`. */
class Retries {
  readonly #at = new Map<string, number>()

  constructor(private readonly pause: number) {}

  get areLeft(): boolean {
    return this.#at.size > 0
  }

  isWaiting(id: string): boolean {
    return (this.#at.get(id) ?? 0) > performance.now()
  }

  note(id: string, isUnchecked: boolean): void {
    if (isUnchecked) this.#at.set(id, performance.now() + this.pause)
    else this.#at.delete(id)
  }

  /** Those that are not due any more are nobody's. */
  keep(due: ReadonlySet<string>): void {
    for (const id of this.#at.keys()) if (!due.has(id)) this.#at.delete(id)
  }
}

/**
 * Does what is due: publishes scheduled stories and records embargoes that have ended. Each exactly once, whoever else does it at the
 * same time: the row is locked, and looked at again under the lock. (Readers see a story at the instant its embargo ends, without this.)
 */
export async function doWhatIsDue(database: Database, now: Date, newId: () => string, checker = new Checker(), retries = new Retries(RETRY)): Promise<Done> {
  const done = { published: 0, refused: 0, unchecked: 0 }
  const due = await database.query<{ id: string }>(DUE, [now])
  retries.keep(new Set(due.map(({ id }) => id)))
  for (const { id } of due) {
    if (retries.isWaiting(id)) continue
    await database.transaction(async (queries) => {
      if ((await queries.query(STILL_DUE, [id, now])).length === 0) return
      const result = await actWithin(queries, { id }, 'PUBLISH', SCHEDULE, { isScheduled: true }, now, newId, checker)
      const outcome = result.ok ? 'published' : result.code === 'CHECKS_FAILED' ? 'unchecked' : 'refused'
      retries.note(id, outcome === 'unchecked')
      // It would be refused again and again, every second.
      if (outcome === 'refused') await actWithin(queries, { id }, 'UNSCHEDULE', SCHEDULE, {}, now, newId, checker)
      done[outcome] += 1
    })
  }
  const lifted = await database.transaction(async (queries) => {
    const ids = (await queries.query<{ id: string }>(ENDED, [now])).map((row) => row.id)
    if (ids.length > 0) await appendEvents(queries, ids, { kind: 'EMBARGO_LIFTED', at: now })
    return ids.length
  })
  await database.transaction((queries) => tellEndedStatementEmbargoes(queries, now))
  return { ...done, lifted }
}

/** The next instant at which something is due, if any. */
export async function nextDue(database: Database): Promise<Date | undefined> {
  const [row] = await database.query<{ at: Date | null }>(NEXT, [])
  return row?.at ? new Date(row.at) : undefined
}

const LONGEST_SLEEP = 1_000

export interface Scheduler {
  /** Seconds since everything that was due had been done. It looks once a second, so much more than that tells that it cannot. */
  lag(): number
  stop(): Promise<void>
}

/** Does what is due, on time, until it is stopped; also what fell due while no server ran. */
export function startScheduler(database: Database, now: () => Date, newId: () => string, report: (error: unknown) => void, checker = new Checker(), retryMs = RETRY): Scheduler {
  const retries = new Retries(retryMs)
  let stopped = false
  let wake: (() => void) | undefined
  let doneAt = performance.now()
  const run = async () => {
    while (!stopped) {
      let sleep = LONGEST_SLEEP
      try {
        const { refused, unchecked } = await doWhatIsDue(database, now(), newId, checker, retries)
        if (refused > 0) report(new Error(`${refused} scheduled stories were not published, because of findings that nobody waived, or of a killed story that they belong to; their schedules were taken back.`))
        if (unchecked > 0) report(new Error(`${unchecked} scheduled stories could not be checked, and are not published yet.`))
        const due = retries.areLeft ? undefined : await nextDue(database)
        if (!retries.areLeft) doneAt = performance.now()
        if (due) sleep = Math.min(sleep, Math.max(1, due.getTime() - now().getTime()))
      } catch (error) {
        report(error)
      }
      if (!stopped) await new Promise<void>((resolve) => { wake = resolve; setTimeout(resolve, sleep).unref() })
    }
  }
  const running = run()
  return {
    lag: () => (performance.now() - doneAt) / 1000,
    stop: async () => {
      stopped = true
      wake?.()
      await running
    },
  }
}
