import { isUtf8 } from 'node:buffer'
import type { DocumentProblem } from '../document/index.js'
import { jsonProblem } from './import-json.js'

/** One document as it stands in a file, read or not readable. */
export interface ImportEntry {
  readonly file: string
  /** From 1, where the file holds one document a line. */
  readonly line?: number
  /** From 0, where the file is an array. */
  readonly index?: number
  /** Its size in the file. */
  readonly bytes: number
  readonly content: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: DocumentProblem }
}

/** More than this in one document is not read into memory. */
export const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024

type Chunks = AsyncIterable<Uint8Array>
type Place = Pick<ImportEntry, 'file' | 'line' | 'index'>

/**
 * The documents of a file: one JSON document, an array of them, or one a line (JSONL). Which of these it is shows in the file itself.
 * Reads as it goes; holds one document at a time.
 */
export async function* entriesOf(file: string, chunks: Chunks, options: { readonly isLines?: boolean } = {}): AsyncGenerator<ImportEntry> {
  const bytes = withoutMark(chunks)
  const first = await firstText(bytes)
  if ('problem' in first) return yield refused({ file }, first.problem, 0)
  const rest = followedBy(first.head, bytes)
  if (!options.isLines && first.byte === BRACKET) yield* elementsOf(file, rest)
  else yield* documentOrLines(file, rest, options.isLines ?? false)
}

const [NEWLINE, QUOTE, COMMA, BRACKET, BACKSLASH, BRACKET_END, BRACE, BRACE_END] = [0x0a, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d]
const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09

const problem = (code: string, message: string): DocumentProblem => ({ path: '', code, message })
const TOO_LONG = problem('TOO_LONG', `is larger than ${MOST_DOCUMENT_BYTES / 1024 / 1024} MB; no story is that large. Write one document a line, or an array of documents`)
const NOT_UTF8 = problem('NOT_UTF8', 'is not valid UTF-8; save it as UTF-8')
const REST_UNREAD = problem('NOT_JSON', 'has more text after the end of its array; what follows was not read')
const NOTHING = problem('NOT_JSON', 'is missing: two commas with nothing between them')
const NOT_CLOSED = problem('CUT_OFF', 'breaks off before the end of its array; it may be cut off')

function refused(place: Place, reason: DocumentProblem, bytes: number): ImportEntry {
  return { ...place, bytes, content: { ok: false, problem: reason } }
}

function parsed(place: Place, bytes: Buffer): ImportEntry {
  if (!isUtf8(bytes)) return refused(place, NOT_UTF8, bytes.length)
  const text = bytes.toString('utf8')
  try {
    return { ...place, bytes: bytes.length, content: { ok: true, value: JSON.parse(text) } }
  } catch {
    return refused(place, jsonProblem(text), bytes.length)
  }
}

/** Drops a byte order mark. */
async function* withoutMark(chunks: Chunks): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (!head) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    else if ((head = Buffer.concat([head, chunk])).length >= 3) {
      yield head.subarray(head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0)
      head = undefined
    }
  }
  if (head && head.length > 0) yield head
}

/** The first byte that is no white space, and everything up to the end of its chunk. */
async function firstText(bytes: AsyncGenerator<Buffer>): Promise<{ byte: number; head: readonly Buffer[] } | { problem: DocumentProblem }> {
  const head: Buffer[] = []
  for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
    const chunk = next.value
    if (head.length === 0 && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))) return { problem: problem('NOT_UTF8', 'is UTF-16; save it as UTF-8') }
    if (head.length === 0 && chunk[0] === 0x1f && chunk[1] === 0x8b) return { problem: problem('NOT_JSON', 'is compressed (gzip); unpack it first: "gunzip -c FILE | onrecord import -"') }
    const at = chunk.findIndex((byte) => !isSpace(byte))
    // Blank chunks count lines too, but nothing needs their spaces.
    head.push(at < 0 ? Buffer.from(chunk.filter((byte) => byte === NEWLINE)) : chunk)
    if (at >= 0) return { byte: chunk[at]!, head }
  }
  return { problem: problem('EMPTY', 'is empty; there is no document in it') }
}

async function* followedBy(head: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* head
  // Not `yield*` over `rest`: a reader that stops early closes it all the same.
  for await (const chunk of { [Symbol.asyncIterator]: () => rest }) yield chunk
}

interface Line { readonly number: number; readonly bytes: Buffer | undefined }

/** Lines that are not blank; one that is too long comes without its bytes. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 1
  let collected = new Collected()
  for await (const chunk of chunks) {
    for (let from = 0; ;) {
      const end = chunk.indexOf(NEWLINE, from)
      collected.add(chunk.subarray(from, end < 0 ? chunk.length : end))
      if (end < 0) break
      if (!collected.isBlank) yield { number, bytes: collected.bytes }
      collected = new Collected()
      number += 1
      from = end + 1
    }
  }
  if (!collected.isBlank) yield { number, bytes: collected.bytes }
}

/** Bytes of one document, forgotten when there are too many. */
class Collected {
  #parts: Buffer[] = []
  #size = 0
  isBlank = true

  add(part: Buffer): void {
    if (part.length === 0) return
    if (this.isBlank) this.isBlank = part.every(isSpace)
    this.#size += part.length
    if (this.#size > MOST_DOCUMENT_BYTES) this.#parts = []
    else this.#parts.push(part)
  }

  /** As if too many bytes had come. */
  forget(): void {
    this.#size = Infinity
    this.#parts = []
  }

  get bytes(): Buffer | undefined {
    if (this.#size > MOST_DOCUMENT_BYTES) return undefined
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
  }
}

const lineEntry = (file: string, line: Line): ImportEntry =>
  line.bytes ? parsed({ file, line: line.number }, line.bytes) : refused({ file, line: line.number }, TOO_LONG, MOST_DOCUMENT_BYTES)

/** A file that begins with an object: one document over many lines, or one a line. */
async function* documentOrLines(file: string, chunks: AsyncIterable<Buffer>, isLines: boolean): AsyncGenerator<ImportEntry> {
  const lines = linesOf(chunks)
  const first = (await lines.next()).value as Line
  const next = await lines.next()
  if (isLines || (!next.done && startsLines(first, next.value))) {
    yield lineEntry(file, first)
    if (!next.done) yield lineEntry(file, next.value)
    for await (const line of lines) yield lineEntry(file, line)
    return
  }
  const whole = new Collected()
  const add = ({ number, bytes }: Line) => {
    if (bytes && !isUtf8(bytes)) return refused({ file, line: number }, NOT_UTF8, 0)
    // A line of its own for every blank one too, so that places in messages are the file's.
    for (; at < number; at += 1) whole.add(LINE_END)
    if (bytes) whole.add(bytes)
    else whole.forget()
    return undefined
  }
  let at = 1
  let wrong = add(first)
  if (!next.done) wrong ??= add(next.value)
  if (!wrong && !next.done) for await (const line of lines) if ((wrong = add(line)) || !whole.bytes) break
  yield wrong ?? (whole.bytes ? parsed({ file }, whole.bytes) : refused({ file }, TOO_LONG, MOST_DOCUMENT_BYTES))
}
const LINE_END = Buffer.from('\n')

/** Whether two lines are two documents. A damaged first one still shows by the second, which begins anew. */
function startsLines(first: Line, second: Line): boolean {
  if (second.bytes?.[0] === BRACE) return true
  return first.bytes === undefined || parsed({ file: '' }, first.bytes).content.ok
}

/** The elements of one array, wherever its line breaks are. */
async function* elementsOf(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<ImportEntry> {
  const cutter = new ArrayCutter()
  let index = 0
  const entry = (bytes: Buffer | undefined): ImportEntry => {
    const place = { file, index: index++ }
    if (!bytes) return refused(place, TOO_LONG, MOST_DOCUMENT_BYTES)
    return bytes.every(isSpace) ? refused(place, NOTHING, 0) : parsed(place, bytes)
  }
  for await (const chunk of chunks) {
    for (const element of cutter.cut(chunk)) yield entry(element.bytes)
    if (cutter.hasMore) return yield refused({ file }, REST_UNREAD, 0)
  }
  if (cutter.isClosed) return
  if (!cutter.element.isBlank) yield entry(cutter.element.bytes)
  if (cutter.isBetween) yield refused({ file }, NOT_CLOSED, 0)
}

/** Cuts a JSON array into its elements by brackets, commas and quotation marks; whether an element is JSON shows when it is parsed. */
class ArrayCutter {
  element = new Collected()
  isClosed = false
  hasMore = false
  #isOpen = false
  #depth = 0
  #isString = false
  #isEscaped = false

  /** Whether the last element is complete: then it is the array that breaks off. */
  get isBetween(): boolean {
    return this.#depth === 0 && !this.#isString
  }

  *cut(chunk: Buffer): Generator<Collected> {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!
      if (this.#isString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) this.#isString = false
      } else if (this.isClosed) {
        if (!isSpace(byte)) return void (this.hasMore = true)
      } else if (!this.#isOpen) {
        if (byte === BRACKET) [this.#isOpen, from] = [true, at + 1]
      } else if (byte === QUOTE) this.#isString = true
      else if (byte === BRACE || byte === BRACKET) this.#depth += 1
      else if (this.#depth > 0) {
        if (byte === BRACE_END || byte === BRACKET_END) this.#depth -= 1
      } else if (byte === COMMA || byte === BRACKET_END) {
        this.element.add(chunk.subarray(from, at))
        from = at + 1
        // Nothing stands between the brackets of an empty array.
        if (byte === BRACKET_END) this.isClosed = true
        if (byte === COMMA || !this.element.isBlank) yield this.element
        this.element = new Collected()
      }
    }
    if (!this.isClosed && this.#isOpen) this.element.add(chunk.subarray(from))
  }
}
