import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { post, type Lookup, type PostParts } from '../../../src/syndication/webhooks/index.js'

const HERE: Lookup = async () => [{ address: '127.0.0.1', family: 4 }]
const LAX: PostParts = { allowsLoopback: true, patience: 5_000 }

describe('an event on its way', () => {
  const closing: (() => void)[] = []
  afterEach(() => closing.splice(0).forEach((close) => close()))

  const portOf = async (server: Server | ReturnType<typeof createTcpServer>) => {
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    return (server.address() as AddressInfo).port
  }
  const receiver = async (listener: RequestListener) => {
    const server = createHttpServer(listener)
    closing.push(() => { server.closeAllConnections(); server.close() })
    return portOf(server)
  }
  /** Never speaks HTTP; counts who connects. */
  const listener = async (onConnection: (socket: Socket) => void = () => undefined) => {
    const sockets: Socket[] = []
    const server = createTcpServer((socket) => { sockets.push(socket.on('error', () => undefined)); onConnection(socket) })
    closing.push(() => { sockets.forEach((socket) => socket.destroy()); server.close() })
    return { port: await portOf(server), sockets }
  }
  const send = (url: string, parts: PostParts = LAX) => post(url, '{"a":1}', { 'content-type': 'application/json', 'webhook-id': 'x' }, parts)

  it('arrives as it was given', async () => {
    const got: unknown[] = []
    const port = await receiver((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => got.push([request.method, request.url, request.headers['webhook-id'], request.headers['content-type'], request.headers.host, text]))
      request.on('end', () => response.writeHead(204).end())
    })
    expect(await send(`http://127.0.0.1:${port}/x?y=1`)).toEqual({ status: 204 })
    expect(got).toEqual([['POST', '/x?y=1', 'x', 'application/json', `127.0.0.1:${port}`, '{"a":1}']])
  })

  it('is not led on by a redirect', async () => {
    let led = 0
    const other = await receiver((_request, response) => { led += 1; response.end() })
    const port = await receiver((_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end())
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 307 })
    expect(led).toBe(0)
  })

  it('goes to no address that is not public, whatever the host resolves to by then, and connects to none', async () => {
    const { port, sockets } = await listener()
    const strict = { allowsLoopback: false, patience: 2_000 }
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']) {
      const lookup: Lookup = async () => [{ address, family: address.includes(':') ? 6 : 4 }]
      expect(await send('https://desk.example:8443/', { ...strict, lookup }), address).toEqual({ failure: 'REFUSED_ADDRESS' })
    }
    expect(await send('https://desk.example/', { ...strict, lookup: async () => [{ address: '8.8.8.8', family: 4 }, { address: '127.0.0.1', family: 4 }] })).toEqual({ failure: 'REFUSED_ADDRESS' })
    // As if an endpoint had come into the table past its registration.
    for (const url of [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, 'https://169.254.169.254/', 'https://[::ffff:7f00:1]/', 'https://localhost/']) expect(await send(url, { ...strict, lookup: HERE }), url).toEqual({ failure: 'REFUSED_ADDRESS' })
    expect(sockets).toEqual([])
  })

  it('looks its host up once, so that a second answer is never asked for', async () => {
    let asked = 0
    const port = await receiver((_request, response) => response.end())
    const lookup: Lookup = async () => [{ address: (asked += 1) === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    expect(await send(`http://desk.localhost:${port}/`, { ...LAX, lookup })).toEqual({ status: 200 })
    expect(asked).toBe(1)
  })

  it('asks no proxy', async () => {
    const { port: proxy, sockets } = await listener()
    const port = await receiver((_request, response) => response.end())
    const before = { ...process.env }
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) process.env[name] = `http://127.0.0.1:${proxy}`
    try {
      expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 })
    } finally {
      process.env = before
    }
    expect(sockets).toEqual([])
  })

  it('is given up where the receiver does not answer, or answers a byte at a time', async () => {
    const silent = await listener()
    expect(await send(`http://127.0.0.1:${silent.port}/`, { ...LAX, patience: 200 })).toEqual({ failure: 'TIMED_OUT' })
    const slow = await listener((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 50)
      socket.once('close', () => clearInterval(timer))
    })
    expect(await send(`http://127.0.0.1:${slow.port}/`, { ...LAX, patience: 300 })).toEqual({ failure: 'TIMED_OUT' })
  })

  it('reads a few KB of an answer at most, however long it is', async () => {
    let written = 0
    const port = await receiver((_request, response) => {
      const chunk = 'x'.repeat(64 * 1024)
      const more = () => { while (!response.destroyed && response.write(chunk)) written += chunk.length }
      response.on('drain', more)
      more()
    })
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 200 })
    // What the system's buffers took, and not the rest of an answer without an end.
    expect(written).toBeLessThan(16 * 1024 * 1024)
  })

  it.each([
    ['a header without an end', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`)],
    ['no HTTP', (socket: Socket) => socket.write('SSH-2.0-OpenSSH\r\n\r\n')],
    ['nothing, and hangs up', (socket: Socket) => socket.destroy()],
  ])('fails where the receiver answers with %s', async (_what, answer) => {
    const { port } = await listener((socket) => socket.once('data', () => answer(socket)))
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ failure: 'UNREACHABLE' })
  })

  it('fails where nobody listens, and without TLS where there should be', async () => {
    const { port } = await listener((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')))
    expect(await send(`https://127.0.0.1:${port}/`)).toEqual({ failure: 'TLS' })
    const gone = await receiver(() => undefined)
    closing.splice(-1)[0]!()
    expect(await send(`http://127.0.0.1:${gone}/`)).toEqual({ failure: 'UNREACHABLE' })
  })

  it('says how long the receiver asked to be left alone', async () => {
    const port = await receiver((_request, response) => response.writeHead(429, { 'retry-after': '120' }).end())
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 429, retryAfter: 120 })
  })
})
