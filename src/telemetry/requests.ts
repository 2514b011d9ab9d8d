import { randomUUID } from 'node:crypto'
import { context, SpanKind, trace } from '@opentelemetry/api'
import { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions, type RouteHandlerMethod } from 'fastify'
import type { Logger } from 'pino'
import { Asking } from './asking.js'
import type { Metrics } from './metrics.js'

declare module 'fastify' {
  interface FastifyRequest {
    asking: Asking | null
  }
}

const tracer = trace.getTracer('onrecord')
/** As nginx counts requests whose client did not wait. */
const GONE = 499

/** Fastify's settings for our log and our ids: random, and taken from no header. */
export function requestSettings(log: Logger, newRequestId: () => string = randomUUID) {
  return {
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newRequestId(),
  } satisfies FastifyServerOptions
}

/** Follows every request from its head to the end of its answer: its id, its line in the log, its counts. */
export function watchRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.decorateRequest('asking', null)
  fastify.addHook('onRequest', async (request, reply) => begin(request, reply, metrics))
}

/** Begins what `watchRequests` does, for a request that Fastify refuses before its hooks. */
export function begin(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  if (request.asking) return
  const asking = new Asking(request.id)
  const since = performance.now()
  request.asking = asking
  void reply.header('x-request-id', request.id)
  metrics.begin()
  let isDone = false
  const done = (status: number) => {
    if (isDone) return
    isDone = true
    // The pattern of the route, never the address: queries stand in it.
    noteAnswer(request.server.log, metrics, asking, { method: request.method, route: request.routeOptions.url ?? 'none', status, ms: performance.now() - since })
  }
  reply.raw.once('finish', () => done(reply.statusCode)).once('close', () => done(GONE))
}

/** Counts an answer that is out, and writes its line in the log. */
export function noteAnswer(log: Pick<FastifyBaseLogger, 'info'>, metrics: Metrics, asking: Asking, { method, route, status, ms }: { readonly method: string; readonly route: string; readonly status: number; readonly ms: number }): void {
  metrics.end(asking, status, ms / 1000)
  const { contract, viewer, operation, fields, cost } = asking
  log.info({
    requestId: asking.id, method, route, status, ms: Math.round(ms * 10) / 10,
    ...(contract && { contract }), ...(viewer && { viewer }), ...(operation && { operation, fields }), ...(cost !== undefined && { cost }), ...(asking.codes.size > 0 && { codes: [...asking.codes] }),
  }, 'request')
}

/** A span for an answer that is out, where no handler made one. */
export function traceAnswer(asking: Asking, { method, route, status, ms }: { readonly method: string; readonly route: string; readonly status: number; readonly ms: number }): void {
  const attributes = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status, 'onrecord.request_id': asking.id }
  tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, startTime: Date.now() - ms, attributes }).end()
}

/** A handler within a span, for whoever registered an OpenTelemetry SDK. */
export function answering(handler: RouteHandlerMethod): RouteHandlerMethod {
  return async function answered(request, reply) {
    const span = tracer.startSpan(`${request.method} ${request.routeOptions.url}`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'http.route': request.routeOptions.url ?? '', 'onrecord.request_id': request.id } })
    try {
      return await context.with(trace.setSpan(context.active(), span), () => handler.call(this, request, reply) as Promise<unknown>)
    } finally {
      span.setAttribute('http.response.status_code', reply.statusCode)
      span.end()
    }
  }
}
