import { context, trace, SpanKind } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { issueStaffToken } from '../../src/access/index.js'
import { Metrics } from '../../src/telemetry/index.js'
import { createStory } from '../../src/stories/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { CliPlace } from '../cli/onrecord.js'
import { ServerProcess } from '../crash/server-process.js'
import { TestNewsroom } from '../support/newsroom.js'
import { breakNewsroom, canariesIn, CANARY, canarySession, canaryStory } from './canary-session.js'

/** What the session must have met, or it proves little. */
const CODES = ['BAD_REQUEST', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'INTERNAL_SERVER_ERROR', 'INVALID_DOCUMENT', 'METHOD_NOT_ALLOWED', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNAUTHENTICATED']
/** SQLSTATEs of the log: a table that is gone, a unique key, a check, an exception raised in words. */
const STATES = ['42P01', '23505', '23514', 'P0001']
const linesOf = (log: readonly string[]) => log.join('').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { level: string; msg: string; field?: string; err?: { sqlstate?: string; statement?: string; cause?: { sqlstate?: string }; frames: string[] } })

const addBroken = async (database: TestNewsroom['database']) => {
  const sources = { now: () => new Date(), newId: () => crypto.randomUUID() }
  const created = await createStory(database, storyDocumentOf(canaryStory('broken')), sources)
  if (!created.ok) throw new Error(JSON.stringify(created.problems))
  await breakNewsroom(database)
}

describe('the canary', () => {
  it('would be found in every form', () => {
    for (const form of [CANARY, `x${CANARY}`.toUpperCase(), Buffer.from(CANARY).toString('hex'), encodeURIComponent(CANARY), JSON.stringify(CANARY), ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${CANARY} and more`).toString('base64'))]) expect(canariesIn(`… ${form} …`), form).not.toEqual([])
    expect(canariesIn('nothing of it')).toEqual([])
  })
})

describe('words of stories, arguments and headers', () => {
  const spans = new InMemorySpanExporter()
  const metrics = new Metrics()
  let newsroom: TestNewsroom
  beforeAll(async () => {
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register()
    newsroom = await TestNewsroom.open({ logLevel: 'debug', metrics })
  })
  beforeEach(() => spans.reset())
  afterAll(async () => {
    await newsroom.close()
    trace.disable()
    context.disable()
  })

  it('are in no span; what there is are the request, its operation and the statements by name', async () => {
    await newsroom.readAsStaff('query Words { stories { nodes { slug } } }')
    const of = (kind: SpanKind) => spans.getFinishedSpans().filter((span) => span.kind === kind)
    const [request] = of(SpanKind.SERVER)
    expect([request!.name, request!.attributes]).toMatchObject(['POST /newsroom/graphql', { 'http.route': '/newsroom/graphql', 'http.response.status_code': 200, 'onrecord.request_id': expect.any(String) }])
    expect(of(SpanKind.INTERNAL)).toMatchObject([{ name: 'query', attributes: { 'onrecord.fields': ['stories'] } }])
    const statements = of(SpanKind.CLIENT).filter(({ name }) => name.startsWith('stories_'))
    expect(statements).toMatchObject([{ attributes: { 'db.query.summary': statements[0]!.name } }])
    for (const span of [...of(SpanKind.INTERNAL), ...statements]) expect(parentOf(span)).toBe(request!.spanContext().spanId)
  })

  it('are in no line of the log at its most talkative, in no metric and in no span, whatever goes wrong (I4)', async () => {
    await addBroken(newsroom.database)
    newsroom.log.length = 0
    const codes = await canarySession({ url: newsroom.url, token: await newsroom.token('STANDARDS_EDITOR') })
    expect([...codes]).toEqual(expect.arrayContaining(CODES))
    const lines = linesOf(newsroom.log)
    const states = new Set(lines.flatMap(({ err }) => [err?.sqlstate, err?.cause?.sqlstate]))
    for (const state of STATES) expect(states, state).toContain(state)
    // And they tell where to look all the same.
    for (const { err, field } of lines) if (err) expect(field !== undefined || err.statement !== undefined || err.frames.some((frame) => frame.includes('/src/')), JSON.stringify(err)).toBe(true)
    expect(canariesIn(newsroom.log.join(''))).toEqual([])
    expect(canariesIn((await metrics.text()).body)).toEqual([])
    expect(spans.getFinishedSpans().length).toBeGreaterThan(100)
    expect(canariesIn(JSON.stringify(spans.getFinishedSpans().map(({ name, attributes, events, links, status }) => ({ name, attributes, events, links, status }))))).toEqual([])
  }, 120_000)

  it('are in nothing that the process writes, and neither are tokens (I4)', async () => {
    const place = await CliPlace.open()
    const token = await place.inside(async (database) => {
      await addBroken(database)
      return issueStaffToken(database, { name: `Linh ${CANARY}`, role: 'STANDARDS_EDITOR' }, { now: () => new Date(), newId: () => crypto.randomUUID() })
    })
    const server = await ServerProcess.start({ ...place.env, ONRECORD_LOG: 'debug', ONRECORD_METRICS_PORT: '0' })
    const codes = await canarySession({ url: server.url, token })
    const measured = await (await fetch(server.metricsUrl!)).text()
    await server.end('SIGTERM')
    await place.remove()
    expect([...codes]).toEqual(expect.arrayContaining(CODES))
    expect(linesOf(server.log).filter(({ level }) => level === 'error').length).toBeGreaterThan(3)
    const all = server.log.join('') + measured
    expect(canariesIn(all)).toEqual([])
    for (const secret of [token, token.slice('onr_staff_'.length)]) expect(all).not.toContain(secret)
  }, 240_000)
})

function parentOf(span: ReadableSpan): string | undefined {
  return span.parentSpanContext?.spanId
}
