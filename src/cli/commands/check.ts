import { Option } from 'commander'
import { example, type CliCommand } from '../command.js'
import type { CheckFlags } from '../check-stories.js'
import type { Screen } from '../screen.js'

const LEVELS = ['error', 'warning', 'info']

export const check: CliCommand = {
  name: 'check',
  add: (program, run) => {
    program.command('check')
      .summary('report what is wrong with the attribution of stories')
      .description('Checks stories with the rules of a profile and reports the findings. A file holds documents (JSON, an array of them, or JSONL) or, as .txt, a plain text, whose attributions are read out of it first: of those it asks, and makes no errors. A slug names a story of the database, whose current revision is checked.')
      .argument('[file or slug...]', 'files to read, "-" for standard input; slugs of stories')
      .option('--all', 'every story of the database')
      .option('--archive', 'also what shows only across these stories: titles and quotes that differ, people never asked, reliance on anonymous sources')
      .option('--profile <name>', 'ap, reuters, bbc, house, or a JSON file of your own', 'house')
      .addOption(new Option('--format <format>', 'how findings are written').choices(['pretty', 'json', 'sarif', 'github', 'junit']).default('pretty'))
      .addOption(new Option('--severity <level>', 'leave out what is milder').choices(LEVELS).default('info'))
      .addOption(new Option('--fail-on <level>', 'exit with 1 from this severity on').choices([...LEVELS, 'never']).default('error'))
      .option('--waivers <file>', 'JSON array of {"rule", "fingerprint", "code"}: findings that an editor has waived')
      .option('--vault', 'also what shows only to whom records of confidential sources are open: opens yours and checks here. The stories are read from the server, all of them, or from the files; nothing of the records leaves this machine')
      .option('--server <url>', 'with --vault: the server, where ONRECORD_URL does not name it')
      .option('--key <file>', 'with --vault: another key than the one in your folder')
      .addHelpText('after', `${example('onrecord check --profile ap draft.txt')}\nExit code: 0 nothing at or above --fail-on is left, 1 something is, 2 wrong usage or something that cannot be read.\nWaived findings, and those that --severity leaves out, never count.\n`)
      .action(run(async (screen: Screen, targets: readonly string[], flags: CheckFlags) => {
        const { checkStories } = await import('../check-stories.js')
        return checkStories(screen, targets, flags)
      }))
  },
}
