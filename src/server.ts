import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { READER, staffOf } from './access/index.js'
import { statement, type Database } from './database/index.js'
import { Checker } from './findings/index.js'
import { apolloServer } from './graphql/apollo.js'
import { GraphQLContext, type Contract } from './graphql/context.js'
import { CursorKey } from './graphql/cursors.js'
import { unauthenticated } from './graphql/errors.js'
import { serveGraphiQL } from './graphql/graphiql.js'
import { serveWebSocket } from './graphql/websocket.js'
import { StoryExtractor, StoryWatch } from './stories/index.js'

export interface ServerParts {
  readonly database: Database
  /** At least 32 bytes, the same on every node. */
  readonly secret: Buffer
  readonly now: () => Date
  readonly newId?: () => string
  /** Reads texts, on threads of its own. One with its usual limits where left out; closed with the server in either case. */
  readonly extractor?: StoryExtractor
  /** Runs the checks, with the newsroom's profile. Without it, the house profile. */
  readonly checker?: Checker
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

export const PATHS: Readonly<Record<Contract, string>> = { PUBLIC: '/graphql', NEWSROOM: '/newsroom/graphql' }
const PING = statement('ping', 'SELECT 1')
const LONGEST_SILENCE = 30_000
const MOST_BODY = { PUBLIC: 1024 * 1024, NEWSROOM: 4 * 1024 * 1024 } as const

/** The HTTP server: both contracts, GraphiQL for each, health. It listens once `listen` is called, and closes with `close`. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const fastify = Fastify({
    logger: { level: parts.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'], stream: process.stderr },
    // Fastify's own ids count the requests since the start, which is nobody's business.
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    requestTimeout: 10_000,
    connectionTimeout: 10_000,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  })
  fastify.addHook('onRequest', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'))
  closeConnectionsWithTheirAnswer(fastify)
  fastify.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => answerError(error, request, reply))
  fastify.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('NOT_FOUND', `There is nothing here. The API is at ${PATHS.PUBLIC}, and for staff at ${PATHS.NEWSROOM}.`)))
  const extractor = parts.extractor ?? new StoryExtractor()
  fastify.addHook('onClose', () => extractor.close())
  const checker = parts.checker ?? new Checker()
  fastify.addHook('onClose', () => checker.close())
  await addContract(fastify, 'PUBLIC', parts, extractor, checker)
  await addContract(fastify, 'NEWSROOM', parts, extractor, checker)
  serveGraphiQL(fastify, PATHS)
  fastify.get('/healthz', () => ({ status: 'ok' }))
  fastify.get('/readyz', async (_request, reply) => {
    if (await answers(parts.database)) return { status: 'ready' }
    return reply.code(503).header('retry-after', '1').send(errorBody('DATABASE_UNAVAILABLE', 'The database does not answer.'))
  })
  return fastify
}

async function addContract(fastify: FastifyInstance, contract: Contract, parts: ServerParts, extractor: StoryExtractor, checker: Checker): Promise<void> {
  const apollo = apolloServer(contract, fastify)
  await apollo.start()
  fastify.addHook('onClose', () => apollo.stop())
  const cursors = new CursorKey(parts.secret)
  const contextOf = async (authorization: string | undefined) => {
    const now = parts.now()
    const viewer = contract === 'PUBLIC' ? READER : await staffViewer(parts.database, authorization, now)
    return new GraphQLContext({ contract, viewer, now, database: parts.database, cursors, newId: parts.newId ?? randomUUID, extractor, checker })
  }
  const context = (request: FastifyRequest) => contextOf(request.headers.authorization)
  if (contract === 'NEWSROOM') {
    const watch = new StoryWatch(parts.database)
    serveWebSocket(fastify, { path: PATHS.NEWSROOM, contextOf, watch: (storyId, signal) => watch.changes(storyId, signal) })
    fastify.addHook('onClose', () => watch.close())
  }
  const onRequest = contract === 'NEWSROOM' ? waitForChecks : []
  const onSend = contract === 'NEWSROOM' ? keepPrivate : []
  fastify.route({ url: PATHS[contract], method: ['GET', 'POST'], bodyLimit: MOST_BODY[contract], exposeHeadRoute: false, onRequest, onSend, handler: fastifyApolloHandler(apollo, { context }) })
  fastify.route({
    url: PATHS[contract], method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], exposeHeadRoute: false,
    handler: (_request, reply) => reply.code(405).header('allow', 'GET, POST').send(errorBody('METHOD_NOT_ALLOWED', 'Ask with POST, or with GET and the header "apollo-require-preflight: true".')),
  })
}

/** Checks of a large text take longer than a connection may be silent otherwise. */
async function waitForChecks(request: FastifyRequest): Promise<void> {
  request.raw.setTimeout(LONGEST_SILENCE)
}

/** What staff read is in no cache, and a client that lacks a token is told which kind it needs (RFC 9110, 11.6.1). */
async function keepPrivate(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store')
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer')
}

/** A connection that is answered during the shutdown would otherwise be kept alive, and hold up the shutdown, for over a minute. */
function closeConnectionsWithTheirAnswer(fastify: FastifyInstance): void {
  let closing = false
  fastify.addHook('preClose', async () => { closing = true })
  fastify.addHook('onSend', async (_request, reply) => { if (closing) reply.header('connection', 'close') })
}

/** Whether the database answers within two seconds: one that hangs is as bad as one that is gone. */
async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), 2000) })
  const ping = database.query(PING, []).then(() => true, () => false)
  return Promise.race([ping, late]).finally(() => clearTimeout(timer))
}

async function staffViewer(database: Database, authorization: string | undefined, now: Date) {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  const staff = token === undefined ? undefined : await staffOf(database.prisma, token, now)
  if (!staff) throw unauthenticated(`The newsroom contract needs a staff token: send "Authorization: Bearer …". The public contract at ${PATHS.PUBLIC} needs none.`)
  return staff
}

/** What goes wrong before GraphQL is reached, in the form of a GraphQL error all the same. */
function answerError(error: { statusCode?: number; message: string }, request: FastifyRequest, reply: FastifyReply) {
  const status = error.statusCode ?? 500
  if (status >= 500) {
    request.log.error({ err: error }, 'unexpected error')
    return reply.code(500).send({ errors: [{ message: 'Something went wrong on our side. Quote the request id when you report it.', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: request.id } }] })
  }
  const code = status === 413 ? 'PAYLOAD_TOO_LARGE' : status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'BAD_REQUEST'
  return reply.code(status).send(errorBody(code, error.message))
}

function errorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] }
}
