import type { Command } from 'commander'
import { example, type Runner } from '../command.js'
import { known, withPartners } from '../partners.js'
import { table, type Screen } from '../screen.js'

/** `onrecord partner notices` */
export function addNotices(partner: Command, run: Runner): void {
  partner.command('notices')
    .summary('print who has not acknowledged a correction or recall')
    .description('Prints which partners have not acknowledged which corrections and recalls, the oldest first, with whom to call. What is overdue comes with an exclamation mark.')
    .argument('[partner]', 'only of this one; its name or id')
    .addHelpText('after', example('onrecord partner notices'))
    .action(run(notices))
}

async function notices(screen: Screen, nameOrId: string | undefined): Promise<void> {
  const { dueAt, unacknowledged } = await import('../../syndication/ledger/index.js')
  await withPartners(async (partners, { now }, database, { deadlines }) => {
    const only = nameOrId === undefined ? undefined : (await known(partners, nameOrId)).id
    const open = await unacknowledged(database, only)
    if (open.length === 0) return screen.say('Everything is acknowledged.')
    await table(screen, ['AT', 'WHAT', 'STORY', 'VERSION', 'PARTNER', 'DUE', 'CALL'], open.map(({ kind, at, slug, version, partner, dutyContact: { name, email, phone } }) => {
      const due = dueAt({ kind, at }, deadlines)
      return [new Date(at).toISOString(), kind.toLowerCase(), slug, String(version), partner, `${due.toISOString()}${due <= now ? ' !' : ''}`, [name, email, phone].filter(Boolean).join(', ')]
    }))
  })
}
