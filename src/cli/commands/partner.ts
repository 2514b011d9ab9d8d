import { InvalidArgumentError, Option, type Command } from 'commander'
import type { ContractRecord, KeyRecord, PartnerFile } from '../../syndication/index.js'
import { EXIT, example, type CliCommand, type Runner } from '../command.js'
import { UsageError } from '../failure.js'
import { failed, known, withPartners } from '../partners.js'
import { table, type Screen } from '../screen.js'
import { addKeys } from './partner-key.js'
import { addNotices } from './partner-notices.js'
import { addWebhooks } from './partner-webhook.js'

interface AddOptions { readonly name: string; readonly contact?: string; readonly email?: string; readonly phone?: string }
interface ContractOptions { readonly desks: readonly string[]; readonly topics: readonly string[]; readonly archive: number | 'all'; readonly embargo: string; readonly registeredOnly?: boolean; readonly from?: Date; readonly until?: Date }

const PARTNER = ['<partner>', 'its name, or its id as "onrecord partner list" prints it'] as const

export const partner: CliCommand = {
  name: 'partner',
  add: (program, run) => {
    const group = program.command('partner').helpCommand(false)
      .summary('partners: other outlets, their contracts and keys')
      .description('Partners are outlets that take stories. A contract says what one is entitled to; a key lets it ask.')
      .addHelpText('after', example('onrecord partner add --name "Bay Radio" --email night@bayradio.example'))
    addAdd(group, run)
    group.command('list')
      .summary('print the partners, or one with its contracts and keys')
      .description('Prints every partner, what its contract covers and how many keys it has; with a partner, its contracts and keys. Never a key itself.')
      .argument('[partner]', PARTNER[1])
      .addHelpText('after', example('onrecord partner list'))
      .action(run(list))
    addContract(group, run)
    addKeys(group, run)
    addWebhooks(group, run)
    addNotices(group, run)
  },
}

function addAdd(group: Command, run: Runner): void {
  group.command('add')
    .summary('add a partner')
    .description('Adds a partner and prints its id. It reads nothing before it has a contract and a key.')
    .requiredOption('--name <name>', 'its name')
    .option('--contact <name>', 'whom to reach at night')
    .option('--email <address>', 'by e-mail; give this or --phone')
    .option('--phone <number>', 'by phone')
    .addHelpText('after', example('onrecord partner add --name "Bay Radio" --email night@bayradio.example'))
    .action(run(add))
}

function addContract(group: Command, run: Runner): void {
  group.command('contract')
    .summary('set what a partner is entitled to')
    .description('Sets a partner\'s contract. The one before stays on record, and holds until the new one begins.')
    .argument(...PARTNER)
    .requiredOption('--desks <desks>', 'desks, comma-separated, or "all"', entriesOf)
    .requiredOption('--topics <codes>', 'IPTC Media Topics codes, comma-separated, or "all"', entriesOf)
    .requiredOption('--archive <days>', 'how many days back its stories reach, or "all"', archiveOf)
    .addOption(new Option('--embargo <access>', 'whether it reads stories before their embargo ends').choices(['none', 'advance']).default('none'))
    .option('--registered-only', 'answer nothing but registered documents (ONRECORD_PERSISTED_DOCUMENTS)')
    .option('--from <instant>', 'when it begins, such as 2026-02-24T17:00:00Z; at once, where left out', instantOf)
    .option('--until <instant>', 'when it ends; without it, it does not', instantOf)
    .addHelpText('after', example('onrecord partner contract "Bay Radio" --desks Metro,Sport --topics all --archive 30 --embargo advance'))
    .action(run(contract))
}

function entriesOf(value: string): string[] {
  const entries = value.split(',').map((entry) => entry.trim())
  if (entries.includes('')) throw new InvalidArgumentError('Give names with commas between them, or "all".')
  return entries
}

function archiveOf(value: string): number | 'all' {
  if (value === 'all') return value
  if (!/^\d{1,9}$/.test(value) || Number(value) === 0) throw new InvalidArgumentError('Give whole days, from 1, or "all".')
  return Number(value)
}

function instantOf(value: string): Date {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) ? new Date(value) : undefined
  if (!date || Number.isNaN(date.getTime())) throw new InvalidArgumentError('Give an instant with an offset, such as 2026-02-24T17:00:00Z.')
  return date
}

async function add(screen: Screen, { name, contact, email, phone }: AddOptions): Promise<number> {
  if (email === undefined && phone === undefined) throw new UsageError('Give --email or --phone, by which the partner is told of recalls at night.')
  const { createPartner } = await import('../../syndication/index.js')
  return withPartners(async (_partners, managing, database) => {
    const result = await database.transaction((queries) => createPartner(queries, { name, dutyContact: { name: contact, email, phone } }, managing))
    if (!result.ok) return failed(screen, result.message)
    screen.say(`${name} is a partner. "onrecord partner contract" says what it may read, "onrecord partner key issue" gives it a key.`)
    await screen.line(result.partnerId)
    return EXIT.done
  })
}

async function contract(screen: Screen, nameOrId: string, { desks, topics, archive, embargo, registeredOnly = false, from, until }: ContractOptions): Promise<number> {
  const { setPartnerContract } = await import('../../syndication/index.js')
  const isAll = (entries: readonly string[]) => entries.length === 1 && entries[0] === 'all'
  return withPartners(async (partners, managing, database) => {
    const { id, name } = await known(partners, nameOrId)
    const given = {
      allDesks: isAll(desks), desks: isAll(desks) ? [] : desks, allTopics: isAll(topics), topics: isAll(topics) ? [] : topics,
      wholeArchive: archive === 'all', archiveDays: archive === 'all' ? undefined : archive, embargoAccess: embargo.toUpperCase(), registeredOnly, validFrom: from, validUntil: until,
    }
    const result = await database.transaction((queries) => setPartnerContract(queries, id, given, managing))
    if (!result.ok) return failed(screen, result.message)
    partners.byId.clear(id)
    const [record] = (await partners.byId.load(id))!.contracts
    await screen.line(`contract  ${name}  number ${record!.number}  ${coverOf(record!)}`)
    return EXIT.done
  })
}

async function list(screen: Screen, nameOrId: string | undefined): Promise<void> {
  const { contractInForce, keyState } = await import('../../syndication/index.js')
  await withPartners(async (partners, { now }) => {
    if (nameOrId !== undefined) return show(screen, await known(partners, nameOrId), now)
    const all = await partners.all()
    if (all.length === 0) return screen.say('There are no partners. "onrecord partner add" adds one.')
    await table(screen, ['ID', 'NAME', 'KEYS', 'CONTRACT'], all.map((file) => {
      const record = contractInForce(file, now)
      return [file.id, file.name, String(file.keys.filter((key) => keyState(key, now) === 'VALID').length), record ? coverOf(record) : 'none in force']
    }))
  })
}

async function show(screen: Screen, { id, name, dutyContact, contracts, keys }: PartnerFile, now: Date): Promise<void> {
  const { keyState } = await import('../../syndication/index.js')
  await screen.line(`${name}  ${id}`)
  await screen.line(`At night: ${[dutyContact.name, dutyContact.email, dutyContact.phone].filter(Boolean).join(', ')}`)
  const stateOf = (key: KeyRecord) => (keyState(key, now) === 'REVOKED' ? `revoked ${day(key.revokedAt)}` : keyState(key, now).toLowerCase())
  if (contracts.length > 0) {
    await screen.line()
    await table(screen, ['CONTRACT', 'FROM', 'UNTIL', 'COVERS'], contracts.map((record) => [String(record.number), day(record.validFrom), day(record.validUntil), coverOf(record)]))
  }
  if (keys.length > 0) {
    await screen.line()
    await table(screen, ['KEY', 'LABEL', 'SCOPES', 'ISSUED', 'EXPIRES', 'STATE'], keys.map((key) => [key.id, key.label, key.scopes.join(',').toLowerCase(), day(key.createdAt), day(key.expiresAt), stateOf(key)]))
  }
}

const day = (instant: string | null) => (instant === null ? '-' : new Date(instant).toISOString().slice(0, 10))

/** `desks Metro, Sport; all topics; 30 days; embargoed copy in advance` */
function coverOf({ desks, topics, archiveDays, embargoAccess, registeredOnly }: ContractRecord): string {
  return [
    desks ? `desks ${desks.join(', ')}` : 'all desks', topics ? `topics ${topics.join(', ')}` : 'all topics', archiveDays === null ? 'whole archive' : `${archiveDays} days`,
    ...(embargoAccess === 'ADVANCE' ? ['embargoed copy in advance'] : []), ...(registeredOnly ? ['registered documents only'] : []),
  ].join('; ')
}
