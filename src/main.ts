#!/usr/bin/env node
import { randomUUID } from 'node:crypto'
import { serverSecret } from './access/index.js'
import { openDatabase } from './database/index.js'
import { demoToken, fillWithDemo } from './demo/fill.js'
import { readEnv } from './env.js'
import { Checker, profileFrom } from './findings/index.js'
import { createServer, PATHS } from './server.js'
import { startScheduler } from './stories/index.js'

async function main(): Promise<void> {
  const env = readEnv()
  const checker = new Checker({ profile: profileFrom(env.ONRECORD_PROFILE) })
  const sources = { now: () => new Date(), newId: randomUUID }
  const secret = await serverSecret({ given: env.ONRECORD_SECRET, folder: env.ONRECORD_SECRETS })
  const database = await openDatabase({ url: env.DATABASE_URL, poolSize: env.ONRECORD_POOL, folder: env.ONRECORD_DATA })
  const isDemo = env.ONRECORD_DEMO === 'on' || (env.ONRECORD_DEMO === 'auto' && database.kind === 'embedded')
  if (isDemo) await fillWithDemo(database, sources)
  const server = await createServer({ database, secret, now: sources.now, checker, logLevel: env.ONRECORD_LOG })
  const address = await server.listen({ port: env.PORT, host: env.HOST })
  const lines = [
    'Onrecord is ready.', '',
    `  public contract    ${address}${PATHS.PUBLIC}`, `                     ${address}/graphiql   to try it in the browser`,
    `  newsroom contract  ${address}${PATHS.NEWSROOM}`, `                     ${address}/newsroom/graphiql`,
  ]
  if (isDemo) lines.push(`  staff token        ${await demoToken(database, secret, sources)}`, '                     send it as "Authorization: Bearer …"')
  process.stdout.write(`${lines.join('\n')}\n\n`)

  const scheduler = startScheduler(database, sources.now, sources.newId, (error) => server.log.error({ err: error }, 'the scheduler failed and will try again'), checker)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    // Requests in flight are answered first.
    await server.close()
    await scheduler.stop()
    await database.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
