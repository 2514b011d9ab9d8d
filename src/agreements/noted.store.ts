import DataLoader from 'dataloader'
import { statement } from '../database/index.js'
import type { StoryReader } from '../database/read/index.js'
import type { Terms } from '../document/index.js'

/** Something that a document says about a source, and the first revision that says it. Instants are RFC 3339. */
interface Noted {
  /** Lineage of the source. */
  readonly source: string
  readonly revision: number
  readonly savedAt: string
  readonly savedBy: string | null
}

/** What the revisions of a story themselves say about its anonymous sources, each thing once. */
export interface NotedFacts {
  readonly agreements: readonly (Noted & { readonly reason: string | null; readonly grantedBy: string | null; readonly grantedByName: string | null })[]
  readonly approvals: readonly (Noted & { readonly use: string; readonly approvedBy: string; readonly approvedByName: string; readonly recordedByName: string | null; readonly at: string; readonly knowsIdentity: boolean; readonly present: readonly string[] })[]
  readonly groundRules: readonly (Noted & { readonly attribution: string; readonly terms: Terms; readonly at: string; readonly note: string | null })[]
  /** When the source was first credited with what. */
  readonly attributions: readonly (Noted & { readonly attribution: string })[]
}

const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const NOTED = `e."lineage" AS "source", r."number" AS "revision", ${instant('r."createdAt"')} AS "savedAt", r."savedBy"`
const SOURCES = `"Revision" AS r JOIN "Source" AS e ON e."revisionId" = r."id" AND e."kind" = 'ANONYMOUS'`
/** The first revision that says a thing; `what` tells one thing from another. */
const first = (what: string, columns: string, joins: string) => `coalesce((SELECT json_agg(n ORDER BY n."revision") FROM (
    SELECT DISTINCT ON (e."lineage", ${what}) ${NOTED}, ${columns} FROM ${SOURCES} ${joins} WHERE r."storyId" = s."id" ORDER BY e."lineage", ${what}, r."number") AS n), '[]')`

const FACTS = statement('noted_facts', `SELECT s."id" AS "storyId", json_build_object(
    'agreements', ${first('g."reason", g."grantedById"', 'g."reason", j."key" AS "grantedBy", j."name" AS "grantedByName"', 'JOIN "AnonymityAgreement" AS g ON g."sourceId" = e."id" LEFT JOIN "Journalist" AS j ON j."id" = g."grantedById"')},
    'approvals', ${first('j."key", p."at", p."use"', `p."use", j."key" AS "approvedBy", j."name" AS "approvedByName", w."name" AS "recordedByName", ${instant('p."at"')} AS "at", p."knowsIdentity",
      coalesce((SELECT json_agg(a."lineage") FROM "Attribution" AS a WHERE a."revisionId" = r."id" AND a."sourceId" = e."id"), '[]') AS "present"`,
    'JOIN "Approval" AS p ON p."sourceId" = e."id" JOIN "Journalist" AS j ON j."id" = p."approvedById" LEFT JOIN "Journalist" AS w ON w."id" = p."recordedById"')},
    'groundRules', ${first('a."lineage", t."at", t."terms"', `a."lineage" AS "attribution", t."terms", ${instant('t."at"')} AS "at", t."note"`, 'JOIN "Attribution" AS a ON a."revisionId" = r."id" AND a."sourceId" = e."id" JOIN "GroundRulesEntry" AS t ON t."attributionId" = a."id"')},
    'attributions', ${first('a."lineage"', 'a."lineage" AS "attribution"', 'JOIN "Attribution" AS a ON a."revisionId" = r."id" AND a."sourceId" = e."id"')}
  ) AS "facts" FROM "Story" AS s WHERE s."id" = ANY ($1::uuid[])`)

const loaders = new WeakMap<StoryReader, DataLoader<string, NotedFacts>>()

/** What a story's revisions say; all that are asked for in one tick come with one SQL statement (I10). */
export function notedFacts(reader: StoryReader, storyId: string): Promise<NotedFacts> {
  let loader = loaders.get(reader)
  if (!loader) {
    loader = new DataLoader<string, NotedFacts>(async (ids) => {
      const found = new Map((await reader.queries.query<{ storyId: string; facts: NotedFacts }>(FACTS, [ids])).map(({ storyId, facts }) => [storyId, facts]))
      return ids.map((id) => found.get(id) ?? { agreements: [], approvals: [], groundRules: [], attributions: [] })
    })
    loaders.set(reader, loader)
  }
  return loader.load(storyId)
}
