import { toScorerLine } from './extract.js'

/** One line of the line protocol: `{"id", "text"}` in, `{"id", "attributions"}` or `{"id", "error"}` out. Never throws. */
export function extractLine(line: string): string {
  let id: unknown = null
  try {
    const input: unknown = JSON.parse(line)
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return failure(null, 'The line is not a JSON object; write {"id": "…", "text": "…"}.')
    const { id: given, text } = input as { id?: unknown; text?: unknown }
    id = given ?? null
    if (typeof given !== 'string' && typeof given !== 'number') return failure(null, 'The line has no "id" (a string or a number).')
    if (typeof text !== 'string') return failure(given, 'The line has no "text" (a string).')
    return JSON.stringify({ ...toScorerLine(String(given), text), id: given })
  } catch (error) {
    return failure(id, error instanceof SyntaxError ? 'The line is not JSON.' : `The text could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const failure = (id: unknown, error: string): string => JSON.stringify({ id, error })
