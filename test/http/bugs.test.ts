import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import type { Database } from '../../src/database/index.js'
import { createServer, PATHS } from '../../src/server.js'
import { logTo } from '../../src/telemetry/index.js'
import { freshDatabase } from '../support/database.js'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const SORRY = 'Something went wrong on our side. Quote the request id when you report it.'
const DETAIL = 'CANARY-DETAIL of a table that is not there'

let database: Database
let drop: () => Promise<void>
let server: FastifyInstance
let url: string
let token: string
/** What the next statements of the read path and the next look at a token throw. */
let bug: { query?: Error; prisma?: Error } = {}
const written: string[] = []

beforeAll(async () => {
  const fresh = await freshDatabase()
  ;({ database, drop } = fresh)
  token = await issueStaffToken(database, { name: 'editor', role: 'EDITOR' }, { now: () => new Date(), newId: () => crypto.randomUUID() })
  const breaking: Database = {
    ...database,
    query: (statement, values) => (bug.query ? Promise.reject(bug.query) : database.query(statement, values)),
    prisma: () => (bug.prisma ? Promise.reject(bug.prisma) : database.prisma()),
  }
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => { written.push(String(chunk)); return true })
  server = await createServer({ database: breaking, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'debug' })
  url = await server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await server.close()
  await drop()
  vi.restoreAllMocks()
})
beforeEach(() => {
  bug = {}
  written.length = 0
})

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(url + path, { method: 'POST', body: '{"query":"{ stories { nodes { slug } } }"}', ...init, headers: { 'content-type': 'application/json', ...(path === PATHS.NEWSROOM && { authorization: `Bearer ${token}` }), ...(init.headers as Record<string, string>) } })
  return { status: response.status, text: await response.text() }
}

describe('a bug', () => {
  it.each([
    ['in a resolver of the public contract', PATHS.PUBLIC, 'query'], ['in a resolver of the newsroom contract', PATHS.NEWSROOM, 'query'], ['while the token is looked up', PATHS.NEWSROOM, 'query'],
  ] as const)('%s is told with a constant text and a request id, and the log tells under that id where it is, without its words', async (_where, path, kind) => {
    bug = { [kind]: Object.assign(new Error(DETAIL), { code: '42P01', detail: 'CANARY-COLUMN' }) }
    const { text } = await ask(path)
    const { errors, data } = JSON.parse(text)
    expect(data ?? null).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors[0].message).toBe(SORRY)
    expect(errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(UUID) })
    expect(text).not.toMatch(/CANARY|42P01|\.ts|\.js|node_modules|stack/)
    const line = written.map((entry) => JSON.parse(entry)).find((entry) => entry.requestId === errors[0].extensions.requestId && entry.level === 'error')
    expect(line.err).toMatchObject({ type: 'Error', code: '42P01', frames: expect.arrayContaining([expect.stringContaining('bugs.test.ts')]) })
    expect(written.join('')).not.toContain('CANARY')
  })

  it('while the key of a partner is looked up is not told as a key that is not valid, and the key is not in the log', async () => {
    bug = { query: new Error(DETAIL) }
    const key = `onr_partner_${'k'.repeat(43)}`
    const { text } = await ask(PATHS.PUBLIC, { headers: { authorization: `Bearer ${key}` } })
    const { extensions } = JSON.parse(text).errors[0]
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(UUID) })
    const line = written.map((entry) => JSON.parse(entry)).find((entry) => entry.requestId === extensions.requestId && entry.level === 'error')
    expect(line.err).toMatchObject({ type: 'Error', frames: expect.arrayContaining([expect.stringContaining('bugs.test.ts')]) })
    expect(written.join('')).not.toContain(DETAIL)
    expect(written.join('')).not.toContain(key)
  })

  it('is not told by the code or the message that it carries', async () => {
    for (const code of ['INTERNAL', 'P2002', 'DATABASE_DOWN', 'FST_ERR']) {
      bug = { query: Object.assign(new Error(DETAIL), { code, extensions: { code: 'X', secret: 'CANARY' } }) }
      const { text } = await ask(PATHS.PUBLIC)
      expect(JSON.parse(text).errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR')
      expect(text).not.toContain('CANARY')
    }
  })

  it('in front of GraphQL is told in the same form', async () => {
    // What is thrown while the address is answered, where no GraphQL server stands in between.
    const broken = await createServer({ database, secret: Buffer.alloc(32, 7), now: () => new Date(), logLevel: 'silent' })
    broken.get('/broken', () => { throw new Error(DETAIL) })
    const response = await broken.inject('/broken')
    expect(response.statusCode).toBe(500)
    expect(response.json()).toEqual({ errors: [{ message: SORRY, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(UUID) } }] })
    await broken.close()
  })

  it('gets another id each time', async () => {
    bug = { query: new Error(DETAIL) }
    const ids = await Promise.all([1, 2, 3].map(async () => JSON.parse((await ask(PATHS.PUBLIC)).text).errors[0].extensions.requestId))
    expect(new Set(ids).size).toBe(3)
  })

  it('does not keep the next request from its answer', async () => {
    bug = { query: new Error(DETAIL) }
    await ask(PATHS.PUBLIC)
    bug = {}
    expect(await ask(PATHS.PUBLIC)).toMatchObject({ status: 200, text: '{"data":{"stories":{"nodes":[]}}}\n' })
  })
})

describe('the log', () => {
  it('holds no token and no hash of one, at its most talkative and whatever goes wrong', async () => {
    const unknown = 'onr_staff_CANARYunknownTokenCANARYunknownTokenCANARY'
    await ask(PATHS.NEWSROOM)
    await ask(PATHS.NEWSROOM, { headers: { authorization: `Bearer ${unknown}`, cookie: `session=${token}` } })
    await ask(PATHS.NEWSROOM, { body: '{"query":' })
    await ask(PATHS.NEWSROOM, { body: '{"query":"{ nothing }"}' })
    await ask(PATHS.NEWSROOM, { body: 'x'.repeat(5 * 1024 * 1024) })
    await ask('/nothing')
    bug = { query: new Error(DETAIL) }
    await ask(PATHS.NEWSROOM)
    bug = { prisma: new Error(DETAIL) }
    await ask(PATHS.NEWSROOM)
    const log = written.join('')
    expect(log).toContain('unexpected error')
    expect(log).not.toContain('CANARY')
    const { hash } = (await (await database.prisma()).staffToken.findFirst())!
    for (const secret of [token, token.slice('onr_staff_'.length), unknown, hash]) expect(log).not.toContain(secret)
  })

  it('leaves out headers that prove who somebody is, whoever wrote them into it, and keeps all else as it was given', () => {
    const lines: string[] = []
    const log = logTo('info', { write: (line: string) => { lines.push(line) } })
    const headers = { 'authorization': 'Bearer CANARY', 'cookie': 'CANARY', 'set-cookie': ['CANARY'], 'x-api-key': 'CANARY', 'accept': '*/*' }
    const given = { ...headers, request: { headers, tries: [headers] }, err: new Error('CANARY') }
    log.info(given, 'a line')
    log.child({ headers }).info('another')
    expect(lines.join('')).not.toContain('CANARY')
    expect(JSON.parse(lines[0]!)).toMatchObject({ accept: '*/*', request: { headers: { accept: '*/*' } }, err: { type: 'Error' }, msg: 'a line' })
    expect(JSON.parse(lines[1]!)).toMatchObject({ headers: { accept: '*/*' }, msg: 'another' })
    expect(given.request.headers).toBe(headers)
    expect(headers.authorization).toBe('Bearer CANARY')
  })
})
