import { Option } from 'commander'
import { EXIT, example, type CliCommand } from '../command.js'
import { UsageError } from '../failure.js'
import { count, type Screen } from '../screen.js'

interface Options { readonly all?: boolean; readonly format: 'jsonl' | 'json' }

export const exportCommand: CliCommand = {
  name: 'export',
  add: (program, run) => {
    program.command('export')
      .summary('write stories as documents')
      .description('Writes the current revision of stories, drafts included, as documents that import takes back; a published one with its publication. Nothing else is written: no earlier revision, no agreement, approval or waiver that was recorded beside a document, no partner, token or vault record, and not that a story was killed, withdrawn, held or unpublished, which comes back as a draft. So it is no backup of the database. Each stands after the stories that it names. Holds what only the newsroom may read: keep it accordingly.')
      .argument('[slug...]', 'slugs of the stories')
      .option('--all', 'every story')
      .addOption(new Option('--format <format>', 'one document a line, or one JSON array').choices(['jsonl', 'json']).default('jsonl'))
      .addHelpText('after', example('onrecord export --all > newsroom.jsonl'))
      .action(run(async (screen: Screen, slugs: readonly string[], options: Options) => {
        if (options.all === true ? slugs.length > 0 : slugs.length === 0) throw new UsageError('Name the stories to export by their slugs, or give --all for every story; one of the two.')
        return write(screen, options.all ? 'ALL' : slugs, options.format)
      }))
  },
}

async function write(screen: Screen, which: 'ALL' | readonly string[], format: Options['format']): Promise<number> {
  const [{ withNewsroom }, { exportStories }] = await Promise.all([import('../newsroom.js'), import('../../stories/index.js')])
  return withNewsroom(async ({ database }) => {
    let written = 0
    const missing = await exportStories(database, which, async ({ slug, document, losses }) => {
      if (format === 'jsonl') await screen.line(JSON.stringify(document))
      else await screen.write(`${written === 0 ? '[\n' : ',\n'}${JSON.stringify(document, null, 2)}`)
      written += 1
      for (const loss of losses) screen.say(`${slug}: ${loss}`)
    })
    if (format === 'json') await screen.line(written === 0 ? '[]' : '\n]')
    for (const slug of missing) screen.say(screen.styled(`There is no story "${slug}".`, 'red'))
    screen.say(`${count(written, 'story', 'stories')} exported.`)
    return missing.length > 0 ? EXIT.failed : EXIT.done
  })
}
