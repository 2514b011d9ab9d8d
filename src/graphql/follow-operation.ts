import type { ApolloServerPlugin } from '@apollo/server'
import { SpanKind, trace, type Span } from '@opentelemetry/api'
import type { FastifyBaseLogger } from 'fastify'
import { Kind, type OperationDefinitionNode } from 'graphql'
import { asking, type Asking } from '../telemetry/index.js'
import type { GraphQLContext } from './context.js'

const tracer = trace.getTracer('onrecord')
const MOST_FIELDS = 5
const known = new WeakMap<OperationDefinitionNode, readonly string[]>()

/** Notes with the request what is asked for, as a span too, and answers with 503 where the database did not answer. */
export function followOperation(log: FastifyBaseLogger): ApolloServerPlugin<GraphQLContext> {
  return {
    unexpectedErrorProcessingRequest: async ({ error }) => log.error({ requestId: asking()?.id, err: error }, 'unexpected error'),
    requestDidStart: async () => {
      const request = asking()
      return {
        didResolveOperation: async ({ operation }) => {
          if (request && operation) noteOperation(request, operation)
        },
        executionDidStart: async () => {
          const span = spanOf(request)
          return { executionDidEnd: async () => span.end() }
        },
        willSendResponse: async ({ response }) => {
          // Set when the errors were formatted.
          if (!request?.codes.has('DATABASE_UNAVAILABLE')) return
          response.http.status = 503
          response.http.headers.set('retry-after', '1')
        },
      }
    },
  }
}

export function noteOperation(request: Asking, operation: OperationDefinitionNode): void {
  let fields = known.get(operation)
  if (!fields) known.set(operation, (fields = rootFields(operation)))
  request.operation = operation.operation
  request.fields = fields
}

/** The span in which an operation is run. */
export function spanOf(request: Asking | undefined): Span {
  return tracer.startSpan(request?.operation ?? 'operation', { kind: SpanKind.INTERNAL, attributes: { 'graphql.operation.type': request?.operation ?? '', 'onrecord.fields': [...(request?.fields ?? [])] } })
}

/** Fields of the schema, so that nothing is logged that a client made up. */
function rootFields({ selectionSet }: OperationDefinitionNode): string[] {
  const names = selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []))
  return [...new Set(names)].slice(0, MOST_FIELDS)
}
