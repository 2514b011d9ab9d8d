import { randomUUID } from 'node:crypto'
import type { Database } from '../database/index.js'
import type { Env } from '../env.js'

/** The newsroom that the environment names, for the time of one command. */
export interface Newsroom {
  readonly database: Database
  readonly env: Env
  readonly sources: { readonly now: () => Date; readonly newId: () => string }
}

/** @throws where the settings are wrong, the folder is held by a server, or the server lacks migrations; each says what to do. */
export async function withNewsroom<T>(work: (newsroom: Newsroom) => Promise<T>): Promise<T> {
  const [{ readEnv }, { openDatabase }] = await Promise.all([import('../env.js'), import('../database/index.js')])
  const env = readEnv()
  const database = await openDatabase({ url: env.DATABASE_URL, poolSize: env.ONRECORD_POOL, folder: env.ONRECORD_DATA })
  try {
    return await work({ database, env, sources: { now: () => new Date(), newId: randomUUID } })
  } finally {
    await database.close()
  }
}
