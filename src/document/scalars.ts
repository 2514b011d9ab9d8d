import { z } from 'zod'
import { LIMITS } from './limits.js'

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/

/** Why a text cannot be stored, or undefined. Offsets are UTF-16 code units. */
export function textProblem(text: string): string | undefined {
  const control = CONTROL.exec(text)
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return `holds the control character U+${code} at offset ${control.index}; remove it`
  }
  const surrogate = LONE_SURROGATE.exec(text)
  if (surrogate) return `holds half of a surrogate pair at offset ${surrogate.index}; the text was cut in the middle of a character`
  return undefined
}

function text(max: number, what: string) {
  return z.string().max(max, `is longer than ${max} UTF-16 units, the limit for ${what}`).superRefine((value, ctx) => {
    const problem = textProblem(value)
    if (problem) ctx.addIssue({ code: 'custom', message: problem })
    if (value.trim() === '') ctx.addIssue({ code: 'custom', message: 'is empty; leave the field out instead' })
  })
}

/** Running text: never empty, no control characters but tab, line feed and carriage return, no lone surrogates. */
export const prose = (max: number, what: string) => text(max, what)

/** One line: a name, a descriptor, a title. */
export const line = text(LIMITS.line, 'a line')

/** A key: the document's own name for one of its parts, or the newsroom-wide name of a person, organization or outlet. */
export const key = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,119}$/, 'is not a key: lower-case letters, digits, ".", "_" and "-", at most 120, starting with a letter or digit')

export const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is not a slug: lower-case words and numbers joined by "-"').max(120)

/** A random UUID that stays with a part of a story through all revisions. In lower case, as the database has it, however it was written. */
export const lineage = z.uuid({ error: 'is not a UUID' }).toLowerCase()

/** An instant, RFC 3339 with an offset, from the year 1 to 9999 in UTC. */
export const instant = z.iso.datetime({ offset: true, error: 'is not an instant; write 2026-02-24T17:00:00Z, with an offset' })
  .refine((text) => !(Date.parse(text) < FIRST || Date.parse(text) > LAST), 'is not between the years 1 and 9999, in UTC')
const [FIRST, LAST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/** An absolute http or https address. */
export const url = z.string().max(LIMITS.line).superRefine((value, ctx) => {
  let parsed: URL | undefined
  try {
    parsed = new URL(value)
  } catch {
    // Reported below, like any other address that is not one.
  }
  if (!parsed || !/^https?:$/.test(parsed.protocol)) ctx.addIssue({ code: 'custom', message: 'is not an http or https address' })
})

export const language = z.string().regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, 'is not a BCP 47 language tag such as "en" or "pt-BR"')

export const timeZone = z.string().superRefine((value, ctx) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not an IANA time zone such as "America/New_York"' })
  }
})
