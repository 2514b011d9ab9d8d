import { beyond, type AnyList, type PageRequest, type Place } from './page.js'
import type { Parameters } from './parameters.js'
import type { ListSpec, OrderColumn } from './lists.js'
import { storyConditions, type StoryFilter } from './story-filter.js'
import { shownStatement } from './visibility.js'

export const SEARCH_KINDS = ['COPY', 'QUOTE', 'STATEMENT'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** An index cannot order by rank, so only so many of the newest matches of each kind are ranked. */
const RANKED = 200
/**
 * Stories that are read through for matches, newest first, before the index is asked for all matches in older ones: first so many, and that
 * many in all where these had a quarter of what is wanted.
 */
const READ_THROUGH = [2_000, 10_000] as const

/** A table that is looked up for a match: its name, its alias, and the conditions of the join. */
type Joined = readonly [table: string, alias: string, on: readonly string[]]

/** Marks in `headline` around matching words; documents cannot hold these characters. */
export const MATCH_START = '\u0001'
export const MATCH_END = '\u0002'

/**
 * Full-text search over copy, quotes and statements. Like every list it sees only the viewer's revision of stories that the viewer may
 * see; of a statement, only the snapshot that such a story knows, and for the public only where it is released in full. By NEWEST all
 * matches can be walked through, each page as cheap as the first; by RELEVANCE the newest ones.
 */
export function searchList(words: string, kinds: readonly SearchKind[], stories: StoryFilter | undefined, page: PageRequest, stretches: readonly [number, number] = READ_THROUGH): AnyList<object> {
  return (view): ListSpec => {
    const { visible, parameters } = view
    const query = `websearch_to_tsquery('english', ${parameters.literal(words)})`
    const isRanked = page.order !== 'NEWEST'
    const newest = (kind: string, ref: string): OrderColumn[] => [
      { sql: 's."listedAt"', type: 'timestamptz', descending: true },
      { sql: `(${kind} || ' ' || s."id" || ' ' || ${ref})`, type: 'text', descending: true },
    ]
    return {
      name: 'search',
      from: (scope) => {
        const conditions = [visible(scope), ...storyConditions(stories, parameters, view)]
        const released = scope.isNewsroom ? [] : [`sc."release" = 'FULL'`, `NOT EXISTS (SELECT FROM "FiledStatement" AS fs WHERE fs."statementId" = sc."statementId" AND fs."release" = 'EXCERPT')`]
        const story = (alias: string): Joined => ['"Story"', 's', [`s.${scope.revision} = ${alias}."revisionId"`]]
        // A match brings its story along: it need not be looked up again.
        const branches: Record<SearchKind, () => string> = {
          COPY: () => branch('COPY', '"Paragraph"', 'p', 'p."index"', [story('p')], []),
          QUOTE: () => branch('QUOTE', '"Quote"', 'q', 'q."lineage"', [story('q')], [scope.row('q')]),
          STATEMENT: () => branch('STATEMENT', '"StatementText"', 't', 'sc."statementId"', [['"StatementCitation"', 'sc', ['sc."statementId" = t."statementId"', 'sc."textTakenAt" = t."takenAt"']], story('sc')], [shownStatement(view, 'sc'), ...released]),
        }
        return `(${[...new Set(kinds)].map((kind) => branches[kind]()).join(' UNION ALL ')}) AS m
          CROSS JOIN LATERAL (SELECT (m.story).*) AS s LEFT JOIN "Revision" AS r ON r."id" = s.${scope.revision}`

        /**
         * The first matches of a kind. Reading stories through is quick for a word that many have and endless for one that only old ones have;
         * asking the index for all of its matches is the other way round. So the stories next in line are read through, and where these do not
         * have enough, all older matches are found.
         */
        function branch(kind: SearchKind, table: string, row: string, ref: string, joined: readonly Joined[], shown: readonly string[]): string {
          const order = newest(`'${kind}'`, `${ref}::text`)
          const { limit, isBackward, start, bounds } = isRanked ? { limit: RANKED, isBackward: false, start: [], bounds: [] } : part(order, page, parameters)
          const direction = isBackward ? 'ASC' : 'DESC'
          const sorted = `ORDER BY ${order.map((_column, index) => `o${index} ${direction}`).join(', ')}`
          const [nearer, beyondIt, endOfAll] = isBackward ? ['<=', '>', 'infinity'] : ['>=', '<', '-infinity']
          const columns = `'${kind}' AS kind, ROW(s.*)::"Story" AS story, ${ref}::text AS ref, ${row}."search", ${row}."text", ${order.map(({ sql }, index) => `${sql} AS o${index}`).join(', ')}`
          const isMatch = `"search" @@ ${query}`
          const revision = stories ? `LEFT JOIN "Revision" AS r ON r."id" = s.${scope.revision}` : ''
          const where = [...shown, ...conditions, ...bounds]
          const readTo = (offset: number) => `SELECT s."listedAt" AS place FROM "Story" AS s${start.length > 0 ? ` WHERE ${start.join(' AND ')}` : ''} ORDER BY s."listedAt" ${direction} OFFSET ${offset} LIMIT 1`
          const readThrough = (end: string, ...more: string[]) => `SELECT ${columns} FROM ${table} AS ${row} ${joined.map(([other, alias, on]) => `JOIN ${other} AS ${alias} ON ${on.join(' AND ')}`).join(' ')} ${revision}
                WHERE ${[...where, ...more, `${row}.${isMatch}`, `s."listedAt" ${nearer} coalesce((SELECT place FROM ${end}), '${endOfAll}')`].join(' AND ')} ${sorted} LIMIT ${limit}`
          // OFFSET 0: what is found by the index is looked up one by one, whatever PostgreSQL expects of it.
          const lookedUp = joined.map(([other, alias, on]) => `CROSS JOIN LATERAL (SELECT * FROM ${other} AS ${alias} WHERE ${on.join(' AND ')} OFFSET 0) AS ${alias}`).join(' ')
          const found = (part: string) => `(SELECT count(*) FROM ${part})`
          const isWorthMore = `${found('near')} >= ${Math.ceil(limit / 4)}`
          return `(
            WITH near_end AS MATERIALIZED (${readTo(stretches[0])}), next_end AS MATERIALIZED (${readTo(stretches[1])}),
              near AS MATERIALIZED (${readThrough('near_end')}),
              next AS MATERIALIZED (${readThrough('next_end', isWorthMore, `${found('near')} < ${limit}`, `s."listedAt" ${beyondIt} (SELECT place FROM near_end)`)}),
              far AS (
                SELECT ${columns} FROM (SELECT * FROM ${table} WHERE ${isMatch} OFFSET 0) AS ${row} ${lookedUp} ${revision}
                WHERE ${[...where, `${found('near')} + ${found('next')} < ${limit}`, `s."listedAt" ${beyondIt} (SELECT place FROM next_end WHERE ${isWorthMore} UNION ALL SELECT place FROM near_end WHERE NOT ${isWorthMore})`].join(' AND ')} OFFSET 0)
            SELECT * FROM near UNION ALL (SELECT * FROM next ${sorted} LIMIT (SELECT ${limit} - ${found('near')}))
            UNION ALL (SELECT * FROM far ${sorted} LIMIT (SELECT greatest(${limit} - ${found('near')} - ${found('next')}, 0))))`
        }
      },
      always: () => [],
      columns: {
        kind: 'm.kind', ref: 'm.ref',
        marked: `ts_headline('english', m."text", ${query}, E'StartSel="\\x01", StopSel="\\x02", HighlightAll=true')`,
      },
      order: () => (isRanked ? [{ sql: `round(ts_rank(m."search", ${query})::numeric, 6)`, type: 'numeric', descending: true }, ...newest('m.kind', 'm.ref')] : newest('m.kind', 'm.ref')),
      filter: {},
      parents: {},
    }
  }
}

/** The part of an order that a page shows; `start` holds its first column, so that an index over that alone can be used. */
function part(order: readonly OrderColumn[], { after, before, backward, limit }: PageRequest, parameters: Parameters) {
  const [first] = order as [OrderColumn]
  const start = (place: Place | undefined, comparison: string) => (place ? [`${first.sql} ${comparison} ${parameters.add(place[0], first.type)}`] : [])
  const [atMost, atLeast] = [start(after, '<='), start(before, '>=')]
  return {
    limit: limit + 1, isBackward: Boolean(backward), start: [...atMost, ...atLeast],
    bounds: [...(after ? [beyond(order, after, parameters, false)] : []), ...(before ? [beyond(order, before, parameters, true)] : []), ...atMost, ...atLeast],
  }
}
