import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'

export interface KillFlags { readonly advisory?: string; readonly reason?: string; readonly replacedBy?: string }

export const kill: CliCommand = {
  name: 'kill',
  add: (program, run) => {
    program.command('kill')
      .summary('recall a story everywhere, for good')
      .description('Recalls a published story everywhere, with its translations and live-blog posts. It cannot be taken back. Nobody is asked which revision is current.')
      .argument('<slug>', 'slug of the story')
      .option('--advisory <text>', 'what those who took the story are told')
      .option('--reason <text>', 'why, for the newsroom only')
      .option('--replaced-by <slug>', 'the story that takes its place')
      .addHelpText('after', example('onrecord kill ferry-strike --advisory "The strike was called off before we published."'))
      .action(run(async (screen: Screen, slug: string, { advisory, reason, replacedBy }: KillFlags) => {
        const [{ withNewsroom }, { act }] = await Promise.all([import('../newsroom.js'), import('../../stories/index.js')])
        return withNewsroom(async ({ database, sources }) => {
          const result = await act(database, { slug }, 'KILL', { name: 'command line', role: 'ADMIN' }, { removal: { advisory, reason, replacedBy } }, sources.now(), sources.newId)
          if (!result.ok) {
            screen.say(screen.styled(result.message, 'red'))
            return EXIT.failed
          }
          await screen.line(`killed  ${slug}  version ${result.version}`)
          return EXIT.done
        })
      }))
  },
}
