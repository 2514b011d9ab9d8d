import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { headProblems, LIMITS, type TextHead } from '../document/index.js'
import { MOST_TEXT_BYTES } from '../workers/index.js'
import { UsageError } from './failure.js'

export const STDIN = '-'
export const CHUNK = 256 * 1024

/** How a file is called in messages. */
export const called = (file: string) => (file === STDIN ? 'Standard input' : file)

/** @throws {UsageError} for a file that is not there, or a folder. */
export async function checkTextFile(file: string): Promise<void> {
  if (file === STDIN) return
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`)
  })
  if (found.isDirectory()) throw new UsageError(`${file} is a folder. Name the text in it: ${file.replace(/\/$/, '')}/story.txt`)
}

/** The words of a text file, without a byte order mark. @throws an error that says what it is instead. */
export async function readText(file: string): Promise<string> {
  const read = await readPlainText(file === STDIN ? process.stdin : createReadStream(file, { highWaterMark: CHUNK }))
  if (!read.ok) throw new Error(`${called(file)} ${read.problem}.`)
  return read.text
}

/** The same of bytes, or what they are instead. */
export async function readPlainText(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }> {
  const bytes = await bytesOf(chunks)
  if (bytes === undefined) return { ok: false, problem: `is larger than ${MOST_TEXT_BYTES / 1024 / 1024} MB; no story is that large` }
  const problem = encodingProblem(bytes)
  if (problem !== undefined) return { ok: false, problem }
  const text = bytes.toString('utf8').replace(/^\ufeff/, '')
  return text.trim() === '' ? { ok: false, problem: 'is empty; there is no text in it' } : { ok: true, text }
}

function encodingProblem(bytes: Buffer): string | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'is UTF-16; save it as UTF-8'
  if (!isUtf8(bytes)) return 'is not valid UTF-8; save it as UTF-8'
  return bytes.includes(0) ? 'holds NUL characters: it is no plain text' : undefined
}

/** Undefined where there are more than a text may have. */
async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of chunks) {
    size += part.length
    if (size > MOST_TEXT_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** What keeps a plain text from being a story. */
export function lengthProblem(text: string): string | undefined {
  return text.length > LIMITS.storyText ? `has ${text.length} UTF-16 units; a story may hold ${LIMITS.storyText}` : undefined
}

/** @throws {UsageError} that names the option that is wrong. */
export function checkHead(head: TextHead): void {
  const [problem] = headProblems(head)
  if (problem) throw new UsageError(`--${problem.path} ${problem.message}.`)
}
