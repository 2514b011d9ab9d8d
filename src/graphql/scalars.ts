import { GraphQLScalarType, Kind } from 'graphql'
import { badInput } from './errors.js'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

function parseInstant(value: unknown): Date {
  const date = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : undefined
  if (!date || Number.isNaN(date.getTime())) throw badInput(`${JSON.stringify(value)} is not an instant; write it like "2026-02-24T17:00:00Z", with an offset.`)
  return date
}

/** An instant, RFC 3339 in UTC with milliseconds. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant, RFC 3339 with an offset, such as 2026-02-24T17:00:00.000Z. Answers are in UTC.',
  serialize: (value) => (typeof value === 'string' ? new Date(value) : (value as Date)).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
})

/** A calendar day, ISO 8601. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, such as 2026-02-24.',
  serialize: String,
})
