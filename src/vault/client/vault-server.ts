import { fingerprintOf, fromBase64, isSignedBy, prove, registrationBytes, toBase64, type MemberCard, type SealedRecord, type SecretKey, type SignedManifest } from '../seal/index.js'

export interface KnownMember { readonly card: MemberCard; readonly fingerprint: string; readonly state: 'PENDING' | 'ACTIVE' | 'RETIRED'; readonly vouchedBy: readonly string[] }
export interface ListedRecord { readonly id: string; readonly isOnHold: boolean; readonly signed: SignedManifest }
export interface Fetched { readonly ciphertext: Uint8Array; readonly manifests: readonly SignedManifest[] }

const MANIFEST = 'record version act recipients hash previous nonce signer signature'
type ManifestAnswer = SignedManifest['manifest'] & { readonly signature: string }
const signedOf = ({ signature, ...manifest }: ManifestAnswer): SignedManifest => ({ manifest, signature })

/** What the server answered with: a refusal that its message explains. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(readonly code: string, message: string) {
    super(message)
  }
}

const PER_PAGE = 100

/** Asks the newsroom contract, as whoever is signed in. @throws where the server refuses it, or does not answer */
export type AskNewsroom = <T>(query: string, variables: object) => Promise<T>

/** The newsroom contract, as somebody who is cleared uses it. It never opens the database: what a server should not know is not told to it here either. */
export class VaultServer {
  constructor(private readonly askNewsroom: AskNewsroom) {}

  ask<T>(query: string, variables: object = {}): Promise<T> {
    return this.askNewsroom<T>(query, variables)
  }

  async #change<T>(mutation: string, type: string, fields: string, input: object): Promise<T> {
    const { answer } = await this.ask<{ answer: T & { errors: readonly { code: string; message: string }[] } }>(`mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${fields} errors { code message } } }`, { input })
    throwFirst(answer.errors)
    return answer
  }

  /** Every key, each by the fingerprint that it really has. What the server shows under a fingerprint that is not its own is left out. */
  async members(): Promise<{ readonly known: ReadonlyMap<string, KnownMember>; readonly forged: readonly string[] }> {
    const { vaultMembers } = await this.ask<{ vaultMembers: readonly (MemberCard & { fingerprint: string; signature: string; state: KnownMember['state']; attestations: readonly { by: string }[] })[] }>(
      '{ vaultMembers { fingerprint name purpose recipient signingKey signature state attestations { by } } }')
    const known = new Map<string, KnownMember>()
    const forged: string[] = []
    for (const { fingerprint, signature, state, attestations, name, purpose, recipient, signingKey } of vaultMembers) {
      const card: MemberCard = { name, purpose, recipient, signingKey }
      if (fingerprintOf(card) === fingerprint && isSignedBy(signature, registrationBytes(card), signingKey)) known.set(fingerprint, { card, fingerprint, state, vouchedBy: attestations.map(({ by }) => by) })
      else forged.push(fingerprint)
    }
    return { known, forged }
  }

  async register(card: MemberCard, signature: string): Promise<KnownMember['state']> {
    return (await this.#change<{ member: { state: KnownMember['state'] } }>('registerVaultKey', 'RegisterVaultKeyInput', 'member { state }', { ...card, signature })).member.state
  }

  async attest(fingerprint: string, by: string, signature: string): Promise<void> {
    await this.#change('attestVaultKey', 'AttestVaultKeyInput', 'member { state }', { fingerprint, by, signature })
  }

  async retire(fingerprint: string, key: SecretKey | undefined): Promise<void> {
    await this.#change('retireVaultKey', 'RetireVaultKeyInput', 'member { state }', { fingerprint, ...(key && { proof: prove('RETIRE', fingerprint, key, new Date()) }) })
  }

  async records(key: SecretKey): Promise<ListedRecord[]> {
    const listed: ListedRecord[] = []
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const { answer }: { answer: { records: { nodes: readonly { id: string; isOnHold: boolean; manifest: ManifestAnswer }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null; errors: readonly { code: string; message: string }[] } } = await this.ask(
        `query ($proof: VaultProofInput!, $after: String) { answer: vaultRecords(proof: $proof, first: ${PER_PAGE}, after: $after) { records { nodes { id isOnHold manifest { ${MANIFEST} } } pageInfo { hasNextPage endCursor } } errors { code message } } }`,
        { proof: prove('LIST', null, key, new Date()), after })
      throwFirst(answer.errors)
      listed.push(...answer.records!.nodes.map(({ id, isOnHold, manifest }) => ({ id, isOnHold, signed: signedOf(manifest) })))
      ;({ hasNextPage: hasMore, endCursor: after } = answer.records!.pageInfo)
    }
    return listed
  }

  async fetch(record: string, since: number | undefined, key: SecretKey): Promise<Fetched> {
    const answer = await this.#change<{ ciphertext: string; manifests: readonly ManifestAnswer[] }>('fetchVaultRecord', 'FetchVaultRecordInput', `ciphertext manifests { ${MANIFEST} }`, { record, since: since ?? null, proof: prove('FETCH', record, key, new Date()) })
    return { ciphertext: fromBase64(answer.ciphertext) ?? new Uint8Array(), manifests: answer.manifests.map(signedOf) }
  }

  async seal({ manifest, signature, ciphertext }: SealedRecord): Promise<void> {
    await this.#change('sealVaultRecord', 'SealVaultRecordInput', 'version', { manifest, signature, ciphertext: toBase64(ciphertext) })
  }

  async destroy(record: string, key: SecretKey): Promise<void> {
    await this.#change('destroyVaultRecord', 'DestroyVaultRecordInput', 'isDestroyed', { record, proof: prove('DESTROY', record, key, new Date()) })
  }

  async hold(record: string, act: 'place' | 'lift'): Promise<void> {
    await this.#change(`${act}LegalHold`, 'LegalHoldInput', 'isOnHold', { record })
  }

  /** Every story that the newsroom has, in pages. All of them, so that the server does not learn which ones it is about. */
  async *documents(): AsyncGenerator<unknown> {
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const { stories }: { stories: { nodes: readonly { document: unknown }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await this.ask(
        'query ($after: String) { stories(first: 50, after: $after) { nodes { document } pageInfo { hasNextPage endCursor } } }', { after })
      for (const { document } of stories.nodes) yield document
      ;({ hasNextPage: hasMore, endCursor: after } = stories.pageInfo)
    }
  }
}

function throwFirst(errors: readonly { code: string; message: string }[]): void {
  const [first] = errors
  if (first) throw new Refusal(first.code, shown(first.message))
}

/** A server's words on a terminal: no control characters. */
export const shown = (text: string) => text.replaceAll(/\p{C}/gu, ' ').slice(0, 500)
