import { InvalidArgumentError } from 'commander'
import { EXIT, example, type CliCommand } from '../command.js'
import { columns, count, type Screen } from '../screen.js'

const DAY = 24 * 60 * 60 * 1000
const FEWEST_DAYS = 30
const BATCH = 500

export const audit: CliCommand = {
  name: 'audit',
  add: (program, run) => {
    const group = program.command('audit').helpCommand(false)
      .summary('read and verify the audit log')
      .description('The audit log of the vault: grants, seals, fetches and refusals. It names record and person, never a story, and the day alone.')
      .addHelpText('after', example('onrecord audit verify'))
    group.command('verify').summary('verify that nothing was removed or altered').description('Recomputes the chain and compares it with the signed heads outside the database (ONRECORD_AUDIT_LOG): a record that was removed, altered, moved or cut off shows. Exit code 1 where something is wrong.')
      .option('--log <file>', 'another copy of the log of heads').addHelpText('after', example('onrecord audit verify --log /mnt/elsewhere/audit-heads.jsonl')).action(run(verify))
    group.command('list').summary('print the audit log').description('Prints the log, oldest first.').addHelpText('after', example('onrecord audit list')).action(run(list))
    group.command('expire').summary('delete what old records tell').description('Deletes what records of the log tell that are older; the chain stays whole, and tells of it.')
      .requiredOption('--older-than <days>', `days, ${FEWEST_DAYS} at least`, daysOf).addHelpText('after', example('onrecord audit expire --older-than 730')).action(run(expire))
  },
}

function daysOf(value: string): number {
  const days = Number(value)
  if (!/^\d+$/.test(value) || days < FEWEST_DAYS || days > 36_500) throw new InvalidArgumentError(`Give whole days, from ${FEWEST_DAYS}.`)
  return days
}

async function headLog(given?: string) {
  const [{ auditKey }, { serverSecrets }, { auditLogOf, readEnv }] = await Promise.all([import('../../audit/index.js'), import('../../access/index.js'), import('../../env.js')])
  const env = readEnv()
  const { secret, previous } = await serverSecrets({ given: env.ONRECORD_SECRET, folder: env.ONRECORD_SECRETS })
  return { file: given ?? auditLogOf(env), keys: [secret, ...previous].map(auditKey) }
}

async function verify(screen: Screen, { log }: { readonly log?: string }): Promise<number> {
  const [{ withNewsroom }, { verifyAudit }] = await Promise.all([import('../newsroom.js'), import('../../audit/index.js')])
  return withNewsroom(async ({ database }) => {
    const { records, expired, vouchedUntil, problems } = await verifyAudit(database, await headLog(log))
    for (const problem of problems) await screen.line(problem)
    if (problems.length > 0) return EXIT.failed
    await screen.line(`ok  ${count(records, 'record')}${records > 0 ? `, signed outside the database up to ${vouchedUntil}` : ''}${expired > 0 ? `, ${expired} expired` : ''}`)
    return EXIT.done
  })
}

async function list(screen: Screen): Promise<void> {
  const [{ withNewsroom }, { rowsAfter }] = await Promise.all([import('../newsroom.js'), import('../../audit/index.js')])
  await withNewsroom(async ({ database }) => {
    for (let after = 0; ;) {
      const rows = await rowsAfter(database, after, BATCH)
      if (rows.length === 0) return
      const cells = rows.map(({ number, day, text }) => {
        const entry = text === null ? {} : (JSON.parse(text) as Record<string, string | undefined>)
        return [String(number), day, entry['act'] ?? 'expired', entry['record'] ?? '-', entry['person'] ?? '-', [entry['subject'], entry['asked'], entry['code']].filter((each) => each !== undefined).join(' ') || '-']
      })
      const [headings, ...lines] = columns(['NUMBER', 'DAY', 'ACT', 'RECORD', 'PERSON', 'WHAT'], cells)
      if (after === 0) await screen.line(headings)
      for (const line of lines) await screen.line(line)
      after = rows.at(-1)!.number
    }
  })
}

async function expire(screen: Screen, { olderThan }: { readonly olderThan: number }): Promise<void> {
  const [{ withNewsroom }, { expirePayloads, HeadLog }] = await Promise.all([import('../newsroom.js'), import('../../audit/index.js')])
  await withNewsroom(async ({ database, sources }) => {
    const now = sources.now()
    const before = new Date(now.getTime() - olderThan * DAY).toISOString().slice(0, 10)
    const { expired, head } = await database.transaction((queries) => expirePayloads(queries, before, 'command line', now))
    const { file, keys } = await headLog()
    if (head) await new HeadLog(file, keys[0]!).write(head, now.toISOString().slice(0, 10))
    await screen.line(`expired  ${count(expired, 'record')} before ${before}`)
  })
}
