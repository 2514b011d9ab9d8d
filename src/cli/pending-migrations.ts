import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { migrateEmbedded, migrateServer, openEmbeddedDatabase, pendingOnServer, statement } from '../database/index.js'
import type { Env } from '../env.js'

const FOLDER = new URL('../../prisma/migrations/', import.meta.url)
const TABLE = statement('migrations_table', `SELECT to_regclass('_prisma_migrations')::text AS name`)
const APPLIED = statement('migrations_applied', 'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')

/** Names of the migrations that the database lacks. Looking makes no data folder. */
export async function pendingIn(env: Env): Promise<readonly string[]> {
  return env.DATABASE_URL === undefined ? pendingInFolder(env.ONRECORD_DATA) : pendingOnServer(env.DATABASE_URL)
}

/** Applies them; gives the names of those applied. */
export async function applyTo(env: Env): Promise<readonly string[]> {
  if (env.DATABASE_URL !== undefined) return migrateServer(env.DATABASE_URL)
  const database = await openEmbeddedDatabase({ folder: env.ONRECORD_DATA })
  try {
    return await migrateEmbedded(database.lite)
  } finally {
    await database.close()
  }
}

async function pendingInFolder(folder: string): Promise<readonly string[]> {
  const names = (await readdir(FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  if (!existsSync(path.join(folder, 'database'))) return names
  const database = await openEmbeddedDatabase({ folder })
  try {
    const [table] = await database.query<{ name: string | null }>(TABLE, [])
    if (!table?.name) return names
    const applied = new Set((await database.query<{ name: string }>(APPLIED, [])).map((row) => row.name))
    return names.filter((name) => !applied.has(name))
  } finally {
    await database.close()
  }
}
