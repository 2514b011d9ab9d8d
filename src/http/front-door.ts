import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Viewer } from '../access/index.js'
import type { RecordTaken } from '../graphql/record-takings.js'
import { Asking, noteAnswer, traceAnswer, type Metrics } from '../telemetry/index.js'
import { GONE, type AnswerCache, type KeptAnswer, type Miss } from './answer-cache.js'
import { MOST_REQUEST_TIME } from './connection.js'
import type { Doorman } from './doorman.js'
import { compress, encodingFor, FEWEST_BYTES, type Encoding } from './encoding.js'
import { isKnown } from './manners.js'
import type { Shedding } from './shedding.js'

export interface FrontDoorParts {
  readonly cache: AnswerCache
  readonly doorman: Doorman
  readonly shedding: Shedding
  readonly metrics: Metrics
  readonly log: Logger
  readonly newRequestId: () => string
  /** The address of who asks, as Fastify tells it. */
  readonly addressOf: (request: IncomingMessage) => string
  /** Address of the public contract. */
  readonly path: string
  /** Where the stories' own addresses begin. */
  readonly stories: string
  /** Who sends a credential. @throws where it is none */
  readonly identify: (authorization: string | undefined) => Promise<Viewer>
  readonly recordTaken: RecordTaken
}

const BODY = Symbol('body')
const MISS = Symbol('miss')
/** What the door knows of a request is kept with it: what a WeakMap that stays holds is kept until the whole heap is collected. */
interface Entered extends IncomingMessage {
  [BODY]?: Buffer
  [MISS]?: Miss
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Bytes of a body that are compared with those of answers that are kept; larger ones go the long way. */
const MOST_BODY_OF_KEY = 16_384
const MOST_HEADER = 300
const MOST_WAITING = 512
/** Milliseconds that somebody waits for the answer to another; then theirs is worked out as well. */
const LONGEST_WAIT = 1_000
const PLAIN_JSON = /^application\/json(?:\s*;\s*charset\s*=\s*"?utf-8"?)?$/i

/**
 * Answers in front of everything else what is kept as bytes (`AnswerCache`), for whoever sends the very same request: address, body,
 * credential and whatever else an answer depends on. Everything that is not plain goes to the handler behind it as it came. Rates,
 * shedding, log, metrics and ids hold here as they do there.
 */
export class FrontDoor {
  readonly #routes: { readonly page: string; readonly search: string; readonly stories: string }
  #behind!: Handler
  #isClosing = false
  #waiting = 0

  constructor(private readonly parts: FrontDoorParts) {
    this.#routes = { page: parts.path, search: `${parts.path}?`, stories: parts.stories }
  }

  /** Places the door before a server's own handler. */
  install(fastify: FastifyInstance): void {
    const { server } = fastify
    const [behind] = server.listeners('request') as Handler[]
    server.removeListener('request', behind!)
    this.#behind = behind!
    server.on('request', (request, response) => this.#enter(request, response))
    fastify.addHook('preClose', async () => { this.#isClosing = true })
  }

  /** The body that was read here, for who parses it. */
  bodyOf({ raw }: FastifyRequest): Readable | undefined {
    const body = (raw as Entered)[BODY]
    return body && Readable.from([body], { objectMode: false })
  }

  /** Where the answer to a request is wanted, to be kept. */
  missOf({ raw }: FastifyRequest): Miss | undefined {
    return (raw as Entered)[MISS]
  }

  #enter(request: Entered, response: ServerResponse): void {
    const since = performance.now()
    const head = this.#isClosing ? undefined : this.#headOf(request)
    if (head === undefined) return this.#behind(request, response)
    if (request.method !== 'POST') return this.#look(request, response, head, since)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
      request[BODY] = body
      this.#look(request, response, head + body.toString('latin1'), since)
    })
  }

  /** Of a request that may be answered here, the part of its key before the body. */
  #headOf({ method, url, headers }: IncomingMessage): string | undefined {
    const { authorization, accept = '', 'content-type': type = '' } = headers
    if (headers.host === undefined || headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined || headers.expect !== undefined || headers.upgrade !== undefined) return undefined
    // An empty one is no key, and is refused.
    if (authorization === '' || (authorization?.length ?? 0) > MOST_HEADER || accept.length > MOST_HEADER || type.length > MOST_HEADER) return undefined
    const who = authorization === undefined ? '' : createHash('sha256').update(authorization).digest('base64')
    if (method === 'POST') {
      const isSmall = Number(headers['content-length']) <= MOST_BODY_OF_KEY
      return url === this.#routes.page && isSmall && (type === 'application/json' || PLAIN_JSON.test(type)) ? `POST\n${accept}\n${who}\n` : undefined
    }
    if ((method !== 'GET' && method !== 'HEAD') || url === undefined || headers['content-length'] !== undefined) return undefined
    if (method === 'GET' && url.startsWith(this.#routes.search)) {
      // What Apollo lets a GET through for.
      return `GET\n${url}\n${accept}\n${type}\n${headers['apollo-require-preflight'] ? 1 : 0}${headers['x-apollo-operation-name'] ? 1 : 0}\n${who}\n`
    }
    return url.startsWith(this.#routes.stories) ? `STORY\n${url}\n${accept}\n${who}\n` : undefined
  }

  #look(request: Entered, response: ServerResponse, key: string, since: number): void {
    const { cache } = this.parts
    const kept = cache.find(key)
    if (kept) return this.#answer(request, response, kept, since)
    const underWay = cache.underWay(key)
    if (underWay && this.#waiting < MOST_WAITING) return void this.#wait(underWay, request, response, key, since)
    const miss = underWay ? undefined : cache.begin(key)
    if (miss) {
      request[MISS] = miss
      response.once('close', () => miss.abandon())
    }
    this.#behind(request, response)
  }

  /** However many ask the same at once, it is worked out once. */
  async #wait(miss: Miss, request: IncomingMessage, response: ServerResponse, key: string, since: number): Promise<void> {
    this.#waiting += 1
    const kept = await within(LONGEST_WAIT, miss.kept).finally(() => { this.#waiting -= 1 })
    if (response.destroyed) return
    // It was silent while somebody else was answered; its own answer may take as long as any other.
    request.setTimeout(MOST_REQUEST_TIME)
    if (kept === GONE) return this.#look(request, response, key, since)
    // Not `kept` itself: it may have been forgotten since.
    const found = kept && this.parts.cache.find(key)
    return found ? this.#answer(request, response, found, since) : this.#behind(request, response)
  }

  #answer(request: IncomingMessage, response: ServerResponse, kept: KeptAnswer, since: number): void {
    const { doorman, shedding } = this.parts
    const { answer } = kept
    // Whoever is refused is refused behind the door, in the one form of refusals.
    if (this.#isClosing || shedding.turnsAway('PUBLIC') || !doorman.takes(answer.viewer, this.parts.addressOf(request), answer.cost)) return this.#behind(request, response)
    // Never compressed where there is a credential: see `mayCompress`.
    const encoding = answer.viewer.kind === 'READER' && answer.body.length >= FEWEST_BYTES && !isKnown(answer.etag, request.headers['if-none-match']) ? encodingFor(request.headers['accept-encoding'] as string | undefined) : undefined
    if (answer.viewer.kind !== 'PARTNER' && (encoding === undefined || kept.encoded.has(encoding))) return this.#send(request, response, kept, since, encoding)
    if (this.#waiting >= MOST_WAITING) return this.#behind(request, response)
    void this.#prepare(request, response, kept, since, encoding)
  }

  /** What cannot be sent at once. */
  async #prepare(request: IncomingMessage, response: ServerResponse, kept: KeptAnswer, since: number, encoding: Encoding | undefined): Promise<void> {
    const { cache, identify, recordTaken } = this.parts
    const { viewer, taken, body } = kept.answer
    this.#waiting += 1
    try {
      if (viewer.kind === 'PARTNER') {
        // Asked each time: a key that was revoked on another node fails at the next request, not when the notice of it comes (A5).
        if (!isDeepStrictEqual(await identify(request.headers.authorization), viewer)) return this.#behind(request, response)
        if (taken.length > 0) await recordTaken(viewer, taken)
      }
      if (encoding !== undefined) cache.encoded(kept, encoding, await compress(body, encoding))
    } catch {
      return this.#behind(request, response)
    } finally {
      this.#waiting -= 1
    }
    // It may have been forgotten meanwhile.
    return cache.has(kept) ? this.#send(request, response, kept, since, encoding) : this.#behind(request, response)
  }

  #send(request: IncomingMessage, response: ServerResponse, { answer, encoded }: KeptAnswer, since: number, encoding: Encoding | undefined): void {
    if (response.destroyed) return
    const { metrics, log } = this.parts
    const asking = new Asking(this.parts.newRequestId())
    const body = encoding === undefined ? answer.body : encoded.get(encoding)!
    const isGraphQL = !request.url!.startsWith(this.#routes.stories)
    const route = isGraphQL ? this.parts.path : `${this.parts.stories}:slug`
    asking.contract = 'PUBLIC'
    asking.isOf(answer.viewer)
    if (isGraphQL) Object.assign(asking, { operation: answer.operation, fields: answer.fields })
    metrics.begin()
    const status = request.method !== 'POST' && isKnown(answer.etag, request.headers['if-none-match']) ? 304 : 200
    // In the order of an answer that is worked out.
    const headers = ['x-request-id', asking.id, ...answer.headers]
    if (encoding !== undefined) headers.push('content-encoding', encoding)
    if (status === 200) headers.push('content-length', String(body.length))
    response.writeHead(status, headers)
    response.end(status === 200 && request.method !== 'HEAD' ? body : undefined)
    traceAnswer(asking, { method: request.method!, route, status, ms: performance.now() - since })
    noteAnswer(log, metrics, asking, { method: request.method!, route, status, ms: performance.now() - since })
  }
}

/** What comes of it within so many milliseconds; undefined where it takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), milliseconds) })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
