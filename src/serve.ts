import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import type { OpenIdSettings, Secrets } from './access/index.js'
import { isUnavailable, type Database } from './database/index.js'
import { demoToken, fillWithDemo } from './demo/fill.js'
import { auditLogOf, type Env } from './env.js'
import { Checker, profileFrom } from './findings/index.js'
import { Purging } from './http/index.js'
import { createServer, PATHS, schemas } from './server.js'
import { limitsOf } from './server-limits.js'
import { sendEvents, syndicationOf } from './server-syndication.js'
import { startScheduler } from './stories/index.js'
import { FeedWatch } from './syndication/index.js'
import { Metrics, serveMetrics } from './telemetry/index.js'
import { TextWorkers } from './workers/index.js'

/** Percent that the heap may grow beyond what is in use before it is collected. V8 lets it grow to four times that on a large machine, and so to most of the memory of a server. */
const HEAP_GROWTH = 40

/** Serves the newsroom once its database is open, until the process is told to stop. */
export async function serve(env: Env, secrets: Secrets, openId: OpenIdSettings | undefined, opening: Promise<Database>): Promise<void> {
  let stopping = false
  const limits = limitsOf(env)
  const workers = new TextWorkers()
  const checker = new Checker({ profile: profileFrom(env.ONRECORD_PROFILE), workers })
  const sources = { now: () => new Date(), newId: randomUUID }
  const metrics = new Metrics()
  // Whoever opens the desk may paste a text. A node without a desk does without the thread for it, until there is a text.
  const onDesk = () => void workers.warm()
  // Takes a fifth of the start, some of which the database is being waited for.
  schemas()
  const database = await opening
  const isDemo = env.ONRECORD_DEMO === 'on' || (env.ONRECORD_DEMO === 'auto' && database.kind === 'embedded')
  if (isDemo) await fillWithDemo(database, sources)
  const server = await createServer({ database, secret: secrets.secret, previousSecrets: secrets.previous, openId, now: sources.now, workers, checker, onDesk, limits, auditLog: auditLogOf(env), logLevel: env.ONRECORD_LOG, metrics, cacheBytes: env.ONRECORD_CACHE_MB * 1024 * 1024, heldBytes: env.ONRECORD_REVISIONS_MB * 1024 * 1024, syndication: syndicationOf(env) })
  // Node would print the message, which may hold a story's words.
  process.on('uncaughtException', (error) => { server.log.fatal({ err: error }, 'the process ends, because of a bug'); process.exit(1) })
  const address = await server.listen({ port: env.PORT, host: env.HOST })
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
  const measured = env.ONRECORD_METRICS_PORT === undefined ? undefined : await serveMetrics(metrics, { port: env.ONRECORD_METRICS_PORT, host: env.ONRECORD_METRICS_HOST })
  const inBrowser = (path: string) => (limits.graphiql ? [`                     ${address}${path}`] : [])
  const lines = [
    'Onrecord is ready.', '',
    `  public contract    ${address}${PATHS.PUBLIC}`, ...inBrowser('/graphiql   to try it in the browser'),
    `  newsroom contract  ${address}${PATHS.NEWSROOM}`, ...inBrowser('/newsroom/graphiql'),
    `  desk               ${address}/desk   for editors`,
  ]
  if (isDemo) lines.push(`  staff token        ${await demoToken(database, secrets, sources)}`, '                     send it as "Authorization: Bearer …"')
  if (measured) lines.push(`  metrics            ${measured.address}`)
  process.stdout.write(`${lines.join('\n')}\n\n`)

  const scheduler = startScheduler(database, sources.now, sources.newId, (error) => server.log[isUnavailable(error) ? 'warn' : 'error']({ err: error }, 'the scheduler failed and will try again'), checker)
  metrics.gauge('onrecord_scheduler_lag_seconds', 'Seconds since everything due had been published or lifted. It looks once a second.', () => scheduler.lag())
  const { ONRECORD_PURGE_URL: purgeUrl, ONRECORD_PURGE_METHOD: method, ONRECORD_PURGE_TOKEN: token } = env
  const purging = purgeUrl === undefined ? undefined : new Purging({ database, watch: new FeedWatch(database), now: sources.now, url: purgeUrl, method, token, onError: (error) => server.log.warn({ err: error }, 'the cache in front was not told of a change; that will be tried again') })
  const sending = sendEvents(env, { database, secrets, now: sources.now, log: server.log, metrics })

  const stop = async () => {
    if (stopping) return
    stopping = true
    // Requests in flight are answered first.
    await server.close()
    await measured?.close()
    await scheduler.stop()
    // The scheduler checks what it publishes, and takes a schedule back where it cannot.
    await workers.close()
    await purging?.stop()
    await sending?.stop()
    await database.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}
