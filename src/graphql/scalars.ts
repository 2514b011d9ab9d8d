import { GraphQLScalarType, Kind, print } from 'graphql'
import { badInput } from './errors.js'

const INSTANT = /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
/** What a timestamp of PostgreSQL and four digits of a year can both say, in UTC. */
const [FIRST, LAST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

function parseInstant(value: unknown, written = JSON.stringify(value)): Date {
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined
  const date = day !== undefined && isDay(day) ? new Date(value as string) : undefined
  if (!date || !(date.getTime() >= FIRST && date.getTime() <= LAST)) throw badInput(`${written} is not an instant; write it like "2026-02-24T17:00:00Z", with an offset.`)
  return date
}

/** JavaScript takes February 30 for the second of March. */
function isDay(day: string): boolean {
  const date = new Date(day)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** Whether an instant is written as it is answered. */
const isWritten = (instant: string) => instant.length === 24 && instant[19] === '.' && instant[23] === 'Z'

/** An instant, RFC 3339 in UTC with milliseconds. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant, RFC 3339 with an offset, such as 2026-02-24T17:00:00.000Z. Answers are in UTC.',
  serialize: (value) => (typeof value !== 'string' ? (value as Date).toISOString() : isWritten(value) ? value : new Date(value).toISOString()),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined, print(node)),
})

/** A calendar day, ISO 8601. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, such as 2026-02-24.',
  serialize: String,
})
