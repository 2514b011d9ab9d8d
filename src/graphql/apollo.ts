import { randomUUID } from 'node:crypto'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled'
import { BREAK, GraphQLError, visit, type DocumentNode, type GraphQLFormattedError } from 'graphql'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { RESTRICTED_TEXT, refusalOf } from '../database/index.js'
import type { Contract, GraphQLContext } from './context.js'
import { badRequest } from './errors.js'
import { schemas } from './schemas.js'

/** The server of one contract. */
export function apolloServer(contract: Contract, fastify: FastifyInstance): ApolloServer<GraphQLContext> {
  return new ApolloServer<GraphQLContext>({
    schema: schemas()[contract],
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled(), refuseUnfit],
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
  'CHANGES_MISSED',
  // Clients that send a hash first fall back to the whole query on this code.
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** I4: details of a bug are in the log, under the id; never in the answer. */
export function publicError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger): GraphQLFormattedError {
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

/** PostgreSQL stores no NUL, so no query with one can mean anything; and one answer cannot be many. */
const refuseUnfit: ApolloServerPlugin<GraphQLContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ request, document, operation, contextValue }) => {
      if (operation?.operation === 'mutation' && contextValue.contract === 'PUBLIC') throw badRequest('This contract has no mutations: it is read only.')
      if (operation?.operation === 'subscription') throw badRequest(contextValue.contract === 'PUBLIC' ? 'This contract has no subscriptions.' : 'A subscription needs a connection that stays: use WebSocket at the same address, with the protocol "graphql-transport-ws".')
      if (holdsNul(request.variables) || literalHoldsNul(request.query ?? '', document)) {
        throw new GraphQLError('The query or its variables hold a NUL character; remove it.', { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } })
      }
    },
  }),
}

/** In a string anywhere in the value, names included, however deep. The six characters of the escape sequence themselves are no NUL. */
function holdsNul(whole: unknown): boolean {
  const values = [whole]
  while (values.length > 0) {
    const value = values.pop()
    if (typeof value === 'string' && value.includes('\0')) return true
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\0')) return true
      values.push(inner)
    }
  }
  return false
}

/** As itself or escaped. Documents are walked only where there is reason to. */
function literalHoldsNul(query: string, document: DocumentNode): boolean {
  if (!/\0|\\u(0000|\{0+\})/.test(query)) return false
  let found = false
  visit(document, { StringValue: ({ value }) => { if (value.includes('\0')) { found = true; return BREAK } return undefined } })
  return found
}

/** Apollo's own lines go to the same log. */
function quiet(log: FastifyBaseLogger) {
  const to = (level: 'debug' | 'info' | 'warn' | 'error') => (message?: unknown) => log[level](String(message))
  return { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') }
}
