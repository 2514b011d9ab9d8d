import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEmbeddedDatabase } from '../../src/database/embedded-database.js'
import { migrateEmbedded, migrateServer } from '../../src/database/migrations.js'
import { buildPrograms } from './programs.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A dump of a migrated, empty embedded database; loading it takes a fraction of the time that making one takes. */
    embeddedTemplate: string
    /** Name of a migrated, empty database on the server. One of this run's own, so that two runs on a server do not meet. */
    serverTemplate: string
  }
}

/** What makes opening a copy slow: databases that no test asks, and what was written since the last checkpoint. */
const WITHOUT_BALLAST = [
  `UPDATE pg_database SET datistemplate = false, datallowconn = true WHERE datname LIKE 'template_'`, 'DROP DATABASE template0', 'DROP DATABASE template1',
  'CHECKPOINT',
]

/** Migrates one empty database, embedded or on the server that DATABASE_URL names; every test file starts from a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildPrograms()
  const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-test-'))
  const template = path.join(folder, 'template.tar')
  project.provide('embeddedTemplate', template)
  const url = process.env['DATABASE_URL']
  const name = `onrecord_test_template_${process.pid}_${Date.now()}`
  project.provide('serverTemplate', name)
  if (url) {
    await onServer(url, `CREATE DATABASE "${name}"`)
    await migrateServer(withDatabase(url, name))
  } else {
    const database = await openEmbeddedDatabase({})
    await migrateEmbedded(database.lite)
    for (const sql of WITHOUT_BALLAST) await database.lite.exec(sql)
    await writeFile(template, Buffer.from(await (await database.lite.dumpDataDir('none')).arrayBuffer()))
    await database.close()
  }
  return async () => {
    await rm(folder, { recursive: true, force: true })
    if (url) await onServer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
