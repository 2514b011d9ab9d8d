import type { FastifyInstance, FastifyReply, FastifyRequest, onSendAsyncHookHandler } from 'fastify'
import { Authenticator, type Viewer } from '../access/index.js'
import type { Database } from '../database/index.js'
import { globalId } from '../graphql/global-id.js'
import { acknowledge, dueAt, openNotices, type NoticeDeadlines, type NoticeReader, type NoticeRecord } from '../syndication/ledger/index.js'
import { answering, errorBody } from '../telemetry/index.js'
import type { Doorman } from './doorman.js'
import { refuseOtherBodies } from './json-body.js'
import type { Shedding } from './shedding.js'

export interface NoticeParts {
  readonly database: Database
  readonly now: () => Date
  readonly doorman: Doorman
  readonly shedding: Shedding
  readonly deadlines: NoticeDeadlines
  readonly unauthenticated: () => Error
  readonly knownFailure: (error: unknown) => never
  readonly onSend: onSendAsyncHookHandler
}

const [LIST, ACKNOWLEDGEMENT] = ['/notices', '/notices/:id/acknowledgement']
const NOTICE_ID = /^Notice:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/**
 * The corrections and recalls that a partner has not acknowledged, and how it acknowledges them. Here an expired key is good enough: whoever
 * took a story must hear of its recall (I9). For all else it is as if it had never been.
 */
export function serveNotices(fastify: FastifyInstance, parts: NoticeParts): void {
  const { database, now, deadlines, doorman } = parts
  const authenticator = new Authenticator(database)
  const labels = new WeakMap<Viewer, string>()
  const identify = async (authorization: string | undefined): Promise<Viewer> => {
    const holder = await authenticator.notices(authorization).catch(parts.knownFailure)
    if (!holder) throw parts.unauthenticated()
    labels.set(holder.partner, holder.label)
    return holder.partner
  }
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    request.asking!.contract = 'PUBLIC'
    parts.shedding.admit('PUBLIC', request, reply)
    refuseOtherBodies(request)
    await doorman.admit(request, identify)
  }
  const readerOf = (request: FastifyRequest): NoticeReader & { readonly label: string } => {
    const viewer = doorman.viewerOf(request)
    if (viewer.kind !== 'PARTNER') throw parts.unauthenticated()
    return { partnerId: viewer.id, readsEmbargoed: viewer.readsEmbargoed, label: labels.get(viewer)! }
  }
  const { onSend } = parts
  fastify.route({
    url: LIST, method: 'GET', exposeHeadRoute: false, onRequest, onSend,
    handler: answering(async (request) => ({ notices: (await openNotices(database, readerOf(request))).map((notice) => shown(notice, now(), deadlines)) })),
  })
  fastify.route({
    url: ACKNOWLEDGEMENT, method: 'POST', exposeHeadRoute: false, onRequest, onSend, bodyLimit: 1024,
    handler: answering(async (request, reply) => {
      const { id } = request.params as { readonly id: string }
      const [, uuid] = NOTICE_ID.exec(Buffer.from(id, 'base64url').toString('latin1')) ?? []
      const reader = readerOf(request)
      const at = uuid && await acknowledge(database, reader, uuid, reader.label, now())
      // Another partner's is as good as none (I5).
      if (!at) return reply.code(404).send(errorBody(request, 'NOT_FOUND', `You have no such notice; ${LIST} lists those that you have.`))
      return { id, acknowledgedAt: at.toISOString() }
    }),
  })
  for (const [url, allowed] of [[LIST, 'GET'], [ACKNOWLEDGEMENT, 'POST']] as const) {
    const refuse = async (request: FastifyRequest, reply: FastifyReply) => reply.code(405).header('allow', allowed).send(errorBody(request, 'METHOD_NOT_ALLOWED', `Ask for it with ${allowed}.`))
    const method = ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', allowed === 'GET' ? 'POST' : 'GET']
    fastify.route({ url, method, exposeHeadRoute: false, onRequest: refuse, handler: refuse })
  }
}

function shown({ id, kind, storyId, slug, version, at, advisory, explanation, ...notice }: NoticeRecord, now: Date, deadlines: NoticeDeadlines): object {
  const due = dueAt({ kind, at }, deadlines)
  return {
    id: Buffer.from(`Notice:${id}`).toString('base64url'), kind, story: { id: globalId('Story', storyId), slug }, version, at: new Date(at).toISOString(), dueAt: due.toISOString(), isOverdue: notice.acknowledgedAt === null && due <= now, advisory, explanation,
  }
}
