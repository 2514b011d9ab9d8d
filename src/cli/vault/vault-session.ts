import type { Env } from '../../env.js'
import { VaultSession, type KnownMember } from '../../vault/client/index.js'
import { fingerprintFrom, isUnderPassphrase, keyFromFile, type SecretKey } from '../../vault/seal/index.js'
import { UsageError } from '../failure.js'
import { LocalFolder, textAt } from './local-folder.js'
import { passphraseOf } from './passphrase.js'
import { serverOf } from './server-of.js'

export interface VaultFlags { readonly server?: string; readonly key?: string }

/** A cleared person at the command line: what they have is in a folder of theirs. */
export class CliSession extends VaultSession<LocalFolder> {
  private constructor(readonly env: Env, ...parts: ConstructorParameters<typeof VaultSession<LocalFolder>>) {
    super(...parts)
  }

  static async open({ server, key }: VaultFlags): Promise<CliSession> {
    const { readEnv } = await import('../../env.js')
    const env = readEnv()
    const local = LocalFolder.of(env)
    const file = key ?? (await local.keyFile('key'))
    if (file === undefined) throw new UsageError(`There is no key in ${local.folder}. Make one with "onrecord vault keygen", or name it with --key.`)
    return new CliSession(env, await serverOf(env, server), local, await readKey(file, env))
  }

  /** A confirmed key that is in use, by fingerprint or by its holder's name. @throws {UsageError} */
  async confirmed(who: string): Promise<KnownMember> {
    const [{ known }, trusted] = await Promise.all([this.members, this.trusted()])
    const fingerprint = fingerprintFrom(who)
    const found = fingerprint === undefined ? [...known.values()].filter(({ card, state, fingerprint: each }) => card.name === who && state === 'ACTIVE' && each in trusted) : [known.get(fingerprint)].filter((each) => each !== undefined)
    const [member, other] = found
    if (!member) throw new UsageError(fingerprint === undefined ? `There is no key of "${who}" that you have confirmed. "onrecord vault members" lists the keys; compare the fingerprint with its holder, then: onrecord vault trust FINGERPRINT` : `There is no key with the fingerprint ${fingerprint}. "onrecord vault members" lists the keys.`)
    if (other) throw new UsageError(`Several confirmed keys are "${who}"'s; give the fingerprint.`)
    if (!(member.fingerprint in trusted)) throw new UsageError(`The key ${member.fingerprint}, which the server says is ${member.card.name}'s, is not confirmed here. Compare the fingerprint with its holder, not over this server, then: onrecord vault trust ${member.fingerprint}`)
    if (member.state !== 'ACTIVE') throw new UsageError(`The key of ${member.card.name} is ${member.state === 'RETIRED' ? 'retired' : 'not vouched for yet'}.`)
    return member
  }
}

/** @throws {SealError} where it is no key, or the passphrase is wrong. */
export async function readKey(file: string, env: Env): Promise<SecretKey> {
  const text = await textAt(file)
  if (text === undefined) throw new UsageError(`There is no file ${file}.`)
  return keyFromFile(text, isUnderPassphrase(text) ? await passphraseOf(env, `Passphrase of ${file}: `) : undefined)
}
