import type { Database, OpenOptions } from './database.js'
import { pendingInside, pendingOnServer } from './pending-migrations.js'
import type { Patience } from './server-pool.js'

export interface Place extends OpenOptions {
  /** A PostgreSQL server; without it, the folder. */
  readonly url: string | undefined
  readonly poolSize: number
  readonly folder: string
  readonly patience?: Patience
}

/**
 * Opens the newsroom's database, ready for use. The embedded one is migrated on the way; a server is not changed unasked.
 * @throws where the folder is held by another process, or the server lacks migrations.
 */
export async function openDatabase(place: Place): Promise<Database> {
  // Either kind of database is a large part of the program, and the engine that migrates starts slowly: what is needed is loaded.
  if (place.url === undefined) {
    const { openEmbeddedDatabase } = await import('./embedded-database.js')
    const database = await openEmbeddedDatabase(place)
    try {
      if ((await pendingInside(database.lite)).length > 0) {
        const { migrateEmbedded } = await import('./migrations.js')
        await migrateEmbedded(database.lite)
      }
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  }
  const pending = await pendingOnServer(place.url, place.patience)
  if (pending.length > 0) throw new Error(`The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`} (${pending.join(', ')}). Run "npx onrecord migrate" first.`)
  const { openServerDatabase } = await import('./server-database.js')
  return openServerDatabase({ ...place, url: place.url })
}
