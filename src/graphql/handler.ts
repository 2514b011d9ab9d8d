import { HeaderMap, type ApolloServer, type HTTPGraphQLRequest } from '@apollo/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../access/index.js'
import type { Reads } from '../database/read/index.js'
import { whileAsking, type Asking } from '../telemetry/index.js'
import type { Admitted } from './apollo.js'
import type { GraphQLContext } from './context.js'
import { Deadline } from './deadline.js'
import { noteOperation, spanOf } from './follow-operation.js'
import { OPERATION_TIME } from './limits.js'
import type { OperationExecutor } from './operation-executor.js'
import { parametersOfBody, parametersOfSearch, type Parameters } from './parameters.js'
import { costHeaders, InvalidQuery, type AdmittedQuery, type QueryGate } from './query-gate.js'

export interface HandlerParts {
  readonly apollo: ApolloServer<GraphQLContext>
  readonly executor: OperationExecutor
  readonly gate: QueryGate
  readonly admitted: Admitted
  /** Bytes of the body that came with a request. */
  readonly bytesOf: (request: FastifyRequest) => number
  readonly viewerOf: (request: FastifyRequest) => Viewer
  readonly contextOf: (request: FastifyRequest, deadline: Deadline, reads?: Reads) => GraphQLContext
  /** @throws RATE_LIMITED where the viewer has used up what they may cost. */
  readonly spend: (request: FastifyRequest, cost: number) => void
  /** Milliseconds an operation may take; by viewer where left out. */
  readonly operationTime?: number | undefined
}

/**
 * Answers GraphQL over HTTP: what the gate lets through is run, and answered here where there is nothing to say but data. All else is
 * worded by Apollo: refusals, errors, other content types, queries by GET.
 */
export function graphqlHandler(parts: HandlerParts): (request: FastifyRequest, reply: FastifyReply) => Promise<string> {
  return async (request, reply) => {
    const viewer = parts.viewerOf(request)
    const deadline = new Deadline(parts.operationTime ?? OPERATION_TIME[viewer.kind])
    return deadline.limit(answer(parts, request, reply, viewer, deadline))
  }
}

async function answer(parts: HandlerParts, request: FastifyRequest, reply: FastifyReply, viewer: Viewer, deadline: Deadline): Promise<string> {
  const asked: HTTPGraphQLRequest = { method: request.method, headers: NO_HEADERS, search: '', body: request.body }
  const admission = once(() => {
    const query = admit(parts, request, viewer, asked)
    if (query) for (const [name, value] of costHeaders(query.cost, viewer)) void reply.header(name, value)
    return { query, context: parts.contextOf(request, deadline, query?.reads) }
  })
  if (isPlain(request)) {
    const data = await plainAnswer(parts, admission, request.asking!)
    if (data !== undefined) {
      void reply.header('content-type', PLAIN_TYPE)
      return data
    }
  }
  asked.headers = headersOf(request)
  if (asked.method === 'GET') asked.search = searchOf(request.url)
  // The context comes behind the defence against forged requests, and in front of everything else.
  const worded = await whileAsking(request.asking!, () => parts.apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: asked, context: async () => admission().context }))
  for (const [name, value] of worded.headers) void reply.header(name, value)
  void reply.code(worded.status ?? 200)
  // Nothing of ours is answered in parts: there is no @defer.
  return worded.body.kind === 'complete' ? worded.body.string : ''
}

const NO_HEADERS = new HeaderMap()
/** What Apollo answers these with, too. */
const PLAIN_TYPE = 'application/json; charset=utf-8'
const PLAIN_ACCEPTS: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/json', 'application/json, */*', PLAIN_TYPE])

/** A body of JSON, which no foreign page can send, and whose answer can be JSON. */
function isPlain({ method, headers, body }: FastifyRequest): boolean {
  return method === 'POST' && body !== undefined && PLAIN_ACCEPTS.has(headers.accept)
}

/** The answer's text, or undefined where it is for Apollo to say what is wrong; what was found out by then is not done again. */
async function plainAnswer({ executor }: HandlerParts, admission: () => Admission, asking: Asking): Promise<string | undefined> {
  let admitted: Admission
  try {
    admitted = admission()
  } catch {
    return undefined
  }
  const { query, context } = admitted
  if (!query) return undefined
  noteOperation(asking, query.operation)
  const span = spanOf(asking)
  context.result = executor.run({ ...query, variables: query.parameters.variables }, context)
  try {
    const { data, errors } = await context.result
    return errors ? undefined : `${JSON.stringify({ data })}\n`
  } catch {
    return undefined
  } finally {
    span.end()
  }
}

interface Admission { readonly query: AdmittedQuery | undefined; readonly context: GraphQLContext }

/** The first outcome, again and again: also where that is an error. */
function once<T>(work: () => T): () => T {
  let outcome: (() => T) | undefined
  return () => {
    if (outcome) return outcome()
    try {
      const value = work()
      outcome = () => value
    } catch (error) {
      outcome = () => { throw error }
    }
    return outcome()
  }
}

/** Undefined where the document does not fit the schema: Apollo then says what is wrong with it. */
function admit({ gate, admitted, spend, bytesOf }: HandlerParts, request: FastifyRequest, viewer: Viewer, asked: HTTPGraphQLRequest): AdmittedQuery | undefined {
  const parameters = request.method === 'GET' ? parametersOfSearch(searchOf(request.url)) : parametersOfBody(request.body)
  try {
    const query = gate.admit(parameters, { viewer, transport: request.method === 'GET' ? 'GET' : 'POST', bytes: bytesOf(request) })
    admitted.set(asked, query)
    spend(request, query.cost)
    asked.body = bodyOf(query.text, parameters)
    return query
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    asked.body = bodyOf(error.text, parameters)
    return undefined
  } finally {
    asked.method = 'POST'
    asked.search = ''
  }
}

/** Without what was resolved already: hashes of documents, and parameters that mean nothing here. */
function bodyOf(query: string, { operationName, variables }: Parameters): object {
  return { query, operationName: operationName ?? null, variables }
}

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(headers)) if (value) map.set(name, Array.isArray(value) ? value.join(', ') : value)
  return map
}

function searchOf(url: string): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}
