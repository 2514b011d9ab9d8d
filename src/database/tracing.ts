import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('onrecord')
const statements = new WeakMap<object, string>()

/**
 * Runs one statement as a span, for whoever registered an OpenTelemetry SDK; without one it is nothing. The span bears the statement's
 * name: neither its text nor a value (I4).
 */
export async function traced<T>(statement: string, run: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(statement, { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', 'db.query.summary': statement } })
  try {
    return await run()
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR })
    if (typeof error === 'object' && error !== null) statements.set(error, statement)
    throw error
  } finally {
    span.end()
  }
}

/** Name of the statement that threw an error, for the log: what the database says in words may hold a story's. */
export function statementOf(error: object): string | undefined {
  return statements.get(error)
}
