import { expect } from 'vitest'
import type { Answered } from './send.js'

/** What tells of the inside: stacks, files, SQL, libraries, sentences of JavaScript's own errors, hints at the schema. */
export const INTERNALS = /\bat \S+ \(|node_modules|\/src\/|\.[jt]s:\d|file:\/\/|prisma|pglite|postgres|SQLSTATE|\bSELECT\b.*\bFROM\b|relation "|syntax error at|invalid input syntax|violates|Cannot read propert|is not a function|is not iterable|undefined|Maximum call stack|RangeError|TypeError|SyntaxError|ReferenceError|Unexpected token|in JSON at|Did you mean|type-graphql|graphql-js|class-validator|FST_ERR|HPE_|stacktrace|"exception"|ECONN|\[object/i
/** Codes that a client of ours may see. */
const CODES = /^[A-Z][A-Z_]{3,40}$/

/** The code of an answer that is well formed, and has nothing of the inside in it. `SERVED` for one with data or a payload. */
export function codeOf(answered: Answered, sent: string): string {
  expect(answered.status < 500 || (answered.status === 503 && answered.headers['retry-after'] !== undefined), `${answered.status} ${answered.text.slice(0, 300)}`).toBe(true)
  const type = answered.headers['content-type']
  if (type !== undefined) expect(type).toMatch(/^application\/(graphql-response\+)?json/)
  const body = JSON.parse(answered.text) as { data?: unknown; errors?: { message: unknown; extensions?: { code?: unknown } }[] }
  if (body.errors === undefined) {
    expect(answered.status).toBe(200)
    expect(body.data).toBeTypeOf('object')
    return 'SERVED'
  }
  expect(body.errors.length).toBeGreaterThan(0)
  expect(body.errors.length).toBeLessThanOrEqual(11)
  for (const { message, extensions } of body.errors) {
    expect(message).toBeTypeOf('string')
    expect((message as string).length).toBeGreaterThan(5)
    expect((message as string).length).toBeLessThanOrEqual(700)
    expect(extensions?.code).toMatch(CODES)
    expect(extensions?.code).not.toBe('INTERNAL_SERVER_ERROR')
    // What was sent may come back in a message; it tells nothing.
    if (!INTERNALS.test(sent)) expect(message).not.toMatch(INTERNALS)
  }
  if (!INTERNALS.test(sent)) expect(answered.text).not.toMatch(INTERNALS)
  return body.errors[0]!.extensions!.code as string
}
