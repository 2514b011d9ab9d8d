import type { ListSpec, OrderColumn } from './lists.js'
import { pageBounds, type List, type ListContext, type PageRequest } from './page.js'
import type { Parameters } from './parameters.js'
import type { Scope } from './scope.js'
import { storyConditions, type StoryFilter } from './story-filter.js'
import { shownStatement, type View } from './visibility.js'

export const SEARCH_KINDS = ['COPY', 'QUOTE', 'STATEMENT'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** An index cannot order by rank, so only so many of the newest matches of each kind are ranked. */
const RANKED = 200
/** Stories that are read through for matches before the index is asked for all matches in the others; the second number where the first had a quarter of what is wanted. */
const READ_THROUGH = [2_000, 10_000] as const

/** Marks in `headline` around matching words; documents cannot hold these characters. */
export const MATCH_START = '\u0001'
export const MATCH_END = '\u0002'

/** Where matches of a kind are. */
interface Searched {
  /** The table that holds the words, as SQL, and its alias. */
  readonly table: string
  readonly row: string
  /** What names a match within its story, as SQL. */
  readonly ref: string
  /** What leads from there to the story `s`: a table, its alias, and the conditions of the join. */
  readonly joined: readonly (readonly [table: string, alias: string, on: readonly string[]])[]
  /** Conditions on what may be read. */
  readonly shown: readonly string[]
}

/** What is wanted of each kind. */
interface Wanted {
  readonly parameters: Parameters
  /** The words, as SQL. */
  readonly query: string
  /** Conditions on the story. */
  readonly conditions: readonly string[]
  /** The revision `r` of the story, where the conditions need it. */
  readonly revision: string
  readonly page: Pick<PageRequest, 'limit' | 'after' | 'before' | 'backward'>
  readonly stretches: readonly [number, number]
}

/** A match's place in newest-first order; both are SQL. */
const newestMatchFirst = (kind: string, ref: string): OrderColumn[] => [
  { sql: 's."listedAt"', type: 'timestamptz', descending: true },
  { sql: `(${kind} || ' ' || s."id" || ' ' || ${ref})`, type: 'text', descending: true },
]

/**
 * Full-text search over copy, quotes and statements. Like every list it sees only the viewer's revision of stories that the viewer may
 * see; of a statement, only the snapshot that such a story knows, and for the public only where it is released in full. By NEWEST all
 * matches can be walked through, each page as cheap as the first; by RELEVANCE the newest ones.
 */
export function searchList(words: string, kinds: readonly SearchKind[], stories: StoryFilter | undefined, stretches: readonly [number, number] = READ_THROUGH): List {
  const spec = (view: ListContext): ListSpec => {
    const { parameters, request } = view
    const query = `websearch_to_tsquery('english', ${parameters.literal(words)})`
    const isRanked = request.order !== 'NEWEST'
    const newest = newestMatchFirst('m.kind', 'm.ref')
    return {
      from: (scope) => {
        const searched = searchedOf(view, scope)
        const revision = `LEFT JOIN "Revision" AS r ON r."id" = s.${scope.revision}`
        const wanted: Wanted = {
          parameters, query, conditions: [view.visible(scope), ...storyConditions(stories, parameters, view)], revision: stories ? revision : '',
          page: isRanked ? { limit: RANKED } : { ...request, limit: request.limit + 1 }, stretches,
        }
        // A match brings its story along: it need not be looked up again.
        return `(${[...new Set(kinds)].map((kind) => firstMatches(kind, searched[kind], wanted)).join(' UNION ALL ')}) AS m CROSS JOIN LATERAL (SELECT (m.story).*) AS s ${revision}`
      },
      always: () => [],
      columns: {
        kind: 'm.kind', ref: 'm.ref',
        marked: `ts_headline('english', m."text", ${query}, E'StartSel="\\x01", StopSel="\\x02", HighlightAll=true')`,
      },
      order: () => (isRanked ? [{ sql: `round(ts_rank(m."search", ${query})::numeric, 6)`, type: 'numeric', descending: true }, ...newest] : newest),
      filter: {},
      parents: {},
    }
  }
  return { name: 'search', own: [words, kinds, stories, stretches], spec }
}

function searchedOf(view: View, scope: Scope): Record<SearchKind, Searched> {
  const released = scope.isNewsroom ? [] : [`sc."release" = 'FULL'`, `NOT EXISTS (SELECT FROM "FiledStatement" AS fs WHERE fs."statementId" = sc."statementId" AND fs."release" = 'EXCERPT')`]
  const story = (alias: string): Searched['joined'][number] => ['"Story"', 's', [`s.${scope.revision} = ${alias}."revisionId"`]]
  return {
    COPY: { table: '"Paragraph"', row: 'p', ref: 'p."index"::text', joined: [story('p')], shown: [] },
    QUOTE: { table: '"Quote"', row: 'q', ref: 'q."lineage"::text', joined: [story('q')], shown: [scope.row('q')] },
    STATEMENT: {
      table: '"StatementText"', row: 't', ref: 'sc."statementId"::text',
      joined: [['"StatementCitation"', 'sc', ['sc."statementId" = t."statementId"', 'sc."textTakenAt" = t."takenAt"']], story('sc')], shown: [shownStatement(view, 'sc'), ...released],
    },
  }
}

/**
 * The first matches of a kind. Reading stories through is quick for a word that many have and endless for one that only old ones have;
 * asking the index for all of its matches is the other way round. So the stories next in line are read through, and where these do not
 * have enough, all matches further on are found.
 */
function firstMatches(kind: SearchKind, { table, row, ref, joined, shown }: Searched, { parameters, query, conditions, revision, page, stretches }: Wanted): string {
  const { limit } = page
  const order = newestMatchFirst(`'${kind}'`, ref)
  const [direction, within, past, lastOfAll] = page.backward ? ['ASC', '<=', '>', 'infinity'] : ['DESC', '>=', '<', '-infinity']
  const sorted = `ORDER BY ${order.map((_column, index) => `o${index} ${direction}`).join(', ')}`
  const columns = `'${kind}' AS kind, ROW(s.*)::"Story" AS story, ${ref} AS ref, ${row}."search", ${row}."text", ${order.map(({ sql }, index) => `${sql} AS o${index}`).join(', ')}`
  const isMatch = `"search" @@ ${query}`
  const bounds = pageBounds(order, page, parameters)
  // All stories that may hold some of the page.
  const times = [...(page.after ? [`s."listedAt" <= ${parameters.add(page.after[0], 'timestamptz')}`] : []), ...(page.before ? [`s."listedAt" >= ${parameters.add(page.before[0], 'timestamptz')}`] : [])]
  const where = (...more: readonly string[]) => `WHERE ${[...more, ...bounds, ...shown, ...conditions].join(' AND ')}`
  const last = (stretch: number) => `SELECT s."listedAt" AS place FROM "Story" AS s WHERE ${['true', ...times].join(' AND ')} ORDER BY s."listedAt" ${direction} OFFSET ${stretch} LIMIT 1`
  const readThrough = (end: string, ...more: string[]) => `SELECT ${columns} FROM ${table} AS ${row} ${joined.map(([other, alias, on]) => `JOIN ${other} AS ${alias} ON ${on.join(' AND ')}`).join(' ')} ${revision}
      ${where(...more, `${row}.${isMatch}`, `s."listedAt" ${within} coalesce((SELECT place FROM ${end}), '${lastOfAll}')`)} ${sorted} LIMIT ${limit}`
  // OFFSET 0: what the index finds is looked up one by one, whatever PostgreSQL expects of it.
  const lookedUp = joined.map(([other, alias, on]) => `CROSS JOIN LATERAL (SELECT * FROM ${other} AS ${alias} WHERE ${on.join(' AND ')} OFFSET 0) AS ${alias}`).join(' ')
  const found = (stretch: string) => `(SELECT count(*) FROM ${stretch})`
  const isDense = `${found('near')} >= ${Math.ceil(limit / 4)}`
  return `(
    WITH near_end AS MATERIALIZED (${last(stretches[0])}), next_end AS MATERIALIZED (${last(stretches[1])}),
      near AS MATERIALIZED (${readThrough('near_end')}),
      next AS MATERIALIZED (${readThrough('next_end', isDense, `${found('near')} < ${limit}`, `s."listedAt" ${past} (SELECT place FROM near_end)`)}),
      far AS (SELECT ${columns} FROM (SELECT * FROM ${table} WHERE ${isMatch} OFFSET 0) AS ${row} ${lookedUp} ${revision}
        ${where(`${found('near')} + ${found('next')} < ${limit}`, `s."listedAt" ${past} (SELECT place FROM next_end WHERE ${isDense} UNION ALL SELECT place FROM near_end WHERE NOT ${isDense})`)} OFFSET 0)
    SELECT * FROM near UNION ALL (SELECT * FROM next ${sorted} LIMIT (SELECT ${limit} - ${found('near')}))
    UNION ALL (SELECT * FROM far ${sorted} LIMIT (SELECT greatest(${limit} - ${found('near')} - ${found('next')}, 0))))`
}
