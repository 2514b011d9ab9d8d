import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'

export const publish: CliCommand = {
  name: 'publish',
  add: (program, run) => {
    program.command('publish')
      .summary('publish the current revision of stories')
      .description('Publishes the current revision of each story, now. From then on nothing changes that revision. A story with findings that are errors, and that no editor has waived, is refused, and the findings are printed.')
      .argument('<slug...>', 'slugs of the stories')
      .addHelpText('after', example('onrecord publish ferry-strike'))
      .action(run(async (screen: Screen, slugs: readonly string[]) => {
        const [{ withNewsroom }, { publishStory }, { findingProblems }] = await Promise.all([import('../newsroom.js'), import('../../stories/index.js'), import('../../findings/index.js')])
        return withNewsroom(async ({ database, sources, checker }) => {
          let code: number = EXIT.done
          for (const slug of new Set(slugs)) {
            const result = await publishStory(database, slug, sources.now(), sources.newId, await checker())
            if (result.ok) await screen.line(`published  ${slug}  version ${result.version}`)
            else {
              code = EXIT.failed
              screen.say(screen.styled(result.message, 'red'))
              if ('findings' in result) for (const { path, message } of findingProblems(result.findings)) screen.say(`  ${path === '' ? 'story' : path}  ${plain(message)}`)
            }
          }
          return code
        })
      }))
  },
}

/** A message may quote the document, which may hold anything: nothing of it moves the cursor or forges a line. */
function plain(message: string): string {
  return message.replace(/\p{Cc}/gu, ' ')
}
