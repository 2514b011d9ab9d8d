import { statement, type Queries } from '../database/index.js'
import { appendEvents } from './events.js'

/** How much of a statement on file may be public. */
export interface StatementTerms {
  readonly release: string
  readonly embargoedUntil: Date | null
}

/** What readers see of a citation `c` under the terms of its file: nothing, the excerpt, or all of what the story itself shows. */
const shown = (release: string, until: string) => `CASE WHEN coalesce(greatest(c."embargoedUntil", ${until}) > $6::timestamptz, false) THEN 'NOTHING' WHEN c."release" = 'FULL' THEN ${release} ELSE 'EXCERPT' END`
const AFFECTED = statement('stories_that_report', `
  SELECT s."id" FROM "StatementCitation" AS c JOIN "Story" AS s ON s."publicRevisionId" = c."revisionId"
  WHERE c."statementId" = $1::uuid AND c."isPublic" AND s."state" = 'PUBLISHED' AND ${shown('$2::text', '$3::timestamptz')} <> ${shown('$4::text', '$5::timestamptz')} ORDER BY s."id"`)

/** Tells of the published stories that show more of a statement than before, or less. Inside the transaction that changes its file. */
export async function tellStatementChanged(queries: Queries, statementId: string, before: StatementTerms, after: StatementTerms, now: Date): Promise<void> {
  const stories = await queries.query<{ id: string }>(AFFECTED, [statementId, before.release, before.embargoedUntil, after.release, after.embargoedUntil, now])
  if (stories.length > 0) await appendEvents(queries, stories.map(({ id }) => id), { kind: 'STATEMENT_CHANGED', at: now })
}

/** How long it is looked back for embargoes that ended while no server ran. */
const LOOK_BACK = '30 days'
// What a story told since then was told with the statement.
const ENDED = statement('ended_statement_embargoes', `
  SELECT DISTINCT s."id" FROM (
    SELECT c."revisionId", c."statementId", c."embargoedUntil" FROM "StatementCitation" AS c WHERE c."isPublic" AND c."embargoedUntil" BETWEEN $1::timestamptz - interval '${LOOK_BACK}' AND $1::timestamptz
    UNION ALL SELECT c."revisionId", c."statementId", f."embargoedUntil" FROM "FiledStatement" AS f JOIN "StatementCitation" AS c ON c."statementId" = f."statementId"
      WHERE c."isPublic" AND coalesce(c."embargoedUntil" <= $1::timestamptz, true) AND f."embargoedUntil" BETWEEN $1::timestamptz - interval '${LOOK_BACK}' AND $1::timestamptz
  ) AS c JOIN "Story" AS s ON s."publicRevisionId" = c."revisionId" LEFT JOIN "FiledStatement" AS f ON f."statementId" = c."statementId"
  WHERE s."state" = 'PUBLISHED' AND coalesce(f."embargoedUntil" <= $1::timestamptz, true)
    AND c."embargoedUntil" > (SELECT e."at" FROM "StoryEvent" AS e WHERE e."storyId" = s."id" ORDER BY e."ordinal" DESC LIMIT 1)
  ORDER BY s."id" LIMIT 100`)

/** Tells of the published stories in which a statement's own embargo has ended; how many there were. Inside a transaction. */
export async function tellEndedStatementEmbargoes(queries: Queries, now: Date): Promise<number> {
  const looked = await queries.query<{ id: string }>(ENDED, [now])
  if (looked.length === 0) return 0
  // Another node may have told of them since: looked at again, one at a time, by whoever has the row.
  await queries.query(LOCK, [looked.map(({ id }) => id)])
  const stories = await queries.query<{ id: string }>(ENDED, [now])
  if (stories.length > 0) await appendEvents(queries, stories.map(({ id }) => id), { kind: 'STATEMENT_CHANGED', at: now })
  return stories.length
}
const LOCK = statement('lock_stories', `SELECT 1 FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[]) ORDER BY s."id" FOR UPDATE`)
