import pg from 'pg'
import { ChangeCount, PUBLIC_CHANGES, type PublicChanges } from './public-changes.js'

/** Milliseconds between two questions whether the channel still carries. */
const PULSE = 250
/** For so many milliseconds after a question that was answered its word is taken (I9). */
const LONGEST_SILENCE = 900
const LONGEST_PAUSE = 500

/**
 * Hears of public changes in two ways. Every connection of the pool listens: a change that is made here is heard on the connection that
 * commits it, before the commit is acknowledged. And one connection listens for what others change; what is answered on it has been
 * preceded by every notice from before the question, so that an answer tells that nothing was missed until then.
 */
export class ServerChanges implements PublicChanges {
  readonly #heard = new ChangeCount()
  /** When the last question was sent that was answered; by the clock of the process. */
  #knownAt = -Infinity
  #client: pg.Client | undefined
  #isDeaf = false
  #stopped = false
  #started: Promise<void> | undefined
  #wake: (() => void) | undefined

  constructor(private readonly url: string) {}

  get count(): number | undefined {
    return !this.#isDeaf && performance.now() - this.#knownAt < LONGEST_SILENCE ? this.#heard.value : undefined
  }

  /** Makes a connection of the pool hear what is committed on it, before it is used. */
  async join(client: pg.ClientBase): Promise<void> {
    client.on('notification', this.#onNotice)
    try {
      await client.query(`LISTEN ${PUBLIC_CHANGES}`)
    } catch {
      // What is changed on this connection may be acknowledged before it is heard of.
      this.#isDeaf = true
    }
  }

  start(): this {
    this.#started ??= this.#run()
    return this
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#knownAt = -Infinity
    this.#wake?.()
    await this.#client?.end().catch(() => undefined)
    await this.#started
  }

  readonly #onNotice = ({ channel, payload }: pg.Notification): void => {
    if (channel === PUBLIC_CHANGES) this.#heard.hear(payload ?? '')
  }

  async #run(): Promise<void> {
    for (let pause = 50; !this.#stopped; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      if (await this.#follow()) pause = 50
      await this.#sleep(pause)
    }
  }

  /** Until the connection is gone, or does not answer any more. Whether there was one. */
  async #follow(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'onrecord cache', keepAlive: true, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
    let isOpen = true
    client.on('notification', this.#onNotice)
    client.on('error', () => undefined)
    client.once('end', () => {
      isOpen = false
      this.#knownAt = -Infinity
      this.#wake?.()
    })
    try {
      await client.connect()
      this.#client = client
      if (this.#stopped) return false
      await client.query(`LISTEN ${PUBLIC_CHANGES}`)
      this.#heard.doubt()
      while (isOpen && !this.#stopped) {
        const asked = performance.now()
        await client.query('SELECT 1')
        if (isOpen) this.#knownAt = asked
        await this.#sleep(PULSE)
      }
      return true
    } catch {
      return false
    } finally {
      this.#knownAt = -Infinity
      await client.end().catch(() => undefined)
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => { clearTimeout(timer); resolve() }
    })
  }
}
