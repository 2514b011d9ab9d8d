import { statement, type Database, type Queries } from '../database/index.js'
import type { StoryDocument } from '../document/index.js'
import { archiveOrder, chosenOrder } from './export-order.js'

export interface ExportedStory {
  readonly slug: string
  /** The current revision. With `publication` where this revision is what the public reads. */
  readonly document: StoryDocument
  /** What an import of the document will not bring back, one sentence each. */
  readonly losses: readonly string[]
}

/** So many documents are in memory at once. */
const BATCH = 20

const SNAPSHOT = statement('snapshot', 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
const DOCUMENTS = statement('export_documents', `
  SELECT s."id", s."slug", s."state"::text AS "state", s."version", s."firstPublishedAt", s."publishedAt", s."embargoedUntil", s."scheduledFor",
    coalesce(s."publicRevisionId" = s."currentRevisionId", false) AS "isPublicRevision", r."document"
  FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s."currentRevisionId" WHERE s."id" = ANY ($1::uuid[])`)

interface DocumentRow {
  id: string; slug: string; state: string; version: number; firstPublishedAt: Date | null; publishedAt: Date | null; embargoedUntil: Date | null
  scheduledFor: Date | null; isPublicRevision: boolean; document: StoryDocument
}

/**
 * Hands over stories as documents, each after the stories that it names, as of one moment. All of them, or those with the given slugs;
 * gives the slugs that no story has. Memory does not grow with the number of stories.
 */
export async function exportStories(database: Database, which: 'ALL' | readonly string[], write: (story: ExportedStory) => Promise<void>): Promise<readonly string[]> {
  return database.transaction(async (queries) => {
    await queries.query(SNAPSHOT, [])
    const { ids, missing } = which === 'ALL' ? { ids: archiveOrder(queries), missing: [] } : await chosenOrder(queries, which)
    let batch: string[] = []
    const flush = async () => {
      for (const story of await storiesOf(queries, batch)) await write(story)
      batch = []
    }
    for await (const id of ids) if (batch.push(id) === BATCH) await flush()
    await flush()
    return missing
  })
}

async function storiesOf(queries: Queries, ids: readonly string[]): Promise<ExportedStory[]> {
  if (ids.length === 0) return []
  const rows = new Map((await queries.query<DocumentRow>(DOCUMENTS, [ids])).map((row) => [row.id, row]))
  return ids.map((id) => storyOf(rows.get(id)!))
}

function storyOf(row: DocumentRow): ExportedStory {
  const isPublic = row.state === 'PUBLISHED' && row.isPublicRevision
  return { slug: row.slug, document: isPublic ? published(row.document, row) : row.document, losses: [...lossesOf(row, isPublic)] }
}

/** Without `publication` a document is a draft. That is safe: no import publishes what was not public here. */
function* lossesOf({ state, isPublicRevision, embargoedUntil, scheduledFor }: DocumentRow, isPublic: boolean): Generator<string> {
  if (state === 'PUBLISHED' && !isPublicRevision) yield 'its current revision is not the published one, so it is written as a draft'
  else if (state !== 'PUBLISHED' && state !== 'DRAFT') yield `it is ${state.toLowerCase()}, which a document does not tell, and is written as a draft`
  if (!isPublic && embargoedUntil) yield 'its embargo is not written: a draft\'s document has none'
  if (scheduledFor) yield `it is to be published at ${instant(scheduledFor)}, which a document does not tell`
}

function published(document: StoryDocument, { version, firstPublishedAt, publishedAt, embargoedUntil }: DocumentRow): StoryDocument {
  const { paragraphs, ...rest } = document
  const { onrecord, slug, ...others } = rest
  const publication = {
    firstPublishedAt: instant(firstPublishedAt!),
    ...(publishedAt!.getTime() !== firstPublishedAt!.getTime() && { publishedAt: instant(publishedAt!) }),
    version,
    ...(embargoedUntil && { embargoedUntil: instant(embargoedUntil) }),
  }
  // The head stands first, for those who read the file.
  return { onrecord, slug, publication, paragraphs, ...others }
}

function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z')
}
