import { GraphQLError } from 'graphql'
import type { Viewer } from '../access/index.js'

/** What a document may hold at most. The same for everybody: what a document may cost is not. */
export const DOCUMENT_LIMITS = {
  length: 100_000, tokens: 4_000, nesting: 50, nameLength: 128, operations: 10, fields: 800, depth: 15, rootFields: 20, aliases: 30, repeats: 20,
  directives: 40, directivesInOnePlace: 5, fragments: 50, spreads: 150, expandedFields: 4_000, literalList: 500, introspectionFields: 500, introspectionRoots: 3, introspectionLists: 1,
} as const

/** Entries of a page of a list. */
export const MOST_PER_PAGE = 100
export const USUAL_PER_PAGE = 20

/** What variables may hold at most. Staff send whole stories in them. */
export const VARIABLE_LIMITS = { depth: 32, values: { READER: 5_000, PARTNER: 5_000, STAFF: 250_000 }, list: { READER: 500, PARTNER: 500, STAFF: 50_000 } } as const

/** What one operation may cost at most. */
export const COST_LIMITS: Readonly<Record<Viewer['kind'], number>> = { READER: 10_000, PARTNER: 20_000, STAFF: 50_000 }

/** Bytes of a body. More is for staff, and there for the operations that take a text. */
export const MOST_BODY = 1024 * 1024
export const MOST_TEXT_BODY = 4 * 1024 * 1024

/** Operations of staff that take a text, or a document with one. */
export const TEXT_OPERATIONS: ReadonlySet<string> = new Set([
  'extractStory', 'checkText', 'checkDocument', 'createStory', 'createStoryFromText', 'saveRevision', 'editParagraphs', 'editEntries', 'editProposal',
  'fileStatement', 'addStatementText', 'attachRecord', 'attachToStatement', 'updateStory', 'correctStory', 'clarifyStory',
])

/** Milliseconds that an operation may take. */
export const OPERATION_TIME: Readonly<Record<Viewer['kind'], number>> = { READER: 15_000, PARTNER: 15_000, STAFF: 60_000 }

/** Bytes of an address with its query. */
export const MOST_URL = 8_000

export interface Refusal {
  readonly code: string
  readonly what: string
  readonly limit: string
  readonly status: number
}

/** Every refusal of something that is too much, as the README lists them. */
export const REFUSALS = {
  BODY: refusal('PAYLOAD_TOO_LARGE', 'body', '1 MB; 4 MB for staff who send a text', 413),
  URL: refusal('URI_TOO_LONG', 'address with its query', `${MOST_URL} bytes`, 414),
  LENGTH: refusal('QUERY_TOO_LONG', 'length of a document', `${DOCUMENT_LIMITS.length} characters; long texts belong in variables`),
  TOKENS: refusal('QUERY_TOO_LONG', 'tokens of a document', `${DOCUMENT_LIMITS.tokens}`),
  NAME: refusal('QUERY_TOO_LONG', 'length of a name', `${DOCUMENT_LIMITS.nameLength} characters`),
  DEPTH: refusal('QUERY_TOO_DEEP', 'depth of fields', `${DOCUMENT_LIMITS.depth}; brackets of any kind ${DOCUMENT_LIMITS.nesting}`),
  FIELDS: refusal('QUERY_TOO_LARGE', 'fields', `${DOCUMENT_LIMITS.fields}; ${DOCUMENT_LIMITS.expandedFields} with every fragment in its place`),
  OPERATIONS: refusal('QUERY_TOO_LARGE', 'operations in a document', `${DOCUMENT_LIMITS.operations}`),
  ROOT_FIELDS: refusal('TOO_MANY_ROOT_FIELDS', 'fields at the root', `${DOCUMENT_LIMITS.rootFields}`),
  ALIASES: refusal('TOO_MANY_ALIASES', 'aliases', `${DOCUMENT_LIMITS.aliases}`),
  REPEATS: refusal('FIELD_REPEATED', 'the same field in one selection', `${DOCUMENT_LIMITS.repeats} times`),
  DIRECTIVES: refusal('TOO_MANY_DIRECTIVES', 'directives', `${DOCUMENT_LIMITS.directives}; ${DOCUMENT_LIMITS.directivesInOnePlace} in one place`),
  FRAGMENTS: refusal('TOO_MANY_FRAGMENTS', 'fragments', `${DOCUMENT_LIMITS.fragments}, spread ${DOCUMENT_LIMITS.spreads} times`),
  LIST: refusal('LIST_TOO_LONG', 'a list as an argument', `${DOCUMENT_LIMITS.literalList} entries; in variables of staff ${VARIABLE_LIMITS.list.STAFF}`),
  VARIABLES_DEPTH: refusal('VARIABLES_TOO_DEEP', 'depth of variables', `${VARIABLE_LIMITS.depth}`),
  VARIABLES: refusal('VARIABLES_TOO_LARGE', 'values in variables', `${VARIABLE_LIMITS.values.READER}; for staff ${VARIABLE_LIMITS.values.STAFF}`),
  INTROSPECTION: refusal('QUERY_TOO_DEEP', 'introspection', `one step from type to fields to type; ${DOCUMENT_LIMITS.introspectionFields} fields, ${DOCUMENT_LIMITS.introspectionRoots} at the root`),
  COST: refusal('QUERY_TOO_EXPENSIVE', 'cost of an operation', `${COST_LIMITS.READER} for readers, ${COST_LIMITS.PARTNER} for partners, ${COST_LIMITS.STAFF} for staff`),
} as const

/** Codes of refusals that are written for the caller. */
export const CALLER_CODES: readonly string[] = [
  ...new Set(Object.values(REFUSALS).map(({ code }) => code)), 'METHOD_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'UNSUPPORTED_MEDIA_TYPE', 'BATCHING_NOT_SUPPORTED', 'INTROSPECTION_DISABLED', 'DOCUMENT_NOT_ALLOWED', 'PERSISTED_QUERY_INVALID', 'PERSISTED_QUERY_NOT_FOUND',
  // Clients that send a hash first fall back to the whole query on this code.
  'PERSISTED_QUERY_NOT_SUPPORTED', 'RATE_LIMITED', 'OVERLOADED', 'TIMED_OUT',
]

function refusal(code: string, what: string, limit: string, status = 400): Refusal {
  return { code, what, limit, status }
}

/** The limits as a Markdown table. */
export function limitsTable(): string {
  return ['| what | at most | code |', '|---|---|---|', ...Object.values(REFUSALS).map(({ what, limit, code }) => `| ${what} | ${limit} | \`${code}\` |`)].join('\n')
}

/** Refuses what is over a limit: how much there was, how much there can be, what to do. */
export function overLimit({ code, status }: Refusal, message: string, headers?: Iterable<readonly [string, string]>): GraphQLError {
  return refused(code, status, message, headers)
}

/** A refusal that goes to the caller with its status and headers. */
export function refused(code: string, status: number, message: string, headers: Iterable<readonly [string, string]> = []): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers: new Map(headers) } } })
}
