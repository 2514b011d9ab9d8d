import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Headers that belong to an upgrade, beside those that "connection" names. */
const OF_AN_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'http2-settings'])

/** Whether a request asks for the one protocol that there is beside HTTP/1.1. */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return (headers.upgrade ?? '').split(',').some((protocol) => protocol.trim().toLowerCase() === 'websocket')
}

/**
 * Answers a request that asks for another protocol as if it did not (RFC 9110, 7.8). Node has let go of the socket by then and read no
 * body: it is given the same bytes again, without what asked for the upgrade.
 */
export function ignoreUpgrade(server: Server, { method, url, httpVersion, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at]!, rawHeaders[at + 1]!]
    if (OF_AN_UPGRADE.has(name.toLowerCase())) continue
    if (name.toLowerCase() !== 'connection') lines.push(`${name}: ${value}`)
    else {
      const kept = value.split(',').map((option) => option.trim()).filter((option) => option !== '' && !OF_AN_UPGRADE.has(option.toLowerCase()))
      if (kept.length > 0) lines.push(`${name}: ${kept.join(', ')}`)
    }
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  server.emit('connection', socket)
}
