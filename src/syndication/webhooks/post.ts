import { lookup as systemLookup } from 'node:dns/promises'
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { hostOf, mayConnect, urlProblem, type AddressRules, type Lookup } from './endpoint-url.js'

/** Why nothing was answered; never with words of the receiver's. */
export type PostFailure = 'REFUSED_ADDRESS' | 'TIMED_OUT' | 'TLS' | 'UNREACHABLE'
export type PostResult = { readonly status: number; readonly retryAfter?: number | undefined } | { readonly failure: PostFailure }

export interface PostParts extends AddressRules {
  /** The system's where left out. */
  readonly lookup?: Lookup | undefined
  /** Milliseconds from the first step to the end of the answer. */
  readonly patience?: number
  readonly signal?: AbortSignal
}

export const PATIENCE = 10_000
/** Bytes of an answer that are read; nothing is done with them, but a receiver may need to be rid of them before it is done. */
const MOST_ANSWER = 4 * 1024
const MOST_HEADERS = 8 * 1024

export const lookupAll: Lookup = (host) => systemLookup(host, { all: true })

class RefusedAddress extends Error {}

/**
 * Posts a body to somebody else's server. The address that is connected to is the one that was checked: the host is looked up here, once, and
 * every address of it must be allowed, so that a host which changes its address in between gains nothing. Redirects are not followed, no
 * proxy is asked, and no connection is kept.
 */
export async function post(to: string, body: string, headers: Readonly<Record<string, string>>, parts: PostParts): Promise<PostResult> {
  if (urlProblem(to, parts) !== undefined) return { failure: 'REFUSED_ADDRESS' }
  const url = new URL(to)
  const { patience = PATIENCE } = parts
  const attempt = new AbortController()
  let isLate = false
  // One limit for all of it: a receiver that sends a byte a second is as slow as one that sends none.
  const timer = setTimeout(() => { isLate = true; attempt.abort() }, patience)
  const stop = () => attempt.abort()
  parts.signal?.addEventListener('abort', stop)
  if (parts.signal?.aborted) stop()
  try {
    return await sent(url, body, headers, parts, attempt.signal)
  } catch (error) {
    return { failure: isLate ? 'TIMED_OUT' : failureOf(error) }
  } finally {
    clearTimeout(timer)
    parts.signal?.removeEventListener('abort', stop)
  }
}

function sent(url: URL, body: string, headers: Readonly<Record<string, string>>, parts: PostParts, signal: AbortSignal): Promise<PostResult> {
  const isTls = url.protocol === 'https:'
  const host = hostOf(url)
  const options: RequestOptions = {
    protocol: url.protocol, host, port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port), path: `${url.pathname}${url.search}`, method: 'POST', signal, maxHeaderSize: MOST_HEADERS,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
    lookup: checkedLookup(parts), agent: isTls ? new HttpsAgent({ rejectUnauthorized: true, keepAlive: false }) : new HttpAgent({ keepAlive: false }),
    ...(isTls && isIP(host) === 0 && { servername: host.replace(/\.$/, '') }),
  }
  return new Promise((resolve, reject) => {
    const request: ClientRequest = (isTls ? httpsRequest : httpRequest)(options)
    request.once('error', reject).once('socket', (socket: Socket) => socket.once('connect', () => {
      // The second lock on the door: whatever led here, this is where the body would go.
      if (!mayConnect(socket.remoteAddress ?? '', parts)) request.destroy(new RefusedAddress())
    }))
    request.once('response', (answer) => readLittle(answer, resolve, reject)).end(body)
  })
}

function readLittle(answer: IncomingMessage, resolve: (result: PostResult) => void, reject: (error: Error) => void): void {
  let left = MOST_ANSWER
  const after = answer.headers['retry-after']
  const result = { status: answer.statusCode!, ...(after !== undefined && /^\d{1,7}$/.test(after) && { retryAfter: Number(after) }) }
  answer.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left > 0) return
    resolve(result)
    answer.destroy()
  })
  answer.once('end', () => resolve(result)).once('error', reject)
}

/** Node asks it when it connects, and connects to what it gives. Of an address in figures it asks nothing; those `urlProblem` has seen. */
function checkedLookup({ lookup = lookupAll, ...rules }: PostParts): LookupFunction {
  const addressesOf = async (host: string) => {
    const found = await lookup(host)
    if (found.length === 0) throw new Error('no address')
    if (!found.every(({ address }) => mayConnect(address, rules))) throw new RefusedAddress()
    return found
  }
  return (host, options, tell) => {
    addressesOf(host).then((found) => (options.all ? tell(null, [...found]) : tell(null, found[0]!.address, found[0]!.family)), (error: NodeJS.ErrnoException) => tell(error, []))
  }
}

function failureOf(error: unknown): PostFailure {
  if (error instanceof RefusedAddress) return 'REFUSED_ADDRESS'
  const { code = '' } = error as NodeJS.ErrnoException
  return /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code) ? 'TLS' : 'UNREACHABLE'
}
