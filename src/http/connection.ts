import type { IncomingMessage, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { badRequest } from '../graphql/errors.js'
import { endSocket, rawAnswer } from '../telemetry/index.js'

/** Milliseconds within which a request must have come as a whole, head and body. */
export const MOST_REQUEST_TIME = 10_000

/** For Node's server below Fastify. Slow requests are looked for every second: by default Node looks every 30, and lets them be as slow. */
export const CONNECTION_OPTIONS: ServerOptions = {
  headersTimeout: MOST_REQUEST_TIME, requestTimeout: MOST_REQUEST_TIME, connectionsCheckingInterval: 1_000,
  // Without a host a request is refused all the same, in our form: Node's has no body.
  requireHostHeader: false,
}

const REFUSED: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'The head of the request is larger than 16 KB.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'PAYLOAD_TOO_LARGE', 'The chunks of the body have extensions that are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TIMEOUT', `The request was not complete within ${MOST_REQUEST_TIME / 1000} seconds.`],
}
const NO_HTTP = ['400 Bad Request', 'BAD_REQUEST', 'This is not a request in HTTP/1.1.'] as const

/** Answers what Node could not read as a request. */
export function answerClientErrors(log: Pick<FastifyBaseLogger, 'info'>, newRequestId: () => string) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    // An answer is on its way already; a second one would be taken for that to the next request.
    if ((socket as { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent) return void socket.destroySoon()
    const requestId = newRequestId()
    const [status, code, message] = REFUSED[error.code ?? ''] ?? NO_HTTP
    log.info({ requestId, status: Number.parseInt(status, 10), codes: [code] }, 'request')
    if (socket.writable) socket.write(rawAnswer(requestId, status, code, message))
    socket.destroySoon()
  }
}

/** What Node answers by itself with no body, or not at all. */
export function answerOddRequests(fastify: FastifyInstance, newRequestId: () => string): void {
  fastify.server.on('connect', (_request, socket) => endSocket(socket, rawAnswer(newRequestId(), '405 Method Not Allowed', 'METHOD_NOT_ALLOWED', 'This is no proxy.')))
  fastify.server.on('checkExpectation', (_request, response) => {
    const requestId = newRequestId()
    const answer = rawAnswer(requestId, '417 Expectation Failed', 'BAD_REQUEST', 'The only expectation that can be met is "100-continue".')
    response.writeHead(417, { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff', 'x-request-id': requestId, connection: 'close' }).end(answer.slice(answer.indexOf('\r\n\r\n') + 4))
  })
}

/** Headers that say who is asked, by whom, and how the body is to be read. Node takes the first of several. */
const ONCE: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type'])
const HOST = /^([\w.~-]+|\[[\da-f:.]+\])(:\d{0,5})?$/i

/** A head that two readers could read in two ways, a proxy in front and this server, is read by none (RFC 9112, 3.2). @throws BAD_REQUEST */
export function refuseAmbiguousHead({ headers, rawHeaders, httpVersion }: IncomingMessage): void {
  const seen = new Set<string>()
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase()
    if (ONCE.has(name) && seen.size === seen.add(name).size) throw badRequest(`The header "${name}" stands there twice; send it once.`)
  }
  if (headers.host === undefined ? httpVersion === '1.1' : !HOST.test(headers.host)) throw badRequest('A request in HTTP/1.1 names its host, as "example.org" or "example.org:4000".')
}
