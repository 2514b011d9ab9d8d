import { statement, type Statement } from '../database.js'
import type { ListSpec, OrderColumn } from './lists.js'
import { Parameters } from './parameters.js'
import type { Scope } from './scope.js'
import { conditionsOf, storyConditions, type StoryFilter } from './story-filter.js'
import { sliceSql, unlessKnown, type Reads, type Slice } from './slices.js'
import { headSql, recordSql, type StoryRecord } from './story-record.js'
import type { View, Visible } from './visibility.js'

/** The place of a row in an order: the values of its columns, as text. */
export type Place = readonly string[]

/** What a list may need of the statement it becomes part of. */
export interface ListContext extends View {
  readonly parameters: Parameters
  /** Reads the rows once for each of the ids that a subquery gives, each time in order; gives the SQL of that id. For conditions that hold for any of a few. */
  readonly any: (ids: string) => string
}

/** A list, or one whose statement depends on the viewer's predicate or on values of its own. */
export type AnyList<Filter extends object> = ListSpec<Filter> | ((statement: ListContext) => ListSpec<Filter>)

export interface PageRequest<Filter extends object = object> {
  readonly stories?: StoryFilter | undefined
  readonly filter?: Filter | undefined
  readonly order?: string | undefined
  /** How many rows at most. One more is read, to know whether there are more. */
  readonly limit: number
  readonly after?: Place | undefined
  readonly before?: Place | undefined
  /** Take the last ones instead of the first. */
  readonly backward?: boolean | undefined
}

export interface PageRow {
  /** Which parent it belongs to, from 1; 1 without parents. */
  readonly parent: number
  readonly place: Place
  readonly storyId: string
  /** The part of the story that the row stands for, where that was read instead of the whole. */
  readonly slice?: Slice | null
  /** Under which the slice is held. */
  readonly sliceKey?: string
  readonly [column: string]: unknown
}

/** A story as a page has it; its document and opening may be left out as known. */
export interface PageStory extends Omit<StoryRecord, 'document'> {
  readonly document: StoryRecord['document'] | null
  readonly opening?: Slice | null
}

export interface PageAnswer {
  readonly rows: readonly PageRow[] | null
  readonly stories: readonly PageStory[] | null
}

/** The keys of bodies that need not come, by where they were shown last: a list and the values of its conditions. A wrong guess costs nothing but time. */
export type KnownAt = (place: string) => readonly string[]

/**
 * The one SQL statement of a page: its rows, and the stories they stand in, each once. With `parents` it is the page of each of them,
 * still in one statement (I10). Rows come in the order of the list, also when read backward. Bodies whose keys are known are left out.
 */
export function pageStatement<Filter extends object>(
  spec: AnyList<Filter>, scope: Scope, now: Date, request: PageRequest<Filter>, parents?: { readonly link: string; readonly ids: readonly string[] }, reads?: Reads, knownAt?: KnownAt,
): { statement: Statement; values: unknown[]; isWhole: boolean; place: string } {
  const parameters = new Parameters()
  const clock = parameters.once(now, 'timestamptz')
  const given = { now: clock, parameters }
  const visible: Visible = (of, alias) => of.visible(given, alias)
  const groups: string[] = []
  const view: ListContext = { scope, visible, now: clock, parameters, any: (ids) => `any${groups.push(ids) - 1}.id` }
  const list = typeof spec === 'function' ? spec(view) : spec
  const order = list.order(request.order)
  const depth = (!scope.isNewsroom && reads?.get(list.name)) || 'WHOLE'
  const slice = depth === 'WHOLE' ? undefined : list.slice
  const link = parents && list.parents[parents.link]!
  // In the text: how many rows are wanted decides between plans.
  const limit = String(Math.trunc(request.limit) + 1)
  const conditions = [
    visible(scope), ...list.always(scope), ...conditionsOf(list.filter, request.filter, parameters, view), ...storyConditions(request.stories, parameters, view),
    ...(request.after ? [beyond(order, request.after, parameters, false)] : []),
    ...(request.before ? [beyond(order, request.before, parameters, true)] : []),
    ...(link === undefined ? [] : [typeof link === 'string' ? link : link.where]),
  ]
  const direction = (column: OrderColumn, index: number) => `${index + 1} ${column.descending !== Boolean(request.backward) ? 'DESC' : 'ASC'}`
  const columns = [
    ...order.map((column, index) => `${column.sql} AS o${index}`), 's."id" AS "storyId"', ...Object.entries(list.columns).map(([name, sql]) => `${sql} AS "${name}"`),
    ...(slice ? [`r."id" AS "sliceOf", r."expungedAt" AS "sliceExpunged", ${slice.key} AS "sliceKey"`] : []),
  ]
  const rows = `SELECT ${columns.join(', ')} FROM ${list.from(scope)}
    WHERE ${conditions.join('\n      AND ')}
    ORDER BY ${order.map(direction).join(', ')} LIMIT ${limit}`
  const drivers = [...(parents ? [`unnest(${parameters.add(parents.ids, 'text[]')}) WITH ORDINALITY AS parent(id, n)`] : []), ...(typeof link === 'object' ? [`(${link.members}) AS member(id)`] : []), ...groups.map((ids, index) => `(${ids}) AS any${index}(id)`)]
  const page = pageSql(rows, parents ? 'parent.n' : '1', drivers, drivers.length > (parents ? 1 : 0), order.map((column, index) => `o${index} ${column.descending !== Boolean(request.backward) ? 'DESC' : 'ASC'}`), limit)
  const rowPlace = `json_build_array(${order.map((column, index) => textOf(column, `page.o${index}`)).join(', ')})`
  const place = knownAt ? JSON.stringify([list.name, ...parameters.values.filter((value) => value !== now)]) : ''
  const known = knownAt && parameters.add(knownAt(place), 'text[]')
  const sliceKey = `page."sliceOf" || ' ${slice?.kind} ' || page."sliceKey"`
  const answer = ['\'parent\', page.parent', `'place', ${rowPlace}`, '\'storyId\', page."storyId"', ...Object.keys(list.columns).map((name) => `'${name}', page."${name}"`),
    ...(slice ? [`'sliceKey', ${sliceKey}, 'slice', ${unlessKnown(known, sliceKey, `(SELECT ${sliceSql(slice.kind, 'page."sliceKey"')} FROM "Revision" AS r WHERE r."id" = page."sliceOf")`, 'page."sliceExpunged"')}`] : [])]
  const inOrder = order.map((column, index) => `page.o${index} ${column.descending ? 'DESC' : 'ASC'}`)
  const text = `WITH page AS MATERIALIZED (${page})
  SELECT (SELECT json_agg(json_build_object(${answer.join(', ')}) ORDER BY page.parent, ${inOrder.join(', ')}) FROM page) AS rows,
    (SELECT json_agg(${depth === 'WHOLE' ? recordSql(view, known) : headSql(depth, known)}) FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision} WHERE s."id" = ANY (ARRAY(SELECT DISTINCT page."storyId" FROM page))) AS stories`
  return { statement: statement(list.name, text), values: parameters.values, isWhole: depth === 'WHOLE', place }
}

/** The rows of all parents. Where several ids stand behind one page, it is put together from theirs, and a row that several have comes once. */
function pageSql(rows: string, parent: string, drivers: readonly string[], isJoined: boolean, order: readonly string[], limit: string): string {
  const found = [...drivers, `(${rows}) AS found`].join(' CROSS JOIN LATERAL ')
  if (!isJoined) return `SELECT ${parent} AS parent, found.* FROM ${found}`
  return `SELECT * FROM (
    SELECT once.*, row_number() OVER (PARTITION BY once.parent ORDER BY ${order.map((column) => `once.${column}`).join(', ')}) AS rank FROM (SELECT DISTINCT ${parent} AS parent, found.* FROM ${found}) AS once
  ) AS ranked WHERE rank <= ${limit}`
}

/** Rows after (or before) a place. Columns differ in direction, so the comparison is spelt out column by column. */
export function beyond(order: readonly OrderColumn[], place: Place, parameters: Parameters, before: boolean): string {
  const values = order.map((column, index) => parameters.add(place[index], column.type))
  const same = order.every((column) => column.descending === order[0]!.descending)
  if (same) return `(${order.map((column) => column.sql).join(', ')}) ${order[0]!.descending !== before ? '<' : '>'} (${values.join(', ')})`
  const alternatives = order.map((column, index) => [
    ...order.slice(0, index).map((earlier, at) => `${earlier.sql} = ${values[at]}`),
    `${column.sql} ${column.descending !== before ? '<' : '>'} ${values[index]}`,
  ].join(' AND '))
  return `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`
}

/** Exact, so that a place read back is the same place. */
export function textOf(column: OrderColumn, sql: string): string {
  return column.type === 'timestamptz' ? `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `${sql}::text`
}
