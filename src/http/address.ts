import type { IncomingMessage } from 'node:http'
import proxyAddress from '@fastify/proxy-addr'

/** Whose word on the address of a reader is taken: proxies by address, or how many there are in front. */
export type TrustedProxies = readonly string[] | number | undefined

/** The same as Fastify takes it. */
export function trustIn(proxies: TrustedProxies): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof proxies === 'number') return (_address, hop) => hop < proxies
  return proxies === undefined || proxies.length === 0 ? false : [...proxies]
}

/** The address of who sends a request, as Fastify tells it. */
export function addressesBehind(proxies: TrustedProxies): (request: IncomingMessage) => string {
  const trust = trustIn(proxies)
  if (trust === false) return (request) => request.socket.remoteAddress ?? ''
  const trusts = Array.isArray(trust) ? proxyAddress.compile(trust) : (trust as (address: string, hop: number) => boolean)
  return (request) => proxyAddress.all(request, trusts).at(-1) ?? ''
}
