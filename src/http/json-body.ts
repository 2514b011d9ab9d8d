import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refused } from '../graphql/limits.js'

const bytes = new WeakMap<FastifyRequest, number>()
const [QUOTE, COMMA, BRACE, BRACE_END, BRACKET, BRACKET_END] = [...'",{}[]'].map((character) => character.charCodeAt(0))
const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?;?\s*$/i

/** Bytes of the body that came with a request. */
export function bytesOf(request: FastifyRequest): number {
  return bytes.get(request) ?? 0
}

/**
 * A body is JSON in UTF-8 and nothing else: no form that a browser sends without asking (threat I3), no other character set, nothing
 * compressed, which could unpack to any size. @throws UNSUPPORTED_MEDIA_TYPE, before the body is read
 */
export function refuseOtherBodies({ method, headers }: FastifyRequest): void {
  const type = headers['content-type']
  if (method === 'POST' && !JSON_TYPE.test(type ?? '') && (type !== undefined || hasBody(headers))) throw refused('UNSUPPORTED_MEDIA_TYPE', 415, 'Send the body as "content-type: application/json", in UTF-8.', [['accept-post', 'application/json']])
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') throw refused('UNSUPPORTED_MEDIA_TYPE', 415, 'Send the body as it is: compressed bodies are not read.', [['accept-encoding', 'identity']])
}

/** The one parser of bodies. */
export function readJsonBodies(fastify: FastifyInstance): void {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  // Refuses keys that would change every object.
  const parse = fastify.getDefaultJsonParser('error', 'error')
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    bytes.set(request, body.length)
    let text: string
    try {
      text = utf8.decode(body)
    } catch {
      return done(refused('BAD_REQUEST', 400, 'The body is not UTF-8.'))
    }
    if (namesTwice(text)) return done(refused('BAD_REQUEST', 400, 'The body has a name twice in one object; which one is meant?'))
    return parse(request, text, (error, value) => (error ? done(refused('BAD_REQUEST', 400, 'The body is not JSON, or has keys such as "__proto__".')) : done(null, value)))
  })
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Whether an object has a name twice: what reads the first, and what the last, would see two different requests. False where it is no JSON. */
function namesTwice(text: string): boolean {
  /** Names of the objects that are open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let isName = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === QUOTE) {
      const end = endOfString(text, at)
      if (end < 0) return false
      const names = open.at(-1)
      if (isName && names) {
        const name = decoded(text.slice(at, end))
        if (name === undefined) return false
        if (names.has(name)) return true
        names.add(name)
      }
      isName = false
      at = end - 1
    } else if (character === BRACE || character === BRACKET) {
      isName = character === BRACE
      open.push(isName ? new Set() : undefined)
    } else if (character === BRACE_END || character === BRACKET_END) open.pop()
    else if (character === COMMA) isName = true
  }
  return false
}

/** Where the string that begins at a quotation mark is over; -1 where it never is. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return at + 1
  }
  return -1
}

function decoded(literal: string): string | undefined {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}
