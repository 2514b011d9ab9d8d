import { attestationBytes, manifestHash, openSealed, registrationBytes, sealNew, sealNext, SealError, sign, verifySealed, type Act, type MemberCard, type Opened, type OpenRequest, type Pin, type Purpose, type RecordContent, type SealedRecord, type SecretKey } from '../seal/index.js'
import type { KnownMember, VaultServer } from './vault-server.js'

export type Trusted = Readonly<Record<string, { readonly name: string; readonly purpose: Purpose }>>

/** What a cleared person's own machine remembers: the fingerprints they have confirmed, and the version of each record that they saw last. */
export interface LocalMemory {
  trusted(): Promise<Trusted>
  trust(fingerprint: string, card: Pick<MemberCard, 'name' | 'purpose'>): Promise<void>
  pins(): Promise<Readonly<Record<string, Pin>>>
  /** Remembers the version of a record; never an older one than before. */
  pin(record: string, pin: Pin): Promise<void>
}

/** A cleared person at work: their key, what they have confirmed, and the server. Everything secret stays in this process. */
export class VaultSession<Local extends LocalMemory = LocalMemory> {
  #members: Promise<{ readonly known: ReadonlyMap<string, KnownMember>; readonly forged: readonly string[] }> | undefined

  constructor(readonly server: VaultServer, readonly local: Local, readonly key: SecretKey) {}

  get members() {
    return (this.#members ??= this.server.members())
  }

  /** Has the keys asked for anew: somebody may have registered, confirmed or retired one. */
  askAgain(): void {
    this.#members = undefined
  }

  /** Those fingerprints that this person has confirmed; their own without asking. */
  async trusted(): Promise<Trusted> {
    const { name, purpose } = this.key.card
    return { ...(await this.local.trusted()), [this.key.fingerprint]: { name, purpose } }
  }

  /** Tells the newsroom the public part of the key. */
  async register(): Promise<KnownMember['state']> {
    const state = await this.server.register(this.key.card, sign(registrationBytes(this.key.card), this.key.signingSecret))
    await this.local.trust(this.key.fingerprint, this.key.card)
    return state
  }

  /** Confirms a key whose fingerprint was compared with its holder; whether it was vouched for too, which those do whose key is in use. */
  async confirm({ fingerprint, card, vouchedBy }: KnownMember): Promise<boolean> {
    await this.local.trust(fingerprint, card)
    const { key } = this
    const own = (await this.members).known.get(key.fingerprint)
    if (fingerprint === key.fingerprint || vouchedBy.includes(key.fingerprint) || own?.state !== 'ACTIVE' || key.card.purpose !== 'MEMBER') return false
    await this.server.attest(fingerprint, key.fingerprint, sign(attestationBytes(fingerprint, key.fingerprint), key.signingSecret))
    return true
  }

  /** Fetches a record and checks everything that can be checked without opening it. */
  async #fetched(record: string): Promise<OpenRequest> {
    const pin = (await this.local.pins())[record]
    const [{ ciphertext, manifests }, { known }, trusted] = await Promise.all([this.server.fetch(record, pin?.version, this.key), this.members, this.trusted()])
    return { record, ciphertext, manifests, cards: new Map([...known].map(([fingerprint, { card }]) => [fingerprint, card])), pin, isTrusted: (fingerprint) => fingerprint in trusted }
  }

  /** Fetches, verifies and opens a record, and remembers its version. @throws {SealError} where the server, or somebody in between, did something to it. */
  async open(record: string): Promise<Opened> {
    const opened = await openSealed(await this.#fetched(record), this.key)
    await this.local.pin(record, opened.pin)
    return opened
  }

  /** The same without opening it. */
  async verify(record: string): Promise<void> {
    const request = await this.#fetched(record)
    verifySealed(request)
    // What is signed is what opens: both are asked, and the content is thrown away.
    await this.local.pin(record, (await openSealed(request, this.key)).pin)
  }

  async create(content: RecordContent, cleared: readonly MemberCard[]): Promise<SealedRecord> {
    return this.#store(await sealNew(content, [this.key.card, ...(await this.#recoveryCards()), ...cleared], this.key))
  }

  /** Seals the version that follows on what was opened. Retired keys drop out; the recovery key is always in. */
  async reseal(opened: Opened, content: RecordContent, act: Exclude<Act, 'CREATE'>, change: (cleared: readonly MemberCard[]) => readonly MemberCard[] = (cleared) => cleared): Promise<SealedRecord> {
    const cleared = change(await this.clearedBy(opened))
    return this.#store(await sealNext(content, opened.signed.manifest, act, [...cleared, ...(await this.#recoveryCards())], this.key))
  }

  async #store(sealed: SealedRecord): Promise<SealedRecord> {
    await this.server.seal(sealed)
    await this.local.pin(sealed.manifest.record, { version: sealed.manifest.version, hash: manifestHash(sealed.manifest) })
    return sealed
  }

  /** The cards of those a record is sealed to and whose keys are in use. A trusted person signed their fingerprints, and each card is checked against its own. */
  async clearedBy({ signed }: Pick<Opened, 'signed'>): Promise<MemberCard[]> {
    const { known } = await this.members
    return signed.manifest.recipients.flatMap((fingerprint) => {
      const member = known.get(fingerprint)
      return member?.state === 'ACTIVE' ? [member.card] : []
    })
  }

  /** The newsroom's recovery keys. Sealing to a key that nobody has confirmed would give the record to whoever runs the server. */
  async #recoveryCards(): Promise<MemberCard[]> {
    const [{ known }, trusted] = await Promise.all([this.members, this.trusted()])
    const keys = [...known.values()].filter(({ card, state }) => card.purpose === 'RECOVERY' && state === 'ACTIVE')
    const unknown = keys.find(({ fingerprint }) => !(fingerprint in trusted))
    if (unknown) throw new SealError('KEY_WRONG', `The newsroom's recovery key "${unknown.card.name}" is not confirmed here. Compare its fingerprint with whoever keeps it, then confirm it, among the keys at the desk or with: onrecord vault trust ${unknown.fingerprint}`)
    return keys.map(({ card }) => card)
  }
}
