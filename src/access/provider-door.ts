import { discover } from './provider-discovery.js'
import type { OpenIdSettings } from './open-id-settings.js'

/** How long the provider's addresses are taken without asking whether they changed. */
const FRESH = 10 * 60_000
/** Between two requests to a provider that did not answer. */
const RETRY = 5_000

/** What the desk needs to know to send somebody to the provider, and to fetch their token there. */
export interface Door {
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
}

/** Where staff sign in at the desk with the newsroom's provider. */
export class ProviderDoor {
  #known: { readonly door: Door | undefined; readonly until: number } | undefined
  #asking: Promise<Door | undefined> | undefined

  constructor(private readonly settings: Pick<OpenIdSettings, 'issuer'> & { readonly desk: NonNullable<OpenIdSettings['desk']> }) {}

  /** Undefined while the provider does not answer, and where it never did; what it said before is taken then. */
  async at(now: Date): Promise<Door | undefined> {
    if (this.#known && now.getTime() < this.#known.until) return this.#known.door
    // All who wait share one request.
    return (this.#asking ??= this.#ask(now).finally(() => { this.#asking = undefined }))
  }

  async #ask(now: Date): Promise<Door | undefined> {
    const { issuer, desk } = this.settings
    try {
      const { authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint } = await discover(issuer, ['authorization_endpoint', 'token_endpoint'])
      this.#known = { door: { issuer, ...desk, authorizationEndpoint, tokenEndpoint }, until: now.getTime() + FRESH }
    } catch {
      this.#known = { door: this.#known?.door, until: now.getTime() + RETRY }
    }
    return this.#known.door
  }
}
