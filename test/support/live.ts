import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { PATHS } from '../../src/server.js'
import type { TestNewsroom } from './newsroom.js'

/** A client of the newsroom contract over WebSocket. */
export function liveClient(newsroom: TestNewsroom, authorization: string | undefined, closed?: (code: number) => void): Client {
  return createClient({ url: newsroom.url.replace('http', 'ws') + PATHS.NEWSROOM, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0, on: { closed: (event) => closed?.((event as { code: number }).code) } })
}

/** Events as they come; resolves when the server listens. */
export async function listenTo(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const stream = client.iterate<any>({ query, variables })
  const next = async () => (await stream.next()).value
  let first: Promise<any> | undefined = next()
  // Nothing tells a client that its subscription is made.
  await new Promise((resolve) => { setTimeout(resolve, 300) })
  return { next: () => { const given = first ?? next(); first = undefined; return given } }
}
