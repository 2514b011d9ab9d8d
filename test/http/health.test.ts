import { describe, expect, it, onTestFinished } from 'vitest'
import { createServer } from '../../src/server.js'
import { REQUEST_ID, TestNewsroom } from '../support/newsroom.js'

describe('health', () => {
  it('is told at /healthz while the process runs, whatever the database does', async () => {
    const newsroom = await open()
    await newsroom.database.close()
    const response = await fetch(`${newsroom.url}/healthz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok' })
  })

  it('is told at /readyz while the database answers', async () => {
    const newsroom = await open()
    const response = await fetch(`${newsroom.url}/readyz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready' })
  })

  it('turns to 503 with a code at /readyz once the database is closed', async () => {
    const newsroom = await open()
    await newsroom.database.close()
    const response = await fetch(`${newsroom.url}/readyz`)
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await response.json()).toEqual({ errors: [{ message: 'The database does not answer.', extensions: { code: 'DATABASE_UNAVAILABLE', requestId: REQUEST_ID } }] })
  })

  it('turns to 503 at /readyz within seconds while the database hangs', async () => {
    const newsroom = await open()
    const hanging = { ...newsroom.database, query: () => new Promise<never>(() => undefined) }
    const server = await createServer({ database: hanging, secret: Buffer.alloc(32, 7), now: () => newsroom.now, logLevel: 'silent' })
    onTestFinished(() => server.close())
    const before = Date.now()
    const response = await server.inject('/readyz')
    expect(response.statusCode).toBe(503)
    expect(Date.now() - before).toBeLessThan(5000)
  })
})

async function open(): Promise<TestNewsroom> {
  const newsroom = await TestNewsroom.open()
  // A database that a test closed cannot be closed again.
  onTestFinished(() => newsroom.close().catch(() => undefined))
  return newsroom
}
