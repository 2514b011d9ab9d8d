import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'

export const publish: CliCommand = {
  name: 'publish',
  add: (program, run) => {
    program.command('publish')
      .summary('publish the current revision of stories')
      .description('Publishes the current revision of each story, now. From then on nothing changes that revision.')
      .argument('<slug...>', 'slugs of the stories')
      .addHelpText('after', example('onrecord publish ferry-strike'))
      .action(run(async (screen: Screen, slugs: readonly string[]) => {
        const [{ withNewsroom }, { publishStory }] = await Promise.all([import('../newsroom.js'), import('../../stories/index.js')])
        return withNewsroom(async ({ database, sources }) => {
          let code: number = EXIT.done
          for (const slug of new Set(slugs)) {
            const result = await publishStory(database, slug, sources.now())
            if (result.ok) await screen.line(`published  ${slug}  version ${result.version}`)
            else {
              code = EXIT.failed
              screen.say(screen.styled(result.message, 'red'))
            }
          }
          return code
        })
      }))
  },
}
