import type { GraphQLError } from 'graphql'
import { badRequest } from './errors.js'
import { refused } from './limits.js'

type Values = Readonly<Record<string, unknown>>

/** What a request asks, before anything is known of it but its form (GraphQL over HTTP). */
export interface Parameters {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Values
  readonly extensions: Values
  /** The hash of a registered document, in place of the document or beside it. */
  readonly documentId: string | undefined
}

/** Reads the body of a POST, or the payload of a message. @throws BAD_REQUEST, BATCHING_NOT_SUPPORTED */
export function parametersOfBody(body: unknown): Parameters {
  if (Array.isArray(body)) throw refused('BATCHING_NOT_SUPPORTED', 400, 'Several queries in one request are not answered: at most 1. Send each as a request of its own, as a JSON object.')
  if (!isValues(body) || Object.keys(body).length === 0) throw badRequest('Send a JSON object: {"query": "…", "variables": {…}}.')
  return {
    query: textOf(body, 'query'), operationName: textOf(body, 'operationName'), variables: valuesOf(body, 'variables'), extensions: valuesOf(body, 'extensions'), documentId: textOf(body, 'documentId') ?? textOf(body, 'id'),
  }
}

/** Reads the query of an address. @throws BAD_REQUEST */
export function parametersOfSearch(search: string): Parameters {
  if (!isDecodable(search)) throw badRequest('The address is not percent-encoded UTF-8.')
  const given = new URLSearchParams(search)
  const once = (name: string): string | undefined => {
    const values = given.getAll(name)
    if (values.length > 1) throw badRequest(`"${name}" stands ${values.length} times in the address; it can stand there once.`)
    return values[0]
  }
  const json = (name: string): Values => {
    const text = once(name)
    if (text === undefined || text === '') return {}
    return valuesOf({ [name]: parsed(text, name) }, name)
  }
  return { query: once('query'), operationName: once('operationName') || undefined, variables: json('variables'), extensions: json('extensions'), documentId: once('documentId') ?? once('id') }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest(`"${name}" in the address is not JSON.`)
  }
}

function textOf(body: Values, name: string): string | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw wrongType(name, 'a text')
  return value
}

function valuesOf(body: Values, name: string): Values {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (value === undefined || value === null) return {}
  if (!isValues(value)) throw wrongType(name, 'a JSON object')
  return value
}

function wrongType(name: string, type: string): GraphQLError {
  return badRequest(`"${name}" is to be ${type}.`)
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDecodable(search: string): boolean {
  try {
    decodeURIComponent(search.replaceAll('+', ' '))
    return true
  } catch {
    return false
  }
}
