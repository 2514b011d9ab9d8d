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
  process.on('unhandledRejection', (error) => { server.log.error({ err: error }, 'something failed that nobody waited for') })
  process.on('uncaughtException', (error) => { server.log.fatal({ err: error }, 'the process ends, because of a bug'); process.exit(1) })
  // A server that answers stops in order, however early it is told to: it finishes its start first.
  const toldToStop = new Promise<void>((resolve) => { for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve()) })
  const running: (() => Promise<unknown>)[] = []
  try {
    // Requests in flight are answered first.
    running.push(() => server.close())
    const address = await listening('PORT', env.PORT, 'HOST', env.HOST, (at) => server.listen(at))
    setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
    const measured = env.ONRECORD_METRICS_PORT === undefined ? undefined : await listening('ONRECORD_METRICS_PORT', env.ONRECORD_METRICS_PORT, 'ONRECORD_METRICS_HOST', env.ONRECORD_METRICS_HOST, (at) => serveMetrics(metrics, at))
    if (measured) running.push(() => measured.close())
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
    running.push(() => scheduler.stop())
    metrics.gauge('onrecord_scheduler_lag_seconds', 'Seconds since everything due had been published or lifted. It looks once a second.', () => scheduler.lag())
    const { ONRECORD_PURGE_URL: purgeUrl, ONRECORD_PURGE_METHOD: method, ONRECORD_PURGE_TOKEN: token } = env
    if (purgeUrl !== undefined) {
      const purging = new Purging({ database, watch: new FeedWatch(database), now: sources.now, url: purgeUrl, method, token, onError: (error) => server.log.warn({ err: error }, 'the cache in front was not told of a change; that will be tried again') })
      running.push(() => purging.stop())
    }
    const sending = sendEvents(env, { database, secrets, now: sources.now, log: server.log, metrics })
    if (sending) running.push(() => sending.stop())
    await toldToStop
  } finally {
    for (const stop of running) await stop()
    // After the scheduler, which checks what it publishes and takes a schedule back where it cannot.
    await workers.close()
  }
}

/** What `listen` answers. @throws {Error} a sentence that names the setting to change, where this address cannot be listened at. */
async function listening<T>(portSetting: string, port: number, hostSetting: string, host: string, listen: (at: { port: number; host: string }) => Promise<T>): Promise<T> {
  const sentence: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: another program listens there. Stop it, or set ${portSetting} to another one.`,
    EACCES: `Port ${port} may not be used by this user. Set ${portSetting} to one above 1023, or allow it.`,
  }
  for (const code of ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']) sentence[code] = `This machine has no address ${host}. Set ${hostSetting} to one of its own, or to 0.0.0.0 for all of them.`
  try {
    return await listen({ port, host })
  } catch (error) {
    // Without its cause, whose code would be taken for the database's.
    const found = sentence[(error as NodeJS.ErrnoException).code ?? '']
    throw found === undefined ? error : new Error(found)
  }
}
