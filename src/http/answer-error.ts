import { GraphQLError } from 'graphql'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { publicError } from '../graphql/apollo.js'
import { databaseUnavailable } from '../graphql/errors.js'
import { isUnavailable } from '../database/index.js'
import { Asking, errorBody } from '../telemetry/index.js'

/** Fastify's own refusals, in our words. */
const FRAMEWORK: Readonly<Record<string, readonly [status: number, code: string, message: (request: FastifyRequest) => string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'PAYLOAD_TOO_LARGE', (request) => `The body is larger than ${request.routeOptions.bodyLimit} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'UNSUPPORTED_MEDIA_TYPE', () => 'Send the body as "content-type: application/json", in UTF-8.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'BAD_REQUEST', () => 'The body is not as long as "content-length" says.'],
  FST_ERR_BAD_URL: [400, 'BAD_REQUEST', () => 'The address is not percent-encoded UTF-8.'],
}

/** What goes wrong in front of GraphQL, in the form of a GraphQL error all the same. */
export function answerError(thrown: Error & { statusCode?: number; code?: string }, request: FastifyRequest, reply: FastifyReply) {
  // With a status, it is Fastify's: a client that went away in the middle of its body is no database that did.
  const error = thrown.statusCode === undefined && isUnavailable(thrown) ? databaseUnavailable(thrown) as typeof thrown : thrown
  const known = FRAMEWORK[error.code ?? '']
  if (known) return reply.code(known[0]).send(errorBody(request, known[1], known[2](request)))
  const status = error.statusCode ?? 500
  if (!(error instanceof GraphQLError) && status < 500) return reply.code(status).send(errorBody(request, 'BAD_REQUEST', 'The request cannot be read.'))
  const extensions = error instanceof GraphQLError ? { ...error.extensions } : {}
  const told = publicError({ message: error.message, extensions }, error, request.server.log, request.asking ?? new Asking(request.id))
  const { http } = extensions as { http?: { status?: number; headers?: Iterable<readonly [string, string]> } }
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value)
  return reply.code(http?.status ?? (told.extensions?.['code'] === 'DATABASE_UNAVAILABLE' ? 503 : 500)).send({ errors: [told] })
}

/** The code of what goes wrong after an answer has begun; what is a bug, or the database's trouble, is logged as ever. */
export function codeTold(thrown: unknown, request: FastifyRequest): string {
  const error = isUnavailable(thrown) ? databaseUnavailable(thrown) : thrown as Error
  const extensions = error instanceof GraphQLError ? { ...error.extensions } : {}
  return String(publicError({ message: error.message, extensions }, error, request.log, request.asking ?? new Asking(request.id)).extensions?.['code'])
}
