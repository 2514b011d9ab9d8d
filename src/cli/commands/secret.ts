import { EXIT, example, type CliCommand } from '../command.js'
import type { Screen } from '../screen.js'

export const secret: CliCommand = {
  name: 'secret',
  add: (program, run) => {
    const group = program.command('secret').helpCommand(false)
      .summary('change the server\'s secret')
      .description('The server\'s own secret makes cursors and the demo token. It is in a file of the folder ONRECORD_SECRETS, or in ONRECORD_SECRET.')
      .addHelpText('after', example('onrecord secret rotate'))
    group.command('rotate')
      .summary('make a new secret; the one before is still taken')
      .description('Puts a new secret before the one in the file, and drops those before that. A server takes it when it starts again.')
      .addHelpText('after', example('onrecord secret rotate'))
      .action(run(rotate))
  },
}

async function rotate(screen: Screen): Promise<number> {
  const [{ readEnv }, { rotateSecret }] = await Promise.all([import('../../env.js'), import('../../access/index.js')])
  const env = readEnv()
  if (env.ONRECORD_SECRET !== undefined) {
    screen.say(screen.styled('The secret is given in ONRECORD_SECRET. Put a new one ("openssl rand -hex 32") there, parted by a comma: behind the one in use on every node first, then before it on every node, then alone.', 'red'))
    return EXIT.failed
  }
  const { file, dropped } = await rotateSecret(env.ONRECORD_SECRETS)
  await screen.line(`rotated  ${file}`)
  screen.say('Start the server again. Cursors made under the secret before stay valid until the next rotation; the demo token changes, and the old one ends.')
  if (dropped > 0) screen.say('Cursors made before the last rotation lapse: clients that hold one start their list again.')
  return EXIT.done
}
