import { openAsBlob } from 'node:fs'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { openEmbeddedDatabase } from '../../src/database/embedded-database.js'
import { type Database } from '../../src/database/index.js'
import { openServerDatabase } from '../../src/database/server-database.js'
import { withDatabase } from './global-setup.js'

export interface TestDatabase {
  readonly database: Database
  drop(): Promise<void>
}

/** An empty, migrated database of one's own: embedded, or on the server that DATABASE_URL names. */
export async function freshDatabase(options: { onStatement?: (text: string) => void } = {}): Promise<TestDatabase> {
  const url = process.env['DATABASE_URL']
  if (!url) {
    const database = await openEmbeddedDatabase({ loadDataDir: await openAsBlob(inject('embeddedTemplate')), ...options })
    return { database, drop: () => database.close() }
  }
  const fresh = (await freshServerUrl())!
  const database = openServerDatabase({ url: fresh.url, poolSize: 5, ...options })
  return {
    database,
    drop: async () => {
      await database.close()
      await fresh.drop()
    },
  }
}

/** The address of an empty, migrated database on the server that DATABASE_URL names, or undefined where it names none. */
export async function freshServerUrl(): Promise<{ url: string; drop(): Promise<void> } | undefined> {
  const url = process.env['DATABASE_URL']
  if (!url) return undefined
  const name = `onrecord_test_${randomUUID().replaceAll('-', '')}`
  await administer(url, `CREATE DATABASE "${name}" TEMPLATE "${inject('serverTemplate')}"`)
  return { url: withDatabase(url, name), drop: () => administer(url, `DROP DATABASE "${name}" WITH (FORCE)`) }
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The same, dropped at the end of the test. */
export async function databaseForTest(): Promise<Database> {
  const { database, drop } = await freshDatabase()
  onTestFinished(drop)
  return database
}
