import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { PATHS } from '../../../src/server.js'
import { story } from '../../support/documents.js'
import { TestNewsroom } from '../../support/newsroom.js'
import { HOSTILE_DOCUMENTS } from './documents.js'
import { codeOf } from './answers.js'
import { sendBytes } from './send.js'

const PROTOCOL = 'graphql-transport-ws'
const SUBSCRIPTION = 'subscription { storyChanged { at } }'
const KEY = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=='

let newsroom: TestNewsroom
let authorization: string
const console_ = vi.spyOn(console, 'error')
beforeAll(async () => {
  newsroom = await TestNewsroom.open()
  await newsroom.add(story(1))
  authorization = `Bearer ${await newsroom.token('EDITOR')}`
})
afterAll(() => newsroom.close())

interface Told { readonly type: string; readonly id?: string; readonly payload?: any }

/** A connection with what came over it, and the code it was closed with. */
class Line {
  readonly told: Told[] = []
  readonly closed: Promise<number>
  readonly #socket: WebSocket
  #heard: (() => void)[] = []

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => { this.told.push(JSON.parse(data.toString()) as Told); for (const heard of this.#heard.splice(0)) heard() })
    socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => { socket.on('close', (code) => { resolve(code); for (const heard of this.#heard.splice(0)) heard() }) })
  }

  static async open(protocol: string | undefined = PROTOCOL): Promise<Line> {
    const socket = new WebSocket(newsroom.url.replace('http', 'ws') + PATHS.NEWSROOM, protocol === '' ? [] : protocol)
    const line = new Line(socket)
    await new Promise((resolve, reject) => { socket.on('open', resolve).on('error', reject) })
    return line
  }

  static async ofStaff(): Promise<Line> {
    const line = await Line.open()
    line.say({ type: 'connection_init', payload: { authorization } })
    await line.until(({ type }) => type === 'connection_ack')
    return line
  }

  say(message: unknown): void {
    this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message))
  }

  subscribe(id: string, payload: unknown): void {
    this.say({ type: 'subscribe', id, payload })
  }

  /** Bytes below the frames. */
  get raw(): Socket {
    return (this.#socket as unknown as { _socket: Socket })._socket
  }

  async until(found: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const told = this.told.find(found)
      if (told) return told
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error(`closed with ${await this.closed}`)
      await new Promise<void>((resolve) => { this.#heard.push(resolve) })
    }
  }

  end(): void {
    this.#socket.terminate()
  }
}

describe('a handshake', () => {
  const shake = (lines: readonly string[], path: string = PATHS.NEWSROOM, method = 'GET') => `${[`${method} ${path} HTTP/1.1`, 'host: x', 'connection: Upgrade', ...lines].join('\r\n')}\r\n\r\n`
  const whole = ['upgrade: websocket', KEY, 'sec-websocket-version: 13']

  it.each<readonly [string, string, number, string]>([
    ['without a key', shake([whole[0]!, whole[2]!]), 400, 'BAD_REQUEST'],
    ['with a key that is none', shake([whole[0]!, 'sec-websocket-key: x', whole[2]!]), 400, 'BAD_REQUEST'],
    ['without a version', shake(whole.slice(0, 2)), 400, 'BAD_REQUEST'],
    ['of another version', shake([...whole.slice(0, 2), 'sec-websocket-version: 99']), 400, 'BAD_REQUEST'],
    ['to another protocol is no handshake, and without a token', shake(['upgrade: h2c', ...whole.slice(1)]), 401, 'UNAUTHENTICATED'],
    ['by POST', shake(whole, PATHS.NEWSROOM, 'POST'), 400, 'BAD_REQUEST'],
    ['with a list of protocols that is none', shake([...whole, 'sec-websocket-protocol: ,,']), 400, 'BAD_REQUEST'],
    ['at the public contract', shake(whole, PATHS.PUBLIC), 404, 'NOT_FOUND'],
    ['at nothing', shake(whole, '/nothing'), 404, 'NOT_FOUND'],
    ['at an address that is none', shake(whole, '/%'), 404, 'NOT_FOUND'],
  ])('%s is refused in our form', async (_what, bytes, status, code) => {
    const answered = await sendBytes(newsroom.url, bytes)
    expect([answered.status, codeOf(answered, '')]).toEqual([status, code])
  })

  it('to another protocol is overlooked: the request is answered as any other, and so is the next one on its connection', async () => {
    const body = JSON.stringify({ query: '{ story(slug: "harbor-plan-1") { slug } }' })
    const head = (...more: string[]) => `${['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', `content-length: ${body.length}`, ...more].join('\r\n')}\r\n\r\n`
    const upgrade = head('connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__')
    const answer = await sendBytes(newsroom.url, upgrade + body)
    expect([answer.status, answer.text]).toEqual([200, '{"data":{"story":{"slug":"harbor-plan-1"}}}\n'])
    const { hostname, port } = new URL(newsroom.url)
    const heard = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => { socket.write(upgrade); setTimeout(() => socket.write(body.slice(0, 9)), 50); setTimeout(() => socket.write(body.slice(9) + head('connection: close') + body), 100) })
      socket.on('data', (chunk) => { text += chunk.toString() }).on('error', reject).on('close', () => resolve(text))
    })
    expect(heard.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2)
    expect(heard.match(/\{"data":\{"story"/g)).toHaveLength(2)
  })

  it('is refused once an address has as many connections as one may, while others still get in', async () => {
    const limited = await newsroom.beside({ limits: { live: { ofOne: 2, ofAll: 4 }, trustProxy: 1 } })
    const open = (address: string) => new Promise<WebSocket | number>((resolve) => {
      const socket = new WebSocket(limited.url.replace('http', 'ws') + PATHS.NEWSROOM, PROTOCOL, { headers: { 'x-forwarded-for': address } })
      socket.on('open', () => resolve(socket)).on('unexpected-response', (_request, response) => { resolve(response.statusCode!); response.resume() }).on('error', () => undefined)
    })
    const first = [await open('192.0.2.1'), await open('192.0.2.1')]
    expect([await open('192.0.2.1'), await open('192.0.2.1')]).toEqual([503, 503])
    const others = [await open('192.0.2.2'), await open('2001:db8::1')]
    for (const socket of [...first, ...others]) expect(socket).toBeInstanceOf(WebSocket)
    expect(await open('192.0.2.3')).toBe(503)
    ;(first[0] as WebSocket).close()
    await expect.poll(() => open('192.0.2.1')).toBeInstanceOf(WebSocket)
    await limited.close()
  })

  it('whose client is gone before it is answered harms nobody', async () => {
    const { hostname, port } = new URL(newsroom.url)
    for (const bytes of [shake(whole, '/nothing'), shake(whole.slice(0, 1)), shake(whole), 'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n', 'NONSENSE\r\n\r\n']) {
      for (let n = 0; n < 10; n += 1) await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes, () => { socket.resetAndDestroy() }))
        socket.on('error', () => undefined).on('close', () => resolve())
      })
    }
    expect((await newsroom.read('{ __typename }')).status).toBe(200)
  })
})

describe('a connection is closed', () => {
  it.each<readonly [string, string | undefined]>([['without a protocol', ''], ['with the protocol before this one', 'graphql-ws'], ['with a protocol that does not exist', 'x']])('%s', async (_what, protocol) => {
    // The client of the library closes it itself where its protocol is not taken.
    const code = await Line.open(protocol).then((line) => line.closed, () => 4406)
    expect([1006, 4406]).toContain(code)
  })

  it.each<readonly [string, unknown, number]>([
    ['no JSON', 'x', 4400], ['nothing', '', 4400], ['null', 'null', 4400], ['a list', '[]', 4400], ['a number', '1', 4400], ['an object without a type', '{}', 4400], ['an unknown type', { type: 'start' }, 4400], ['a type out of a prototype', { type: '__proto__' }, 4400],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00]), 4400], ['a subscription before its token', { type: 'subscribe', id: '1', payload: { query: SUBSCRIPTION } }, 4401], ['a subscription without an id', { type: 'subscribe', payload: { query: SUBSCRIPTION } }, 4400],
    ['a subscription with an id that is no text', { type: 'subscribe', id: 1, payload: { query: SUBSCRIPTION } }, 4400], ['a subscription without anything', { type: 'subscribe', id: '1' }, 4400], ['a query that is no text', { type: 'subscribe', id: '1', payload: { query: 1 } }, 4400], ['variables that are no object', { type: 'subscribe', id: '1', payload: { query: SUBSCRIPTION, variables: [] } }, 4400],
    ['no token', { type: 'connection_init' }, 4403], ['an empty token', { type: 'connection_init', payload: { authorization: '' } }, 4403], ['a token that is an object', { type: 'connection_init', payload: { authorization: { toString: 'x' } } }, 4403],
    ['parameters that are a list', { type: 'connection_init', payload: [] }, 4400], ['a token that nobody has', { type: 'connection_init', payload: { authorization: `Bearer onr_staff_${'x'.repeat(43)}` } }, 4403], ['a token of 100 KB', { type: 'connection_init', payload: { authorization: `Bearer ${'x'.repeat(100_000)}` } }, 4403],
    ['a message of 200 KB', 'x'.repeat(200_000), 1009], ['brackets 60,000 deep', `{"type":${'['.repeat(60_000)}`, 4400],
  ])('for %s', async (_what, message, code) => {
    const line = await Line.open()
    line.say(message)
    expect(await line.closed).toBe(code)
    expect(line.told).toEqual([])
  })

  it.each<readonly [string, readonly number[], number]>([
    ['a frame without a mask', [0x81, 0x02, 0x7b, 0x7d], 1002], ['an operation that does not exist', [0x83, 0x80, 0, 0, 0, 0], 1002], ['a reserved bit', [0xc1, 0x80, 0, 0, 0, 0], 1002], ['a text that is no UTF-8', [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28], 1007],
    ['a ping of 126 bytes', [0x89, 0xfe, 0x00, 0x7e], 1002], ['a ping in parts', [0x09, 0x80, 0, 0, 0, 0], 1002], ['a part of nothing', [0x80, 0x80, 0, 0, 0, 0], 1002], ['a frame of more bytes than there are', [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009], ['an end with a code that is none', [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01], 1002],
  ])('for %s', async (_what, bytes, code) => {
    const line = await Line.open()
    line.raw.write(Buffer.from(bytes))
    expect(await line.closed).toBe(code)
  })

  it('for a second token, for an id that is taken, and for too many messages', async () => {
    const again = await Line.ofStaff()
    again.say({ type: 'connection_init', payload: { authorization } })
    expect(await again.closed).toBe(4429)
    const twice = await Line.ofStaff()
    for (let n = 0; n < 2; n += 1) twice.subscribe('1', { query: SUBSCRIPTION })
    expect(await twice.closed).toBe(4409)
    const flood = await Line.open()
    for (let n = 0; n < 700; n += 1) flood.say({ type: 'ping' })
    expect(await flood.closed).toBe(4429)
  })
})

describe('a subscription', () => {
  it('is refused for whatever is refused over HTTP, in the same form, and so is a query', async () => {
    const documents = HOSTILE_DOCUMENTS.filter(({ query, variables }) => !query.startsWith('subscription') && JSON.stringify({ query, variables }).length < 100_000)
    const line = await Line.ofStaff()
    for (const [index, { query, variables, operationName }] of documents.entries()) line.subscribe(String(index), { query, ...(variables !== undefined && { variables }), ...(operationName !== undefined && { operationName }) })
    for (const [index, { name, query, codes }] of documents.entries()) {
      const { type, payload } = await line.until(({ id }) => id === String(index))
      expect(type, name).toBe('error')
      const code = codeOf({ status: 400, headers: {}, text: JSON.stringify({ errors: payload }) }, query)
      expect([...codes, 'BAD_REQUEST'], name).toContain(code)
    }
    expect(documents.length).toBeGreaterThan(300)
    line.end()
  })

  it.each<readonly [string, object, readonly string[]]>([
    ['an id that is none', { query: 'subscription($id: ID) { storyChanged(storyId: $id) { at } }', variables: { id: "' OR 1=1" } }, ['BAD_USER_INPUT']],
    ['an id that is a number', { query: 'subscription($id: ID) { storyChanged(storyId: $id) { at } }', variables: { id: { a: 1 } } }, ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']], ['a mutation', { query: 'mutation { createStory(input: {document: {}}) { errors { code } } }' }, ['BAD_REQUEST', 'GRAPHQL_VALIDATION_FAILED']],
    ['two fields', { query: 'subscription { storyChanged { at } findingsChanged { __typename } }' }, ['GRAPHQL_VALIDATION_FAILED']], ['a hash', { query: SUBSCRIPTION, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }, ['PERSISTED_QUERY_INVALID']],
  ])('with %s is refused', async (_what, payload, codes) => {
    const line = await Line.ofStaff()
    line.subscribe('1', payload)
    const told = await line.until(({ id }) => id === '1')
    const errors = told.type === 'error' ? told.payload : told.payload.errors
    expect(codes).toContain(codeOf({ status: 400, headers: {}, text: JSON.stringify({ errors }) }, ''))
    line.end()
  })

  it('is one of 50 at most, also where more are asked for at once', async () => {
    const line = await Line.ofStaff()
    for (let n = 0; n < 120; n += 1) line.subscribe(String(n), { query: SUBSCRIPTION })
    const refused = () => line.told.filter(({ type, payload }) => (type === 'next' && payload.errors?.[0].extensions.code === 'BAD_REQUEST') || type === 'error')
    await line.until(() => refused().length >= 70)
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(refused()).toHaveLength(70)
    line.end()
  })
})

it('after all of it, the server answers, and has written nothing to the console', async () => {
  expect((await newsroom.readAsStaff('{ __typename }')).status).toBe(200)
  expect(console_.mock.calls).toEqual([])
})
