import { agreementsOf } from '../agreements/index.js'
import { deleteRowsOfRevision, insertRows, statement, type Queries } from '../database/index.js'
import { publicForm, withTermsInForce } from '../document/index.js'
import { surroundingsOf, type Surroundings } from './entities.js'
import { rowsOf } from './rows.js'
import { storedForms, type Forms, type NewRevision } from './save-story.js'

const REVISE = statement('revise', `
  UPDATE "Revision" AS r SET "number" = n."number", "kind" = n."kind", "desk" = n."desk", "language" = n."language", "slugline" = n."slugline", "urgency" = n."urgency",
    "datelinePlace" = n."datelinePlace", "datelineDate" = n."datelineDate", "timeZone" = n."timeZone", "editorsNote" = n."editorsNote", "storylineId" = n."storylineId",
    "evolvedFromId" = n."evolvedFromId", "translationOfId" = n."translationOfId", "parentId" = n."parentId", "documentHash" = n."documentHash", "createdAt" = n."createdAt",
    "document" = $2::json, "publicDocument" = $3::json
  FROM jsonb_populate_record(NULL::"Revision", $1::jsonb) AS n WHERE r."id" = n."id"`)
// Only what differs is written: a paragraph that stays as it is costs nothing.
const PARAGRAPHS = statement('revise_paragraphs', `
  WITH given AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS g("index" int, "role" "ParagraphRole", "text" text)),
    gone AS (DELETE FROM "Paragraph" AS p WHERE p."revisionId" = $1::uuid AND p."index" >= (SELECT count(*) FROM given)),
    changed AS (UPDATE "Paragraph" AS p SET "role" = g."role", "text" = g."text" FROM given AS g
      WHERE p."revisionId" = $1::uuid AND p."index" = g."index" AND (p."role" <> g."role" OR p."text" <> g."text") RETURNING 1)
  INSERT INTO "Paragraph" ("revisionId", "index", "role", "text")
  SELECT $1::uuid, g."index", g."role", g."text" FROM given AS g WHERE NOT EXISTS (SELECT FROM "Paragraph" AS p WHERE p."revisionId" = $1::uuid AND p."index" = g."index")`)

/** Writes a stored revision anew, with all its rows. The database refuses it for a published one (I2). */
export async function replaceRevision(queries: Queries, forms: Forms, surroundings: Surroundings, revision: NewRevision, newId: () => string): Promise<void> {
  const stored = storedForms(forms)
  const { Revision: [head] = [], Paragraph: paragraphs = [], ...rows } = rowsOf(forms.document, forms.publicDocument, { ...revision, documentHash: stored.documentHash, newId, ...surroundings })
  await deleteRowsOfRevision(queries, revision.revisionId)
  await queries.query(PARAGRAPHS, [revision.revisionId, JSON.stringify(paragraphs)])
  await insertRows(queries, { ...rows, ...surroundings.newRows })
  await queries.query(REVISE, [JSON.stringify(head), stored.document, stored.publicDocument])
}

const SAVED = statement('saved_revision', `SELECT r."number", r."createdAt", r."savedBy", r."isAutosave", r."document", r."publicDocument" FROM "Revision" AS r WHERE r."id" = $1::uuid`)

interface Saved extends Forms {
  readonly number: number
  readonly createdAt: Date
  readonly savedBy: string | null
  readonly isAutosave: boolean
}

/** Makes the public form of a revision again before it is published, since its terms may have changed after it was saved. */
export async function renewPublicForm(queries: Queries, { storyId, revisionId, listedAt }: Pick<NewRevision, 'storyId' | 'revisionId' | 'listedAt'>, newId: () => string): Promise<void> {
  const { document, publicDocument: before, savedBy, ...saved } = (await queries.query<Saved>(SAVED, [revisionId]))[0]!
  const publicDocument = publicForm(withTermsInForce(document, await agreementsOf(queries, storyId)))
  if (JSON.stringify(publicDocument) === JSON.stringify(before)) return
  await replaceRevision(queries, { document, publicDocument }, await surroundingsOf(queries, document, newId), { ...saved, storyId, revisionId, listedAt, savedBy: savedBy ?? undefined }, newId)
}
