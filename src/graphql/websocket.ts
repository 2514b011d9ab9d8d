import type { Socket } from 'node:net'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createSourceEventStream, execute, getVariableValues, GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLFormattedError } from 'graphql'
import type { FastifyInstance } from 'fastify'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer, type WebSocket } from 'ws'
import { WatchLostError } from '../stories/index.js'
import { publicError } from './apollo.js'
import { GraphQLContext } from './context.js'
import { isUnavailable } from '../database/index.js'
import { Asking, endSocket, rawAnswer, type Metrics } from '../telemetry/index.js'
import { badRequest, databaseUnavailable, unauthenticated } from './errors.js'
import { parametersOfBody } from './parameters.js'
import { InvalidQuery, MOST_ERRORS, type AdmittedQuery, type QueryGate } from './query-gate.js'
import { schemas } from './schemas.js'

export interface LiveParts {
  readonly path: string
  /** A context for who the authorization names now; throws where it names nobody. */
  readonly contextOf: (authorization: string | undefined) => Promise<GraphQLContext>
  readonly gate: QueryGate
  readonly watch: (storyId: string | undefined, signal: AbortSignal) => AsyncIterable<string>
  /** Seconds between pings. */
  readonly keepAlive?: number
  readonly newRequestId: () => string
  /** The address of who asks, as connections are counted by it. */
  readonly addressOf: (request: IncomingMessage) => string
  readonly limits?: Partial<LiveLimits> | undefined
  /** Takes a request that asks for another protocol than WebSocket. */
  readonly ignoreUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly asksForWebSocket: (request: IncomingMessage) => boolean
  readonly metrics: Metrics
}

/** How many connections there may be at a time: of one address, and of all. */
export interface LiveLimits { readonly ofOne: number; readonly ofAll: number }
/** A whole newsroom may share an address. */
const USUAL: LiveLimits = { ofOne: 500, ofAll: 1_000 }

/** Bytes of one message: a query and its variables. */
const MOST_MESSAGE = 128 * 1024
const MOST_SUBSCRIPTIONS = 50
/** Messages that one connection may send in a minute. */
const MOST_MESSAGES = 600
const TOO_MANY_MESSAGES = 4429
/** Closes a connection whose token is not valid any more. */
const FORBIDDEN = 4403
const INTERNAL_ERROR = 1011
/** Closes one whose token cannot be checked now: clients try again by themselves. */
const TRY_AGAIN_LATER = 1013

/** The context of one subscription; every event gets a fresh one of its own. */
class LiveContext extends GraphQLContext {
  readonly ended = new AbortController()

  constructor(base: GraphQLContext, readonly asking: Asking, readonly authorization: string | undefined, readonly socket: WebSocket, private readonly watch: LiveParts['watch']) {
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
  const limits = { ...USUAL, ...parts.limits }
  const ofAddress = new Map<string, number>()
  let subscriptions = 0
  parts.metrics.gauge('onrecord_connections_open', 'WebSocket connections.', () => sockets.clients.size)
  parts.metrics.gauge('onrecord_subscriptions_open', 'Subscriptions over WebSocket.', () => subscriptions)
  const newAsking = () => Object.assign(new Asking(parts.newRequestId()), { contract: 'NEWSROOM', operation: 'subscription' } as const)
  const formatted = (errors: readonly GraphQLError[], request: Asking): readonly GraphQLFormattedError[] => {
    const told = errors.map((error) => {
      const { extensions, ...rest } = error.toJSON()
      // An error of graphql's own, before anything of ours ran.
      const isOfQuery = error.originalError === undefined && extensions?.['code'] === undefined
      return publicError({ ...rest, extensions: isOfQuery ? { code: 'GRAPHQL_VALIDATION_FAILED' } : { ...extensions } }, error, fastify.log, request)
    })
    parts.metrics.errors(request)
    fastify.log.info({ requestId: request.id, ...(request.viewer && { viewer: request.viewer }), codes: [...request.codes] }, 'subscription refused or ended')
    request.codes.clear()
    return told
  }

  const server = useServer<{ authorization?: unknown }>({
    schema: schemas().NEWSROOM,
    isProd: true,
    connectionInitWaitTimeout: 5_000,
    onConnect: async ({ connectionParams, extra }) => {
      try {
        await parts.contextOf(authorizationOf(connectionParams))
        return true
      } catch (error) {
        closeFor(error, extra.socket)
        return false
      }
    },
    onSubscribe: async ({ connectionParams, extra }, _id, payload) => {
      const authorization = authorizationOf(connectionParams)
      const request = newAsking()
      let base: GraphQLContext
      try {
        base = await parts.contextOf(authorization)
      } catch (error) {
        if (isUnavailable(error)) return [databaseUnavailable(error)]
        closeFor(error, extra.socket)
        return [unauthenticated('The token is not valid any more.')]
      }
      request.isOf(base.viewer)
      const admitted = admit(parts.gate, payload, base)
      if (Array.isArray(admitted)) return admitted
      const { document, parameters } = admitted as AdmittedQuery
      return { schema: schemas().NEWSROOM, document, operationName: parameters.operationName ?? null, variableValues: parameters.variables, contextValue: new LiveContext(base, request, authorization, extra.socket, parts.watch) }
    },
    subscribe: async (args) => {
      const context = args.contextValue as LiveContext
      const others = open.get(context.socket) ?? new Set()
      open.set(context.socket, others)
      if (others.size >= MOST_SUBSCRIPTIONS) return { errors: [badRequest(`One connection holds at most ${MOST_SUBSCRIPTIONS} subscriptions; end one first.`)] }
      // Before anything is waited for: many may be asked for at once, and the connection may end meanwhile.
      others.add(context)
      subscriptions += 1
      context.ended.signal.addEventListener('abort', () => {
        others.delete(context)
        subscriptions -= 1
      })
      const stream = await createSourceEventStream(args as ExecutionArgs).catch((error: unknown) => { context.ended.abort(); throw error })
      if (!(Symbol.asyncIterator in stream)) {
        context.ended.abort()
        return stream
      }
      const onError = (error: unknown) => fastify.log.error({ requestId: context.asking.id, err: error }, 'unexpected error in a subscription')
      return endingAtOnce(answers(stream, args as ExecutionArgs, parts, onError), context.ended)
    },
    onError: (_context, _id, _payload, errors) => formatted(errors as readonly GraphQLError[], newAsking()),
    onNext: (_context, _id, _payload, args, result) => (result.errors ? { data: result.data ?? null, errors: formatted(result.errors as readonly GraphQLError[], (args.contextValue as LiveContext | undefined)?.asking ?? newAsking()) } : undefined),
    onClose: ({ extra }) => { for (const context of open.get(extra.socket) ?? []) context.ended.abort() },
  }, sockets, (parts.keepAlive ?? 12) * 1000)

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    limitMessages(socket)
    const address = parts.addressOf(request)
    ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1)
    socket.once('close', () => {
      const left = ofAddress.get(address)! - 1
      if (left === 0) ofAddress.delete(address)
      else ofAddress.set(address, left)
    })
    // Instead of the library's listener, which writes to the console what came over the line.
    socket.removeAllListeners('error').on('error', () => { fastify.log.info('a WebSocket connection broke the protocol') })
  })

  const refuse = (socket: Duplex, status: string, code: string, message: string, headers?: readonly string[]) => endSocket(socket, rawAnswer(parts.newRequestId(), status, code, message, headers))
  // Without a listener the library answers in HTML.
  sockets.on('wsClientError', (_error, socket) => refuse(socket, '400 Bad Request', 'BAD_REQUEST', 'This is no handshake of WebSocket, version 13.', ['sec-websocket-version: 13']))
  fastify.server.on('upgrade', (request, socket: Socket, head) => {
    if (!parts.asksForWebSocket(request)) return parts.ignoreUpgrade(request, socket, head)
    if (request.url?.split('?')[0] !== parts.path) return refuse(socket, '404 Not Found', 'NOT_FOUND', `There is no WebSocket here; it is at ${parts.path}.`)
    const own = ofAddress.get(parts.addressOf(request)) ?? 0
    if (own >= limits.ofOne || sockets.clients.size >= limits.ofAll) return refuse(socket, '503 Service Unavailable', 'OVERLOADED', own >= limits.ofOne ? `From your address ${own} connections are open, the most there can be; close one.` : `${limits.ofAll} connections are open; try again in 5 seconds.`, ['retry-after: 5'])
    return sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  fastify.addHook('preClose', async () => { await server.dispose() })
}

/** Who may see an event, and what of it, is asked anew for every one. */
async function* answers(stream: AsyncIterable<unknown>, args: ExecutionArgs, parts: LiveParts, onError: (error: unknown) => void): AsyncGenerator<ExecutionResult, void, void> {
  const given = args.contextValue as LiveContext
  try {
    for await (const event of stream) {
      const context = await parts.contextOf(given.authorization).catch((error: unknown) => {
        if (isUnavailable(error)) throw error
        closeFor(error, given.socket)
      })
      if (!context) return
      yield await execute({ ...args, rootValue: event, contextValue: context })
    }
  } catch (error) {
    if (error instanceof WatchLostError) yield { errors: [new GraphQLError(error.message, { extensions: { code: 'CHANGES_MISSED' } })] }
    else if (isUnavailable(error)) yield { errors: [databaseUnavailable(error)] }
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

function closeFor(error: unknown, socket: WebSocket): void {
  const isUnknown = error instanceof GraphQLError && error.extensions['code'] === 'AUTHENTICATION_UNAVAILABLE'
  if (isUnavailable(error)) socket.close(TRY_AGAIN_LATER, 'The database does not answer')
  else if (isUnknown) socket.close(TRY_AGAIN_LATER, 'Try again later')
  else socket.close(FORBIDDEN, 'Forbidden')
}

/** The same limits as over HTTP. What validation finds, it finds all at once. */
function admit(gate: QueryGate, payload: unknown, { viewer }: GraphQLContext): AdmittedQuery | readonly GraphQLError[] {
  try {
    const admitted = gate.admit(parametersOfBody(payload), { viewer, transport: 'WEBSOCKET' })
    const { errors } = getVariableValues(schemas().NEWSROOM, admitted.operation.variableDefinitions ?? [], admitted.parameters.variables, { maxErrors: MOST_ERRORS })
    return errors?.map(({ message, nodes }) => new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code: 'BAD_USER_INPUT' } })) ?? admitted
  } catch (error) {
    if (error instanceof InvalidQuery) return error.errors
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

/** Who floods a connection loses it. */
function limitMessages(socket: WebSocket): void {
  let count = 0
  let since = performance.now()
  socket.on('message', () => {
    if (performance.now() - since > 60_000) [count, since] = [0, performance.now()]
    count += 1
    if (count > MOST_MESSAGES) socket.close(TOO_MANY_MESSAGES, `At most ${MOST_MESSAGES} messages a minute`)
  })
}

function authorizationOf(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const given = parameters?.['authorization'] ?? parameters?.['Authorization']
  return typeof given === 'string' ? given : undefined
}
