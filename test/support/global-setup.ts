import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateEmbedded, migrateServer, openEmbeddedDatabase } from '../../src/database/index.js'

export const TEMPLATE = 'onrecord_test_template'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A dump of a migrated, empty embedded database; loading it is six times as fast as making one. */
    embeddedTemplate: string
  }
}

/** Migrates one empty database, embedded or on the server that DATABASE_URL names; every test file starts from a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onrecord-test-'))
  const template = path.join(folder, 'template.tar')
  project.provide('embeddedTemplate', template)
  const url = process.env['DATABASE_URL']
  if (url) {
    await recreate(url, TEMPLATE)
    await migrateServer(withDatabase(url, TEMPLATE))
  } else {
    const database = await openEmbeddedDatabase({})
    await migrateEmbedded(database.lite)
    await writeFile(template, Buffer.from(await (await database.lite.dumpDataDir('none')).arrayBuffer()))
    await database.close()
  }
  return () => rm(folder, { recursive: true, force: true })
}

async function recreate(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await client.query(`CREATE DATABASE "${name}"`)
  await client.end()
}

export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
