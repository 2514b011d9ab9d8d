import pg from 'pg'
import type { Listener } from './database.js'

const FIRST_PAUSE = 50
const LONGEST_PAUSE = 2_000

/** Listens on a connection of its own; a broken one is replaced, at once and then with growing pauses. Rejects where the first cannot be made. */
export async function listenOnServer(url: string, channel: string, listener: Listener): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client | undefined
  let wake: (() => void) | undefined

  const connect = async (): Promise<void> => {
    // A dead peer is noticed although nothing is ever sent.
    const next = new pg.Client({ connectionString: url, application_name: 'onrecord listener', keepAlive: true, connectionTimeoutMillis: 5_000 })
    next.on('notification', (notice) => { if (notice.channel === channel) listener.onNotice(notice.payload ?? '') })
    next.on('error', () => undefined)
    try {
      await next.connect()
      await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
    client = next
    next.once('end', () => {
      if (stopped || client !== next) return
      client = undefined
      listener.onLost?.()
      void reconnect()
    })
  }
  const reconnect = async (): Promise<void> => {
    for (let pause = FIRST_PAUSE; !stopped; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const isBack = await connect().then(() => true, () => false)
      if (isBack) return stopped ? void await client?.end() : listener.onRestored?.()
      await new Promise<void>((resolve) => { wake = resolve; setTimeout(resolve, pause).unref() })
    }
  }
  await connect()
  return async () => {
    stopped = true
    wake?.()
    await client?.end().catch(() => undefined)
  }
}
