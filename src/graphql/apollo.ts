import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled'
import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { isDataException, isUnavailable, RESTRICTED_TEXT, refusalOf } from '../database/index.js'
import type { Contract, GraphQLContext } from './context.js'
import { SORRY, UNAVAILABLE } from './errors.js'
import { followOperation } from './follow-operation.js'
import { CALLER_CODES } from './limits.js'
import { MOST_ERRORS, type AdmittedQuery } from './query-gate.js'
import { asking, type Asking } from '../telemetry/index.js'
import type { OperationExecutor } from './operation-executor.js'
import { schemas } from './schemas.js'

type GatewayInterface = ApolloServerOptionsWithGateway<GraphQLContext>['gateway']

/** What the gate let through, by the request it came with. */
export type Admitted = WeakMap<object, AdmittedQuery>

/** The server of one contract. What was admitted is not parsed and validated again; what was not is, and is told what is wrong with it. */
export function apolloServer(contract: Contract, fastify: FastifyInstance, admitted: Admitted, executor: OperationExecutor): ApolloServer<GraphQLContext> {
  const takeAdmitted: ApolloServerPlugin<GraphQLContext> = {
    requestDidStart: async () => ({
      didResolveSource: async (request) => {
        const query = request.request.http && admitted.get(request.request.http)
        // Apollo reads it back from there; its types give only the one that it parsed.
        if (query) (request as { document?: unknown }).document = query.document
      },
    }),
  }
  return new ApolloServer<GraphQLContext>({
    gateway: executing(contract, executor),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled(), followOperation(fastify.log), takeAdmitted],
    csrfPrevention: true,
    persistedQueries: false,
    // All as if NODE_ENV were "production", whether or not it is.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    documentStore: null,
    validationOptions: { maxErrors: MOST_ERRORS, hideSuggestions: true },
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => publicError(formatted, error, fastify.log, asking()!),
    logger: quiet(fastify.log),
  })
}

/** Apollo leaves running an operation to a gateway, where it has one: so errors and headers stay its own, whoever runs it. */
function executing(contract: Contract, executor: OperationExecutor): GatewayInterface {
  let onSchema: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] | undefined
  return {
    onSchemaLoadOrUpdate: (listener) => {
      onSchema = listener
      return () => undefined
    },
    load: async () => {
      onSchema?.({ apiSchema: schemas()[contract], coreSupergraphSdl: '' })
      return {
        executor: ({ document, operation, source, request, context }) => {
          const given = context as GraphQLContext
          return given.result ?? executor.run({ text: source, document, operation, introspects: true, variables: request.variables ?? {} }, given)
        },
      }
    },
    stop: async () => undefined,
  }
}

/** Codes whose messages are written for the caller. Everything else is a bug, and is told as one. */
const FOR_THE_CALLER: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT', 'BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE', 'UNAUTHENTICATED', 'AUTHENTICATION_UNAVAILABLE', 'FORBIDDEN',
  'CHANGES_MISSED', ...CALLER_CODES,
])

/** A message repeats what was sent, and what was sent may be long. */
const MOST_MESSAGE = 600

/** I4: the answer tells a bug by the request's id alone; where it is, is in the log, under that id. */
export function publicError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger, request: Pick<Asking, 'id' | 'codes'>): GraphQLFormattedError {
  const { locations, path } = formatted
  const told = (code: string, message: string) => {
    request.codes.add(code)
    return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code, requestId: request.id } }
  }
  const code = formatted.extensions?.['code']
  if (FOR_THE_CALLER.has(code)) return told(code as string, plainly(formatted.message))
  const original = (error as { originalError?: unknown }).originalError ?? error
  if (code === 'DATABASE_UNAVAILABLE' || isUnavailable(original)) {
    log.warn({ requestId: request.id, err: original }, 'the database did not answer')
    return told('DATABASE_UNAVAILABLE', UNAVAILABLE)
  }
  const refusal = refusalOf(original)
  if (refusal?.code === RESTRICTED_TEXT) return told('BAD_USER_INPUT', 'An argument holds a NUL character; remove it.')
  // Still a bug: it should have been told before the database was asked.
  log.error({ requestId: request.id, ...fieldOf(error), err: original }, 'unexpected error')
  if (refusal && isDataException(refusal)) return told('BAD_USER_INPUT', 'An argument is out of the range of its type. Check numbers and instants.')
  return told('INTERNAL_SERVER_ERROR', SORRY)
}

/** The field of the schema that failed. Not its path: names in that are the client's own. */
function fieldOf(error: unknown): { field?: string } {
  const node = error instanceof GraphQLError && error.path ? error.nodes?.[0] : undefined
  return node?.kind === Kind.FIELD ? { field: node.name.value } : {}
}

/** S10: no hint at what else the schema holds, from validation, from coercion of variables, or from a library below them. What was sent is repeated without words of JavaScript's. */
function plainly(message: string): string {
  const plain = message.replace(/,? ?\bdid you mean [\s\S]*$/i, '').replaceAll('[Object]', '{…}').replaceAll('[Array]', '[…]')
  return plain.length > MOST_MESSAGE ? `${plain.slice(0, MOST_MESSAGE).replace(/[\uD800-\uDBFF]$/, '')}…` : plain
}

/** Apollo's own lines go to the same log, without its words: it puts errors' messages into them. */
function quiet(log: FastifyBaseLogger) {
  const to = (level: 'debug' | 'info' | 'warn' | 'error') => (told?: unknown) => log[level]({ ...(told instanceof Error && { err: told }) }, 'the GraphQL server says so')
  return { debug: to('debug'), info: to('info'), warn: to('warn'), error: to('error') }
}
