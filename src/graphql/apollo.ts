import { randomUUID } from 'node:crypto'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLFormattedError } from 'graphql'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { RESTRICTED_TEXT, refusalOf } from '../database/index.js'
import type { Contract, GraphQLContext } from './context.js'
import { badInput } from './errors.js'
import { schemas } from './schemas.js'

/** The server of one contract. */
export function apolloServer(contract: Contract, fastify: FastifyInstance): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema: schemas()[contract],
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled(), refuseNul],
    csrfPrevention: true,
    persistedQueries: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => publicError(formatted, error, fastify.log),
    logger: quiet(fastify.log),
  })
}

/** Codes whose messages are written for the caller. Everything else is a bug, and is told as one. */
const FOR_THE_CALLER: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT', 'BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'UNAUTHENTICATED', 'FORBIDDEN',
])

/** I4: details of a bug are in the log, under the id; never in the answer. */
function publicError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger): GraphQLFormattedError {
  const { message, locations, path } = formatted
  const code = formatted.extensions?.['code']
  const where = { ...(locations && { locations }), ...(path && { path }) }
  if (FOR_THE_CALLER.has(code)) return { message, ...where, extensions: { code } }
  const original = (error as { originalError?: unknown }).originalError ?? error
  if (refusalOf(original)?.code === RESTRICTED_TEXT) return { message: 'An argument holds a NUL character; remove it.', ...where, extensions: { code: 'BAD_USER_INPUT' } }
  const requestId = randomUUID()
  log.error({ requestId, err: original }, 'unexpected error')
  return { message: 'Something went wrong on our side. Quote the request id when you report it.', ...where, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } }
}

/** PostgreSQL stores no NUL, so no query with one can mean anything. */
const refuseNul: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request }) => {
      if (JSON.stringify([request.query, request.variables]).includes('\\u0000')) throw badInput('The query or its variables hold a NUL character; remove it.')
    },
  }),
}

/** Apollo's own lines go to the same log. */
function quiet(log: FastifyBaseLogger) {
  const to = (level: 'debug' | 'info' | 'warn' | 'error') => (message?: unknown) => log[level](String(message))
  return { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') }
}
