import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { READER, staffOf } from './access/index.js'
import { statement, type Database } from './database/index.js'
import { apolloServer } from './graphql/apollo.js'
import { GraphQLContext, type Contract } from './graphql/context.js'
import { CursorKey } from './graphql/cursors.js'
import { unauthenticated } from './graphql/errors.js'
import { serveGraphiQL } from './graphql/graphiql.js'

export interface ServerParts {
  readonly database: Database
  /** At least 32 bytes, the same on every node. */
  readonly secret: Buffer
  readonly now: () => Date
  readonly newId?: () => string
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

export const PATHS: Readonly<Record<Contract, string>> = { PUBLIC: '/graphql', NEWSROOM: '/newsroom/graphql' }
const PING = statement('ping', 'SELECT 1')
const MOST_BODY = { PUBLIC: 1024 * 1024, NEWSROOM: 4 * 1024 * 1024 } as const

/** The HTTP server: both contracts, GraphiQL for each, health. It listens once `listen` is called, and closes with `close`. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const fastify = Fastify({
    logger: { level: parts.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'], stream: process.stderr },
    forceCloseConnections: 'idle',
    requestTimeout: 10_000,
    connectionTimeout: 10_000,
  })
  fastify.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => answerError(error, request, reply))
  fastify.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('NOT_FOUND', `There is nothing here. The API is at ${PATHS.PUBLIC}, and for staff at ${PATHS.NEWSROOM}.`)))
  await addContract(fastify, 'PUBLIC', parts)
  await addContract(fastify, 'NEWSROOM', parts)
  serveGraphiQL(fastify, PATHS)
  fastify.get('/healthz', () => ({ status: 'ok' }))
  fastify.get('/readyz', async (_request, reply) => {
    try {
      await parts.database.query(PING, [])
      return { status: 'ready' }
    } catch {
      return reply.code(503).header('retry-after', '1').send({ status: 'the database does not answer' })
    }
  })
  return fastify
}

async function addContract(fastify: FastifyInstance, contract: Contract, parts: ServerParts): Promise<void> {
  const apollo = apolloServer(contract, fastify)
  await apollo.start()
  fastify.addHook('onClose', () => apollo.stop())
  const cursors = new CursorKey(parts.secret)
  const context = async (request: FastifyRequest) => {
    const now = parts.now()
    const viewer = contract === 'PUBLIC' ? READER : await staffViewer(parts.database, request, now)
    return new GraphQLContext(contract, viewer, now, parts.database, cursors, parts.newId ?? randomUUID)
  }
  fastify.route({ url: PATHS[contract], method: ['GET', 'POST', 'HEAD'], bodyLimit: MOST_BODY[contract], exposeHeadRoute: false, handler: fastifyApolloHandler(apollo, { context }) })
}

async function staffViewer(database: Database, request: FastifyRequest, now: Date) {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
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
