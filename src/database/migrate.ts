import { existsSync } from 'node:fs'
import path from 'node:path'
import { migrationNames, pendingInside, pendingOnServer } from './pending-migrations.js'
import type { EmbeddedDatabase } from './embedded-database.js'
import type { Place } from './open.js'

/** Names of the migrations that a database lacks. Looking makes no data folder. */
export async function pendingAt({ url, folder }: Pick<Place, 'url' | 'folder'>): Promise<readonly string[]> {
  if (url !== undefined) return pendingOnServer(url)
  return existsSync(path.join(folder, 'database')) ? within(folder, ({ lite }) => pendingInside(lite)) : migrationNames()
}

/** Applies them; gives the names of those applied. */
export async function migrate({ url, folder }: Pick<Place, 'url' | 'folder'>): Promise<readonly string[]> {
  const { migrateEmbedded, migrateServer } = await import('./migrations.js')
  return url === undefined ? within(folder, ({ lite }) => migrateEmbedded(lite)) : migrateServer(url)
}

async function within<T>(folder: string, work: (database: EmbeddedDatabase) => Promise<T>): Promise<T> {
  const { openEmbeddedDatabase } = await import('./embedded-database.js')
  const database = await openEmbeddedDatabase({ folder })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
