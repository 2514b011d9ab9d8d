import type { Database, OpenOptions } from './database.js'
import { openEmbeddedDatabase } from './embedded-database.js'
import { migrateEmbedded, pendingOnServer } from './migrations.js'
import { openServerDatabase, type Patience } from './server-database.js'

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
  if (place.url === undefined) {
    const database = await openEmbeddedDatabase(place)
    try {
      await migrateEmbedded(database.lite)
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  }
  const pending = await pendingOnServer(place.url, place.patience)
  if (pending.length > 0) throw new Error(`The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`} (${pending.join(', ')}). Run "npx onrecord migrate" first.`)
  return openServerDatabase({ ...place, url: place.url })
}
