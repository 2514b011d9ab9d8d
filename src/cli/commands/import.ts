import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'

export interface ImportFlags { readonly publish?: boolean; readonly dryRun?: boolean }

export const importCommand: CliCommand = {
  name: 'import',
  add: (program, run) => {
    program.command('import')
      .summary('store stories from documents')
      .description('Stores the documents of files: JSON (one document or an array of them) or JSONL (one a line). Each is stored whole or refused with its place and every reason. A story may name another that comes later in the same input. A document that has a "publication" was published already, and is stored as it was.')
      .argument('<file...>', 'files to read; "-" for standard input')
      .option('--publish', 'publish documents that have no "publication", now, unless a finding is an error')
      .option('--dry-run', 'check only, store nothing')
      .addHelpText('after', `${example('onrecord import --publish stories.jsonl')}\nExit code: 0 everything stored, 1 something refused, 2 wrong usage.\n`)
      .action(run(async (screen: Screen, files: readonly string[], flags: ImportFlags) => {
        const { checkedFiles, importFiles } = await import('../import-files.js')
        const summary = await importFiles(screen, await checkedFiles(files), flags)
        return summary.refused > 0 ? EXIT.failed : EXIT.done
      }))
  },
}
