#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { EXIT, type Runner } from './command.js'
import { sentenceOf, UsageError } from './failure.js'
import { COMMANDS } from './registry.js'
import { Screen } from './screen.js'

const screen = new Screen({ out: process.stdout, err: process.stderr })

const run: Runner = (action) => async (...values) => {
  process.exitCode = (await action(screen, ...values)) ?? EXIT.done
}

function program(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  const onrecord = new Command('onrecord')
    .description('Structured story data of a newsroom: who said what, in which words, on which terms.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', '\nExample:\n  $ onrecord import stories.jsonl\n\nWhich database it works on is told by DATABASE_URL or ONRECORD_DATA; "onrecord settings" lists them all.\n')
    .showHelpAfterError('(--help tells more)')
  // Sub-commands inherit what is set before they are added.
  onrecord.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  for (const command of COMMANDS) command.add(onrecord, run)
  return onrecord
}

let failed: Promise<void> | undefined
/** Tells what went wrong first; what else goes wrong in consequence is not told. */
const fail = (error: unknown) => (failed ??= tell(error))

async function stop(error: unknown): Promise<never> {
  await fail(error)
  process.exit()
}

async function tell(error: unknown): Promise<void> {
  screen.hide()
  if (error instanceof CommanderError) {
    // Commander has said what there is to say.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
    return
  }
  process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed
  const { readEnv } = await import('../env.js')
  const { isUnavailable } = await import('../database/index.js')
  const env = orUndefined(readEnv)
  screen.say(screen.styled(sentenceOf(error, env, isUnavailable(error)), 'red'))
  if (env?.ONRECORD_LOG === 'debug' && error instanceof Error) screen.say(error.stack ?? String(error))
}

/** Where the settings are what is wrong, the error at hand says so. */
function orUndefined<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

// Whoever reads our output may stop early ("onrecord export --all | head"): that is no failure. Where it cannot be written, nothing more is done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  void stop(error)
})

await program().parseAsync().catch(fail)
