import { isUtf8 } from 'node:buffer'
import { extractLine } from '../extraction/index.js'
import { EXIT } from './command.js'
import { count, type Screen } from './screen.js'

/** A text of 4 MB with every character escaped still fits. */
const MOST_LINE_BYTES = 32 * 1024 * 1024
const NEWLINE = 0x0a

/**
 * Answers each line of the line protocol by one line, in the same order, as the lines come. Stories are read one after the other on this
 * thread: at 2 to 3 ms each, starting others and sending texts there and back costs more than it gains.
 */
export async function answerLines(screen: Screen, input: AsyncIterable<Uint8Array>): Promise<number> {
  let wrong = 0
  for await (const line of linesOf(input)) {
    const answer = answerOf(line)
    // What is inside a string has its quotation marks escaped, so this is the field.
    if (!answer.includes('"attributions":[')) wrong += 1
    await screen.line(answer)
  }
  if (wrong === 0) return EXIT.done
  screen.say(`${count(wrong, 'line')} could not be read; the answer to each says why.`)
  return EXIT.failed
}

function answerOf(line: Buffer | undefined): string {
  if (!line) return JSON.stringify({ id: null, error: `The line is longer than ${MOST_LINE_BYTES / 1024 / 1024} MB.` })
  return isUtf8(line) ? extractLine(line.toString('utf8').replace(/^\ufeff/, '')) : JSON.stringify({ id: null, error: 'The line is not valid UTF-8.' })
}

/** Lines that are not blank; undefined for one that is too long. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | undefined> {
  let parts: Buffer[] = []
  let size = 0
  const take = (): Buffer | undefined => {
    const line = size > MOST_LINE_BYTES ? undefined : Buffer.concat(parts)
    parts = []
    size = 0
    return line
  }
  const isBlank = (line: Buffer | undefined) => line !== undefined && line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)
  for await (const bytes of input) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let from = 0; from <= chunk.length;) {
      const end = chunk.indexOf(NEWLINE, from)
      const part = chunk.subarray(from, end < 0 ? chunk.length : end)
      size += part.length
      if (size > MOST_LINE_BYTES) parts = []
      else parts.push(part)
      if (end < 0) break
      const line = take()
      if (!isBlank(line)) yield line
      from = end + 1
    }
  }
  const last = take()
  if (!isBlank(last)) yield last
}
