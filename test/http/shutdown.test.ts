import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Statement } from '../../src/database/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { CliPlace } from '../cli/onrecord.js'
import { freshDatabase } from '../support/database.js'
import { ROOT, SERVER } from '../support/programs.js'

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

describe('the process', () => {
  let place: CliPlace
  beforeAll(async () => { place = await CliPlace.open() })
  afterAll(() => place.remove())

  it('stops in order when it is told to as soon as it answers', async () => {
    const { port, close } = await listener()
    await close()
    const { child, ended } = serverProcess({ ONRECORD_DEMO: 'on', PORT: String(port) })
    while (!(await fetch(`http://127.0.0.1:${port}/readyz`).then((response) => response.ok, () => false)) && child.exitCode === null) await new Promise((resolve) => { setTimeout(resolve, 1) })
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, err: '' })
  }, 120_000)

  it('says which setting to change where it cannot listen, and ends', async () => {
    const taken = await listener()
    try {
      const inUse = (setting: string) => `Port ${taken.port} is in use: another program listens there. Stop it, or set ${setting} to another one.\n`
      const noAddress = (address: string, setting: string) => `This machine has no address ${address}. Set ${setting} to one of its own, or to 0.0.0.0 for all of them.\n`
      const cases: readonly [Record<string, string>, string][] = [
        [{ PORT: String(taken.port) }, inUse('PORT')],
        [{ PORT: '0', HOST: '203.0.113.7' }, noAddress('203.0.113.7', 'HOST')],
        [{ PORT: '0', HOST: 'no-such-machine.invalid' }, noAddress('no-such-machine.invalid', 'HOST')],
        [{ PORT: '0', ONRECORD_METRICS_PORT: String(taken.port) }, inUse('ONRECORD_METRICS_PORT')],
        [{ PORT: '0', ONRECORD_METRICS_PORT: '0', ONRECORD_METRICS_HOST: '203.0.113.7' }, noAddress('203.0.113.7', 'ONRECORD_METRICS_HOST')],
      ]
      // One after the other: an embedded database has one process at a time.
      for (const [env, err] of cases) expect(await serverProcess(env).ended).toEqual({ code: 1, err })
    } finally {
      await taken.close()
    }
  }, 120_000)

  it('says where a folder should be, and at the log level debug where in the program that was noticed', async () => {
    const file = await place.file('taken', 'words')
    const sentence = `${file} is no folder: a file stands there. Move that away, or set ONRECORD_SECRETS to another folder.\n`
    expect(await serverProcess({ ONRECORD_SECRETS: file }).ended).toEqual({ code: 1, err: sentence })
    const { err } = await serverProcess({ ONRECORD_SECRETS: file, ONRECORD_LOG: 'debug' }).ended
    expect(err.startsWith(sentence)).toBe(true)
    expect(err).toMatch(/\nError: EEXIST/)
  })

  function serverProcess(env: Record<string, string>) {
    const child = spawn(process.execPath, [SERVER], { cwd: ROOT, env: { ...process.env, ...place.env, ONRECORD_DEMO: 'off', ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text })
    return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, err })) }
  }
})

/** Listens at a port that was free. */
async function listener() {
  const server = createListener().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => new Promise((resolve) => { server.close(resolve) }) }
}

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
