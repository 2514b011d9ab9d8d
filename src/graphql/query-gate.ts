import { BREAK, getOperationAST, GraphQLError, Kind, parse, validate, visit, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Viewer } from '../access/index.js'
import type { Reads } from '../database/read/index.js'
import type { Contract } from './context.js'
import { costOf, sizeVariables } from './cost.js'
import { badRequest } from './errors.js'
import { readsOf } from './look-ahead.js'
import { COST_LIMITS, MOST_BODY, overLimit, refused, REFUSALS, TEXT_OPERATIONS, VARIABLE_LIMITS } from './limits.js'
import { measureDocument, measureSource } from './measure.js'
import type { Parameters } from './parameters.js'
import { isHeldToDocuments, NO_DOCUMENTS, type PersistedDocuments } from './persisted-documents.js'

export interface GateSettings {
  /** Whether readers may ask for the schema; staff and partners always may. */
  readonly introspection?: boolean
  readonly documents?: PersistedDocuments
  /** Whether readers may send registered documents only. */
  readonly documentsOnly?: boolean
}

/** How a request came. */
export interface Way {
  readonly viewer: Viewer
  readonly transport: 'GET' | 'POST' | 'WEBSOCKET'
  /** Bytes of the body, where there is one. */
  readonly bytes?: number
}

/** A query that may be run. */
export interface AdmittedQuery {
  readonly text: string
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly parameters: Parameters
  /** How much of their stories its lists must read. All, where undefined: a mutation could not be done again where that was too little. */
  readonly reads: Reads | undefined
  /** Whether it asks for the schema. */
  readonly introspects: boolean
  /** What it costs (`costOf`). */
  readonly cost: number
}

interface Known {
  readonly document: DocumentNode
  readonly introspects: boolean
  /** Variables that sizes of lists come from. */
  readonly sizes: readonly string[]
  /** What each operation costs and reads, by the sizes that were asked for. */
  readonly measures: Map<OperationDefinitionNode, Map<string, Measure>>
}

interface Measure {
  readonly cost: number
  readonly reads: Reads | undefined
}

/** Characters of documents that are remembered with what was found out about them, which takes up to 125 bytes for each. */
const MOST_REMEMBERED = 400_000
/** Different sizes whose measures are remembered of an operation. */
const MOST_SIZES = 20
/** More errors in one answer help nobody. */
export const MOST_ERRORS = 10

/** Lets through what is within the limits of its contract, before anything is run. What it decides depends on the request and the viewer alone. */
export class QueryGate {
  readonly #known = new Map<string, Known>()
  #remembered = 0
  readonly #documents: PersistedDocuments

  constructor(private readonly contract: Contract, private readonly schema: GraphQLSchema, private readonly settings: GateSettings = {}) {
    this.#documents = settings.documents ?? NO_DOCUMENTS
  }

  /** @throws a refusal with its code and status. */
  admit(parameters: Parameters, way: Way): AdmittedQuery {
    const { viewer } = way
    const text = this.#documents.textOf(parameters)
    if (text === undefined || text.trim() === '') throw badRequest('Send the document to run as "query": {"query": "{ stories { nodes { headline } } }"}.')
    if (isHeldToDocuments(viewer, this.settings.documentsOnly ?? false) && !this.#documents.has(text)) throw refused('DOCUMENT_NOT_ALLOWED', 400, 'Only registered documents are answered for you. Send one of them, or its hash; ask us to register another.')
    refuseLargeVariables(parameters.variables, viewer)
    const known = this.#known.get(text) ?? this.#check(text, viewer)
    if (known.introspects) this.#refuseIntrospection(viewer)
    const operation = operationOf(known.document, parameters.operationName)
    this.#refuseUnfit(operation, way)
    if (holdsNul(parameters.variables) || literalHoldsNul(text, known.document)) throw new GraphQLError('The query or its variables hold a NUL character; remove it.', { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } })
    const { cost, reads } = this.#measure(known, operation, parameters)
    const limit = COST_LIMITS[viewer.kind]
    if (cost > limit) throw overLimit(REFUSALS.COST, `The operation may cost ${cost}; it can cost ${limit}. Ask for shorter pages ("first"), or for the inner lists in requests of their own.`, costHeaders(cost, viewer))
    return { text, document: known.document, operation, parameters, introspects: known.introspects, cost, reads }
  }

  #check(text: string, viewer: Viewer): Known {
    const document = parsed(text)
    const { introspects } = measureDocument(document)
    if (introspects) this.#refuseIntrospection(viewer)
    const errors = validate(this.schema, document, undefined, { maxErrors: MOST_ERRORS, hideSuggestions: true })
    if (errors.length > 0) throw new InvalidQuery(text, errors)
    const known = { document, introspects, sizes: sizeVariables(document), measures: new Map() }
    this.#remember(text, known)
    return known
  }

  #remember(text: string, known: Known): void {
    this.#known.set(text, known)
    this.#remembered += text.length
    for (const oldest of this.#known.keys()) {
      if (this.#remembered <= MOST_REMEMBERED) break
      this.#known.delete(oldest)
      this.#remembered -= oldest.length
    }
  }

  #measure({ document, sizes, measures }: Known, operation: OperationDefinitionNode, { variables }: Parameters): Measure {
    const given = sizes.map((name) => variables[name])
    const key = given.every((size) => size === undefined || typeof size === 'number') ? given.join() : undefined
    const known = key === undefined ? undefined : measures.get(operation)?.get(key)
    if (known) return known
    const measure = { cost: costOf(this.schema, document, operation, variables), reads: operation.operation === 'query' ? readsOf(this.schema, document, operation, variables) : undefined }
    if (key === undefined) return measure
    let bySize = measures.get(operation)
    if (!bySize) measures.set(operation, (bySize = new Map()))
    if (bySize.size === MOST_SIZES) bySize.clear()
    bySize.set(key, measure)
    return measure
  }

  #refuseIntrospection({ kind }: Viewer): void {
    if (kind === 'READER' && this.settings.introspection === false) throw refused('INTROSPECTION_DISABLED', 400, 'The schema cannot be asked for here. It is published with the documentation.')
  }

  /** What this contract, or this way to send it, does not have. */
  #refuseUnfit({ operation, selectionSet }: OperationDefinitionNode, { transport, bytes = 0 }: Way): void {
    if (transport === 'GET' && operation === 'mutation') throw refused('METHOD_NOT_ALLOWED', 405, 'A GET can only ask a query. Send a mutation with POST.', [['allow', 'POST']])
    if (operation === 'mutation' && this.contract === 'PUBLIC') throw badRequest('This contract has no mutations: it is read only.')
    if (operation === 'subscription' && this.contract === 'PUBLIC') throw badRequest('This contract has no subscriptions.')
    if (operation === 'subscription' && transport !== 'WEBSOCKET') throw badRequest('A subscription needs a connection that stays: use WebSocket at the same address, with the protocol "graphql-transport-ws".')
    if (operation !== 'subscription' && transport === 'WEBSOCKET') throw badRequest('Send queries and mutations over HTTP, with POST.')
    if (bytes <= MOST_BODY) return
    const takesText = selectionSet.selections.every((selection) => selection.kind === Kind.FIELD && TEXT_OPERATIONS.has(selection.name.value))
    if (!takesText) throw overLimit(REFUSALS.BODY, `The body has ${bytes} bytes; it can have ${MOST_BODY}, unless all it asks for are operations that take a text.`)
  }
}

/** What an answer tells of its cost: the request alone decides it. */
export function costHeaders(cost: number, { kind }: Viewer): (readonly [string, string])[] {
  return [['x-query-cost', String(cost)], ['x-query-cost-limit', String(COST_LIMITS[kind])]]
}

/** All that validation found, under one roof. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery'

  constructor(readonly text: string, readonly errors: readonly GraphQLError[]) {
    super('The query does not fit the schema.')
  }
}

function parsed(text: string): DocumentNode {
  try {
    measureSource(text)
    return parse(text)
  } catch (error) {
    if (!(error instanceof GraphQLError) || error.extensions['code'] !== undefined) throw error
    throw new GraphQLError(error.message, { source: error.source, positions: error.positions, extensions: { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400 } } })
  }
}

function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name)
  if (operation) return operation
  const none = name === undefined ? 'Name the operation to run as "operationName": the document does not hold exactly one.' : 'The document holds no operation with that "operationName".'
  throw refused('OPERATION_RESOLUTION_FAILURE', 400, none)
}

/** Without recursion: they may be as deep as a body allows. */
function refuseLargeVariables(variables: object, { kind }: Viewer): void {
  const [most, longest] = [VARIABLE_LIMITS.values[kind], VARIABLE_LIMITS.list[kind]]
  let values = 0
  let level: object[] = [variables]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > VARIABLE_LIMITS.depth) throw overLimit(REFUSALS.VARIABLES_DEPTH, `The variables are more than ${VARIABLE_LIMITS.depth} levels deep. Send something flatter.`)
    const next: object[] = []
    for (const value of level) {
      const inner = Object.values(value) as unknown[]
      if (Array.isArray(value) && inner.length > longest) throw overLimit(REFUSALS.LIST, `A list in the variables has ${inner.length} entries; it can have ${longest}.`)
      values += inner.length
      if (values > most) throw overLimit(REFUSALS.VARIABLES, `The variables hold more than ${most} values.`)
      for (const one of inner) if (typeof one === 'object' && one !== null) next.push(one)
    }
    level = next
  }
}

/** PostgreSQL stores no NUL. In a string anywhere in the value, names included. The six characters of the escape sequence themselves are no NUL. */
function holdsNul(whole: unknown): boolean {
  const values = [whole]
  while (values.length > 0) {
    const value = values.pop()
    if (typeof value === 'string' && value.includes('\0')) return true
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\0')) return true
      values.push(inner)
    }
  }
  return false
}

/** As itself or escaped. Documents are walked only where there is reason to. */
function literalHoldsNul(query: string, document: DocumentNode): boolean {
  if (!/\0|\\u(0000|\{0+\})/.test(query)) return false
  let found = false
  visit(document, { StringValue: ({ value }) => { if (value.includes('\0')) { found = true; return BREAK } return undefined } })
  return found
}
