import { fingerprintFrom, fingerprintOf, isRecordId, parseContent, SealError, type Opened, type RecordContent } from '../../vault/seal/index.js'
import { EXIT } from '../command.js'
import { UsageError } from '../failure.js'
import { columns, count, type Screen } from '../screen.js'
import { CliSession, type VaultFlags } from './vault-session.js'

const MOST_INPUT = 1024 * 1024

/** Who may read along is on the machine already, but a terminal forgets and a file does not. */
function warnOfFile(screen: Screen): void {
  if (screen.options.out.isTTY !== true) screen.say(screen.styled('What follows is who a confidential source is, and it does not go to a terminal. Leave it in no file, log or history.', 'yellow'))
}

/** A record from standard input: never from the arguments, which the shell keeps and other processes see. */
async function contentFrom(input: AsyncIterable<Uint8Array>): Promise<RecordContent> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of input) {
    size += chunk.length
    if (size > MOST_INPUT) throw new UsageError('A record is not that large.')
    chunks.push(chunk)
  }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new UsageError('Give the record as JSON on standard input: {"identity": {"name": …}, "entries": [{"story": …, "source": …}]}. What came is no JSON.')
  }
  const parsed = parseContent(value)
  if (!parsed.ok) throw new UsageError(parsed.problems.slice(0, 10).map(({ path, message }) => `${path || 'the record'} ${message}`).join('\n'))
  return parsed.content
}

function recordOf(given: string): string {
  const id = given.trim().toLowerCase()
  if (!isRecordId(id)) throw new UsageError('That is no id of a record. "onrecord vault list" prints yours.')
  return id
}

export async function add(screen: Screen, flags: VaultFlags & { readonly for?: readonly string[] }): Promise<void> {
  const content = await contentFrom(process.stdin)
  const session = await CliSession.open(flags)
  const cleared = await Promise.all((flags.for ?? []).map(async (who) => (await session.confirmed(who)).card))
  const { manifest } = await session.create(content, cleared)
  await screen.line(manifest.record)
  screen.say(`Sealed to ${count(manifest.recipients.length, 'key')}.${manifest.recipients.length === 1 ? ' Yours alone: lose it, and nobody opens the record again. Clear somebody else too, or register a recovery key.' : ''}`)
}

export async function update(screen: Screen, given: string, flags: VaultFlags): Promise<void> {
  const id = recordOf(given)
  const content = await contentFrom(process.stdin)
  const session = await CliSession.open(flags)
  const { manifest } = await session.reseal(await session.open(id), content, 'UPDATE')
  await screen.line(`sealed  ${id}  version ${manifest.version}`)
}

export async function list(screen: Screen, flags: VaultFlags): Promise<void> {
  const session = await CliSession.open(flags)
  const [records, { known }] = [await session.server.records(session.key), await session.members]
  const rows = records.map(({ id, isOnHold, signed: { manifest } }) => [
    id, String(manifest.version), isOnHold ? 'hold' : '-',
    manifest.recipients.map((fingerprint) => { const member = known.get(fingerprint); return `${member?.card.name ?? fingerprint.slice(0, 8)}${member?.state === 'ACTIVE' ? '' : ' (retired key: seal anew)'}` }).join(', '),
  ])
  if (rows.length === 0) return screen.say('No record is sealed to your key.')
  for (const line of columns(['RECORD', 'VERSION', 'HOLD', 'SEALED TO'], rows)) await screen.line(line)
}

export async function openRecord(screen: Screen, given: string, flags: VaultFlags & { readonly json?: boolean }): Promise<void> {
  const session = await CliSession.open(flags)
  const opened = await session.open(recordOf(given))
  if (!flags.json) {
    warnOfFile(screen)
    const names = (await session.clearedBy(opened)).map(({ name }) => name)
    screen.say(`version ${opened.signed.manifest.version}, sealed by ${(await session.members).known.get(opened.signed.manifest.signer)!.card.name}, cleared: ${names.join(', ')}`)
  }
  // JSON escapes what could steer a terminal, but for these.
  await screen.line(JSON.stringify(opened.content, null, 2).replaceAll(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

export async function grant(screen: Screen, given: string, who: string, flags: VaultFlags): Promise<void> {
  const session = await CliSession.open(flags)
  const member = await session.confirmed(who)
  const opened = await session.open(recordOf(given))
  if (opened.signed.manifest.recipients.includes(member.fingerprint)) throw new UsageError(`${member.card.name} is cleared for it already.`)
  const { manifest } = await session.reseal(opened, opened.content, 'GRANT', (cleared) => [...cleared, member.card])
  await screen.line(`granted  ${manifest.record}  ${member.card.name}  version ${manifest.version}`)
}

export async function revoke(screen: Screen, given: string, who: string, flags: VaultFlags): Promise<void> {
  const session = await CliSession.open(flags)
  const opened = await session.open(recordOf(given))
  const cleared = await session.clearedBy(opened)
  const fingerprint = fingerprintFrom(who)
  const found = cleared.filter((card) => (fingerprint === undefined ? card.name === who : fingerprintOf(card) === fingerprint))
  const [card] = found
  if (!card || found.length > 1) throw new UsageError(card ? `Several keys are "${who}"'s; give the fingerprint.` : `The record is not sealed to a key of "${who}". It is sealed to ${cleared.map(({ name }) => name).join(', ')}.`)
  if (card.purpose === 'RECOVERY') throw new UsageError('Every record is sealed to the recovery key. An administrator retires it with "onrecord vault retire".')
  const { manifest } = await session.reseal(opened, opened.content, 'REVOKE', (all) => all.filter((each) => each !== card))
  await screen.line(`revoked  ${manifest.record}  ${card.name}  version ${manifest.version}`)
  screen.say(`${card.name} gets no later version, and the server deletes the earlier ones. What they have read they still know, and a copy that they or a backup kept still opens: nothing can un-know it. If that is a danger, warn the source.`)
}

/** Verifies one record or all of one's own, and says of each what is wrong. */
export async function verify(screen: Screen, given: string | undefined, flags: VaultFlags): Promise<number> {
  const session = await CliSession.open(flags)
  const records = given === undefined ? (await session.server.records(session.key)).map(({ id }) => id) : [recordOf(given)]
  let wrong = 0
  for (const id of records) {
    try {
      await session.verify(id)
      await screen.line(`ok     ${id}`)
    } catch (error) {
      if (!(error instanceof SealError)) throw error
      wrong += 1
      await screen.line(`WRONG  ${id}  ${error.message}`)
    }
  }
  wrong += await missing(screen, session, given, records)
  return wrong > 0 ? EXIT.failed : EXIT.done
}

/** Records that this machine has seen and the server does not show any more. */
async function missing(screen: Screen, session: CliSession, given: string | undefined, shown: readonly string[]): Promise<number> {
  if (given !== undefined) return 0
  const gone = Object.keys(await session.local.pins()).filter((id) => !shown.includes(id))
  for (const id of gone) await screen.line(`gone   ${id}  Seen here before, and not sealed to you now: revoked or destroyed by somebody, or withheld.`)
  return 0
}

export async function destroyRecords(screen: Screen, given: string | undefined, flags: VaultFlags & { readonly yes?: boolean; readonly due?: boolean }): Promise<number> {
  if ((given === undefined) === (flags.due !== true)) throw new UsageError('Name the record to destroy, or give --due for those whose "keepUntil" is past; one of the two.')
  if (!flags.yes) throw new UsageError('A destroyed record does not come back. Give --yes if that is what you want.')
  const session = await CliSession.open(flags)
  const ids = given === undefined ? await due(session) : [recordOf(given)]
  const { Refusal } = await import('../../vault/client/index.js')
  let kept = 0
  for (const id of ids) {
    try {
      await session.server.destroy(id, session.key)
      await session.local.forget(id)
      await screen.line(`destroyed  ${id}`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      kept += 1
      screen.say(screen.styled(`kept       ${id}  ${error.message}`, 'red'))
    }
  }
  if (ids.length === 0) screen.say('No record is due.')
  return kept > 0 ? EXIT.failed : EXIT.done
}

async function due(session: CliSession): Promise<string[]> {
  const today = new Date().toISOString().slice(0, 10)
  const due: string[] = []
  for (const { id, opened } of await openAll(session)) if (opened.content.keepUntil !== undefined && opened.content.keepUntil < today) due.push(id)
  return due
}

export async function openAll(session: CliSession): Promise<{ readonly id: string; readonly opened: Opened }[]> {
  const all: { id: string; opened: Opened }[] = []
  for (const { id } of await session.server.records(session.key)) all.push({ id, opened: await session.open(id) })
  return all
}

export async function hold(screen: Screen, act: 'place' | 'lift', given: string, flags: VaultFlags): Promise<void> {
  const { readEnv } = await import('../../env.js')
  const { serverOf } = await import('./server-of.js')
  const id = recordOf(given)
  await (await serverOf(readEnv(), flags.server)).hold(id, act)
  await screen.line(`${act === 'place' ? 'held  ' : 'lifted'}  ${id}`)
}

/** One person's stories: what no table joins. */
export async function stories(screen: Screen, given: string | undefined, flags: VaultFlags & { readonly json?: boolean }): Promise<void> {
  const session = await CliSession.open(flags)
  const records = given === undefined ? await openAll(session) : [{ id: recordOf(given), opened: await session.open(recordOf(given)) }]
  const people = new Map<string, { name: string; entries: { story: string; source: string; isNamed: boolean }[] }>()
  for (const { id, opened: { content } } of records) {
    const person = people.get(content.person ?? id) ?? { name: content.identity.name, entries: [] }
    person.entries.push(...content.entries.map((entry) => ({ ...entry, isNamed: false })), ...content.namedAs.map((entry) => ({ ...entry, isNamed: true })))
    people.set(content.person ?? id, person)
  }
  if (flags.json) return screen.line(JSON.stringify([...people].map(([person, { name, entries }]) => ({ person, name, entries })), null, 2))
  warnOfFile(screen)
  const rows = [...people.values()].flatMap(({ name, entries }) => entries.map(({ story, source, isNamed }) => [name, story, source, isNamed ? 'by name' : 'unnamed'].map((cell) => cell.replaceAll(/\p{C}/gu, ' '))))
  for (const line of columns(['PERSON', 'STORY', 'SOURCE', 'HOW'], rows)) await screen.line(line)
}
