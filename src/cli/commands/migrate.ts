import { EXIT, example, type CliCommand } from '../command.js'
import { count, type Screen } from '../screen.js'

export const migrate: CliCommand = {
  name: 'migrate',
  add: (program, run) => {
    program.command('migrate')
      .summary('bring the database up to this release')
      .description('Applies the migrations that the database still lacks: to the PostgreSQL server that DATABASE_URL names, or to the embedded database in the folder ONRECORD_DATA.')
      .option('--status', 'print the migrations that are pending, and apply none')
      .addHelpText('after', example('DATABASE_URL=postgresql://localhost/newsroom onrecord migrate'))
      .action(run(async (screen: Screen, options: { status?: boolean }) => {
        const [{ readEnv }, database] = await Promise.all([import('../../env.js'), import('../../database/index.js')])
        const env = readEnv()
        const place = { url: env.DATABASE_URL, folder: env.ONRECORD_DATA }
        const pending = await database.pendingAt(place)
        if (pending.length === 0) {
          await screen.line('The database has every migration.')
          return EXIT.done
        }
        if (options.status) {
          screen.say(`${count(pending.length, 'migration')} pending:`)
          for (const name of pending) await screen.line(name)
          return EXIT.done
        }
        for (const name of await database.migrate(place)) await screen.line(`applied  ${name}`)
        return EXIT.done
      }))
  },
}
