import type { List, PageRequest } from '../database/read/index.js'
import type { StoryIndex } from '../stories/story-index.js'
import { connectionOf, pagingOf, type Connection, type PageArgs } from './connection.js'
import type { GraphQLContext } from './context.js'

type Conditions<F extends object> = Pick<PageRequest<F>, 'stories' | 'filter' | 'order'>

/** What a row of a list becomes: from its story and its own columns. */
export type ToNode<T> = (story: StoryIndex, row: { readonly [column: string]: unknown }) => T

/** A root list: a page of the whole archive as a connection. */
export async function listField<T, F extends object>(context: GraphQLContext, name: string, list: List<F>, args: PageArgs, conditions: Conditions<F>, toNode: ToNode<T>): Promise<Connection<T>> {
  const paging = pagingOf(context, args, name, conditions)
  const page = await context.reader.page(list, { ...conditions, ...paging.request })
  const stories = context.indexesOf(page)
  return connectionOf(context, paging, page, page.rows.map((row, index) => toNode(stories[index]!, row)))
}

/** A list below a parent. Parents on the same level share one SQL statement (I10). */
export async function listOfParent<T, F extends object>(
  context: GraphQLContext, name: string, list: List<F>, link: string, parent: string, args: PageArgs, conditions: Conditions<F>, toNode: ToNode<T>,
): Promise<Connection<T>> {
  const paging = pagingOf(context, args, `${name} by ${link}`, conditions)
  const page = await context.reader.pageOf(list, link, parent, { ...conditions, ...paging.request })
  const stories = context.indexesOf(page)
  return connectionOf(context, paging, page, page.rows.map((row, index) => toNode(stories[index]!, row)))
}

/** One thing by its id, as the newest story that the viewer may see has it. Several asked for at once share a statement. */
export async function findOne<T, F extends object>(context: GraphQLContext, name: string, list: List<F>, link: string, id: string, toNode: ToNode<T>): Promise<T | null> {
  const page = await context.reader.pageOf(list, link, id, { limit: 1 })
  const [story] = context.indexesOf(page)
  return story ? toNode(story, page.rows[0]!) : null
}
