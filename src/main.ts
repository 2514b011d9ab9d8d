#!/usr/bin/env node
import { openIdFrom, serverSecrets } from './access/index.js'
import { isUnavailable, openDatabase } from './database/index.js'
import { readEnv, type Env } from './env.js'

/** Together shorter than a connection may be silent, so that every request hears of a database that hangs. */
const PATIENCE = { connect: 3_000, statement: 5_000 }

/** Undefined where the settings are what is wrong. */
let env: Env | undefined

async function main(): Promise<void> {
  env = readEnv()
  const openId = openIdFrom(env)
  const secrets = await serverSecrets({ given: env.ONRECORD_SECRET, folder: env.ONRECORD_SECRETS })
  const opening = openDatabase({ url: env.DATABASE_URL, poolSize: env.ONRECORD_POOL, folder: env.ONRECORD_DATA, patience: PATIENCE })
  // Waited for where it is used; until then a failure is nobody's.
  opening.catch(() => undefined)
  try {
    // The rest of the program is loaded while the database opens, which both take their time.
    const { serve } = await import('./serve.js')
    await serve(env, secrets, openId, opening)
  } finally {
    await opening.then((database) => database.close(), () => undefined)
  }
}

main().catch(async (error: unknown) => {
  const { sentenceOf } = await import('./cli/failure.js')
  process.stderr.write(`${sentenceOf(error, env, isUnavailable(error))}\n`)
  if (env?.ONRECORD_LOG === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? String(error)}\n`)
  process.exitCode = 1
})
