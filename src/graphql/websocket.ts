import type { Socket } from 'node:net'
import { createSourceEventStream, execute, GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { FastifyInstance } from 'fastify'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { WatchLostError } from '../stories/index.js'
import { publicError } from './apollo.js'
import { GraphQLContext } from './context.js'
import { badRequest } from './errors.js'
import { schemas } from './schemas.js'

export interface LiveParts {
  readonly path: string
  /** A context for who the authorization names now; throws where it names nobody. */
  readonly contextOf: (authorization: string | undefined) => Promise<GraphQLContext>
  readonly watch: (storyId: string | undefined, signal: AbortSignal) => AsyncIterable<string>
  /** Seconds between pings. */
  readonly keepAlive?: number
}

/** Bytes of one message: a query and its variables. */
const MOST_MESSAGE = 128 * 1024
const MOST_CONNECTIONS = 1_000
const MOST_SUBSCRIPTIONS = 50
/** Closes a connection whose token is not valid any more. */
const FORBIDDEN = 4403
const INTERNAL_ERROR = 1011

/** The context of one subscription; every event gets a fresh one of its own. */
class LiveContext extends GraphQLContext {
  readonly ended = new AbortController()

  constructor(base: GraphQLContext, readonly authorization: string | undefined, readonly socket: WebSocket, private readonly watch: LiveParts['watch']) {
    super(base)
  }

  override watchStories(storyId: string | undefined): AsyncIterable<string> {
    return this.watch(storyId, this.ended.signal)
  }
}

/** GraphQL over WebSocket for the newsroom contract (protocol graphql-transport-ws). The token comes in the connection's parameters. */
export function serveWebSocket(fastify: FastifyInstance, parts: LiveParts): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE })
  const open = new WeakMap<WebSocket, Set<LiveContext>>()
  const formatted = (errors: readonly GraphQLError[]): readonly GraphQLFormattedError[] => errors.map((error) => {
    const { extensions, ...rest } = error.toJSON()
    // An error of graphql's own, before anything of ours ran.
    const isOfQuery = error.originalError === undefined && extensions?.['code'] === undefined
    return publicError({ ...rest, extensions: isOfQuery ? { code: 'GRAPHQL_VALIDATION_FAILED' } : { ...extensions } }, error, fastify.log)
  })
  const onError = (error: unknown) => fastify.log.error({ err: error }, 'unexpected error in a subscription')

  const server = useServer<{ authorization?: unknown }>({
    schema: schemas().NEWSROOM,
    isProd: true,
    connectionInitWaitTimeout: 5_000,
    onConnect: ({ connectionParams }) => parts.contextOf(authorizationOf(connectionParams)).then(() => true, () => false),
    context: async ({ connectionParams, extra }) => {
      const authorization = authorizationOf(connectionParams)
      return new LiveContext(await parts.contextOf(authorization), authorization, extra.socket, parts.watch)
    },
    execute: () => ({ errors: [badRequest('Send queries and mutations over HTTP, with POST.')] }),
    subscribe: async (args) => {
      const context = args.contextValue as LiveContext
      const others = open.get(context.socket) ?? new Set()
      open.set(context.socket, others)
      if (others.size >= MOST_SUBSCRIPTIONS) return { errors: [badRequest(`One connection holds at most ${MOST_SUBSCRIPTIONS} subscriptions; end one first.`)] }
      const stream = await createSourceEventStream(args as ExecutionArgs)
      if (!(Symbol.asyncIterator in stream)) return stream
      others.add(context)
      context.ended.signal.addEventListener('abort', () => others.delete(context))
      return endingAtOnce(answers(stream, args as ExecutionArgs, parts, onError), context.ended)
    },
    onError: (_context, _id, _payload, errors) => formatted(errors as readonly GraphQLError[]),
    onNext: (_context, _id, _payload, _args, result) => (result.errors ? { data: result.data ?? null, errors: formatted(result.errors as readonly GraphQLError[]) } : undefined),
    onClose: ({ extra }) => { for (const context of open.get(extra.socket) ?? []) context.ended.abort() },
  }, sockets, (parts.keepAlive ?? 12) * 1000)

  fastify.server.on('upgrade', (request, socket: Socket, head) => {
    if (request.url?.split('?')[0] !== parts.path) return refuse(socket, '404 Not Found')
    if (sockets.clients.size >= MOST_CONNECTIONS) return refuse(socket, '503 Service Unavailable')
    return sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  fastify.addHook('preClose', async () => { await server.dispose() })
}

/** Who may see an event, and what of it, is asked anew for every one. */
async function* answers(stream: AsyncIterable<unknown>, args: ExecutionArgs, parts: LiveParts, onError: (error: unknown) => void): AsyncGenerator<ExecutionResult, void, void> {
  const given = args.contextValue as LiveContext
  try {
    for await (const event of stream) {
      const context = await parts.contextOf(given.authorization).catch(() => undefined)
      if (!context) return given.socket.close(FORBIDDEN, 'Forbidden')
      yield await execute({ ...args, rootValue: event, contextValue: context })
    }
  } catch (error) {
    if (error instanceof WatchLostError) yield { errors: [new GraphQLError(error.message, { extensions: { code: 'CHANGES_MISSED' } })] }
    else {
      onError(error)
      given.socket.close(INTERNAL_ERROR, 'Something went wrong on our side')
    }
  } finally {
    given.ended.abort()
  }
}

/** A generator that waits for an event hears of its end only with the next one; this one ends at once. */
function endingAtOnce(results: AsyncGenerator<ExecutionResult, void, void>, ended: AbortController): AsyncGenerator<ExecutionResult, void, void> {
  const { next, throw: fail } = { next: results.next.bind(results), throw: results.throw.bind(results) }
  return Object.assign(Object.create(results) as typeof results, {
    next, throw: fail,
    return: () => { ended.abort(); return results.return() },
    [Symbol.asyncIterator]() { return this as unknown as typeof results },
  })
}

function refuse(socket: Socket, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

function authorizationOf(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const given = parameters?.['authorization'] ?? parameters?.['Authorization']
  return typeof given === 'string' ? given : undefined
}
