import { randomUUID } from 'node:crypto'
import type { Database } from '../database/index.js'
import type { Env } from '../env.js'
import type { Checker } from '../findings/index.js'

/** A whole archive may take a statement as long as it likes; a server that is there lets us in sooner. */
const PATIENCE = { connect: 10_000 }

/** The newsroom that the environment names, for the time of one command. */
export interface Newsroom {
  readonly database: Database
  readonly env: Env
  /** Runs the checks, with the profile of the settings. */
  readonly checker: () => Promise<Checker>
  readonly sources: { readonly now: () => Date; readonly newId: () => string }
}

/** @throws where the settings are wrong, the folder is held by a server, or the server lacks migrations; each says what to do. */
export async function withNewsroom<T>(work: (newsroom: Newsroom) => Promise<T>): Promise<T> {
  const [{ readEnv }, { openDatabase }] = await Promise.all([import('../env.js'), import('../database/index.js')])
  const env = readEnv()
  let checker: Checker | undefined
  const checking = async () => {
    const { Checker, profileFrom } = await import('../findings/index.js')
    return (checker ??= new Checker({ profile: profileFrom(env.ONRECORD_PROFILE) }))
  }
  const database = await openDatabase({ url: env.DATABASE_URL, poolSize: env.ONRECORD_POOL, folder: env.ONRECORD_DATA, patience: PATIENCE })
  try {
    return await work({ database, env, checker: checking, sources: { now: () => new Date(), newId: randomUUID } })
  } finally {
    await checker?.close()
    await database.close()
  }
}
