import { statement, type Queries } from '../database.js'
import type { OrderColumn } from './lists.js'
import { pageBounds, textOf, type PageRequest, type Place } from './page.js'
import { Parameters } from './parameters.js'

/** A list of the newsroom's own files, which belong to no story: entries of the register, filed statements, challenges. */
export interface DeskList {
  readonly name: string
  readonly from: string
  /** SQL of the id. */
  readonly id: string
  readonly order: readonly OrderColumn[]
}

export interface DeskPage {
  readonly rows: readonly { readonly place: Place; readonly id: string }[]
  readonly hasMore: boolean
}

/** One page of ids, in one SQL statement. For staff: there is no predicate of who may see what. */
export async function deskPage(
  queries: Queries, list: DeskList, conditions: (parameters: Parameters) => readonly string[], request: Pick<PageRequest, 'limit' | 'after' | 'before' | 'backward'>,
): Promise<DeskPage> {
  const parameters = new Parameters()
  const where = [...conditions(parameters), ...pageBounds(list.order, request, parameters)]
  const order = list.order.map((column) => `${column.sql} ${column.descending !== Boolean(request.backward) ? 'DESC' : 'ASC'}`)
  const text = `SELECT ${list.id} AS "id", json_build_array(${list.order.map((column) => textOf(column, column.sql)).join(', ')}) AS "place" FROM ${list.from}
    ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order.join(', ')} LIMIT ${parameters.add(request.limit + 1, 'int')}`
  const found = await queries.query<{ id: string; place: Place }>(statement(list.name, text), parameters.values)
  const rows = found.slice(0, request.limit)
  return { rows: request.backward ? rows.reverse() : rows, hasMore: found.length > request.limit }
}
