import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type HTTPMethods } from 'fastify'
import { AuthenticationUnavailable, Authenticator, isForStaff, may, roleOf, type OpenIdSettings, type Viewer } from './access/index.js'
import { AuditTrail, HeadLog, auditKey } from './audit/index.js'
import { isUnavailable, statement, type Database } from './database/index.js'
import { HeldRevisions, type Reads } from './database/read/index.js'
import { Checker } from './findings/index.js'
import { apolloServer, type Admitted } from './graphql/apollo.js'
import { GraphQLContext, type Contract } from './graphql/context.js'
import { CursorKey } from './graphql/cursors.js'
import { DatabaseUntil, Deadline } from './graphql/deadline.js'
import { authenticationUnavailable, databaseUnavailable, unauthenticated } from './graphql/errors.js'
import { serveGraphiQL } from './graphql/graphiql.js'
import { graphqlHandler } from './graphql/handler.js'
import { askChanges } from './graphql/changes-query.js'
import { MOST_BODY, MOST_TEXT_BODY, MOST_URL, OPERATION_TIME, overLimit, REFUSALS, refused } from './graphql/limits.js'
import { OperationExecutor } from './graphql/operation-executor.js'
import { QueryGate, type GateSettings } from './graphql/query-gate.js'
import { inLedger, type RecordTaken } from './graphql/record-takings.js'
import { schemas } from './graphql/schemas.js'
import { serveWebSocket, type LiveLimits } from './graphql/websocket.js'
import { addressesBehind, addressKey, AnswerCache, answerClientErrors, answerError, answerOddRequests, asksForWebSocket, bytesOf, codeTold, CONNECTION_OPTIONS, Doorman, FrontDoor, ignoreUpgrade, MOST_REQUEST_TIME, publicAnswers, readJsonBodies, refuseAmbiguousHead, refuseOtherBodies, serveDesk, serveNotices, Shedding, StoryPages, trustIn, type Rates, type SheddingSettings } from './http/index.js'
import { answering, begin, errorBody, logTo, Metrics, requestSettings, watchRequests, type LogLevel } from './telemetry/index.js'
import { StoryExtractor, StoryWatch } from './stories/index.js'
import { FeedWatch, serveFeed, type FeedLimits } from './syndication/index.js'
import { syndicationSettings, type GivenSyndication, type SyndicationSettings } from './syndication/webhooks/index.js'
import { TextWorkers } from './workers/index.js'

export interface ServerParts {
  readonly database: Database
  /** At least 32 bytes, the same on every node. */
  readonly secret: Buffer
  /** What was made under these is still taken. */
  readonly previousSecrets?: readonly Buffer[] | undefined
  /** How staff sign in with the newsroom's provider; without it, only with tokens of this server's. */
  readonly openId?: OpenIdSettings | undefined
  readonly now: () => Date
  readonly newId?: () => string
  /** Read and check long texts off the event loop. Whoever gives them closes them; without them the server has its own, until it is closed. */
  readonly workers?: TextWorkers
  /** Runs the checks, with the newsroom's profile. Without it, the house profile. */
  readonly checker?: Checker
  /** Called where somebody opens the desk. */
  readonly onDesk?: () => void
  readonly limits?: ServerLimits
  /** File outside the database that the audit log's signed heads are written to. Without it the chain in the database is all there is. */
  readonly auditLog?: string
  readonly logLevel: LogLevel
  /** Where the log is written; standard error where it is left out. */
  readonly logStream?: { write(line: string): void }
  /** Ids of requests, told with every error. Random where it is left out. */
  readonly newRequestId?: () => string
  readonly metrics?: Metrics
  readonly syndication?: GivenSyndication
  /** Bytes that answers of the public contract may take in memory, to be given again. None is kept where left out. */
  readonly cacheBytes?: number
  /** Bytes of JSON of published revisions that are held in memory. None is held where left out. */
  readonly heldBytes?: number
  /** Records which stories a partner takes, in which version, before they are sent; also of answers that are kept. In the delivery ledger where left out. */
  readonly recordTaken?: RecordTaken
}

/** What the server takes from whom. The limits of a single document are the same everywhere (`graphql/limits.ts`). */
export interface ServerLimits extends GateSettings {
  /** Not limited where left out. */
  readonly rates?: Rates
  readonly shedding?: SheddingSettings
  /** Whose word on the address of a reader is taken: proxies by address, or how many there are in front. */
  readonly trustProxy?: readonly string[] | number | undefined
  /** Whether GraphiQL is served; it is where left out. */
  readonly graphiql?: boolean
  /** Milliseconds an operation may take, whoever asks. */
  readonly operationTime?: number
  /** How many follow the changes, and how they hear that the server is there. */
  readonly feed?: Partial<FeedLimits>
  /** How many WebSocket connections there may be. */
  readonly live?: Partial<LiveLimits>
}

/** The schemas of both contracts, made at the first call. */
export { schemas }

export const PATHS: Readonly<Record<Contract, string>> = { PUBLIC: '/graphql', NEWSROOM: '/newsroom/graphql' }
const noSchemas = (): never => { throw new TypeError('No route has a schema: what comes in is checked where it is used.') }
/** What compiles schemas of routes takes a tenth of the start to load, and no route has one. */
const WITHOUT_SCHEMAS = { compilersFactory: { buildValidator: () => noSchemas, buildSerializer: () => noSchemas } }
/** Where the stories' own addresses begin. */
const STORIES = '/stories/'
const PING = statement('ping', 'SELECT 1')
const LONGEST_SILENCE = 30_000
const UNKNOWN: Readonly<Record<Contract, string>> = {
  PUBLIC: 'This key is not valid. Send "Authorization: Bearer …" with the key of your contract, or nothing to read as everybody does.',
  NEWSROOM: `The newsroom contract needs a staff token: send "Authorization: Bearer …". The public contract at ${PATHS.PUBLIC} needs none.`,
}
const READING = { PUBLIC: 'READ_PUBLISHED', NEWSROOM: 'READ_NEWSROOM' } as const
/** Said of whatever looks like a staff token: it is not asked whether it is one (I5). */
const FOR_STAFF = `A staff token does not open this contract. Send the key of a partner, or nothing to read as everybody does; staff read at ${PATHS.NEWSROOM}.`
const BODY_LIMIT = { PUBLIC: MOST_BODY, NEWSROOM: MOST_TEXT_BODY } as const

/** The HTTP server: both contracts, GraphiQL for each, health. It listens once `listen` is called, and closes with `close`. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { limits = {} } = parts
  const metrics = parts.metrics ?? new Metrics()
  const newRequestId = parts.newRequestId ?? randomUUID
  const log = logTo(parts.logLevel, parts.logStream)
  const fastify = Fastify({
    ...requestSettings(log, newRequestId),
    schemaController: WITHOUT_SCHEMAS,
    forceCloseConnections: 'idle',
    requestTimeout: MOST_REQUEST_TIME,
    connectionTimeout: MOST_REQUEST_TIME,
    http: CONNECTION_OPTIONS,
    trustProxy: trustIn(limits.trustProxy),
    clientErrorHandler: answerClientErrors(log, newRequestId),
    frameworkErrors: (error, request, reply) => {
      begin(request, reply, metrics)
      return answerError(error, request, reply)
    },
  })
  watchRequests(fastify, metrics)
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff')
    if (request.url.length > MOST_URL) throw overLimit(REFUSALS.URL, `The address has ${request.url.length} bytes; it can have ${MOST_URL}. Send long queries with POST.`)
    refuseAmbiguousHead(request.raw)
  })
  readJsonBodies(fastify)
  answerOddRequests(fastify, newRequestId)
  closeConnectionsWithTheirAnswer(fastify)
  fastify.setErrorHandler((error: Error, request, reply) => answerError(error, request, reply))
  fastify.setNotFoundHandler((request, reply) => (isContract(request.url) ? refuseMethod(request, reply, 'CONTRACT') : reply.code(404).send(errorBody(request, 'NOT_FOUND', `There is nothing here. The API is at ${PATHS.PUBLIC}, and for staff at ${PATHS.NEWSROOM}.`))))
  const workers = parts.workers ?? new TextWorkers()
  if (!parts.workers) fastify.addHook('onClose', () => workers.close())
  const extractor = new StoryExtractor(workers)
  const checker = parts.checker ?? new Checker({ workers })
  const audit = new AuditTrail(parts.auditLog === undefined ? undefined : new HeadLog(parts.auditLog, auditKey(parts.secret)))
  if (parts.auditLog !== undefined) fastify.addHook('onReady', async () => {
    await audit.check()
    await audit.catchUp(parts.database, parts.now())
  })
  measure(metrics, parts.database, workers)
  const [doorman, shedding] = [new Doorman(parts.now, limits.rates), new Shedding(fastify, limits.shedding)]
  const recordTaken = parts.recordTaken ?? inLedger(parts.database, parts.now)
  const addressOf = addressesBehind(limits.trustProxy)
  const frontDoor = frontDoorOf(parts, { doorman, shedding, metrics, log, newRequestId, recordTaken, addressOf })
  frontDoor?.install(fastify)
  const held = parts.heldBytes ? new HeldRevisions(parts.heldBytes) : undefined
  metrics.gauge('onrecord_held_bytes', 'Bytes of JSON of published revisions that are held in memory.', () => held?.bytes ?? 0)
  const shared = { ...parts, held, addressOf, limits, metrics, newRequestId, extractor, checker, audit, doorman, shedding, frontDoor, recordTaken, syndicationSettings: syndicationSettings(parts.secret, parts.previousSecrets, parts.syndication) }
  await addContract(fastify, 'PUBLIC', shared)
  await addContract(fastify, 'NEWSROOM', shared)
  serveNotices(fastify, { ...shared, deadlines: shared.syndicationSettings.deadlines, unauthenticated: () => unauthenticated(UNKNOWN.PUBLIC), knownFailure, onSend: publicAnswers({ viewerOf: (request) => doorman.viewerOf(request), missOf: () => undefined, recordTaken, stories: STORIES }) })
  if (limits.graphiql !== false) serveGraphiQL(fastify, PATHS)
  serveDesk(fastify, { openId: parts.openId, now: parts.now, onOpen: parts.onDesk })
  fastify.get('/healthz', () => ({ status: 'ok' }))
  fastify.get('/readyz', async (request, reply) => {
    if (await answers(parts.database)) return { status: 'ready' }
    return reply.code(503).header('retry-after', '1').send(errorBody(request, 'DATABASE_UNAVAILABLE', 'The database does not answer.'))
  })
  return fastify
}

interface SharedParts extends ServerParts {
  readonly limits: ServerLimits
  readonly extractor: StoryExtractor
  readonly checker: Checker
  readonly audit: AuditTrail
  readonly syndicationSettings: SyndicationSettings
  readonly held: HeldRevisions | undefined
  readonly addressOf: (request: IncomingMessage) => string
  readonly metrics: Metrics
  readonly newRequestId: () => string
  readonly doorman: Doorman
  readonly shedding: Shedding
  readonly frontDoor: FrontDoor | undefined
  readonly recordTaken: RecordTaken
}

/** Who sends a credential to a contract. @throws UNAUTHENTICATED */
function identifies(contract: Contract, { database, openId, now }: ServerParts): (authorization: string | undefined) => Promise<Viewer> {
  const authenticator = new Authenticator(database, openId)
  return async (authorization) => {
    const viewer = await (contract === 'PUBLIC' ? authenticator.public(authorization, now()) : authenticator.newsroom(authorization, now())).catch(knownFailure)
    if (!viewer || !may(roleOf(viewer), READING[contract])) throw unauthenticated(contract === 'PUBLIC' && isForStaff(authorization) ? FOR_STAFF : UNKNOWN[contract])
    return viewer
  }
}

/** Undefined where no answer is kept. */
function frontDoorOf(server: ServerParts, parts: Omit<ConstructorParameters<typeof FrontDoor>[0], 'cache' | 'path' | 'stories' | 'identify'>): FrontDoor | undefined {
  const { database, cacheBytes = 0, now } = server
  const changes = cacheBytes > 0 ? database.publicChanges?.() : undefined
  if (!changes) return undefined
  const cache = new AnswerCache({ changes, queries: database, now, most: cacheBytes })
  parts.metrics.gauge('onrecord_cache_bytes', 'Bytes of answers that are kept.', () => cache.bytes)
  parts.metrics.gauge('onrecord_cache_lookups', 'Requests whose answer was kept, and those whose answer was not, since the start.', () => ({ hit: cache.hits, miss: cache.misses }))
  return new FrontDoor({ ...parts, cache, path: PATHS.PUBLIC, stories: STORIES, identify: identifies('PUBLIC', server) })
}

async function addContract(fastify: FastifyInstance, contract: Contract, parts: SharedParts): Promise<void> {
  const { addressOf, doorman, shedding, limits, metrics, newRequestId, frontDoor, recordTaken } = parts
  const admitted: Admitted = new WeakMap()
  const executor = new OperationExecutor(contract, schemas()[contract])
  const apollo = apolloServer(contract, fastify, admitted, executor)
  await apollo.start()
  fastify.addHook('onClose', () => apollo.stop())
  const gate = new QueryGate(contract, schemas()[contract], limits)
  const cursors = new CursorKey(parts.secret, parts.previousSecrets)
  const identify = identifies(contract, parts)
  const contextOf = (viewer: Viewer, deadline?: Deadline, reads?: Reads) => new GraphQLContext({
    contract, viewer, reads, now: parts.now(), cursors, newId: parts.newId ?? randomUUID, extractor: parts.extractor, checker: parts.checker, audit: parts.audit, syndication: parts.syndicationSettings, held: parts.held,
    database: deadline ? new DatabaseUntil(parts.database, deadline) : parts.database,
  })
  if (contract === 'NEWSROOM') {
    const watch = new StoryWatch(parts.database)
    serveWebSocket(fastify, {
      path: PATHS.NEWSROOM, gate, contextOf: async (authorization) => contextOf(await identify(authorization)), watch: (storyId, signal) => watch.changes(storyId, signal), newRequestId, metrics,
      addressOf: (request) => addressKey(addressOf(request)), limits: limits.live, asksForWebSocket, ignoreUpgrade: (request, socket, head) => ignoreUpgrade(fastify.server, request, socket, head),
    })
    fastify.addHook('onClose', () => watch.close())
  }
  /** The stories that go into an answer are known where it is sent, and whether it may be sent again. */
  const contextFor = (request: FastifyRequest, deadline: Deadline, reads?: Reads) => {
    const context = contextOf(doorman.viewerOf(request), deadline, reads)
    Object.assign(request.asking!, { taken: context.taken, mayBeKept: () => context.keeping.mayBeKept })
    return context
  }
  const enter = async (request: FastifyRequest, reply: FastifyReply) => {
    request.asking!.contract = contract
    shedding.admit(contract, request, reply)
    refuseOtherBodies(request)
    await doorman.admit(request, identify)
  }
  const onRequest = contract === 'NEWSROOM' ? [waitForChecks, enter] : [enter]
  const onSend = contract === 'NEWSROOM' ? keepPrivate : publicAnswers({ viewerOf: (request) => doorman.viewerOf(request), missOf: (request) => frontDoor?.missOf(request), recordTaken, stories: STORIES })
  const handler = graphqlHandler({ apollo, executor, gate, admitted, bytesOf, contextOf: contextFor, viewerOf: (request) => doorman.viewerOf(request), spend: (request, cost) => doorman.spend(request, cost), operationTime: limits.operationTime })
  if (contract === 'PUBLIC') {
    serveFeed(fastify, {
      onRequest: enter, onSend, answering, watch: new FeedWatch(parts.database), limits: limits.feed, refused,
      // Who asks is looked up again for each page: a key that is revoked, or a contract that ended, opens nothing more.
      pageFor: async ({ headers }, after, form, first) => {
        const viewer = await identify(headers.authorization)
        const deadline = new Deadline(limits.operationTime ?? OPERATION_TIME[viewer.kind])
        const context = contextOf(viewer, deadline)
        return deadline.limit(askChanges(context, after, form, first).then(async (page) => {
          if (viewer.kind === 'PARTNER') await recordTaken(viewer, [...context.taken].map(([storyId, version]) => ({ storyId, version })))
          return page
        }))
      },
      spend: (request, cost) => doorman.secondsUntil(request, cost), viewerKey: (request) => doorman.keyOf(request), release: (reply) => shedding.release(contract, reply),
      badInput: (message) => refused('BAD_USER_INPUT', 400, message, []), codeOf: codeTold,
    })
  }
  fastify.route({ url: PATHS[contract], method: ['GET', 'POST'], bodyLimit: BODY_LIMIT[contract], exposeHeadRoute: false, onRequest, preParsing: async (request, _reply, payload) => frontDoor?.bodyOf(request) ?? payload, onSend, handler: answering(handler) })
  refuseMethods(fastify, PATHS[contract], ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], contract, 'CONTRACT')
  if (contract === 'NEWSROOM') return
  const pages = new StoryPages({ viewerOf: (request) => doorman.viewerOf(request), contextOf: contextFor, spend: (request, cost) => doorman.spend(request, cost), operationTime: limits.operationTime })
  for (const [url, page] of [[`${STORIES}:slug`, pages.story], [`${STORIES}:slug/versions/:version`, pages.version]] as const) {
    fastify.route({ url, method: ['GET', 'HEAD'], exposeHeadRoute: false, onRequest, onSend, handler: answering(page) })
    refuseMethods(fastify, url, ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], contract, 'STORY')
  }
}

const ALLOWED = {
  CONTRACT: ['GET, POST', 'Ask with POST, or with GET and the header "apollo-require-preflight: true".'],
  STORY: ['GET, HEAD', 'Ask for a story with GET.'],
} as const

function refuseMethod(request: FastifyRequest, reply: FastifyReply, to: keyof typeof ALLOWED) {
  const [methods, advice] = ALLOWED[to]
  return reply.code(405).header('allow', methods).send(errorBody(request, 'METHOD_NOT_ALLOWED', advice))
}

/** Refuses other methods before the body is read, whatever its type. */
function refuseMethods(fastify: FastifyInstance, url: string, method: HTTPMethods[], contract: Contract, to: keyof typeof ALLOWED): void {
  const refuse = async (request: FastifyRequest, reply: FastifyReply) => {
    request.asking!.contract = contract
    return refuseMethod(request, reply, to)
  }
  fastify.route({ url, method, exposeHeadRoute: false, onRequest: refuse, handler: refuse })
}

function isContract(url: string): boolean {
  return Object.values(PATHS).includes(url.split('?')[0]!)
}

/** Who asks could not be looked up: that is no answer about who they are. */
function knownFailure(error: unknown): never {
  if (error instanceof AuthenticationUnavailable) throw authenticationUnavailable(error.message)
  throw isUnavailable(error) ? databaseUnavailable(error) : error
}

/** Checks of a large text take longer than a connection may be silent otherwise. */
async function waitForChecks(request: FastifyRequest): Promise<void> {
  request.raw.setTimeout(LONGEST_SILENCE)
}

/** What staff read is in no cache, and a client that lacks a token is told which kind it needs (RFC 9110, 11.6.1). */
async function keepPrivate(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store')
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer')
}

/** A connection that is answered during the shutdown would otherwise be kept alive, and hold up the shutdown, for over a minute. */
function closeConnectionsWithTheirAnswer(fastify: FastifyInstance): void {
  let closing = false
  fastify.addHook('preClose', async () => { closing = true })
  fastify.addHook('onSend', async (_request, reply) => { if (closing) reply.header('connection', 'close') })
}

/** Whether the database answers within two seconds: one that hangs is as bad as one that is gone. */
async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), 2000) })
  const ping = database.query(PING, []).then(() => true, () => false)
  return Promise.race([ping, late]).finally(() => clearTimeout(timer))
}

/** What is looked up for the metrics when somebody reads them. */
function measure(metrics: Metrics, database: Database, workers: TextWorkers): void {
  metrics.gauge('onrecord_text_workers', 'Threads for texts. One that no text needs for ten minutes ends.', () => workers.load().threads)
  metrics.gauge('onrecord_text_workers_busy', 'Threads that read or check a text.', () => workers.load().busy)
  metrics.gauge('onrecord_texts_waiting', 'Texts that wait for a thread.', () => workers.load().waiting)
  if (!database.connections) return
  metrics.gauge('onrecord_database_connections', 'Connections to the PostgreSQL server.', () => { const { inUse, idle } = database.connections!(); return { in_use: inUse, idle } })
  metrics.gauge('onrecord_database_waiting', 'Work that waits for a connection to the PostgreSQL server.', () => database.connections!().waiting)
}
