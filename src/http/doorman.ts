import type { FastifyRequest } from 'fastify'
import { viewerKey, type Viewer } from '../access/index.js'
import { refused } from '../graphql/limits.js'
import { addressKey, COST_OF_A_REQUEST, isLoopback, type Rate, RateLimiter } from './rate-limiter.js'

/** Requests a minute for each kind of viewer; what is left out is not limited. */
export interface Rates {
  readonly viewers: Readonly<Record<Viewer['kind'], Rate>>
  /** Keys and tokens in a minute that are not valid, from one address. */
  readonly failures: number
}

/** Knows who sent each request, and how much they may send. What one viewer uses up is nobody else's loss (threat D6). */
export class Doorman {
  readonly #viewers = new WeakMap<FastifyRequest, Viewer>()
  readonly #requests: RateLimiter
  readonly #costs: RateLimiter
  readonly #failures: RateLimiter

  constructor(now: () => Date, private readonly rates: Rates | undefined) {
    this.#requests = new RateLimiter(now)
    this.#costs = new RateLimiter(now)
    this.#failures = new RateLimiter(now)
  }

  /** Finds out who asks, before the body is read. @throws RATE_LIMITED, or what `identify` throws */
  async admit(request: FastifyRequest, identify: (authorization: string | undefined) => Promise<Viewer>): Promise<void> {
    const viewer = await identify(request.headers.authorization).catch((error: unknown) => {
      if (this.rates && request.headers.authorization !== undefined && isUnknown(error)) turnAway(this.#failures.take(addressKey(request.ip), this.rates.failures), `from this address ${this.rates.failures} keys that are not valid`)
      throw error
    })
    this.#viewers.set(request, viewer)
    request.asking?.isOf(viewer)
    const limit = this.#limitOf(viewer, request)
    if (limit) turnAway(this.#requests.take(keyOf(viewer, request), limit), `${limit} requests`)
  }

  /** By what a request's viewer is counted. */
  keyOf(request: FastifyRequest): string {
    return keyOf(this.viewerOf(request), request)
  }

  /** Takes what is spent, or says how many seconds it takes until there is enough. */
  secondsUntil(request: FastifyRequest, cost: number): number {
    const viewer = this.viewerOf(request)
    const limit = this.#limitOf(viewer, request)
    return limit ? this.#costs.take(keyOf(viewer, request), limit * COST_OF_A_REQUEST, cost) : 0
  }

  viewerOf(request: FastifyRequest): Viewer {
    return this.#viewers.get(request)!
  }

  /** Counts what an operation costs, once that is known. @throws RATE_LIMITED */
  spend(request: FastifyRequest, cost: number): void {
    const viewer = this.viewerOf(request)
    const limit = this.#limitOf(viewer, request)
    if (limit) turnAway(this.#costs.take(keyOf(viewer, request), limit * COST_OF_A_REQUEST, cost), `operations for a cost of ${limit * COST_OF_A_REQUEST}`)
  }

  /** Counts a request whose answer is ready. Whether it may be sent; where it may not, nothing was counted. */
  takes(viewer: Viewer, ip: string, cost: number): boolean {
    const limit = this.#limitOf(viewer, { ip })
    if (!limit) return true
    const key = keyOf(viewer, { ip })
    if (this.#requests.take(key, limit) > 0) return false
    if (this.#costs.take(key, limit * COST_OF_A_REQUEST, cost) === 0) return true
    this.#requests.giveBack(key, 1)
    return false
  }

  #limitOf({ kind }: Viewer, { ip }: Pick<FastifyRequest, 'ip'>): number | undefined {
    const rate = this.rates?.viewers[kind]
    return rate && (rate.countsLoopback || !isLoopback(ip)) ? rate.requests : undefined
  }
}

function keyOf(viewer: Viewer, { ip }: Pick<FastifyRequest, 'ip'>): string {
  return viewerKey(viewer) ?? `reader:${addressKey(ip)}`
}

function turnAway(seconds: number, what: string): void {
  if (seconds > 0) throw refused('RATE_LIMITED', 429, `You may send ${what} a minute. Try again in ${seconds} seconds.`, [['retry-after', String(seconds)]])
}

function isUnknown(error: unknown): boolean {
  return (error as { extensions?: { code?: unknown } }).extensions?.code === 'UNAUTHENTICATED'
}
