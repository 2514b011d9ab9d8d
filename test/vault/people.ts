import { expect } from 'vitest'
import { issueStaffToken, type StaffRole } from '../../src/access/index.js'
import { PATHS } from '../../src/server.js'
import {
  attestationBytes, makeKey, parseContent, prove, registrationBytes, sealNew, sealNext, sign, toBase64,
  type Act, type Asked, type MemberCard, type Purpose, type RecordContent, type RecordContentInput, type SealedRecord, type SecretKey, type SignedManifest,
} from '../../src/vault/seal/index.js'
import type { Answer, TestNewsroom } from '../support/newsroom.js'

export interface Person { readonly name: string; readonly token: string; readonly key: SecretKey }
export interface Refusal { readonly code: string; readonly message: string; readonly path: string | null }
export interface FetchAnswer { readonly ciphertext: string | null; readonly manifests: readonly SignedManifest[] | null; readonly errors: readonly Refusal[] }

export const NAME = 'Canary Oriole Vesperman'
export const CONTACT = '+1-555-0177-CANARY'
export const content = (change: Partial<RecordContentInput> = {}): RecordContent => {
  const parsed = parseContent({ identity: { name: NAME, aliases: ['Vesper'] }, contacts: [{ kind: 'phone', value: CONTACT }], notes: 'Canary notes', entries: [{ story: 'harbor-plan-1', source: 'officials' }], ...change })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.content
}

const MANIFEST = 'record version act recipients hash previous nonce signer signature'
type ManifestAnswer = SignedManifest['manifest'] & { signature: string }

/** People with vault keys at a newsroom, over HTTP. */
export class TestVault {
  constructor(readonly newsroom: TestNewsroom) {}

  /** Somebody with a token and a key, which is registered; and vouched for, where `by` is given. */
  async person(name: string, options: { role?: StaffRole; purpose?: Purpose; by?: Person } = {}): Promise<Person> {
    const token = await this.token(name, options.role)
    const key = await makeKey(options.purpose === 'RECOVERY' ? `${name} recovery` : name, options.purpose ?? 'MEMBER')
    const person = { name, token, key }
    const { member, errors } = await this.register(person)
    expect(errors).toEqual([])
    if (options.by) expect((await this.attest(options.by, key.fingerprint)).errors).toEqual([])
    else expect(member!.state).toBe('ACTIVE')
    return person
  }

  token(name: string, role: StaffRole = 'REPORTER'): Promise<string> {
    return issueStaffToken(this.newsroom.database, { name, role }, this.newsroom.sources)
  }

  ask<T = Record<string, any>>(who: Pick<Person, 'token'>, query: string, variables?: object): Promise<Answer<T>> {
    return this.newsroom.ask(PATHS.NEWSROOM, query, variables, { authorization: `Bearer ${who.token}` })
  }

  async change<T>(who: Pick<Person, 'token'>, mutation: string, fields: string, input: object, type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`): Promise<T & { readonly errors: readonly Refusal[] }> {
    const answer = await this.ask(who, `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${fields} errors { code message path } } }`, { input })
    expect(answer.errors).toBeUndefined()
    return answer.data!['answer']
  }

  register({ token, key }: Person, change: object = {}): Promise<{ member: { fingerprint: string; state: string } | null; errors: readonly Refusal[] }> {
    return this.change({ token }, 'registerVaultKey', 'member { fingerprint state }', { ...key.card, signature: sign(registrationBytes(key.card), key.signingSecret), ...change })
  }

  attest(by: Person, fingerprint: string, signature = sign(attestationBytes(fingerprint, by.key.fingerprint), by.key.signingSecret)): Promise<{ errors: readonly Refusal[] }> {
    return this.change(by, 'attestVaultKey', 'member { state }', { fingerprint, by: by.key.fingerprint, signature })
  }

  retire(who: Pick<Person, 'token'> & Partial<Person>, fingerprint: string): Promise<{ errors: readonly Refusal[] }> {
    return this.change(who, 'retireVaultKey', 'member { state }', { fingerprint, ...(who.key?.fingerprint === fingerprint && { proof: this.prove('RETIRE', fingerprint, who.key) }) })
  }

  prove(asked: Asked, target: string | null, key: SecretKey) {
    return prove(asked, target, key, this.newsroom.now)
  }

  seal(who: Pick<Person, 'token'>, { manifest, signature, ciphertext }: SignedManifest & { ciphertext: Uint8Array | string }): Promise<{ version: number | null; errors: readonly Refusal[] }> {
    return this.change(who, 'sealVaultRecord', 'version', { manifest, signature, ciphertext: typeof ciphertext === 'string' ? ciphertext : toBase64(ciphertext) })
  }

  /** A stored record, sealed by its maker to themselves and others. */
  async record(maker: Person, others: readonly Person[] = [], given = content()): Promise<SealedRecord> {
    const sealed = await sealNew(given, [maker, ...others].map(({ key }) => key.card), maker.key)
    expect(await this.seal(maker, sealed)).toEqual({ version: 1, errors: [] })
    return sealed
  }

  async next(who: Person, before: SealedRecord, act: Exclude<Act, 'CREATE'>, cards: readonly MemberCard[], given = content()): Promise<SealedRecord> {
    return sealNext(given, before.manifest, act, cards, who.key)
  }

  async fetch(who: Person, record: string, since?: number, proof: object = this.prove('FETCH', record, who.key)): Promise<FetchAnswer> {
    const answer = await this.change<{ ciphertext: string | null; manifests: readonly ManifestAnswer[] | null }>(who, 'fetchVaultRecord', `ciphertext manifests { ${MANIFEST} }`, { record, since, proof })
    return { ...answer, manifests: answer.manifests?.map(({ signature, ...manifest }) => ({ manifest, signature })) ?? null }
  }

  async list(who: Person, proof: object = this.prove('LIST', null, who.key), more = ''): Promise<{ ids: string[] | null; errors: readonly Refusal[]; endCursor: string | null; hasNextPage: boolean }> {
    const { data, errors } = await this.ask(who, `query ($proof: VaultProofInput!) { vaultRecords(proof: $proof${more}) { records { nodes { id } pageInfo { hasNextPage endCursor } } errors { code message path } } }`, { proof })
    expect(errors).toBeUndefined()
    const { records, errors: refusals } = data!['vaultRecords']
    return { ids: records?.nodes.map(({ id }: { id: string }) => id) ?? null, errors: refusals, ...records?.pageInfo }
  }

  destroy(who: Person, record: string): Promise<{ isDestroyed: boolean; errors: readonly Refusal[] }> {
    return this.change(who, 'destroyVaultRecord', 'isDestroyed', { record, proof: this.prove('DESTROY', record, who.key) })
  }

  hold(who: Pick<Person, 'token'>, act: 'place' | 'lift', record: string): Promise<{ isOnHold: boolean | null; errors: readonly Refusal[] }> {
    return this.change(who, `${act}LegalHold`, 'isOnHold', { record }, 'LegalHoldInput')
  }

  /** The audit log as an administrator reads it, oldest first. */
  async log(admin: Pick<Person, 'token'>): Promise<{ number: number; day: string; act: string; person: string; record: string | null; subject: string | null; asked: string | null; code: string | null }[]> {
    const { data, errors } = await this.ask(admin, '{ auditLog(first: 100) { nodes { number day act person record subject asked code } } }')
    expect(errors).toBeUndefined()
    return data!['auditLog'].nodes.toReversed()
  }

  async cards(who: Pick<Person, 'token'>): Promise<Map<string, MemberCard>> {
    const { data } = await this.ask(who, '{ vaultMembers { fingerprint name purpose recipient signingKey } }')
    return new Map(data!['vaultMembers'].map(({ fingerprint, ...card }: MemberCard & { fingerprint: string }) => [fingerprint, card]))
  }
}

export const codes = ({ errors }: { errors: readonly Refusal[] }) => errors.map(({ code }) => code)
