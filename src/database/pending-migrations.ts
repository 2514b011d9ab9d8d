import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { PGlite } from '@electric-sql/pglite'
import type { Patience } from './server-pool.js'

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** The migrations that a server still lacks, a failed one included. */
export async function pendingOnServer(url: string, patience?: Patience): Promise<readonly string[]> {
  const { serverPool } = await import('./server-pool.js')
  const pool = serverPool(url, 1, patience)
  try {
    return await pendingMigrations(async (sql) => (await pool.query(sql)).rows)
  } finally {
    await pool.end()
  }
}

/** The migrations that an embedded database still lacks. */
export function pendingInside(lite: PGlite): Promise<readonly string[]> {
  return pendingMigrations(async (sql) => (await lite.query<never>(sql)).rows)
}

async function pendingMigrations(query: (sql: string) => Promise<{ name: string }[]>): Promise<readonly string[]> {
  const names = await migrationNames()
  const [table] = await query(`select to_regclass('_prisma_migrations')::text as name`)
  if (!table?.name) return names
  const applied = new Set((await query('select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null')).map((row) => row.name))
  return names.filter((name) => !applied.has(name))
}

export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
}
