import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Asking } from './asking.js'

/** From a cached page to a check of a large text. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * What the operator sees of one server. Labels are words of the program: contracts, types of operations, statuses, codes. None comes
 * from a document, a partner or a client, so that nothing leaks and their number is bounded (I4).
 */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests = new Counter({ name: 'onrecord_requests_total', help: 'Requests that were answered, or given up by the client (status 499).', labelNames: ['contract', 'operation', 'status'], registers: [this.#registry] })
  readonly #seconds = new Histogram({ name: 'onrecord_request_duration_seconds', help: 'Time from the head of a request to the end of its answer.', labelNames: ['contract', 'operation'], buckets: SECONDS, registers: [this.#registry] })
  readonly #errors = new Counter({ name: 'onrecord_errors_total', help: 'Answers that held an error of this code.', labelNames: ['contract', 'code'], registers: [this.#registry] })
  readonly #inFlight = new Gauge({ name: 'onrecord_requests_in_flight', help: 'Requests that are being answered.', registers: [this.#registry] })

  begin(): void {
    this.#inFlight.inc()
  }

  end(request: Asking, status: number, seconds: number): void {
    this.#inFlight.dec()
    const [contract, operation] = [request.contract ?? 'NONE', request.operation ?? 'none']
    this.#requests.inc({ contract, operation, status })
    this.#seconds.observe({ contract, operation }, seconds)
    this.errors(request)
  }

  /** Counts the codes of an answer; for one over WebSocket alone, where nothing ends. */
  errors(request: Pick<Asking, 'contract' | 'codes'>): void {
    for (const code of request.codes) this.#errors.inc({ contract: request.contract ?? 'NONE', code })
  }

  /** A number that is looked up whenever somebody asks for the metrics. With labels, one for each. */
  gauge(name: string, help: string, read: () => number | Readonly<Record<string, number>>, label = 'state'): void {
    new Gauge({
      name, help, labelNames: [label], registers: [this.#registry],
      collect() {
        const now = read()
        if (typeof now === 'number') this.set(now)
        else for (const [value, number] of Object.entries(now)) this.set({ [label]: value }, number)
      },
    })
  }

  /** Memory, processor, event loop and garbage collection of the process. Once for a process. */
  ofProcess(): void {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** In the text format of Prometheus. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() }
  }
}

/** Serves the metrics at an address of their own, so that no reader of the API can come by them. */
export async function serveMetrics(metrics: Metrics, place: { readonly port: number; readonly host: string }): Promise<{ readonly address: string; close(): Promise<void> }> {
  metrics.ofProcess()
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(({ type, body }) => response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body), () => response.writeHead(500).end())
  })
  await listening(server, place)
  const { address, port, family } = server.address() as AddressInfo
  return {
    address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}

function listening(server: Server, place: { readonly port: number; readonly host: string }): Promise<void> {
  return new Promise((resolve, reject) => { server.once('error', reject).listen(place.port, place.host, () => resolve()) })
}
