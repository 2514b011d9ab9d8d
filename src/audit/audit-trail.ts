import type { Queries } from '../database/index.js'
import { append, headOf, type AuditHead } from './audit.store.js'
import { dayOf, type AuditEntry } from './chain.js'
import type { HeadLog } from './head-log.js'

/** Where things that must be accounted for are written down: in the transaction that does them, and its head outside the database after it. */
export class AuditTrail {
  /** @param log where heads go; without one, the chain in the database is all there is. */
  constructor(private readonly log: HeadLog | undefined) {}

  /** Call it last in the transaction, and `publish` what it gives once that is committed. */
  append(queries: Queries, entries: readonly AuditEntry[], now: Date): Promise<AuditHead> {
    return append(queries, entries, now)
  }

  /** @throws where the head cannot be written: then what was asked for is not answered, so that nothing is told off the record. */
  async publish(head: AuditHead, now: Date): Promise<void> {
    await this.log?.write(head, dayOf(now))
  }

  /** @throws where heads cannot be written: better before anything is done that must be accounted for. */
  async check(): Promise<void> {
    await this.log?.check()
  }

  /** Writes the present head: what a crash may have kept from the log. */
  async catchUp(queries: Queries, now: Date): Promise<void> {
    const head = await headOf(queries)
    if (head) await this.publish(head, now)
  }
}
