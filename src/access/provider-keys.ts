import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JSONWebKeySet, type JWSHeaderParameters } from 'jose'
import { AuthenticationUnavailable } from './authentication-unavailable.js'
import { discover, jsonAt } from './provider-discovery.js'

/** How long keys are taken without asking whether they changed: a key that the provider takes back is refused after that. */
const FRESH = 10 * 60_000
/** While the provider does not answer, its keys are taken for so long. */
const USABLE = 24 * 60 * 60_000
/** Between two requests to the provider, so that tokens with made-up keys do not have it flooded. */
const COOLDOWN = 30_000
/** The same after it did not answer. */
const RETRY = 5_000

type KeySet = ReturnType<typeof createLocalJWKSet>

/** The public keys of a provider, as its discovery document leads to them (OpenID Connect Discovery 1.0, 4). */
export class ProviderKeys {
  #known: { readonly keys: KeySet; readonly at: number } | undefined
  #asked: { readonly at: number; readonly failed: boolean } | undefined
  #asking: Promise<void> | undefined

  constructor(private readonly issuer: string) {}

  /**
   * The key that a token says it is signed with. Where it is not among those known, the provider is asked once more: it may have a new one.
   *
   * @throws errors of jose where there is no such key; AuthenticationUnavailable where that cannot be told
   */
  async keyFor(header: JWSHeaderParameters, token: FlattenedJWSInput, now: Date): Promise<CryptoKey> {
    if (!this.#known || now.getTime() - this.#known.at >= FRESH) await this.#refresh(now)
    const found = await this.#find(header, token, now)
    if (found) return found
    await this.#refresh(now)
    if (this.#asked?.failed) throw new AuthenticationUnavailable('The sign-in provider does not answer, and the token is signed with a key that is not known.')
    const foundThen = await this.#find(header, token, now)
    if (foundThen) return foundThen
    throw new errors.JWKSNoMatchingKey()
  }

  async #find(header: JWSHeaderParameters, token: FlattenedJWSInput, now: Date): Promise<CryptoKey | undefined> {
    const keys = this.#usable(now)
    try {
      return await keys(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return undefined
      if (error instanceof errors.JOSEError) throw error
      throw new AuthenticationUnavailable('The sign-in provider gives a key that cannot be used.')
    }
  }

  #usable(now: Date): KeySet {
    if (!this.#known || now.getTime() - this.#known.at >= USABLE) throw new AuthenticationUnavailable('The sign-in provider does not answer.')
    return this.#known.keys
  }

  /** All who wait share one request. */
  async #refresh(now: Date): Promise<void> {
    const at = now.getTime()
    if (this.#asked && at - this.#asked.at < (this.#asked.failed ? RETRY : COOLDOWN)) return this.#asking
    this.#asked = { at, failed: false }
    this.#asking = this.#ask(at)
    return this.#asking
  }

  async #ask(at: number): Promise<void> {
    try {
      this.#known = { keys: await this.#fetch(), at }
    } catch {
      this.#asked = { at, failed: true }
    }
  }

  async #fetch(): Promise<KeySet> {
    const { jwks_uri: address } = await discover(this.issuer, ['jwks_uri'])
    return createLocalJWKSet(await jsonAt(address) as JSONWebKeySet)
  }
}
