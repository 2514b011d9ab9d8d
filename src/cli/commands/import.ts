import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'
import { withHeadOptions, type HeadFlags } from './extract.js'

export interface ImportFlags extends HeadFlags { readonly publish?: boolean; readonly dryRun?: boolean; readonly text?: boolean }

export const importCommand: CliCommand = {
  name: 'import',
  add: (program, run) => {
    const command = program.command('import')
      .summary('store stories from documents, or from plain text')
      .description('Stores the documents of files: JSON (one document or an array of them) or JSONL (one a line). Each is stored whole or refused with its place and every reason. A story may name another that comes later in the same input. A document that has a "publication" was published already, and is stored as it was. A text (.txt, or --text) is read and stored as a draft: what was read out of it waits for a person.')
      .argument('<file...>', 'files to read; "-" for standard input')
      .option('--publish', 'publish documents that have no "publication", now, unless a finding is an error')
      .option('--dry-run', 'check only, store nothing')
      .option('--text', 'the files are plain text, whatever they are called')
    withHeadOptions(command)
      .addHelpText('after', `${example('onrecord import --publish stories.jsonl')}  $ onrecord import --desk Metro story.txt\n\n--slug, --desk, --language and --provider are for texts.\nExit code: 0 everything stored, 1 something refused, 2 wrong usage.\n`)
      .action(run(async (screen: Screen, files: readonly string[], flags: ImportFlags) => {
        const { checkedFiles, importFiles } = await import('../import-files.js')
        const { areTexts, importTexts } = await import('../extract-import.js')
        if (areTexts(files, flags)) return importTexts(screen, files, flags)
        const summary = await importFiles(screen, await checkedFiles(files), flags)
        return summary.refused > 0 ? EXIT.failed : EXIT.done
      }))
  },
}
