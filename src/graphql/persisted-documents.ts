import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Viewer } from '../access/index.js'
import { refused } from './limits.js'
import type { Parameters } from './parameters.js'

const HASH = /^[0-9a-f]{64}$/
/** What graphql-codegen's client preset writes before each hash, in the file and in the frontend. */
const bare = (hash: string) => hash.replace(/^sha256:/, '')

/**
 * The documents that frontends registered: a file `{"hash": "document"}`, as graphql-codegen's client preset writes it, that goes out
 * together with the frontend. A hash is SHA-256 in hexadecimal digits, with or without "sha256:" before it, so that nobody can register a
 * document in another's name.
 */
export class PersistedDocuments {
  readonly #documents: ReadonlyMap<string, string>
  readonly #texts: ReadonlySet<string>

  constructor(documents: ReadonlyMap<string, string>) {
    this.#documents = documents
    this.#texts = new Set(documents.values())
  }

  get size(): number {
    return this.#documents.size
  }

  /** The text behind a request. @throws where its hash is none, is not registered, or is that of another text. */
  textOf(parameters: Parameters): string | undefined {
    const hash = hashOf(parameters)
    if (hash === undefined) return parameters.query
    const known = this.#documents.get(hash)
    if (parameters.query !== undefined && parameters.query !== '') {
      if (known !== parameters.query && createHash('sha256').update(parameters.query).digest('hex') !== hash) throw refused('PERSISTED_QUERY_INVALID', 400, 'The hash is not that of the document beside it. Send the SHA-256 of the document, or the hash alone.')
      return parameters.query
    }
    if (known !== undefined) return known
    if (this.size === 0) throw refused('PERSISTED_QUERY_NOT_SUPPORTED', 400, 'PersistedQueryNotSupported: no documents are registered here. Send the whole document as "query".')
    throw refused('PERSISTED_QUERY_NOT_FOUND', 400, 'PersistedQueryNotFound: no document with this hash is registered. Send the whole document as "query".')
  }

  has(text: string): boolean {
    return this.#texts.has(text)
  }
}

export const NO_DOCUMENTS = new PersistedDocuments(new Map())

/** Reads the file of registered documents. @throws an error that names what is wrong with it. */
export function readPersistedDocuments(file: string): PersistedDocuments {
  const wrong = (why: string) => new Error(`The registered documents in ${file} cannot be used: ${why}.`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw wrong('it is not an object of documents by their hash')
  const documents = new Map<string, string>()
  for (const [key, text] of Object.entries(content)) {
    const hash = bare(key)
    if (typeof text !== 'string') throw wrong(`the document under "${key}" is not a text`)
    if (!HASH.test(hash) || createHash('sha256').update(text).digest('hex') !== hash) throw wrong(`"${key}" is not the SHA-256 of its document; set "hashAlgorithm: sha256" where it is made`)
    documents.set(hash, text)
  }
  return new PersistedDocuments(documents)
}

/** Whether a viewer may send registered documents only. */
export function isHeldToDocuments(viewer: Viewer, readersAreHeld: boolean): boolean {
  if (viewer.kind === 'PARTNER') return viewer.documentsOnly
  return viewer.kind === 'READER' && readersAreHeld
}

/** From `documentId` or from Apollo's extension, with or without "sha256:". */
function hashOf({ documentId, extensions }: Parameters): string | undefined {
  const persisted = Object.hasOwn(extensions, 'persistedQuery') ? extensions['persistedQuery'] : undefined
  if (documentId === undefined && (persisted === undefined || persisted === null)) return undefined
  const { version, sha256Hash } = (documentId === undefined ? persisted : { version: 1, sha256Hash: documentId }) as { version?: unknown; sha256Hash?: unknown }
  if (version !== 1) throw refused('PERSISTED_QUERY_INVALID', 400, 'The version of "persistedQuery" can be 1 only.')
  const hash = typeof sha256Hash === 'string' ? bare(sha256Hash) : ''
  if (!HASH.test(hash)) throw refused('PERSISTED_QUERY_INVALID', 400, 'The hash of a document is its SHA-256: 64 hexadecimal digits in lower case.')
  return hash
}
