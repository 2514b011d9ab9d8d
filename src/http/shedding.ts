import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refused } from '../graphql/limits.js'

export interface SheddingSettings {
  /** Requests of one contract that are answered at a time; more are turned away. */
  readonly mostInFlight?: number
  /** Milliseconds that the event loop may be late, on average over half a second. */
  readonly mostDelay?: number
}

export const MOST_IN_FLIGHT = 512
export const MOST_DELAY = 1_000
const RETRY_AFTER = '2'
const SAMPLE = 500
/** Staff are let through for longer: a kill or a hold must come through while readers are turned away. */
const RESERVE_OF_STAFF = 4

/**
 * Turns requests away while the process has more to do than it can, before anything of them is read (threat D5). Each contract has a
 * count of its own, so that readers cannot take the places of staff.
 */
export class Shedding {
  readonly #mostInFlight: number
  readonly #mostDelay: number | undefined
  readonly #inFlight = { PUBLIC: 0, NEWSROOM: 0 }
  readonly #counted = new WeakSet<FastifyReply>()
  #delay = 0

  constructor(fastify: FastifyInstance, { mostInFlight = MOST_IN_FLIGHT, mostDelay }: SheddingSettings = {}) {
    this.#mostInFlight = mostInFlight
    this.#mostDelay = mostDelay
    if (mostDelay !== undefined) this.#watch(fastify)
  }

  /** Counts a request until its answer is out, or its connection is gone. @throws OVERLOADED */
  admit(contract: 'PUBLIC' | 'NEWSROOM', _request: FastifyRequest, reply: FastifyReply): void {
    if (this.turnsAway(contract)) throw refused('OVERLOADED', 503, `The server has more to do than it can: ${this.#mostInFlight} requests are under way, or they wait too long. Try again in ${RETRY_AFTER} seconds.`, [['retry-after', RETRY_AFTER]])
    this.#inFlight[contract] += 1
    this.#counted.add(reply)
    reply.raw.once('close', () => this.release(contract, reply))
  }

  /** Counts an answer no more that goes on for as long as its reader likes. */
  release(contract: 'PUBLIC' | 'NEWSROOM', reply: FastifyReply): void {
    if (this.#counted.delete(reply)) this.#inFlight[contract] -= 1
  }

  /** Whether there is no place for one more. */
  turnsAway(contract: 'PUBLIC' | 'NEWSROOM'): boolean {
    const reserve = contract === 'NEWSROOM' ? RESERVE_OF_STAFF : 1
    return (this.#mostDelay !== undefined && this.#delay > this.#mostDelay * reserve) || this.#inFlight[contract] >= this.#mostInFlight
  }

  #watch(fastify: FastifyInstance): void {
    const delays = monitorEventLoopDelay({ resolution: 20 })
    delays.enable()
    const timer = setInterval(() => {
      this.#delay = delays.count > 0 ? delays.mean / 1e6 : 0
      delays.reset()
    }, SAMPLE).unref()
    fastify.addHook('onClose', async () => {
      clearInterval(timer)
      delays.disable()
    })
  }
}
