import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { DocumentProblem, StoryDocument } from '../document/index.js'
import { CHUNK, lengthProblem, readPlainText, STDIN } from './extract-file.js'
import { UsageError } from './failure.js'

/** One story to check, or what keeps it from being read. */
export type Checked = { readonly document: StoryDocument; readonly file?: string; readonly text?: string } | { readonly place: string; readonly problems: readonly DocumentProblem[] }

const PLAIN = /\.(?:txt|text|md)$/i
const isFile = (target: string) => target === STDIN || /[/\\]|\.(?:json|jsonl|ndjson|txt|text|md)$/i.test(target) || existsSync(target)

/** Files and slugs told apart. @throws {UsageError} for what cannot be read at all. */
export async function sortTargets(targets: readonly string[]): Promise<{ readonly files: readonly string[]; readonly slugs: readonly string[] }> {
  const files = targets.filter(isFile)
  for (const file of files) {
    if (file === STDIN) continue
    const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`)
    })
    if (found.isDirectory()) throw new UsageError(`${file} is a folder. Name the files in it: ${file.replace(/\/$/, '')}/*.jsonl`)
  }
  if (files.filter((file) => file === STDIN).length > 1) throw new UsageError('Standard input ("-") can be read once.')
  return { files, slugs: targets.filter((target) => !isFile(target)) }
}

/** The stories of a file, one at a time. */
export async function* storiesIn(file: string): AsyncGenerator<Checked> {
  const input = file === STDIN ? await head(process.stdin) : undefined
  const chunks = input ? input.chunks() : createReadStream(file, { highWaterMark: CHUNK })
  if (PLAIN.test(file) || (input && !input.isJson)) yield plainText(file, chunks)
  else yield* documents(file, chunks)
}

/** A plain text as extraction and import read it. */
async function plainText(file: string, chunks: AsyncIterable<Uint8Array>): Promise<Checked> {
  const name = file === STDIN ? 'stdin' : file
  const refused = (message: string): Checked => ({ place: name, problems: [{ path: '', code: 'NO_TEXT', message }] })
  const read = await readPlainText(chunks)
  if (!read.ok) return refused(read.problem)
  const { text } = read
  const problem = lengthProblem(text)
  if (problem !== undefined) return refused(problem)
  const { extract } = await import('../extraction/index.js')
  const slug = path.basename(name).replace(/\.[^.]*$/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return { document: extract(text, slug === '' || slug === 'stdin' ? {} : { slug: slug.slice(0, 100) }).document, file: name, text }
}

async function* documents(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Checked> {
  const [{ entriesOf }, { parseStoryDocument }] = await Promise.all([import('../stories/index.js'), import('../document/index.js')])
  for await (const entry of entriesOf(file === STDIN ? 'stdin' : file, chunks, { isLines: /\.(jsonl|ndjson)$/i.test(file) })) {
    const place = `${entry.file}${entry.line === undefined ? '' : `:${entry.line}`}${entry.index === undefined ? '' : `[${entry.index}]`}`
    if (!entry.content.ok) {
      yield { place, problems: [entry.content.problem] }
      continue
    }
    const parsed = parseStoryDocument(entry.content.value)
    yield parsed.ok ? { document: parsed.document, file: place } : { place, problems: parsed.problems }
  }
}

/** Standard input, with a look at its beginning: documents or plain text. */
async function head(stream: AsyncIterable<Uint8Array>) {
  const rest = stream[Symbol.asyncIterator]()
  const parts: Buffer[] = []
  let isJson = false
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    parts.push(Buffer.from(next.value))
    const mark = Buffer.concat(parts).toString('utf8').replace(/^\uFEFF/, '').trimStart()[0]
    if (mark === undefined) continue
    isJson = mark === '{' || mark === '['
    break
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* parts
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }
  return { isJson, chunks }
}
