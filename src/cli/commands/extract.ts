import { InvalidArgumentError, Option, type Command } from 'commander'
import { example, type CliCommand } from '../command.js'
import { UsageError } from '../failure.js'
import type { Screen } from '../screen.js'

export interface HeadFlags { readonly slug?: string; readonly desk?: string; readonly language?: string; readonly provider?: string }
export interface ExtractFlags extends HeadFlags { readonly format?: 'text' | 'json'; readonly columns?: number; readonly jsonl?: boolean }

/** What is said of a text beside its words. */
export function withHeadOptions(command: Command): Command {
  return command
    .option('--slug <slug>', 'slug of the story; made of its headline or first words where left out')
    .option('--desk <desk>', 'desk that owns it; "News" where left out')
    .option('--language <tag>', 'its language, BCP 47; guessed where left out')
    .option('--provider <name>', 'outlet that publishes it')
}

export const extractCommand: CliCommand = {
  name: 'extract',
  add: (program, run) => {
    const command = program.command('extract')
      .summary('read who said what out of plain text')
      .description('Reads the attributions, quotes and cast of a story out of plain text, and prints the story with them marked, each with its number, and the cast below. Stores nothing and needs no database. A blank line parts paragraphs.')
      .argument('[file]', 'file to read; "-" for standard input')
      .addOption(new Option('--format <format>', 'the story in colour, or its document as JSON').choices(['text', 'json']))
      .addOption(new Option('--columns <number>', 'width of the printed story; the terminal\'s where left out').argParser(columnsOf))
      .addOption(new Option('--jsonl', 'read {"id", "text"} lines from standard input, and write {"id", "attributions"} lines in the same order').conflicts(['format', 'columns', 'slug', 'desk', 'language', 'provider']))
    withHeadOptions(command)
      .addHelpText('after', `${example('onrecord extract story.txt')}\nColours are left out where NO_COLOR is set and where the output is no terminal.\nExit code: 0 done, 1 not readable (of --jsonl, one line at least), 2 wrong usage.\n`)
      .action(run(async (screen: Screen, file: string | undefined, flags: ExtractFlags) => {
        if (flags.jsonl) {
          if (file !== undefined && file !== '-') throw new UsageError('--jsonl reads standard input; leave the file out: onrecord extract --jsonl < lines.jsonl')
          const { answerLines } = await import('../extract-lines.js')
          return answerLines(screen, process.stdin)
        }
        if (file === undefined) throw new UsageError('Name the text to read, or "-" for standard input.')
        const { printExtraction } = await import('../extract-text.js')
        return printExtraction(screen, file, flags)
      }))
  },
}

function columnsOf(value: string): number {
  const columns = Number(value)
  if (!Number.isInteger(columns) || columns < 40 || columns > 1000) throw new InvalidArgumentError('Give a whole number from 40 to 1000.')
  return columns
}
