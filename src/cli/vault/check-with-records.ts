import { checkWithVault } from '../../checks/index.js'
import { parseStoryDocument, type StoryDocument } from '../../document/index.js'
import { namesInCopy, openedVaultOf } from '../../vault/client/index.js'
import type { CheckRun } from '../check-stories.js'
import { storiesIn } from '../check-targets.js'
import { count } from '../screen.js'
import { openAll } from './records.js'
import { CliSession, type VaultFlags } from './vault-session.js'

interface ToCheck { readonly document: StoryDocument; readonly file?: string | undefined; readonly text?: string | undefined; readonly isShown: boolean }

/**
 * Opens the records of whoever runs this, and checks the stories with them, on this machine. Which stories the records are about is not
 * told to the server by what is asked of it: it is asked for all stories, or, where files are named, for none.
 */
export async function checkWithRecords(run: CheckRun, targets: { readonly files: readonly string[]; readonly slugs: readonly string[] }, flags: VaultFlags): Promise<void> {
  const { screen } = run
  const session = await CliSession.open(flags)
  const contents = (await openAll(session)).map(({ id, opened }) => ({ id, content: opened.content }))
  const stories: ToCheck[] = []
  for (const file of targets.files) {
    for await (const story of storiesIn(file)) {
      if ('problems' in story) run.unreadable(story.place, story.problems)
      else stories.push({ ...story, isShown: true })
    }
  }
  if (targets.files.length === 0 || targets.slugs.length > 0) stories.push(...(await fromServer(run, session, targets.slugs)))
  const documents = stories.map(({ document }) => document)
  const known = new Set(documents.map(({ slug }) => slug))
  const absent = new Set(contents.flatMap(({ content }) => content.entries.map(({ story }) => story)).filter((slug) => !known.has(slug)))
  if (absent.size > 0) screen.say(`${count(absent.size, 'story', 'stories')} of the records ${absent.size === 1 ? 'is' : 'are'} not among what was read, and ${absent.size === 1 ? 'was' : 'were'} not compared with.`)
  if (screen.options.out.isTTY !== true) screen.say(screen.styled('These findings tell of confidential sources. Leave them in no file, log or pipeline.', 'yellow'))
  const found = checkWithVault(documents, openedVaultOf(contents), { profile: run.profile })
  for (const [index, story] of stories.entries()) {
    if (!story.isShown) continue
    await run.check(story.document, { ...story, found: found[index]!.findings })
    for (const { place, who } of namesInCopy(story.document, contents.map(({ content }) => content))) await screen.line(`${story.document.slug}: ${place} holds the name of a confidential source (${who}). Take it out before anybody else reads it.`)
  }
}

async function fromServer(run: CheckRun, session: CliSession, slugs: readonly string[]): Promise<ToCheck[]> {
  const wanted = new Set(slugs)
  const stories: ToCheck[] = []
  for await (const value of session.server.documents()) {
    const parsed = parseStoryDocument(value)
    if (!parsed.ok) {
      run.unreadable('a story of the server', parsed.problems)
      continue
    }
    const { document } = parsed
    stories.push({ document, isShown: slugs.length === 0 || wanted.delete(document.slug) })
  }
  for (const slug of wanted) run.missing(slug)
  return stories
}
