import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql'
import type { PageRequest, Place } from '../database/read/index.js'
import type { GraphQLContext } from './context.js'
import { badInput } from './errors.js'
import { MOST_PER_PAGE, USUAL_PER_PAGE } from './limits.js'

export { MOST_PER_PAGE }

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many at most, from the start; 1 to ${MOST_PER_PAGE}. ${USUAL_PER_PAGE} where left out.` })
  first?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor, from `endCursor` or an edge of the same query.' })
  after?: string | null

  @Field(() => Int, { nullable: true, description: `How many at most, from the end; 1 to ${MOST_PER_PAGE}. Not together with \`first\`.` })
  last?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null
}

@ObjectType({ description: 'Where a page lies in its list (Relay Cursor Connections).' })
export class PageInfo {
  constructor(
    hasNextPage: boolean,
    hasPreviousPage: boolean,
    private readonly start: () => string | null,
    private readonly end: () => string | null,
  ) {
    this.hasNextPage = hasNextPage
    this.hasPreviousPage = hasPreviousPage
  }

  @Field(() => Boolean, { description: 'Whether more follows. When reading backward: whether `before` was given.' })
  readonly hasNextPage: boolean

  @Field(() => Boolean, { description: 'Whether more comes before. When reading forward: whether `after` was given.' })
  readonly hasPreviousPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first entry of the page.' })
  get startCursor(): string | null {
    return this.start()
  }

  @Field(() => String, { nullable: true, description: 'Cursor of the last entry of the page; give it as `after` for the next page.' })
  get endCursor(): string | null {
    return this.end()
  }
}

export interface Edge<T> { readonly node: T; readonly cursor: string }
export interface Connection<T> { readonly edges: readonly Edge<T>[]; readonly nodes: readonly T[]; readonly pageInfo: PageInfo }

/**
 * A connection whose cursors are made where they are asked for. Its getters are a class's: those of an object literal make V8 keep a hidden
 * class for each object, and with it all that the getter reaches, until the whole heap is collected.
 */
export class NodePage<T> implements Connection<T> {
  constructor(readonly nodes: readonly T[], private readonly cursorAt: (index: number) => string, readonly pageInfo: PageInfo) {}

  get edges(): readonly Edge<T>[] {
    return this.nodes.map((node, index) => new NodeEdge(node, index, this.cursorAt))
  }
}

class NodeEdge<T> implements Edge<T> {
  constructor(readonly node: T, private readonly index: number, private readonly cursorAt: (index: number) => string) {}

  get cursor(): string {
    return this.cursorAt(this.index)
  }
}

/** The connection type of a node type. Call once for each. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T> | object): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One entry of a list of ${name}, with its cursor.` })
  class EdgeType {
    @Field(node as () => ClassType<T>, { description: 'The entry.' })
    readonly node!: T

    @Field(() => String, { description: 'Opaque place of the entry in this list; stays valid when entries are added.' })
    readonly cursor!: string
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}. Only what the viewer may see is in it, or counted by it.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The entries with their cursors.' })
    readonly edges!: readonly Edge<T>[]

    @Field(() => [node() as ClassType<T>], { description: 'The entries alone.' })
    readonly nodes!: readonly T[]

    @Field(() => PageInfo, { description: 'Where the page lies.' })
    readonly pageInfo!: PageInfo
  }
  return ConnectionType as unknown as ClassType<Connection<T>>
}

export interface Paging {
  readonly request: Pick<PageRequest, 'limit' | 'after' | 'before' | 'backward'>
  /** What the cursors of this list are bound to. */
  readonly boundTo: string
}

/** Reads the paging arguments. `list`, `conditions` and the partner who asks bind its cursors. @throws BAD_USER_INPUT */
export function pagingOf(context: GraphQLContext, args: PageArgs, list: string, conditions: unknown): Paging {
  // S8: a partner's cursors are its own. They outlive a change of its contract: a place is a place, whatever may be seen from there.
  const owner = context.viewer.kind === 'PARTNER' ? [context.viewer.id] : []
  const boundTo = JSON.stringify([context.contract, list, conditions, ...owner])
  const backward = args.last !== undefined && args.last !== null
  if (backward && args.first !== undefined && args.first !== null) throw badInput('Give "first" or "last", not both.')
  const limit = (backward ? args.last : args.first) ?? USUAL_PER_PAGE
  if (limit < 1 || limit > MOST_PER_PAGE) throw badInput(`"${backward ? 'last' : 'first'}" is ${limit}; it can be 1 to ${MOST_PER_PAGE}. Ask for more with further pages ("after").`)
  const open = (name: 'after' | 'before'): Place | undefined => {
    const cursor = args[name]
    if (cursor === undefined || cursor === null) return undefined
    const place = context.cursors.open(cursor, boundTo)
    if (!place) throw badInput(`"${name}" is not a cursor of this list; use one from the same query with the same filter and order.`)
    return place
  }
  return { request: { limit, after: open('after'), before: open('before'), backward }, boundTo }
}

/** A page as a connection; cursors are made only where they are asked for. */
export function connectionOf<T>(context: GraphQLContext, { request, boundTo }: Paging, page: { readonly rows: readonly { readonly place: Place }[]; readonly hasMore: boolean }, nodes: readonly T[]): Connection<T> {
  const cursor = (index: number) => context.cursors.seal(page.rows[index]!.place, boundTo)
  const last = nodes.length - 1
  return new NodePage(nodes, cursor, new PageInfo(
    request.backward ? request.before !== undefined : page.hasMore,
    request.backward ? page.hasMore : request.after !== undefined,
    () => (last < 0 ? null : cursor(0)),
    () => (last < 0 ? null : cursor(last)),
  ))
}
