import { InvalidArgumentError, Option, type Command } from 'commander'
import { EXIT, example, type Runner } from '../command.js'
import { UsageError } from '../failure.js'
import { failed, known, withPartners } from '../partners.js'
import type { Screen } from '../screen.js'

interface IssueOptions { readonly label: string; readonly scopes: readonly string[]; readonly expires?: number }

const DAY = 24 * 60 * 60 * 1000
const KEY = ['<key>', 'its id, as "onrecord partner list <partner>" prints it'] as const

/** `onrecord partner key …` */
export function addKeys(partner: Command, run: Runner): void {
  const group = partner.command('key').helpCommand(false)
    .summary('issue, rotate and revoke keys of partners')
    .description('Keys open the public contract for a partner. Only a hash of a key is stored, so it is shown once.')
    .addHelpText('after', example('onrecord partner key issue "Bay Radio" --label website'))
  group.command('issue')
    .summary('make a key')
    .description('Makes a key for a partner and prints it, this one time.')
    .argument('<partner>', 'its name or id')
    .requiredOption('--label <label>', 'what uses it')
    .addOption(new Option('--scopes <scopes>', 'what it may be used for, as far as the contract goes').argParser(scopesOf).default(['READ', 'EMBARGOED'], 'read,embargoed'))
    .option('--expires <days>', 'days until it ends by itself; without it, it does not', whole('days'))
    .addHelpText('after', example('onrecord partner key issue "Bay Radio" --label website --scopes read --expires 365'))
    .action(run(issue))
  group.command('rotate')
    .summary('replace a key by a new one')
    .description('Makes a key that takes the place of another and prints it, this one time. The old one works until the overlap is over.')
    .argument(...KEY)
    .option('--overlap <hours>', 'how long both work', whole('hours'), 24)
    .addHelpText('after', example('onrecord partner key rotate 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11 --overlap 48'))
    .action(run(rotate))
  group.command('revoke')
    .summary('end a key')
    .description('Ends a key, at once and for good.')
    .argument(...KEY)
    .addHelpText('after', example('onrecord partner key revoke 0b7f3a52-6a0e-4f8e-9a56-0c2a5d1f7e11'))
    .action(run(revoke))
}

function scopesOf(value: string): string[] {
  const scopes = value.split(',').map((scope) => scope.trim().toUpperCase())
  if (scopes.some((scope) => scope !== 'READ' && scope !== 'EMBARGOED')) throw new InvalidArgumentError('Allowed are read and embargoed, with a comma between them.')
  return scopes
}

const whole = (unit: string) => (value: string): number => {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError(`Give whole ${unit}.`)
  return Number(value)
}

function idOf(id: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new UsageError(`"${id.slice(0, 60)}" is not the id of a key: "onrecord partner list <partner>" prints them.`)
  return id.toLowerCase()
}

const ONCE = 'It is not shown again; the partner sends it as "Authorization: Bearer …".'

async function issue(screen: Screen, nameOrId: string, { label, scopes, expires }: IssueOptions): Promise<number> {
  const { issueKey } = await import('../../syndication/index.js')
  return withPartners(async (partners, managing, database) => {
    const { id, name } = await known(partners, nameOrId)
    const expiresAt = expires === undefined ? undefined : new Date(managing.now.getTime() + expires * DAY)
    let key = ''
    const result = await database.transaction((queries) => issueKey(queries, id, { label, scopes, expiresAt }, (made) => { key = made }, managing))
    if (!result.ok) return failed(screen, result.message)
    screen.say(`A key for ${name}, ${label}, ${expiresAt ? `until ${expiresAt.toISOString().slice(0, 10)}` : 'without an end'}. ${ONCE}`)
    await screen.line(key)
    return EXIT.done
  })
}

async function rotate(screen: Screen, keyId: string, { overlap }: { readonly overlap: number }): Promise<number> {
  const id = idOf(keyId)
  const { rotateKey } = await import('../../syndication/index.js')
  return withPartners(async (_partners, managing, database) => {
    let key = ''
    const result = await database.transaction((queries) => rotateKey(queries, id, { overlapHours: overlap }, (made) => { key = made }, managing))
    if (!result.ok) return failed(screen, result.message)
    screen.say(`A key in the place of ${id}, which works for ${overlap} more hours at most. ${ONCE}`)
    await screen.line(key)
    return EXIT.done
  })
}

async function revoke(screen: Screen, keyId: string): Promise<number> {
  const id = idOf(keyId)
  const { revokeKey } = await import('../../syndication/index.js')
  return withPartners(async (_partners, managing, database) => {
    const result = await database.transaction((queries) => revokeKey(queries, id, managing))
    if (!result.ok) return failed(screen, result.message)
    await screen.line(`revoked  ${id}`)
    return EXIT.done
  })
}
