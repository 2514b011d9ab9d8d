import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: { readonly type: string; readonly timestamp: string; readonly data: { readonly event: string; readonly story: { readonly id: string; readonly slug: string }; readonly version: number; readonly notice?: string } }
}

/** A partner's server, on a real port. It answers with a status, not at all, or as it is told. */
export class Receiver {
  readonly received: Received[] = []
  answer: number | 'never' | ((response: ServerResponse, received: Received) => void) = 204
  #waiting: (() => void)[] = []

  private constructor(readonly url: string, readonly close: () => Promise<void>) {}

  static async open(port = 0): Promise<Receiver> {
    const server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (text: string) => { body += text }).on('end', () => {
        const received = { headers: request.headers, body, event: JSON.parse(body) as Received['event'] }
        receiver.received.push(received)
        if (typeof receiver.answer === 'function') receiver.answer(response, received)
        else if (receiver.answer !== 'never') response.writeHead(receiver.answer).end()
        receiver.#waiting.splice(0).forEach((wake) => wake())
      })
    })
    await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve) })
    const receiver = new Receiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}/onrecord`, () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections() }))
    return receiver
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  /** What was received, as `event slug version`. */
  get told(): string[] {
    return this.received.map(({ event }) => `${event.data.event} ${event.data.story.slug} ${event.data.version}`)
  }

  /** Resolves once so many have come. */
  async arrivals(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    return this.received
  }
}
