import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler, onSendAsyncHookHandler, RouteHandlerMethod } from 'fastify'
import type { FeedWatch } from './feed-watch.js'

export const FEED_PATH = '/changes'

export interface FeedRouteParts {
  /** Lets a request in, as for every other one. */
  readonly onRequest: onRequestAsyncHookHandler
  readonly onSend: onSendAsyncHookHandler
  readonly answering: (handler: RouteHandlerMethod) => RouteHandlerMethod
  /** A page for who the request's key names at this moment. @throws where it names nobody any more, and BAD_USER_INPUT for a wrong cursor */
  readonly pageFor: (request: FastifyRequest, after: string | undefined, form: Form, first: number) => Promise<Page>
  /** Counts what is read. Seconds to wait where the viewer has used up what they may cost. */
  readonly spend: (request: FastifyRequest, cost: number) => number
  /** One text for one viewer, by which streams are counted. */
  readonly viewerKey: (request: FastifyRequest) => string
  /** A stream that has begun takes no place of requests any more. */
  readonly release: (reply: FastifyReply) => void
  readonly badInput: (message: string) => Error
  readonly refused: (code: string, status: number, message: string, headers: readonly (readonly [string, string])[]) => Error
  readonly codeOf: (error: unknown, request: FastifyRequest) => string
  readonly watch: FeedWatch
  readonly limits?: Partial<FeedLimits> | undefined
}

export type Form = 'thin' | 'whole'
interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export interface FeedLimits {
  /** Streams of one viewer at a time, and of all. */
  readonly ofOne: number
  readonly ofAll: number
  /** Milliseconds between signs of life. At each it is looked who the key names, and what the clock has brought. */
  readonly heartbeat: number
}
const USUAL: FeedLimits = { ofOne: 5, ofAll: 500, heartbeat: 15_000 }

/** Changes that are read at a time. */
const LINES = 100
const EVENTS = 20
/** What one change costs. */
const COST: Readonly<Record<Form, number>> = { thin: 1, whole: 10 }
/** Milliseconds that what was read may wait for a slow reader; then it is read again, as it is by then. */
const LONGEST_WAIT = 1_000
/** Milliseconds that a reader may take nothing. */
const LONGEST_SILENCE = 60_000
const [NDJSON, EVENT_STREAM] = ['application/x-ndjson', 'text/event-stream']

interface Asked { readonly after: string | undefined; readonly form: Form; readonly type: typeof NDJSON | typeof EVENT_STREAM }

/** The change feed over HTTP: all changes up to now as lines of JSON, or these and those to come as server-sent events. */
export function serveFeed(fastify: FastifyInstance, parts: FeedRouteParts): void {
  const limits = { ...USUAL, ...parts.limits }
  const streams = new Map<string, number>()
  const closing = new AbortController()
  let count = 0
  fastify.addHook('preClose', async () => closing.abort())
  fastify.addHook('onClose', () => parts.watch.close())

  const begin = (request: FastifyRequest, reply: FastifyReply): AbortSignal => {
    const key = parts.viewerKey(request)
    const own = streams.get(key) ?? 0
    if (own >= limits.ofOne || count >= limits.ofAll) throw parts.refused('OVERLOADED', 503, own >= limits.ofOne ? `You follow the changes with ${own} connections already, the most there can be. Close one.` : 'As many follow the changes as the server can serve. Try again later.', [['retry-after', '30']])
    streams.set(key, own + 1)
    count += 1
    const ended = new AbortController()
    const end = () => ended.abort()
    closing.signal.addEventListener('abort', end)
    reply.raw.once('close', () => {
      end()
      closing.signal.removeEventListener('abort', end)
      count -= 1
      const left = streams.get(key)! - 1
      if (left === 0) streams.delete(key)
      else streams.set(key, left)
    })
    return ended.signal
  }

  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const asked = askedOf(request, parts)
    // A wrong cursor is told before anything else is.
    const first = await parts.pageFor(request, asked.after, asked.form, asked.type === NDJSON ? LINES : EVENTS)
    const signal = begin(request, reply)
    parts.release(reply)
    request.raw.setTimeout(LONGEST_SILENCE)
    void reply.header('content-type', `${asked.type}; charset=utf-8`).header('cache-control', 'no-store').header('connection', 'close').header('x-accel-buffering', 'no')
    const follower = new Follower(parts, limits, request, asked, signal)
    return reply.send(Readable.from(asked.type === NDJSON ? follower.lines(first) : follower.events(first), { objectMode: false, highWaterMark: 16 * 1024 }))
  }
  fastify.route({ url: FEED_PATH, method: 'GET', exposeHeadRoute: false, onRequest: parts.onRequest, onSend: parts.onSend, handler: parts.answering(handler as RouteHandlerMethod) })
  fastify.route({
    url: FEED_PATH, method: ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], exposeHeadRoute: false, handler: async () => undefined,
    onRequest: async () => { throw parts.refused('METHOD_NOT_ALLOWED', 405, 'Ask for the changes with GET.', [['allow', 'GET']]) },
  })
}

const KNOWN: ReadonlySet<string> = new Set(['after', 'story'])

function askedOf(request: FastifyRequest, { badInput, refused }: FeedRouteParts): Asked {
  const query = request.query as Record<string, string | string[] | undefined>
  for (const [name, value] of Object.entries(query)) {
    if (!KNOWN.has(name)) throw badInput(`There is no parameter "${name.slice(0, 40)}". There are "after", a cursor, and "story", which is "whole" or left out.`)
    if (Array.isArray(value)) throw badInput(`"${name}" stands there more than once.`)
  }
  const story = query['story'] as string | undefined
  if (story !== undefined && story !== 'whole') throw badInput('"story" is "whole", for stories with all that the public contract gives of them, or left out.')
  const type = typeOf(request.headers.accept)
  if (!type) throw refused('NOT_ACCEPTABLE', 406, `Accept "${NDJSON}" for all changes up to now, or "${EVENT_STREAM}" to follow them.`, [])
  const last = type === EVENT_STREAM ? request.headers['last-event-id'] : undefined
  const after = (typeof last === 'string' && last !== '' ? last : query['after']) as string | undefined
  return { after, form: story === 'whole' ? 'whole' : 'thin', type }
}

/** Lines, unless events are asked for; undefined where neither is taken. */
function typeOf(accept = '*/*'): Asked['type'] | undefined {
  const ranges = accept.split(',').map((range) => range.split(';')[0]!.trim().toLowerCase())
  if (ranges.includes(EVENT_STREAM)) return EVENT_STREAM
  return ranges.some((range) => [NDJSON, 'application/*', '*/*', ''].includes(range)) ? NDJSON : undefined
}

/** One connection that is told of changes. */
class Follower {
  #last: string | undefined
  /** What was told when the last page was read. */
  #noted = -1

  constructor(private readonly parts: FeedRouteParts, private readonly limits: FeedLimits, private readonly request: FastifyRequest, private readonly asked: Asked, private readonly signal: AbortSignal) {
    this.#last = asked.after
  }

  /** All changes up to now. The last line says that nothing is missing before it, and where to go on. */
  async *lines(first: Page): AsyncGenerator<string, void, void> {
    try {
      for (let page: Page | undefined = first; page; page = page.pageInfo.hasNextPage ? await this.#read(LINES) : undefined) {
        for (const { cursor, node } of page.edges) yield `${JSON.stringify({ cursor, change: node })}\n`
        this.#last = page.pageInfo.endCursor ?? this.#last
        if (!page.pageInfo.hasNextPage) yield `${JSON.stringify({ cursor: this.#last ?? null, isComplete: true })}\n`
      }
    } catch (error) {
      yield `${JSON.stringify({ cursor: this.#last ?? null, isComplete: false, error: { code: this.parts.codeOf(error, this.request) } })}\n`
    }
  }

  /** All changes, and those to come, until the connection or the server ends, or the key does. */
  async *events(first: Page): AsyncGenerator<string, void, void> {
    const { watch } = this.parts
    try {
      yield 'retry: 2000\n\n'
      await watch.join(this.signal)
      let page: Page | undefined = first
      while (page && !this.signal.aborted) {
        yield* this.#told(page)
        page = await this.#nextPage(page)
        if (page && page.edges.length === 0) yield ': still here\n\n'
      }
      yield* this.#end('SERVER_CLOSES')
    } catch (error) {
      yield* this.#end(this.parts.codeOf(error, this.request))
    }
  }

  async *#told(page: Page): AsyncGenerator<string, void, void> {
    const readAt = performance.now()
    for (const { cursor, node } of page.edges) {
      if (this.signal.aborted || performance.now() - readAt > LONGEST_WAIT) return
      yield `id: ${cursor}\nevent: change\ndata: ${JSON.stringify(node)}\n\n`
      this.#last = cursor
    }
    this.#last = page.pageInfo.endCursor ?? this.#last
  }

  /** The next page that has something, or an empty one where it is time for a sign of life. */
  async #nextPage(page: Page): Promise<Page | undefined> {
    const isAtItsEnd = !page.pageInfo.hasNextPage && (page.edges.length === 0 || page.edges.at(-1)!.cursor === this.#last)
    if (!isAtItsEnd) return this.#read(EVENTS)
    const until = performance.now() + this.limits.heartbeat
    for (;;) {
      await this.parts.watch.next(this.#noted, Math.max(1, until - performance.now()), this.signal)
      if (this.signal.aborted) return undefined
      const next = await this.#read(EVENTS)
      if (!next || next.edges.length > 0 || performance.now() >= until) return next
      this.#last = next.pageInfo.endCursor ?? this.#last
    }
  }

  /** Undefined where the connection is over. Whoever has used up what they may cost waits. */
  async #read(first: number): Promise<Page | undefined> {
    const { form } = this.asked
    for (let seconds = this.parts.spend(this.request, first * COST[form]); seconds > 0; seconds = this.parts.spend(this.request, first * COST[form])) {
      await this.#pause(seconds * 1000)
      if (this.signal.aborted) return undefined
    }
    this.#noted = this.parts.watch.told
    return this.signal.aborted ? undefined : this.parts.pageFor(this.request, this.#last, form, first)
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds)
      const { signal } = this
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }

  /** Why no more follows. A browser comes back by itself, with the last id. */
  *#end(code: string): Generator<string, void, void> {
    yield `event: end\ndata: ${JSON.stringify({ code })}\n\n`
  }
}
