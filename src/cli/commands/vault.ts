import type { Command } from 'commander'
import { example, type CliCommand, type Runner } from '../command.js'
import type { Screen } from '../screen.js'

type Keys = typeof import('../vault/keys.js')
type Records = typeof import('../vault/records.js')
type Flags = Record<string, never>

const keys = () => import('../vault/keys.js')
const records = () => import('../vault/records.js')

export const vault: CliCommand = {
  name: 'vault',
  add: (program, run) => {
    const group = program.command('vault').helpCommand(false)
      .summary('who confidential sources are, sealed at your side')
      .description('Seals and opens records of confidential sources on this machine. The server keeps ciphertext that it cannot open. It is told by ONRECORD_URL or --server, who you are by ONRECORD_TOKEN or ONRECORD_TOKEN_FILE; your key and what you have confirmed are in ONRECORD_KEYS.')
      .addHelpText('after', example('onrecord vault add < source.json'))
    addKeyCommands(group, run)
    addRecordCommands(group, run)
    addClearanceCommands(group, run)
    addCareCommands(group, run)
  },
}

function command(group: Command, name: string, summary: string, description: string, line: string): Command {
  return group.command(name).summary(summary).description(description).option('--server <url>', 'the server, where ONRECORD_URL does not name it').addHelpText('after', example(`onrecord vault ${line}`))
}

const withKey = (made: Command) => made.option('--key <file>', 'another key than the one in your folder, such as the recovery key')

function addKeyCommands(group: Command, run: Runner): void {
  group.command('keygen').summary('make your key').description('Makes a key on this machine: one part opens records, the other signs them. Under a passphrase, unless you say otherwise. Nothing is sent.')
    .requiredOption('--name <name>', 'your name, as your staff token has it; for a recovery key, what it is called').option('--recovery', 'the newsroom\'s recovery key, to be kept offline').option('--no-passphrase', 'no passphrase; where the disk itself is encrypted').option('--out <file>', 'where to, instead of your folder')
    .addHelpText('after', example('onrecord vault keygen --name "Nadia Brooks"'))
    .action(run(async (screen: Screen, flags: Parameters<Keys['keygen']>[1]) => (await keys()).keygen(screen, flags)))
  withKey(command(group, 'register', 'tell the newsroom your public key', 'Registers the public part of your key. The first one is in use at once; every other when a member has vouched for it.', 'register'))
    .action(run(async (screen: Screen, flags: Flags) => (await keys()).register(screen, flags)))
  command(group, 'members', 'print the keys of the newsroom', 'Prints every key with its fingerprint, and whether you have confirmed it.', 'members')
    .action(run(async (screen: Screen, flags: Flags) => (await keys()).members(screen, flags)))
  withKey(command(group, 'trust', 'confirm a fingerprint', 'Confirms a key whose fingerprint you have compared with its holder, in person or by voice: never over this server, which could show you a key of its own. You vouch for it too.', 'trust 6f1c 02aa …').argument('<fingerprint...>', '40 hexadecimal digits'))
    .action(run(async (screen: Screen, fingerprint: readonly string[], flags: Flags) => (await keys()).trust(screen, fingerprint.join(''), flags)))
  withKey(command(group, 'retire', 'take a key out of use', 'Takes a key out of use, at once and for good: your own; as an administrator any, such as one that was lost or stolen.', 'retire 6f1c 02aa …').argument('<fingerprint...>', '40 hexadecimal digits'))
    .action(run(async (screen: Screen, fingerprint: readonly string[], flags: Flags) => (await keys()).retire(screen, fingerprint.join(''), flags)))
  command(group, 'rotate', 'put a new key in the place of yours', 'Makes a new key, seals every record of yours to it, and retires the old one. Broken off, it goes on where it stopped.', 'rotate').option('--no-passphrase', 'no passphrase for the new key')
    .action(run(async (screen: Screen, flags: Parameters<Keys['rotate']>[1]) => (await keys()).rotate(screen, flags)))
}

function addRecordCommands(group: Command, run: Runner): void {
  withKey(command(group, 'add', 'seal a new record', 'Reads a record as JSON from standard input, seals it to you, to the recovery key and to those you name, and prints its id.', 'add --for "Linh Vo" < source.json').option('--for <who...>', 'others to clear, by confirmed name or fingerprint'))
    .action(run(async (screen: Screen, flags: Flags) => (await records()).add(screen, flags)))
  withKey(command(group, 'update', 'seal a record anew', 'Reads the whole record as JSON from standard input, and seals it as the next version, to the same people.', 'open --json RECORD | … | onrecord vault update RECORD').argument('<record>', 'its id'))
    .action(run(async (screen: Screen, record: string, flags: Flags) => (await records()).update(screen, record, flags)))
  withKey(command(group, 'list', 'print the records sealed to you', 'Prints the ids of the records that are sealed to your key, and to whom else. Opens none.', 'list'))
    .action(run(async (screen: Screen, flags: Flags) => (await records()).list(screen, flags)))
  withKey(command(group, 'open', 'open a record', 'Fetches a record, verifies that nobody swapped, altered or rolled it back, and prints what it says.', 'open 3f0c…').argument('<record>', 'its id').option('--json', 'JSON alone, for "update"'))
    .action(run(async (screen: Screen, record: string, flags: Flags) => (await records()).openRecord(screen, record, flags)))
  withKey(command(group, 'verify', 'verify records', 'Fetches a record, or all of yours, and says what is wrong with any. Exit code 1 where something is.', 'verify').argument('[record]', 'its id; all where left out'))
    .action(run(async (screen: Screen, record: string | undefined, flags: Flags) => (await records()).verify(screen, record, flags)))
  withKey(command(group, 'stories', 'print a person\'s stories', 'Opens a record, or all of yours, and prints which cast entries of which stories are that person. Nothing of it leaves this machine.', 'stories').argument('[record]', 'its id; all where left out').option('--json', 'as JSON'))
    .action(run(async (screen: Screen, record: string | undefined, flags: Flags) => (await records()).stories(screen, record, flags)))
}

function addClearanceCommands(group: Command, run: Runner): void {
  const who = ['<who>', 'name or fingerprint of a key that you have confirmed'] as const
  withKey(command(group, 'grant', 'clear somebody for a record', 'Seals a record anew, to one more person. Their key must be confirmed here.', 'grant 3f0c… "Linh Vo"').argument('<record>', 'its id').argument(...who))
    .action(run(async (screen: Screen, record: string, person: string, flags: Flags) => (await records()).grant(screen, record, person, flags)))
  withKey(command(group, 'revoke', 'clear somebody no more', 'Seals a record anew, without one person. What they have read they still know.', 'revoke 3f0c… "Linh Vo"').argument('<record>', 'its id').argument(...who))
    .action(run(async (screen: Screen, record: string, person: string, flags: Flags) => (await records()).revoke(screen, record, person, flags)))
}

function addCareCommands(group: Command, run: Runner): void {
  withKey(command(group, 'destroy', 'destroy a record for good', 'Destroys a record, or with --due those whose "keepUntil" is past. A legal hold prevents it.', 'destroy --yes 3f0c…').argument('[record]', 'its id').option('--due', 'every record whose "keepUntil" is past').option('--yes', 'it does not come back, and you know it'))
    .action(run(async (screen: Screen, record: string | undefined, flags: Parameters<Records['destroyRecords']>[2]) => (await records()).destroyRecords(screen, record, flags)))
  const hold = group.command('hold').helpCommand(false).summary('place and lift legal holds').description('A legal hold keeps a record from being destroyed, and its replaced versions from being deleted. For administrators, and for standards editors who are cleared for the record.').addHelpText('after', example('onrecord vault hold place 3f0c…'))
  for (const act of ['place', 'lift'] as const) {
    hold.command(act).summary(`${act} a hold`).description(`${act === 'place' ? 'Keeps a record from being destroyed.' : 'Lets it go again; what the hold kept of replaced versions is deleted.'} For administrators, and for standards editors who are cleared for the record.`).argument('<record>', 'its id').option('--server <url>', 'the server, where ONRECORD_URL does not name it')
      .addHelpText('after', example(`onrecord vault hold ${act} 3f0c…`))
      .action(run(async (screen: Screen, record: string, flags: Flags) => (await records()).hold(screen, act, record, flags)))
  }
}
