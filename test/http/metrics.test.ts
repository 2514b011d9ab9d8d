import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Metrics, serveMetrics } from '../../src/telemetry/index.js'
import { PATHS } from '../../src/server.js'
import { CliPlace } from '../cli/onrecord.js'
import { ServerProcess } from '../crash/server-process.js'
import { listenTo, liveClient } from '../support/live.js'
import { TestNewsroom } from '../support/newsroom.js'

/** Lines of the text format: each sample with its labels and its value. */
const samplesOf = (text: string) => new Map(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))

describe('the metrics', () => {
  let newsroom: TestNewsroom
  let metrics: Metrics
  let served: Awaited<ReturnType<typeof serveMetrics>>
  beforeAll(async () => {
    metrics = new Metrics()
    newsroom = await TestNewsroom.open({ metrics })
    served = await serveMetrics(metrics, { port: 0, host: '127.0.0.1' })
  })
  afterAll(async () => {
    await served.close()
    await newsroom.close()
  })
  const read = async () => samplesOf(await (await fetch(served.address)).text())
  /** A request is counted when its answer has left, which the client may hear of sooner. */
  const eventually = async (sample: string, value: number) => {
    for (let tries = 0; tries < 100 && (await read()).get(sample) !== value; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 10) })
    expect((await read()).get(sample), sample).toBe(value)
  }

  it('come in the text format of Prometheus', async () => {
    const response = await fetch(served.address)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    expect(text).toMatch(/^# HELP onrecord_requests_total .+\n# TYPE onrecord_requests_total counter$/m)
    expect(text).toMatch(/^# TYPE onrecord_request_duration_seconds histogram$/m)
    // Prometheus reads "NaN" in any case; the library writes "Nan" for a delay that nobody has measured yet.
    for (const line of text.split('\n')) expect(line).toMatch(/^($|# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)+\})? (\d|[+-]Inf|NaN|-\d).*)$/i)
  })

  it('count requests by contract, type of operation and status, and errors by code', async () => {
    await newsroom.read('{ stories { nodes { slug } } }')
    await newsroom.read('{ stories { nodes { slug } } }')
    await newsroom.read('{ nothing }')
    await newsroom.readAsStaff('mutation { killStory(input: {storyId: "x"}) { errors { code } } }')
    await newsroom.ask(PATHS.NEWSROOM, '{ stories { nodes { slug } } }', undefined, {})
    await fetch(`${newsroom.url}/nothing`)
    await eventually('onrecord_requests_total{contract="PUBLIC",operation="query",status="200"}', 2)
    await eventually('onrecord_requests_total{contract="PUBLIC",operation="none",status="400"}', 1)
    await eventually('onrecord_requests_total{contract="NEWSROOM",operation="none",status="401"}', 1)
    await eventually('onrecord_requests_total{contract="NONE",operation="none",status="404"}', 1)
    await eventually('onrecord_errors_total{contract="PUBLIC",code="GRAPHQL_VALIDATION_FAILED"}', 1)
    await eventually('onrecord_errors_total{contract="NEWSROOM",code="UNAUTHENTICATED"}', 1)
    await eventually('onrecord_request_duration_seconds_count{contract="PUBLIC",operation="query"}', 2)
    await eventually('onrecord_requests_in_flight', 0)
    expect([...(await read()).keys()].filter((sample) => sample.includes('operation="mutation"')).length).toBeGreaterThan(0)
  })

  it('tell what is open and what waits', async () => {
    const client = liveClient(newsroom, `Bearer ${await newsroom.token('EDITOR')}`)
    await listenTo(client, 'subscription { storyChanged { at } }')
    await eventually('onrecord_subscriptions_open', 1)
    await eventually('onrecord_connections_open', 1)
    await client.dispose()
    await eventually('onrecord_subscriptions_open', 0)
    const now = await read()
    for (const name of ['onrecord_text_workers', 'onrecord_text_workers_busy', 'onrecord_texts_waiting']) expect(now.get(name), name).toBe(0)
    for (const name of ['nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total']) expect(now.get(name), name).toBeGreaterThanOrEqual(0)
    if (process.env['DATABASE_URL']) expect(now.get('onrecord_database_connections{state="idle"}')! + now.get('onrecord_database_connections{state="in_use"}')!).toBeGreaterThan(0)
  })

  it('have no label that a client, a document or a partner could fill', async () => {
    const texts = await (await fetch(served.address)).text()
    const before = (await read()).size
    for (let n = 0; n < 20; n += 1) {
      await newsroom.read(`query Canary${n} { canary${n}: stories { nodes { slug } } }`)
      await fetch(`${newsroom.url}/canary-${n}?canary=${n}`, { method: 'POST', headers: { 'user-agent': `canary-${n}`, 'x-request-id': `canary-${n}` } })
    }
    await eventually('onrecord_requests_in_flight', 0)
    expect(before).toBeGreaterThan(50)
    expect((await read()).size - before).toBeLessThan(20)
    expect(texts + (await (await fetch(served.address)).text())).not.toMatch(/canary/i)
  })

  it('are at their own address alone, and nothing else is there', async () => {
    for (const path of ['/metrics', '/metrics/', '/newsroom/metrics']) expect((await fetch(newsroom.url + path)).status, path).toBe(404)
    const other = new URL(served.address)
    for (const [path, method] of [['/', 'GET'], ['/graphql', 'POST'], ['/metrics', 'POST']] as const) {
      other.pathname = path
      expect((await fetch(other, { method })).status, path).toBe(404)
    }
  })
})

describe('the process', () => {
  it('serves its metrics where ONRECORD_METRICS_PORT says, to this machine alone, with how late its scheduler is', async () => {
    const place = await CliPlace.open()
    const server = await ServerProcess.start({ ...place.env, ONRECORD_METRICS_PORT: '0' })
    expect(server.metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
    const samples = samplesOf(await (await fetch(server.metricsUrl!)).text())
    expect(samples.get('onrecord_scheduler_lag_seconds')).toBeGreaterThanOrEqual(0)
    await server.end('SIGTERM')
    await place.remove()
  }, 120_000)

  it('serves none where nothing is set', async () => {
    const place = await CliPlace.open()
    const server = await ServerProcess.start(place.env)
    expect(server.metricsUrl).toBeUndefined()
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
    await server.end('SIGTERM')
    await place.remove()
  }, 120_000)
})
