import type { AnyList } from './page.js'
import type { ListSpec, OrderColumn } from './lists.js'
import { storyConditions, type StoryFilter } from './story-filter.js'
import { shownStatement } from './visibility.js'

export const SEARCH_KINDS = ['COPY', 'QUOTE', 'STATEMENT'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** An index cannot order by rank, so only so many of the newest matches of each kind are ranked. */
const RANKED = 1_000

/** Marks in `headline` around matching words; documents cannot hold these characters. */
export const MATCH_START = '\u0001'
export const MATCH_END = '\u0002'

/**
 * Full-text search over copy, quotes and statements. Like every list it sees only the viewer's revision of stories that the viewer may
 * see; of a statement, only the snapshot that such a story knows, and for the public only where it is released in full.
 */
export function searchList(words: string, kinds: readonly SearchKind[], stories: StoryFilter | undefined): AnyList<object> {
  return (view): ListSpec => {
    const { visible, parameters } = view
    const query = `websearch_to_tsquery('english', ${parameters.literal(words)})`
    const wanted = parameters.add(kinds, 'text[]')
    return {
      name: 'search',
      from: (scope) => {
        const conditions = ['', visible(scope), ...storyConditions(stories, parameters, view)].join(' AND ')
        const story = (alias: string) => `JOIN "Story" AS s ON s.${scope.revision} = ${alias}."revisionId" LEFT JOIN "Revision" AS r ON r."id" = s.${scope.revision}`
        const branch = (kind: SearchKind, ref: string, row: string, from: string) => `(
          SELECT '${kind}' AS kind, s."id" AS "storyId", s."listedAt", ${ref}::text AS ref, ${row}."search", ${row}."text" FROM ${from}
          WHERE '${kind}' = ANY (${wanted}) AND ${row}."search" @@ ${query}${conditions} ORDER BY s."listedAt" DESC LIMIT ${RANKED})`
        const released = scope.isNewsroom ? '' : ` AND sc."release" = 'FULL' AND NOT EXISTS (SELECT FROM "FiledStatement" AS fs WHERE fs."statementId" = sc."statementId" AND fs."release" = 'EXCERPT')`
        // Each match's story is looked up by itself (OFFSET 0): PostgreSQL would read all stories first, since it expects as many matches as there may be.
        return `(
          ${branch('COPY', 'p."index"', 'p', `"Paragraph" AS p ${story('p')}`)}
          UNION ALL ${branch('QUOTE', 'q."lineage"', 'q', `"Quote" AS q ${story('q')} AND ${scope.row('q')}`)}
          UNION ALL ${branch('STATEMENT', 'sc."statementId"', 't', `"StatementText" AS t JOIN "StatementCitation" AS sc ON sc."statementId" = t."statementId" AND sc."textTakenAt" = t."takenAt" AND ${shownStatement(view, 'sc')}${released} ${story('sc')}`)}
        ) AS m CROSS JOIN LATERAL (SELECT * FROM "Story" AS found WHERE found."id" = m."storyId" OFFSET 0) AS s LEFT JOIN "Revision" AS r ON r."id" = s.${scope.revision}`
      },
      always: () => [],
      columns: {
        kind: 'm.kind', ref: 'm.ref',
        marked: `ts_headline('english', m."text", ${query}, E'StartSel="\\x01", StopSel="\\x02", HighlightAll=true')`,
      },
      order: (name) => {
        const newest: OrderColumn[] = [
          { sql: 's."listedAt"', type: 'timestamptz', descending: true },
          { sql: `(m.kind || ' ' || m."storyId" || ' ' || m.ref)`, type: 'text', descending: true },
        ]
        return name === 'NEWEST' ? newest : [{ sql: `round(ts_rank(m."search", ${query})::numeric, 6)`, type: 'numeric', descending: true }, ...newest]
      },
      filter: {},
      parents: {},
    }
  }
}
