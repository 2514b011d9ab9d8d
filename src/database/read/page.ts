import { statement, type Statement } from '../database.js'
import type { ListSpec, OrderColumn } from './lists.js'
import { Parameters } from './parameters.js'
import type { Scope } from './scope.js'
import { conditionsOf, storyConditions, type StoryFilter } from './story-filter.js'
import { sliceSql, type Body, type Depth, type Reads } from './slices.js'
import { HEAD_COLUMNS, headSql, recordSql, type StoryRecord } from './story-record.js'
import { isMerged, type View, type Visible } from './visibility.js'

/** The place of a row in an order: the values of its columns, as text. */
export type Place = readonly string[]

/** What a list may need of the statement it becomes part of. */
export interface ListContext extends View {
  readonly parameters: Parameters
  /** Reads the rows once for each of the ids that a subquery gives, each time in order; gives the SQL of that id. For conditions that hold for any of a few. */
  readonly any: (ids: string) => string
  /** What is asked of the list. */
  readonly request: PageRequest
  /** How rows are tied to their parents, where they have any. */
  readonly link?: string | undefined
}

/** A list that can be paged through. */
export interface List<Filter extends object = object> {
  readonly name: string
  /** What it has beside what is asked of it, as JSON: lists of one name and the same of this are the same. */
  readonly own?: unknown
  /** What it is made of in a statement. */
  readonly spec: (statement: ListContext) => ListSpec<Filter>
}

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
  readonly slice?: Body
  readonly [column: string]: unknown
}

export interface PageStory extends Omit<StoryRecord, 'document'> {
  readonly document: Body
  readonly opening?: Body
}

export interface PageAnswer {
  readonly rows: readonly PageRow[] | null
  readonly stories: readonly PageStory[] | null
}

/** A page that is asked for: of a list as a whole, or of each of some parents. */
export interface PageQuery {
  readonly list: List
  readonly request: PageRequest
  readonly parents?: { readonly link: string; readonly ids: readonly string[] } | undefined
}

export interface PagesView {
  readonly scope: Scope
  readonly reads?: Reads | undefined
  /** Keys of bodies that need not come, for each page in their order; undefined where nothing is ever held. */
  readonly known?: readonly (readonly string[])[] | undefined
  /** Whether the marks alone come, since all of the pages are held: where one is another now, they have to be asked for. */
  readonly isMarks?: boolean | undefined
  /** Reads everybody as if merged with nobody, which is most of the work less. The column `merged` says whether that was wrong. */
  readonly isUnmerged?: boolean | undefined
}

/** What is asked for, as text. With the viewer's limits and `ids` of parents it says all that the answer depends on beside the database and the instant. */
export function shapeOf({ name, own }: List, request: PageRequest, link?: string): string {
  return JSON.stringify([name, own, link, request])
}

/** Under which a page is held, with the bodies that it shows. */
export function placeOf({ list, request, parents }: PageQuery, scope: Scope, reads: Reads | undefined): string {
  return `${depthOf(list, scope, reads)} ${shapeOf(list, request, parents?.link)} ${JSON.stringify(parents?.ids)} ${JSON.stringify(scope.limits)}`
}

function depthOf({ name }: List, scope: Scope, reads: Reads | undefined): Depth {
  return (!scope.isNewsroom && reads?.get(name)) || 'WHOLE'
}

/** A statement with values for one instant, which can be asked again at another. */
export class Question {
  /** @param clock which of the values is the instant; -1 where none is */
  constructor(readonly statement: Statement, private readonly values: readonly unknown[], private readonly clock: number) {}

  valuesAt(now: Date): readonly unknown[] {
    return this.clock < 0 ? this.values : this.values.with(this.clock, now)
  }
}

/** A page as part of a statement: its answer comes in columns that end with its number. */
export interface AskedPage {
  /** Whether all of its stories comes, and not parts of them. */
  readonly isWhole: boolean
  readonly slice: ListSpec['slice']
}

/** What stands for the instant among the values of a statement. */
const NOW = Symbol('now')

/**
 * The one SQL statement of pages that are asked for at the same time, with the answer of each in three columns of its one row: `rows0`, `stories0`,
 * `mark0`, `rows1`, …; of marks alone, in one.
 */
export function pagesStatement(pages: readonly PageQuery[], view: PagesView): { question: Question; pages: readonly AskedPage[] } {
  const parameters = new Parameters()
  const merged = new Set<string>()
  const asked = pages.map((page, index) => pageText(page, view, parameters, view.known?.[index], merged))
  const columns = asked.flatMap((_page, index) => (view.isMarks ? ['mark'] : ['rows', 'stories', 'mark']).map((column) => `p${index}.${column} AS ${column}${index}`))
  if (merged.size > 0) columns.push(`(${[...merged].join(' OR ')}) AS merged`)
  const text = `SELECT ${columns.join(', ')} FROM ${asked.map((page, index) => `(${page.text}) AS p${index}`).join(' CROSS JOIN ')}`
  const label = pages.map(({ list }) => list.name).join('_')
  return { question: new Question(parameters.hasLiterals ? { name: label, text, isOnce: true } : statement(label, text), parameters.values, parameters.values.indexOf(NOW)), pages: asked }
}

/**
 * A page as SQL: its rows, and the stories they stand in, each once. With `parents` it is the page of each of them, still in one statement
 * (I10). Rows come in the order of the list, also when read backward. Of bodies whose keys are known their places come. The mark of a page of
 * parts of stories is made of all its rows, and of which revision of its story each of them stands in.
 */
function pageText({ list: wanted, request, parents }: PageQuery, { scope, reads, isMarks, isUnmerged }: PagesView, parameters: Parameters, known: readonly string[] | undefined, merged: Set<string>): AskedPage & { readonly text: string } {
  const clock = () => parameters.shared('now', NOW, 'timestamptz')
  const given = { now: clock, parameters }
  const visible: Visible = (of, alias) => of.visible(given, alias)
  const groups: string[] = []
  // Lists that are asked for with the thing they are of share its ids.
  const ids = parents && (() => parameters.shared(`parents ${JSON.stringify(parents.ids)}`, parents.ids, 'text[]'))
  const unmerged: View['unmerged'] = isUnmerged ? (table, key) => merged.add(isMerged(table, key, /\bparent\.id\b/.test(key) ? `unnest(${ids!()}) AS parent(id) CROSS JOIN ` : '')) : undefined
  const view: ListContext = { scope, visible, now: clock, parameters, unmerged, request, link: parents?.link, any: (members) => `any${groups.push(members) - 1}.id` }
  const list = wanted.spec(view)
  const order = list.order(request.order)
  const depth = depthOf(wanted, scope, reads)
  const slice = depth === 'WHOLE' ? undefined : list.slice
  const tie = parents && list.parents[parents.link]!
  const link = typeof tie === 'function' ? tie() : tie
  // In the text: how many rows are wanted decides between plans.
  const limit = String(Math.trunc(request.limit) + 1)
  const conditions = [
    visible(scope), ...list.always(scope), ...conditionsOf(list.filter, request.filter, parameters, view), ...storyConditions(request.stories, parameters, view),
    ...pageBounds(order, request, parameters),
    ...(link === undefined ? [] : [typeof link === 'string' ? link : link.where]),
  ]
  const isBackward = Boolean(request.backward)
  const rows = rowsSql(list, scope, { conditions, order, isBackward, limit, withHeads: depth !== 'WHOLE' })
  const several = [...(typeof link === 'object' ? [`(${link.members}) AS member(id)`] : []), ...groups.map((members, index) => `(${members}) AS any${index}(id)`)]
  const found = several.length === 0 ? rows : eachOf(several, rows, isUnmerged ? undefined : { order: inOrder(order, 'each', isBackward), limit })
  const parent = ids && `unnest(${ids()}) WITH ORDINALITY AS parent(id, n) CROSS JOIN LATERAL `

  const page = `SELECT ${parent ? 'parent.n' : '1'} AS parent, found.* FROM ${parent ?? ''}(${found}) AS found`
  const mark = `coalesce(sum(hash_record_extended(page, 0))::text, '')`
  const asked: AskedPage = { isWhole: depth === 'WHOLE', slice }
  if (isMarks) return { ...asked, text: `SELECT ${mark} AS mark FROM (${page}) AS page` }
  const keys = known && parameters.add(known, 'text[]')
  const answer = `(SELECT json_agg(${rowJson(list, slice, order, keys)} ORDER BY ${['page.parent', ...inOrder(order, 'page', false)].join(', ')}) FROM page)`
  const stories = depth === 'WHOLE'
    ? `(SELECT json_agg(${recordSql(view, keys)}) FROM "Story" AS s JOIN "Revision" AS r ON r."id" = s.${scope.revision} WHERE s."id" = ANY (ARRAY(SELECT DISTINCT page."storyId" FROM page)))`
    : `(SELECT json_agg(${headSql(depth, 'story', keys)}) FROM (SELECT DISTINCT ON (page."storyId") page.* FROM page) AS story)`
  return { ...asked, text: `WITH page AS MATERIALIZED (${page}) SELECT ${answer} AS rows, ${stories} AS stories, ${keys && depth !== 'WHOLE' ? `(SELECT ${mark} FROM page)` : 'NULL'} AS mark` }
}

/** The columns of an order as they are called in a page, each with its direction. */
function inOrder(order: readonly OrderColumn[], page: string, isBackward: boolean): string[] {
  return order.map((column, index) => `${page}.o${index} ${column.descending !== isBackward ? 'DESC' : 'ASC'}`)
}

interface Rows {
  readonly conditions: readonly string[]
  readonly order: readonly OrderColumn[]
  readonly isBackward: boolean
  readonly limit: string
  /** Whether each takes along what the head of its story says. */
  readonly withHeads: boolean
}

function rowsSql(list: ListSpec, scope: Scope, { conditions, order, isBackward, limit, withHeads }: Rows): string {
  const columns = [...order.map((column, index) => `${column.sql} AS o${index}`), 's."id" AS "storyId"', ...Object.entries(list.columns).map(([name, sql]) => `${sql} AS "${name}"`), ...(withHeads ? [HEAD_COLUMNS] : [])]
  return `SELECT ${columns.join(', ')} FROM ${list.from(scope)}
    WHERE ${conditions.join('\n      AND ')}
    ORDER BY ${order.map((column, index) => `${index + 1} ${column.descending !== isBackward ? 'DESC' : 'ASC'}`).join(', ')} LIMIT ${limit}`
}

/** A row of a page as JSON. */
function rowJson(list: ListSpec, slice: ListSpec['slice'], order: readonly OrderColumn[], known: string | undefined): string {
  const place = `json_build_array(${order.map((column, index) => textOf(column, `page.o${index}`)).join(', ')})`
  const entries = [
    `'parent', page.parent`, `'place', ${place}`, `'storyId', page."storyId"`, ...Object.keys(list.columns).map((name) => `'${name}', page."${name}"`),
    ...(slice ? [`'slice', ${sliceSql(slice.kind, 'page."revisionId"', known, `page."${slice.key}"::text`)}`] : []),
  ]
  return `json_build_object(${entries.join(', ')})`
}

/** Rows that are read once for each of several ids, each time in order. As one page a row that several have comes once. */
function eachOf(several: readonly string[], rows: string, page: { readonly order: readonly string[]; readonly limit: string } | undefined): string {
  const from = `FROM ${[...several, `(${rows}) AS each`].join(' CROSS JOIN LATERAL ')}`
  if (!page) return `SELECT each.* ${from}`
  return `SELECT DISTINCT ON (${page.order.map((column) => column.split(' ')[0]).join(', ')}) each.* ${from}
    ORDER BY ${page.order.join(', ')} LIMIT ${page.limit}`
}

/** The rows after one place and before another, as far as a page begins or ends at one. */
export function pageBounds(order: readonly OrderColumn[], { after, before }: Pick<PageRequest, 'after' | 'before'>, parameters: Parameters): string[] {
  return [...(after ? [beyond(order, after, parameters, false)] : []), ...(before ? [beyond(order, before, parameters, true)] : [])]
}

/** Rows after (or before) a place. Columns differ in direction, so the comparison is spelt out column by column. */
function beyond(order: readonly OrderColumn[], place: Place, parameters: Parameters, before: boolean): string {
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
