import { InvalidArgumentError, Option, type Command } from 'commander'
import { EXIT, example, type CliCommand, type Runner } from '../command.js'
import { UsageError } from '../failure.js'
import { columns, type Screen } from '../screen.js'

interface IssueOptions { readonly name: string; readonly role: string; readonly journalist?: string; readonly expires?: number }

const DAY = 24 * 60 * 60 * 1000
const MOST_DAYS = 3_650

export const token: CliCommand = {
  name: 'token',
  add: (program, run) => {
    const group = program.command('token').helpCommand(false)
      .summary('issue, list and revoke staff tokens')
      .description('Staff tokens open the newsroom contract. Only a hash of a token is stored, so it is shown once.')
      .addHelpText('after', example('onrecord token issue --name "Nadia Brooks" --role editor --expires 90'))
    addIssue(group, run)
    group.command('list')
      .summary('print who has a token')
      .description('Prints every token\'s id, owner and role, and whether it is valid; never the token.')
      .addHelpText('after', example('onrecord token list'))
      .action(run(list))
    group.command('revoke')
      .summary('end a token')
      .description('Ends a token, at once and for good.')
      .argument('<id>', 'its id, as "onrecord token list" prints it')
      .addHelpText('after', example('onrecord token revoke 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11'))
      .action(run(revoke))
  },
}

function addIssue(group: Command, run: Runner): void {
  group.command('issue')
    .summary('make a token')
    .description('Makes a token and prints it, this one time.')
    .requiredOption('--name <name>', 'who will use it', nameOf)
    .addOption(new Option('--role <role>', 'what it allows').choices(ROLES).argParser(roleOf).makeOptionMandatory())
    .option('--journalist <key>', 'key under which bylines name them; they cannot waive findings of their own stories', keyOf)
    .option('--expires <days>', 'days until it ends by itself; without it, it never does', daysOf)
    .addHelpText('after', example('onrecord token issue --name "Nadia Brooks" --role editor --expires 90'))
    .action(run(issue))
}

const ROLES = ['preview', 'lawyer', 'reporter', 'editor', 'standards-editor', 'admin'] as const

function roleOf(value: string): string {
  const role = value.toLowerCase().replaceAll('_', '-')
  if (!(ROLES as readonly string[]).includes(role)) throw new InvalidArgumentError(`Allowed choices are ${ROLES.join(', ')}.`)
  return role
}

function nameOf(value: string): string {
  const name = value.trim()
  // A control character could forge lines of the list.
  if (name === '' || name.length > 200 || /\p{C}/u.test(name)) throw new InvalidArgumentError('A name has 1 to 200 characters, none of them a control character.')
  return name
}

function keyOf(value: string): string {
  if (!/^[a-z0-9][a-z0-9._:-]{0,119}$/.test(value)) throw new InvalidArgumentError('A key is lower-case letters, digits and ".", "_", ":", "-", as in documents: sam-reyes.')
  return value
}

function daysOf(value: string): number {
  const days = Number(value)
  if (!/^\d+$/.test(value) || days < 1 || days > MOST_DAYS) throw new InvalidArgumentError(`Give whole days, from 1 to ${MOST_DAYS}.`)
  return days
}

async function issue(screen: Screen, { name, role, journalist, expires }: IssueOptions): Promise<void> {
  const [{ withNewsroom }, access] = await Promise.all([import('../newsroom.js'), import('../../access/index.js')])
  const staffRole = access.STAFF_ROLES.find((known) => known === role.toUpperCase().replaceAll('-', '_'))
  if (!staffRole) throw new UsageError(`There is no role "${role}".`)
  await withNewsroom(async ({ database, sources }) => {
    const expiresAt = expires === undefined ? undefined : new Date(sources.now().getTime() + expires * DAY)
    const issued = await access.issueStaffToken(database, { name, role: staffRole, journalist, expiresAt }, sources)
    screen.say(`A token for ${name}, ${role}, ${expiresAt ? `until ${expiresAt.toISOString().slice(0, 10)}` : 'without an end'}. It is not shown again; send it as "Authorization: Bearer …".`)
    await screen.line(issued)
  })
}

async function list(screen: Screen): Promise<void> {
  const { withNewsroom } = await import('../newsroom.js')
  await withNewsroom(async ({ database, sources }) => {
    const now = sources.now()
    const tokens = await (await database.prisma()).staffToken.findMany({ select: { id: true, name: true, role: true, createdAt: true, expiresAt: true, revokedAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
    if (tokens.length === 0) return screen.say('There are no tokens. "onrecord token issue" makes one.')
    const rows = tokens.map((entry) => [entry.id, entry.name, entry.role.toLowerCase().replaceAll('_', '-'), day(entry.createdAt), day(entry.expiresAt), stateOf(entry, now)])
    const [headings, ...lines] = columns(['ID', 'NAME', 'ROLE', 'ISSUED', 'EXPIRES', 'STATE'], rows)
    await screen.line(screen.styled(headings!, 'bold', 'out'))
    for (const line of lines) await screen.line(line)
  })
}

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? '-'
const stateOf = ({ expiresAt, revokedAt }: { expiresAt: Date | null; revokedAt: Date | null }, now: Date) =>
  revokedAt ? `revoked ${day(revokedAt)}` : expiresAt && expiresAt <= now ? 'expired' : 'valid'

async function revoke(screen: Screen, id: string): Promise<number> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new UsageError(`"${id.slice(0, 60)}" is not the id of a token: "onrecord token list" prints them.`)
  const { withNewsroom } = await import('../newsroom.js')
  return withNewsroom(async ({ database, sources }) => {
    const { count } = await (await database.prisma()).staffToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: sources.now() } })
    if (count === 1) {
      await screen.line(`revoked  ${id}`)
      return EXIT.done
    }
    const known = await (await database.prisma()).staffToken.findUnique({ where: { id }, select: { revokedAt: true } })
    screen.say(screen.styled(known ? `The token ${id} was revoked on ${day(known.revokedAt)} already.` : `There is no token ${id}. "onrecord token list" prints them.`, 'red'))
    return EXIT.failed
  })
}
