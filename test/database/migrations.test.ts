import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openEmbeddedDatabase } from '../../src/database/embedded-database.js'
import { statement } from '../../src/database/index.js'
import { migrateEmbedded, migrateServer } from '../../src/database/migrations.js'
import { MIGRATIONS_FOLDER, pendingOnServer } from '../../src/database/pending-migrations.js'
import { databaseForTest, freshServerUrl } from '../support/database.js'

const names = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()

describe('the migrations', () => {
  it('are recorded as `prisma migrate deploy` records them: same table, same checksums', async () => {
    const database = await databaseForTest()
    const rows = await database.query<{ name: string; checksum: string; steps: number; finished: boolean }>(
      statement('migrations', `SELECT migration_name AS name, checksum, applied_steps_count AS steps, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY migration_name`), [])
    expect(rows).toEqual(names.map((name) => ({ name, checksum: createHash('sha256').update(readFileSync(`${MIGRATIONS_FOLDER}/${name}/migration.sql`)).digest('hex'), steps: 1, finished: true })))
  })

  it('are applied once', async () => {
    const fresh = await freshServerUrl()
    if (fresh) {
      expect(await pendingOnServer(fresh.url)).toEqual([])
      expect(await migrateServer(fresh.url)).toEqual([])
      await fresh.drop()
      return
    }
    const database = await openEmbeddedDatabase({})
    expect(await migrateEmbedded(database.lite)).toEqual(names)
    expect(await migrateEmbedded(database.lite)).toEqual([])
    await database.close()
  })
})
