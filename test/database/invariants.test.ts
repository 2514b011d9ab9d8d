import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, RANGE_WORDS_DIFFER, REVISION_FROZEN, statement, type Database } from '../../src/database/index.js'
import { storyDocumentOf } from '../../src/document/index.js'
import { createStory, publishStory } from '../../src/stories/index.js'
import { freshDatabase } from '../support/database.js'

const TEXT = 'A 🚢 and a “berth”, two officials said.'
const at = (words: string, text = TEXT) => ({ paragraph: 0, start: text.indexOf(words), end: text.indexOf(words) + words.length })
const document = (slug: string) => storyDocumentOf({
  onrecord: 1, slug, desk: 'Metro', journalists: [{ key: 'sam-reyes', name: 'Sam Reyes' }], bylines: [{ journalist: 'sam-reyes' }], paragraphs: [{ text: TEXT }, { text: 'No marks here.' }],
  sources: [{ key: 's1', kind: 'ANONYMOUS', descriptor: 'two officials', headcount: { min: 2 } }],
  attributions: [{ key: 'a1', source: 's1', speech: 'MIXED', content: [at('A 🚢 and a “berth”')], cue: at('said'), mention: at('two officials') }],
  quotes: [{ key: 'q1', attribution: 'a1', ranges: [at('berth')] }],
})
const sources = { now: () => new Date('2026-03-01T00:00:00Z'), newId: () => randomUUID() }

describe('the database itself', () => {
  let database: Database
  let drop: () => Promise<void>
  const run = (sql: string, values: unknown[] = []) => database.query<Record<string, any>>(statement('test', sql), values)
  const refusal = async (sql: string, values: unknown[] = []) => run(sql, values).then(() => undefined, (error: unknown) => refusalOf(error))
  let draft: string
  let published: string

  beforeAll(async () => {
    ;({ database, drop } = await freshDatabase())
    for (const slug of ['draft', 'published']) expect(await createStory(database, document(slug), sources)).toMatchObject({ ok: true })
    expect(await publishStory(database, 'published', sources.now())).toMatchObject({ ok: true, version: 1 })
    const revisions = await run('SELECT s."slug", s."currentRevisionId" AS id FROM "Story" AS s')
    draft = revisions.find((row) => row['slug'] === 'draft')!['id']
    published = revisions.find((row) => row['slug'] === 'published')!['id']
  })
  afterAll(() => drop())

  describe('refuses a range (I1)', () => {
    const insert = (start: number, end: number, exact: string, paragraph = 0) => refusal(
      `INSERT INTO "TextRange" ("revisionId", "ordinal", "role", "paragraph", "start", "end", "exact", "quoteId")
       SELECT $1::uuid, 99, 'QUOTE', $2::int, $3::int, $4::int, $5::text, q."id" FROM "Quote" AS q WHERE q."revisionId" = $1::uuid`, [draft, paragraph, start, end, exact])
    it('whose words differ', async () => expect((await insert(0, 1, 'B'))?.code).toBe(RANGE_WORDS_DIFFER))
    it('that ends outside its paragraph', async () => expect((await insert(0, 99, TEXT))?.code).toBe(RANGE_WORDS_DIFFER))
    it('that begins before it', async () => expect((await insert(-1, 1, 'A'))?.code).toBe(RANGE_WORDS_DIFFER))
    it('that is empty', async () => expect((await insert(3, 3, ''))?.code).toBe(RANGE_WORDS_DIFFER))
    it('that cuts a character in half at its start', async () => expect((await insert(3, 5, ' '))?.code).toBe(RANGE_WORDS_DIFFER))
    it('that cuts a character in half at its end', async () => expect((await insert(0, 3, 'A '))?.code).toBe(RANGE_WORDS_DIFFER))
    it('of a paragraph that does not exist', async () => expect((await insert(0, 1, 'A', 9))?.constraint).toBe('TextRange_revisionId_paragraph_fkey'))
    it('that belongs to nothing', async () => expect((await refusal(
      `INSERT INTO "TextRange" ("revisionId", "ordinal", "role", "paragraph", "start", "end", "exact") VALUES ($1::uuid, 98, 'QUOTE', 0, 0, 1, 'A')`, [draft]))?.constraint).toBe('TextRange_owner_check'))
    it('and takes one that is right, after a character outside the basic plane', async () => expect(await insert(TEXT.indexOf('berth'), TEXT.indexOf('berth') + 5, 'berth')).toBeUndefined())
    it('and a new text under it that would change its words', async () => expect((await refusal(`UPDATE "Paragraph" SET "text" = 'other' WHERE "revisionId" = $1::uuid AND "index" = 0`, [draft]))?.code).toBe(RANGE_WORDS_DIFFER))
    it('but not a new text without ranges', async () => expect(await refusal(`UPDATE "Paragraph" SET "text" = 'other' WHERE "revisionId" = $1::uuid AND "index" = 1`, [draft])).toBeUndefined())
  })

  describe('refuses every change to a published revision (I2):', () => {
    it('its own row', async () => expect((await refusal(`UPDATE "Revision" SET "desk" = 'Other' WHERE "id" = $1::uuid`, [published]))?.code).toBe(REVISION_FROZEN))
    it('taking the publication back', async () => expect((await refusal(`UPDATE "Revision" SET "publishedAt" = NULL WHERE "id" = $1::uuid`, [published]))?.code).toBe(REVISION_FROZEN))
    it('deleting it', async () => expect((await refusal(`DELETE FROM "Revision" WHERE "id" = $1::uuid`, [published]))?.code).toBe(REVISION_FROZEN))

    it('altering the parts of it that lists are answered from', async () => expect((await refusal(`UPDATE "PublicSlice" SET "body" = '{}' WHERE "revisionId" = $1::uuid`, [published]))?.code).toBe(REVISION_FROZEN))

    it('changing, moving, adding or deleting a row in any table that belongs to it', async () => {
      const tables = (await run(`SELECT c.table_name AS name FROM information_schema.columns AS c WHERE c.table_schema = current_schema() AND c.column_name = 'revisionId' AND c.table_name NOT IN ('AnonymityAgreement', 'Approval', 'PublicSlice')`)).map((row) => row['name'] as string)
      expect(tables.length).toBeGreaterThan(20)
      const triggers = await run(`SELECT event_object_table AS name, event_manipulation AS event, trigger_name AS trigger FROM information_schema.triggers`)
      for (const table of tables) {
        const of = triggers.filter((row) => row['name'] === table && String(row['trigger']).includes('_frozen')).map((row) => row['event']).sort()
        expect(of, table).toEqual(['DELETE', 'INSERT', 'UPDATE', 'UPDATE'])
      }
      for (const table of ['Paragraph', 'Attribution', 'Quote', 'Source', 'TextRange', 'AnonymousAttribution']) {
        expect((await refusal(`UPDATE "${table}" SET "revisionId" = "revisionId" WHERE "revisionId" = $1::uuid`, [published]))?.code, table).toBe(REVISION_FROZEN)
      }
      expect((await refusal(`UPDATE "Paragraph" SET "revisionId" = $1::uuid, "index" = 7 WHERE "revisionId" = $2::uuid AND "index" = 1`, [published, draft]))?.code).toBe(REVISION_FROZEN)
      expect((await refusal(`INSERT INTO "Paragraph" ("revisionId", "index", "role", "text") VALUES ($1::uuid, 9, 'BODY', 'x')`, [published]))?.code).toBe(REVISION_FROZEN)
      expect((await refusal(`DELETE FROM "TextRange" WHERE "revisionId" = $1::uuid`, [published]))?.code).toBe(REVISION_FROZEN)
    })
  })

  it('never makes an unconfirmed or off-record attribution a public row (I11)', async () => {
    expect((await refusal(`UPDATE "Attribution" SET "confirmed" = false WHERE "revisionId" = $1::uuid`, [draft]))?.constraint).toBe('Attribution_public_check')
    expect((await refusal(`UPDATE "Attribution" SET "groundRules" = 'OFF_RECORD' WHERE "revisionId" = $1::uuid`, [draft]))?.constraint).toBe('Attribution_public_check')
  })

  it('holds no column that could name an anonymous source', async () => {
    expect((await refusal(`UPDATE "Source" SET "name" = 'Jane Roe' WHERE "revisionId" = $1::uuid AND "kind" = 'ANONYMOUS'`, [draft]))?.constraint).toBe('Source_kind_check')
  })

  it('keeps slugs apart, also when two are created at once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => createStory(database, document('twice'), sources)))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    for (const result of results) if (!result.ok) expect(result.problems).toEqual([expect.objectContaining({ path: 'slug', code: 'SLUG_TAKEN' })])
  })
})
