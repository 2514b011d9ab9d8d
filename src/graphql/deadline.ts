import type { PrismaClient, Database, Listener, Queries, Statement } from '../database/index.js'
import { refused } from './limits.js'

/** How long an operation may take; what runs behind it stops at its next statement. */
export class Deadline {
  #passed = false
  #timer: NodeJS.Timeout | undefined

  constructor(readonly milliseconds: number) {}

  /** @throws TIMED_OUT where the work is not done in time. */
  async limit<T>(work: Promise<T>): Promise<T> {
    const late = new Promise<never>((_resolve, reject) => {
      this.#timer = setTimeout(() => {
        this.#passed = true
        reject(this.refusal())
      }, this.milliseconds)
    })
    return Promise.race([work, late]).finally(() => clearTimeout(this.#timer))
  }

  /** @throws TIMED_OUT */
  check(): void {
    if (this.#passed) throw this.refusal()
  }

  refusal() {
    return refused('TIMED_OUT', 503, `The operation took longer than ${Math.ceil(this.milliseconds / 1000)} seconds and was given up. Ask for less at once; repeat a change with the same idempotency key.`, [['retry-after', '5']])
  }
}

/** The database until a deadline: no statement begins after it, and a transaction is rolled back. */
export class DatabaseUntil implements Database {
  constructor(private readonly database: Database, private readonly deadline: Deadline) {}

  get kind(): Database['kind'] {
    return this.database.kind
  }

  async prisma(): Promise<PrismaClient> {
    this.deadline.check()
    return this.database.prisma()
  }

  async query<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    this.deadline.check()
    return this.database.query<Row>(statement, values)
  }

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    this.deadline.check()
    return this.database.transaction(async (queries) => {
      const result = await work({
        query: async <Row>(statement: Statement, values: readonly unknown[]) => {
          this.deadline.check()
          return queries.query<Row>(statement, values)
        },
      })
      this.deadline.check()
      return result
    })
  }

  listen(channel: string, listener: Listener): Promise<() => Promise<void>> {
    return this.database.listen(channel, listener)
  }

  close(): Promise<void> {
    return this.database.close()
  }
}
