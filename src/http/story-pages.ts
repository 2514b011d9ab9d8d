import type { FastifyReply, FastifyRequest } from 'fastify'
import { execute, getOperationAST, type DocumentNode } from 'graphql'
import type { Viewer } from '../access/index.js'
import type { GraphQLContext } from '../graphql/context.js'
import { costOf } from '../graphql/cost.js'
import { Deadline } from '../graphql/deadline.js'
import { OPERATION_TIME } from '../graphql/limits.js'
import { costHeaders } from '../graphql/query-gate.js'
import { schemas } from '../graphql/schemas.js'
import { errorBody } from '../telemetry/index.js'
import { preferred } from './negotiation.js'
import { noteHtml, PAGE_POLICY, storyHtml, tombstoneHtml } from './story-html.js'
import { STORY_QUERY, TOMBSTONE_QUERY, type StoryPage, type TombstonePage } from './story-query.js'

export interface StoryPagesParts {
  readonly viewerOf: (request: FastifyRequest) => Viewer
  readonly contextOf: (request: FastifyRequest, deadline: Deadline) => GraphQLContext
  /** @throws RATE_LIMITED */
  readonly spend: (request: FastifyRequest, cost: number) => void
  /** Milliseconds an answer may take; by viewer where left out. */
  readonly operationTime?: number | undefined
}

const [JSON_TYPE, HTML_TYPE] = ['application/json', 'text/html'] as const
const TYPES = [JSON_TYPE, HTML_TYPE] as const
const SLUG = /^[a-z0-9-]{1,200}$/i
const NUMBER = /^[1-9]\d{0,8}$/

type Type = (typeof TYPES)[number]

/**
 * The addresses of stories: `/stories/SLUG`, and `/stories/SLUG/versions/N`, which leads to the story whatever its version is by then. The
 * text of a version that is superseded is nobody's but the newsroom's.
 */
export class StoryPages {
  readonly #cost = costOf(schemas().PUBLIC, STORY_QUERY, getOperationAST(STORY_QUERY)!, {})

  constructor(private readonly parts: StoryPagesParts) {}

  /** Answers `/stories/:slug`. */
  readonly story = this.#answering(async (request, reply, type, context) => {
    const { slug } = request.params as { slug: string }
    const story = await this.#find(context, slug)
    if (!story) return this.#gone(context, slug, type, request, reply)
    const superseded = supersededBy((request.query as { from?: unknown }).from, story.version)
    void reply.header('link', `<${addressOf(story.slug)}>; rel="canonical"`).header('content-language', story.language)
    if (type === HTML_TYPE) return html(reply, storyHtml(story, superseded))
    const { embargo, ...rest } = story
    return json(reply, { ...rest, ...(embargo && { embargo }), ...(superseded !== undefined && { supersedes: superseded }) })
  })

  /** Answers `/stories/:slug/versions/:version`. */
  readonly version = this.#answering(async (request, reply, type, context) => {
    const { slug, version } = request.params as { slug: string; version: string }
    const story = NUMBER.test(version) ? await this.#find(context, slug) : undefined
    if (!story) return this.#gone(context, slug, type, request, reply)
    if (Number(version) > story.version) return notFound(type, request, reply)
    const isCurrent = Number(version) === story.version
    const address = isCurrent ? addressOf(slug) : `${addressOf(slug)}?from=${version}`
    const says = isCurrent ? `Version ${version} is the current version of this story.` : `Version ${version} of this story is superseded by version ${story.version}.`
    void reply.code(303).header('location', address).header('link', `<${addressOf(slug)}>; rel="latest-version"`)
    return type === HTML_TYPE ? html(reply, noteHtml(isCurrent ? 'The current version' : 'A superseded version', says, address)) : json(reply, { slug, version: Number(version), isSuperseded: !isCurrent, current: { version: story.version, address: addressOf(slug) } })
  })

  /** Within the cost and the time that an operation may take. */
  #answering(answer: (request: FastifyRequest, reply: FastifyReply, type: Type, context: GraphQLContext) => Promise<string>) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
      const type = preferred(request.headers.accept, TYPES)
      if (!type) return refuse(request, reply)
      const viewer = this.parts.viewerOf(request)
      this.parts.spend(request, this.#cost)
      for (const [name, value] of costHeaders(this.#cost, viewer)) void reply.header(name, value)
      const deadline = new Deadline(this.parts.operationTime ?? OPERATION_TIME[viewer.kind])
      return deadline.limit(answer(request, reply, type, this.parts.contextOf(request, deadline)))
    }
  }

  async #find(context: GraphQLContext, slug: string): Promise<StoryPage | undefined> {
    if (!SLUG.test(slug)) return undefined
    const { story } = await run<{ story: StoryPage | null }>(STORY_QUERY, context, slug)
    return story ?? undefined
  }

  /** A tombstone for whoever could have seen the story; for everybody else there never was one (I5). */
  async #gone(context: GraphQLContext, slug: string, type: Type, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { tombstone } = SLUG.test(slug) ? await run<{ tombstone: TombstonePage | null }>(TOMBSTONE_QUERY, context, slug) : { tombstone: null }
    if (!tombstone) return notFound(type, request, reply)
    void reply.code(410)
    const body = errorBody(request, 'GONE', 'The story was taken from the public. Its tombstone says how, and what to do.')
    return type === HTML_TYPE ? html(reply, tombstoneHtml(tombstone)) : json(reply, { ...body, tombstone })
  }
}

async function run<Data>(document: DocumentNode, contextValue: GraphQLContext, slug: string): Promise<Data> {
  const { data, errors } = await execute({ schema: schemas().PUBLIC, document, contextValue, variableValues: { slug } })
  if (errors?.[0]) throw errors[0]
  return data as Data
}

const addressOf = (slug: string) => `/stories/${encodeURIComponent(slug)}`

function supersededBy(from: unknown, current: number): number | undefined {
  return typeof from === 'string' && NUMBER.test(from) && Number(from) < current ? Number(from) : undefined
}

function notFound(type: Type, request: FastifyRequest, reply: FastifyReply): string {
  const body = errorBody(request, 'NOT_FOUND', 'There is no such story.')
  void reply.code(404)
  return type === HTML_TYPE ? html(reply, noteHtml('Not found', 'There is no such story.')) : json(reply, body)
}

function refuse(request: FastifyRequest, reply: FastifyReply): string {
  void reply.code(406)
  return json(reply, errorBody(request, 'NOT_ACCEPTABLE', `A story can be had as ${TYPES.join(' or ')}; "accept" names neither.`))
}

function html(reply: FastifyReply, body: string): string {
  void reply.header('content-type', `${HTML_TYPE}; charset=utf-8`).header('content-security-policy', PAGE_POLICY).header('referrer-policy', 'no-referrer')
  return body
}

function json(reply: FastifyReply, body: object): string {
  void reply.header('content-type', `${JSON_TYPE}; charset=utf-8`)
  return JSON.stringify(body)
}
