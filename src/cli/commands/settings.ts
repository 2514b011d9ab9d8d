import { example, type CliCommand } from '../command.js'

export const settings: CliCommand = {
  name: 'settings',
  add: (program, run) => {
    program.command('settings')
      .summary('print the settings that the environment may hold')
      .description('Prints the environment variables that the server and this command read, as a Markdown table.')
      .addHelpText('after', example('onrecord settings'))
      .action(run(async (screen) => {
        const { settingsTable } = await import('../../env.js')
        for (const line of screen.options.out.isTTY ? aligned(settingsTable()) : [settingsTable()]) await screen.line(line)
      }))
  },
}

/** The table with its columns under each other, for the eye; the meaning last, as long as it is. */
function aligned(table: string): string[] {
  const rows = table.split('\n').map((row) => row.slice(2, -2).split(' | ').map((cell) => cell.replaceAll('`', '')))
  const [heads, , ...settingRows] = rows
  const all = [heads!.map((head) => head.toUpperCase()), ...settingRows]
  const widths = [0, 1].map((index) => Math.max(...all.map((row) => row[index]!.length)))
  return all.map((row) => `${row[0]!.padEnd(widths[0]!)}  ${row[1]!.padEnd(widths[1]!)}  ${row.slice(2).join(' | ')}`)
}
