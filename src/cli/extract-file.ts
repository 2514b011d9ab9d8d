import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { headProblems, type TextHead } from '../document/index.js'
import { MOST_TEXT_BYTES } from '../workers/index.js'
import { UsageError } from './failure.js'

export const STDIN = '-'
const CHUNK = 256 * 1024

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
  const bytes = await readBytes(file)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw new Error(`${called(file)} is UTF-16; save it as UTF-8.`)
  if (!isUtf8(bytes)) throw new Error(`${called(file)} is not valid UTF-8; save it as UTF-8.`)
  if (bytes.includes(0)) throw new Error(`${called(file)} holds NUL characters: it is no plain text.`)
  const text = bytes.toString('utf8').replace(/^\ufeff/, '')
  if (text.trim() === '') throw new Error(`${called(file)} is empty; there is no text in it.`)
  return text
}

async function readBytes(file: string): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  const stream = file === STDIN ? process.stdin : createReadStream(file, { highWaterMark: CHUNK })
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_TEXT_BYTES) throw new Error(`${called(file)} is larger than ${MOST_TEXT_BYTES / 1024 / 1024} MB; no story is that large.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** @throws {UsageError} that names the option that is wrong. */
export function checkHead(head: TextHead): void {
  const [problem] = headProblems(head)
  if (problem) throw new UsageError(`--${problem.path} ${problem.message}.`)
}
