import { describe, expect, it } from 'vitest'
import type { Statement } from '../../src/database/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { freshDatabase } from '../support/database.js'

describe('a graceful shutdown', () => {
  it('answers the request in flight, then closes the port', async () => {
    const { database, drop } = await freshDatabase()
    const gate = gateOf()
    const slow = { ...database, query: async <Row>(statement: Statement, values: readonly unknown[]) => {
      await gate.passed()
      return database.query<Row>(statement, values)
    } }
    const server = await createServer({ database: slow, secret: Buffer.alloc(32, 7), now: () => new Date('2026-03-10T12:00:00Z'), logLevel: 'silent' })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const inFlight = fetch(url + PATHS.PUBLIC, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ stories { nodes { slug } } }"}' })
    await gate.reached

    let closed = false
    const closing = server.close().finally(() => { closed = true })
    await refusesConnections(url)
    expect(closed).toBe(false)

    gate.open()
    const response = await inFlight
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { stories: { nodes: [] } } })
    await closing
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    await drop()
  })

  it('does not wait for connections that are kept alive without a request', async () => {
    const { database, drop } = await freshDatabase()
    const server = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => new Date('2026-03-10T12:00:00Z'), logLevel: 'silent' })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    await (await fetch(`${url}/healthz`)).text()
    const before = Date.now()
    await server.close()
    expect(Date.now() - before).toBeLessThan(5000)
    await drop()
  })
})

/** Holds whoever passes until it is opened. */
function gateOf() {
  let open!: () => void
  let arrive!: () => void
  const opened = new Promise<void>((resolve) => { open = resolve })
  const reached = new Promise<void>((resolve) => { arrive = resolve })
  return { reached, open, passed: () => { arrive(); return opened } }
}

async function refusesConnections(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const refused = await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then((response) => response.status === 503, () => true)
    if (refused) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the server still takes requests')
}
