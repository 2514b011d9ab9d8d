import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Queries } from '../../../src/database/index.js'
import { migrateServer } from '../../../src/database/migrations.js'
import { parseStoryDocument } from '../../../src/document/index.js'
import { createStoryWithin } from '../../../src/stories/save-story.js'
import { documentOf, type PlainStory } from './plain-story.mjs'

const PER_TRANSACTION = 50

/** Runs work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** Makes a database anew, with our tables. */
export async function freshDatabase(url: string, name: string): Promise<string> {
  await withClient(url, async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    await admin.query(`CREATE DATABASE "${name}"`)
  })
  const own = withDatabase(url, name)
  await migrateServer(own)
  return own
}

/** Stores published stories as the import does, many in a transaction. */
export async function loadStories(url: string, stories: AsyncIterable<PlainStory>, onProgress: (stored: number) => void = () => undefined): Promise<void> {
  const database = await openDatabase({ url, poolSize: 1, folder: '' })
  const sources = { now: () => new Date(), newId: randomUUID }
  let stored = 0
  const store = (batch: readonly PlainStory[]) => database.transaction(async (queries: Queries) => {
    for (const story of batch) {
      const parsed = parseStoryDocument(documentOf(story))
      if (!parsed.ok) throw new Error(`${story.slug}: ${JSON.stringify(parsed.problems.slice(0, 3))}`)
      const result = await createStoryWithin(queries, parsed.document, sources, 'bench', randomUUID())
      if (!result.ok) throw new Error(`${story.slug}: ${JSON.stringify(result.problems)}`)
    }
    stored += batch.length
    onProgress(stored)
  })
  try {
    const batch: PlainStory[] = []
    for await (const story of stories) {
      batch.push(story)
      if (batch.length === PER_TRANSACTION) await store(batch.splice(0))
    }
    if (batch.length > 0) await store(batch)
  } finally {
    await database.close()
  }
  await withClient(url, (client) => client.query('VACUUM ANALYZE'))
}
