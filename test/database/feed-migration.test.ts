import { readdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../src/database/pending-migrations.js'

const MIGRATION = '20261129020000_change_feed'
const folders = readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
const sqlOf = (folder: string) => readFileSync(`${MIGRATIONS_FOLDER}/${folder}/migration.sql`, 'utf8')
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

describe('the migration to the change feed', () => {
  let lite: PGlite
  beforeAll(async () => {
    lite = await PGlite.create()
    for (const folder of folders.filter((name) => name < MIGRATION)) await lite.exec(sqlOf(folder))
  }, 60_000)
  afterAll(() => lite.close())

  /** A story as it was stored before, with one revision; published where it has a version. */
  async function add(n: number, { state = 'PUBLISHED', version = 1, at = '2026-03-01T12:00:00Z', embargoedUntil = null as string | null, removedAt = null as string | null } = {}): Promise<void> {
    await lite.query(`WITH r AS (INSERT INTO "Revision" ("id", "storyId", "number", "kind", "desk", "language", "document", "publicDocument", "documentHash", "createdAt", "publishedAt") VALUES ($2, $1, 1, 'WRITE_THROUGH', 'Metro', 'en', '{}', '{}', '', $5, CASE WHEN $4 > 0 THEN $5::timestamptz END))
      INSERT INTO "Story" ("id", "slug", "state", "version", "currentRevisionId", "publicRevisionId", "createdAt", "listedAt", "firstPublishedAt", "publishedAt", "embargoedUntil", "removedAt")
      VALUES ($1, $3, $8::"StoryState", $4::int, $2, CASE WHEN $4 > 0 THEN $2::uuid END, $5, $5, CASE WHEN $4 > 0 THEN $5::timestamptz END, CASE WHEN $4 > 0 THEN $5::timestamptz END, $6, $7)`,
    [id(n), id(n + 100), `story-${n}`, version, at, embargoedUntil, removedAt, state])
  }

  it('gives every story that was published its events, with what they say of their moment, and drafts none', async () => {
    await add(1, { at: '2026-03-02T12:00:00Z', version: 3 })
    await add(2, { state: 'KILLED', removedAt: '2026-03-03T12:00:00Z' })
    await add(3, { state: 'DRAFT', version: 0 })
    await add(4, { embargoedUntil: '9999-12-31T23:59:59.999Z' })
    await add(5, { version: 2 })
    for (const [kind, version, at] of [['PUBLISHED', 1, '2026-03-01T12:00:00Z'], ['UPDATED', 2, '2026-03-02T12:00:00Z'], ['EMBARGO_LIFTED', 2, '2026-03-04T12:00:00Z'], ['HELD', 2, '2026-03-05T12:00:00Z'], ['RESTORED', 2, '2026-03-06T12:00:00Z']]) {
      await lite.query(`INSERT INTO "StoryEvent" ("storyId", "kind", "version", "at") VALUES ($1, $2::text::"StoryEventKind", $3::int, $4)`, [id(5), kind, version, at])
    }
    await lite.transaction((transaction) => transaction.exec(sqlOf(MIGRATION)))
    const { rows } = await lite.query(`SELECT right("storyId"::text, 1)::int AS story, "ordinal", "kind"::text, "version", "isOpen", "desk", "topics", to_char("since" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since FROM "StoryEvent" ORDER BY "storyId", "ordinal"`)
    const row = (story: number, ordinal: number, kind: string, version: number, isOpen: boolean, since: string) => ({ story, ordinal, kind, version, isOpen, desk: 'Metro', topics: [], since })
    expect(rows).toEqual([
      row(1, 1, 'PUBLISHED', 3, true, '2026-03-02'),
      row(2, 1, 'PUBLISHED', 1, true, '2026-03-01'), row(2, 2, 'KILLED', 1, true, '2026-03-01'),
      row(4, 1, 'PUBLISHED', 1, false, '9999-12-31'),
      row(5, 1, 'PUBLISHED', 1, false, '2026-03-01'), row(5, 2, 'UPDATED', 2, false, '2026-03-02'), row(5, 3, 'EMBARGO_LIFTED', 2, true, '2026-03-04'), row(5, 4, 'HELD', 2, true, '2026-03-04'), row(5, 5, 'RESTORED', 2, true, '2026-03-04'),
    ])
    expect((await lite.query(`SELECT "slug", to_char("openSince" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since FROM "Story" WHERE "openSince" IS NOT NULL`)).rows).toEqual([{ slug: 'story-5', since: '2026-03-04' }])
  })
})
