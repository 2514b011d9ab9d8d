import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../access/index.js'
import { compress, encodingFor, FEWEST_BYTES } from './encoding.js'
import type { RecordTaken, Taken } from '../graphql/record-takings.js'
import type { Miss } from './answer-cache.js'
import { surrogateKeys } from './surrogate-keys.js'
import { etagOf, isKnown, NOT_KEPT, PRIVATE, SHARED, VARY } from './manners.js'

export interface PublicAnswersParts {
  readonly viewerOf: (request: FastifyRequest) => Viewer | undefined
  /** Where an answer is wanted, to be kept. */
  readonly missOf: (request: FastifyRequest) => Miss | undefined
  readonly recordTaken: RecordTaken
  /** Where the stories' own addresses begin. */
  readonly stories: string
}

/** Of every request alone, or decided anew for every answer. */
const NOT_REPEATED: ReadonlySet<string> = new Set(['x-request-id', 'content-length', 'content-encoding', 'connection', 'date', 'transfer-encoding'])

/**
 * The last thing that happens to an answer of the public contract: what caches are told of it, its ETag, what is left out or compressed,
 * and that it is kept. Runs as Fastify's `onSend`.
 */
export function publicAnswers(parts: PublicAnswersParts) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
    const hasCredential = request.headers.authorization !== undefined
    const isGood = reply.statusCode === 200 && request.asking?.codes.size === 0
    reply.header('vary', VARY)
    if (hasCredential || !reply.hasHeader('cache-control')) reply.header('cache-control', hasCredential ? PRIVATE : isGood ? SHARED : NOT_KEPT)
    if (reply.getHeader('cache-control') === SHARED) {
      const keys = surrogateKeys(request.asking!.taken.keys(), request.url.startsWith(parts.stories))
      reply.header('surrogate-key', keys.join(' ')).header('cache-tag', keys.join(','))
    }
    if (hasCredential && reply.statusCode === 401) reply.header('www-authenticate', 'Bearer')
    const viewer = parts.viewerOf(request)
    const taken = takenOf(request)
    if (viewer?.kind === 'PARTNER' && reply.statusCode === 200 && taken.length > 0) await parts.recordTaken(viewer, taken)
    if (!isGood || typeof payload !== 'string' || !viewer) {
      parts.missOf(request)?.settle(undefined)
      return payload
    }
    const encoding = mayCompress(viewer, payload) ? encodingFor(request.headers['accept-encoding'] as string | undefined) : undefined
    const miss = parts.missOf(request)
    // As bytes only where these are wanted: Node sends a text with its head in one piece.
    const bytes = miss || encoding ? Buffer.from(payload) : undefined
    // An answer to a POST stands for no address, so there is nothing to compare it with later.
    const etag = request.method === 'POST' ? undefined : etagOf(bytes ?? payload)
    if (etag !== undefined) reply.header('etag', etag)
    const { operation, fields } = request.asking!
    const cost = Number(reply.getHeader('x-query-cost') ?? 0)
    miss?.settle(request.asking!.mayBeKept() ? { body: bytes!, headers: headersOf(reply), etag, viewer, cost, operation: operation === 'query' ? operation : undefined, fields, taken } : undefined)
    if (isKnown(etag, request.headers['if-none-match'])) {
      reply.code(304)
      return null
    }
    if (encoding === undefined) return bytes ?? payload
    reply.header('content-encoding', encoding)
    return compress(bytes!, encoding)
  }
}

/**
 * What is sent with a credential is never compressed. Such an answer may hold what only this partner reads beside what an attacker made
 * the client ask for (aliases, arguments), and its compressed length would tell how much the two have in common (BREACH). Everybody may
 * read the rest.
 */
function mayCompress(viewer: Viewer, body: string): boolean {
  return viewer.kind === 'READER' && Buffer.byteLength(body) >= FEWEST_BYTES
}

function takenOf({ asking }: FastifyRequest): Taken[] {
  return [...(asking?.taken ?? [])].map(([storyId, version]) => ({ storyId, version }))
}

function headersOf(reply: FastifyReply): string[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) => (NOT_REPEATED.has(name) || value === undefined ? [] : [name, String(value)]))
}
