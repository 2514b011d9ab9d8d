import { Option } from 'commander'
import { example, type CliCommand } from '../command.js'
import { UsageError } from '../failure.js'
import type { Screen } from '../screen.js'

interface ListFlags { readonly profile: string; readonly format: 'text' | 'json'; readonly profileSchema?: boolean }

export const rulesCommand: CliCommand = {
  name: 'rules',
  add: (program, run) => {
    const rules = program.command('rules')
      .summary('list the rules of check, or explain one')
      .description('Lists the rules with which check works: id, severity in the profile, where it may run, what it is about.')
      .option('--profile <name>', 'ap, reuters, bbc, house, or a JSON file of your own', 'house')
      .addOption(new Option('--format <format>', 'a table, or JSON').choices(['text', 'json']).default('text'))
      .option('--profile-schema', 'print the JSON Schema of a profile file instead')
      .addHelpText('after', example('onrecord rules --profile reuters'))
      .action(run(list))
    rules.command('explain')
      .summary('explain one rule')
      .description('Tells what a rule flags and why, what to do, which policy it comes from, its options, and shows a text that it flags and one that it leaves alone.')
      .argument('<id>', 'id of the rule')
      .option('--profile <name>', 'ap, reuters, bbc, house, or a JSON file of your own', 'house')
      .addOption(new Option('--format <format>', 'text, or JSON').choices(['text', 'json']).default('text'))
      .addHelpText('after', example('onrecord rules explain bare-source-descriptor'))
      .action(run((screen: Screen, id: string, _: unknown, command: { optsWithGlobals(): ListFlags }) => explain(screen, id, command.optsWithGlobals())))
  },
}

async function list(screen: Screen, flags: ListFlags): Promise<void> {
  const [{ profileJsonSchema, rules }, { profileAt }, { rulesTable }] = await Promise.all([import('../../checks/index.js'), import('../check-settings.js'), import('../rules-text.js')])
  if (flags.profileSchema) return screen.line(JSON.stringify(profileJsonSchema(), null, 2))
  const listed = rules.list(await profileAt(flags.profile))
  if (flags.format === 'json') return screen.line(JSON.stringify(listed, null, 2))
  for (const line of rulesTable(listed)) await screen.line(line)
}

async function explain(screen: Screen, id: string, flags: ListFlags): Promise<void> {
  const [{ rules }, { profileAt }, { nearestId, ruleText }] = await Promise.all([import('../../checks/index.js'), import('../check-settings.js'), import('../rules-text.js')])
  const explained = rules.explain(id, await profileAt(flags.profile))
  if (!explained) {
    const near = nearestId(id, rules.list().map((rule) => rule.id))
    throw new UsageError(`There is no rule "${id}".${near === undefined ? ' "onrecord rules" lists them.' : ` Did you mean ${near}?`}`)
  }
  if (flags.format === 'json') return screen.line(JSON.stringify(explained, null, 2))
  for (const line of ruleText(explained, screen)) await screen.line(line)
}
