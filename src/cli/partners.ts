import type { Database } from '../database/index.js'
import type { Managing, PartnerFile, Partners } from '../syndication/index.js'
import type { NoticeDeadlines } from '../syndication/ledger/index.js'
import type { WebhookSettings } from '../syndication/webhooks/index.js'
import { EXIT } from './command.js'
import { UsageError } from './failure.js'
import type { Screen } from './screen.js'

/** How partners are told; the server's secret is read, or made, only where it is needed. */
export interface Telling {
  readonly deadlines: NoticeDeadlines
  webhooks(): Promise<WebhookSettings>
}

/** The newsroom's partners, for the time of one command. Whoever has the database is an administrator. */
export async function withPartners<T>(work: (partners: Partners, managing: Managing, database: Database, telling: Telling) => Promise<T>): Promise<T> {
  const [{ withNewsroom }, { Partners }, { syndicationSettings }, { deadlinesOf, syndicationOf }] = await Promise.all([import('./newsroom.js'), import('../syndication/index.js'), import('../syndication/webhooks/index.js'), import('../server-syndication.js')])
  return withNewsroom(({ database, sources, env }) => {
    const webhooks = async () => {
      const { serverSecrets } = await import('../access/index.js')
      const { secret, previous } = await serverSecrets({ given: env.ONRECORD_SECRET, folder: env.ONRECORD_SECRETS })
      return syndicationSettings(secret, previous, syndicationOf(env)).webhooks
    }
    return work(new Partners(database), { staff: { name: 'command line', role: 'ADMIN' }, now: sources.now(), newId: sources.newId }, database, { deadlines: deadlinesOf(env), webhooks })
  })
}

/** @throws UsageError */
export async function known(partners: Partners, nameOrId: string): Promise<PartnerFile> {
  const found = await partners.named(nameOrId)
  if (!found) throw new UsageError(`There is no partner "${nameOrId.slice(0, 60)}". "onrecord partner list" prints them.`)
  return found
}

export function failed(screen: Screen, message: string): number {
  screen.say(screen.styled(message, 'red'))
  return EXIT.failed
}
