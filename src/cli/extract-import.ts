import { proposalsOf, withoutUnconfirmable, type DocumentProblem, type StoryDocument } from '../document/index.js'
import type { Env } from '../env.js'
import { extract } from '../extraction/index.js'
import { importStories, type ImportEntry } from '../stories/index.js'
import type { HeadFlags } from './commands/extract.js'
import { EXIT } from './command.js'
import { UsageError } from './failure.js'
import { called, checkHead, checkTextFile, lengthProblem, readText, STDIN } from './extract-file.js'
import { withNewsroom } from './newsroom.js'
import { count, type Screen } from './screen.js'

export interface TextFlags extends HeadFlags { readonly text?: boolean; readonly publish?: boolean; readonly dryRun?: boolean }

const HEAD = ['slug', 'desk', 'language', 'provider'] as const

/** Whether these files are texts to extract. @throws {UsageError} where some are and some are not. */
export function areTexts(files: readonly string[], flags: TextFlags): boolean {
  const texts = files.filter((file) => flags.text === true || /\.(txt|text)$/i.test(file))
  if (texts.length > 0 && texts.length < files.length) throw new UsageError('Import texts and documents one after the other; some of these files are texts (.txt) and some are not.')
  const [given] = HEAD.filter((name) => flags[name] !== undefined)
  if (texts.length === 0 && given !== undefined) throw new UsageError(`--${given} is for texts; a document says it itself. For a text that is not called .txt, give --text.`)
  return texts.length > 0
}

/** Stores a draft of each text, whole or not at all, with everything that was read out of it unconfirmed. Tells where each is. */
export async function importTexts(screen: Screen, files: readonly string[], { text: _text, publish, dryRun, ...head }: TextFlags): Promise<number> {
  if (publish) throw new UsageError('A text becomes a draft: what was read out of it waits for a person. Publish it with "onrecord publish" once that is done.')
  if (head.slug !== undefined && files.length > 1) throw new UsageError('--slug names one story; import the texts one by one.')
  checkHead(head)
  for (const file of files) await checkTextFile(file)
  const documents = new Map<number, StoryDocument>()
  for (const [index, file] of files.entries()) documents.set(index, await documentOf(file, head))
  return withNewsroom(async ({ database, env, sources }) => {
    await importStories(database, entriesOf(files, [...documents.values()]), {
      sources, ...(dryRun !== undefined && { dryRun }), savedBy: 'command line',
      onRefused: ({ entry, problems }) => {
        documents.delete(entry.index!)
        for (const problem of problems) screen.say(`${entry.file}: ${sentence(problem)}`)
      },
    })
    for (const document of documents.values()) await tell(screen, document, env, dryRun === true)
    return documents.size < files.length ? EXIT.failed : EXIT.done
  })
}

async function documentOf(file: string, head: HeadFlags): Promise<StoryDocument> {
  const text = await readText(file)
  const problem = lengthProblem(text)
  if (problem !== undefined) throw new Error(`${called(file)} ${problem}.`)
  const { document, diagnostics } = extract(text, head)
  if (diagnostics.some(({ code }) => code === 'EMPTY_TEXT')) throw new Error(`${called(file)} holds no words.`)
  return withoutUnconfirmable(document)
}

async function* entriesOf(files: readonly string[], documents: readonly StoryDocument[]): AsyncGenerator<ImportEntry> {
  for (const [index, value] of documents.entries()) yield { file: files[index] === STDIN ? 'stdin' : files[index]!, index, bytes: 0, content: { ok: true, value } }
}

function sentence({ path, code, message }: DocumentProblem): string {
  return `${path === '' ? '' : `${path} `}${message}${code === 'SLUG_TAKEN' ? ' with --slug' : ''}`
}

async function tell(screen: Screen, document: StoryDocument, env: Env, isDryRun: boolean): Promise<void> {
  const proposals = proposalsOf(document).length
  await screen.line(`${isDryRun ? 'can be stored' : 'draft'}  ${screen.styled(document.slug, 'bold', 'out')}  ${count(proposals, 'proposal')}`)
  if (isDryRun) return
  const host = env.HOST === '0.0.0.0' || env.HOST === '::' ? '127.0.0.1' : env.HOST
  screen.say(`Look through them at http://${host}:${env.PORT}/newsroom/graphiql:\n  { story(slug: "${document.slug}") { id revision { number } proposals { collection key words rule confidence } } }`)
}
