import { attestationBytes, fingerprintFrom, keyFileText, makeKey, registrationBytes, sign, spoken, type SecretKey } from '../../vault/seal/index.js'
import path from 'node:path'
import { EXIT } from '../command.js'
import { UsageError } from '../failure.js'
import { columns, count, type Screen } from '../screen.js'
import { LocalFolder, writeKeyFile } from './local-folder.js'
import { newPassphrase } from './passphrase.js'
import { serverOf } from './server-of.js'
import { readKey, CliSession, type VaultFlags } from './vault-session.js'

export interface KeygenFlags { readonly name: string; readonly recovery?: boolean; readonly passphrase: boolean; readonly out?: string }

/** Makes a key on this machine. Nothing is sent. */
export async function keygen(screen: Screen, { name, recovery, passphrase, out }: KeygenFlags): Promise<void> {
  const { readEnv } = await import('../../env.js')
  const env = readEnv()
  const local = LocalFolder.of(env)
  if (recovery && out === undefined) throw new UsageError('Say with --out where the recovery key goes: best onto the medium that is then kept offline.')
  if (out === undefined && (await local.keyFile('key')) !== undefined) throw new UsageError(`There is a key in ${local.folder} already. "onrecord vault rotate" puts a new one in its place.`)
  const secret = passphrase ? await newPassphrase(env) : undefined
  const key = await makeKey(name, recovery ? 'RECOVERY' : 'MEMBER')
  const file = out ?? local.fileFor('key', passphrase)
  await writeKeyFile(file, await keyFileText(key, secret))
  await local.trust(key.fingerprint, key.card)
  screen.say(`The key is in ${file}. ${recovery ? 'Register it, then keep it offline, with its passphrase apart from it.' : 'Keep a copy where the newsroom\'s servers cannot reach it.'} Its fingerprint, for others to compare with you:`)
  await screen.line(spoken(key.fingerprint))
  screen.say(`Register it with the newsroom: onrecord vault register${out === undefined ? '' : ` --key ${out}`}`)
}

export async function register(screen: Screen, flags: VaultFlags): Promise<void> {
  const session = await CliSession.open(flags)
  const { key } = session
  const state = await session.register()
  await screen.line(`registered  ${key.fingerprint}  ${key.card.name}  ${state.toLowerCase()}`)
  if (state === 'PENDING') screen.say('It is in use when a member has compared the fingerprint with you and said: onrecord vault trust FINGERPRINT')
}

export async function members(screen: Screen, flags: VaultFlags): Promise<number> {
  const { readEnv } = await import('../../env.js')
  const env = readEnv()
  const [{ known, forged }, trusted] = await Promise.all([(await serverOf(env, flags.server)).members(), LocalFolder.of(env).trusted()])
  const rows = [...known.values()].map(({ fingerprint, card, state, vouchedBy }) => [
    fingerprint, card.name, card.purpose.toLowerCase(), state.toLowerCase(), fingerprint in trusted ? 'yes' : 'no', vouchedBy.map((by) => known.get(by)?.card.name ?? by.slice(0, 8)).join(', ') || '-',
  ])
  for (const line of columns(['FINGERPRINT', 'NAME', 'KIND', 'STATE', 'CONFIRMED HERE', 'VOUCHED FOR BY'], rows)) await screen.line(line)
  for (const fingerprint of forged) screen.say(screen.styled(`The server shows a key under the fingerprint ${String(fingerprint).slice(0, 40)} that is another's: its parts were swapped. Use no key of this server before that is explained.`, 'red'))
  return forged.length > 0 ? EXIT.failed : EXIT.done
}

/** Confirms a fingerprint that was compared out of band, and vouches for the key where nobody has yet. */
export async function trust(screen: Screen, given: string, flags: VaultFlags): Promise<void> {
  const fingerprint = fingerprintFrom(given)
  if (fingerprint === undefined) throw new UsageError('A fingerprint is 40 hexadecimal digits; spaces do not matter.')
  const session = await CliSession.open(flags)
  const member = (await session.members).known.get(fingerprint)
  if (!member) throw new UsageError('The server knows no key of that fingerprint. Look at the digits again, or ask whether the key is registered.')
  if (member.state === 'RETIRED') throw new UsageError(`That key of ${member.card.name} is retired.`)
  const hasVouched = await session.confirm(member)
  await screen.line(`confirmed  ${fingerprint}  ${member.card.name}  ${member.card.purpose.toLowerCase()}`)
  if (hasVouched) screen.say('You vouch for it in the newsroom.')
}

export async function retire(screen: Screen, given: string, flags: VaultFlags): Promise<void> {
  const fingerprint = fingerprintFrom(given)
  if (fingerprint === undefined) throw new UsageError('A fingerprint is 40 hexadecimal digits; spaces do not matter.')
  const { readEnv } = await import('../../env.js')
  const env = readEnv()
  const file = flags.key ?? (await LocalFolder.of(env).keyFile('key'))
  const key = file === undefined ? undefined : await readKey(file, env)
  await (await serverOf(env, flags.server)).retire(fingerprint, key?.fingerprint === fingerprint ? key : undefined)
  await screen.line(`retired  ${fingerprint}`)
  screen.say('Records stay sealed to it until they are sealed anew; "onrecord vault list" marks them. Whoever holds the key and a copy of the database can open those.')
}

/**
 * Puts a new key in the place of one's own: registers it, vouches for it with the old one, seals every record to it, retires the old
 * one. Broken off, it goes on where it stopped.
 */
export async function rotate(screen: Screen, flags: VaultFlags & { readonly passphrase: boolean }): Promise<void> {
  if (flags.key !== undefined) throw new UsageError('"rotate" replaces the key in your folder, and no other.')
  const session = await CliSession.open(flags)
  const { key: old, local } = session
  const next = await nextKey(session, flags.passphrase)
  // Broken off right before the end: what remains is to take the new key from its place.
  const isRetired = (await session.members).known.get(old.fingerprint)?.state === 'RETIRED'
  const sealed = isRetired ? 0 : await sealToNext(screen, session, next)
  await local.replaceKey(old.fingerprint)
  await screen.line(`rotated  ${old.fingerprint} -> ${next.fingerprint}  ${count(sealed, 'record')}`)
  screen.say('Others confirm the new fingerprint before they open what you seal with it:')
  screen.say(spoken(next.fingerprint))
}

async function sealToNext(screen: Screen, session: CliSession, next: SecretKey): Promise<number> {
  const { key: old, server, local } = session
  await server.register(next.card, sign(registrationBytes(next.card), next.signingSecret))
  await server.attest(next.fingerprint, old.fingerprint, sign(attestationBytes(next.fingerprint, old.fingerprint), old.signingSecret))
  await local.trust(next.fingerprint, next.card)
  const records = await server.records(old)
  for (const [index, { id }] of records.entries()) {
    screen.show(`sealing ${index + 1} of ${records.length}`)
    const opened = await session.open(id)
    await session.reseal(opened, opened.content, 'ROTATE', (cleared) => [...cleared.filter(({ recipient }) => recipient !== old.card.recipient), next.card])
  }
  screen.hide()
  await server.retire(old.fingerprint, old)
  return records.length
}

async function nextKey({ env, local, key }: CliSession, withPassphrase: boolean): Promise<SecretKey> {
  const begun = await local.keyFile('next')
  if (begun !== undefined) return readKey(begun, env)
  const next = await makeKey(key.card.name, 'MEMBER')
  const file = path.normalize(local.fileFor('next', withPassphrase))
  await writeKeyFile(file, await keyFileText(next, withPassphrase ? await newPassphrase(env) : undefined))
  return next
}
